"""What search may know of glossary terms: each as a document of its own, and its forms as words that mean the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings

from practices.catalogue.models import Record
from practices.search.registry import SearchDocument, Synonyms

from .models import GlossaryTerm
from .services import term_url


def documents(records: Sequence[Record]) -> Iterator[SearchDocument]:
    terms = GlossaryTerm.objects.filter(record__in=records).select_related("record")
    for term in terms:
        languages = [code for code, _name in settings.LANGUAGES if term.forms(code)]
        yield SearchDocument(
            record_id=term.record_id,
            kind=term.record.kind,
            titles={code: term.term.localize(code) for code in languages},
            urls={code: term_url(term.code, code) for code, _name in settings.LANGUAGES},
            changed=term.record.changed_at,
            summaries={code: term.definition.localize(code) for code in languages},
            bodies={code: "\n".join(term.forms(code)[1:]) for code in languages},
        )


def synonyms() -> Iterator[Synonyms]:
    """All forms of each term, whatever the language: they find each other."""
    for term in GlossaryTerm.objects.all():
        forms = [(code, form) for code, _name in settings.LANGUAGES for form in term.forms(code)]
        if len(forms) > 1:
            yield Synonyms(term.code, forms)
