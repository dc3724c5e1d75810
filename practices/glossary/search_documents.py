"""What search may know of glossary terms: each as a document of its own, and its forms as words that mean the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings

from practices.access.rules import State
from practices.catalogue.bilingual import own_texts
from practices.catalogue.models import Record
from practices.search.registry import SearchDocument, Synonyms

from .models import GlossaryTerm
from .services import term_url


def documents(records: Sequence[Record]) -> Iterator[SearchDocument]:
    """One query, whatever the number of terms; an archived term is not found."""
    open_ones = [record.pk for record in records if record.state == State.PUBLISHED]
    for term in GlossaryTerm.objects.filter(record__in=open_ones).select_related("record"):
        languages = [code for code, _name in settings.LANGUAGES]
        yield SearchDocument(
            record_id=term.record_id,
            kind=term.record.kind,
            titles=own_texts(term.term),
            urls={code: term_url(term.code, code) for code in languages},
            changed=term.record.changed_at,
            summaries=own_texts(term.definition),
            bodies={code: "\n".join(forms) for code in languages if (forms := term.forms(code))},
        )


def synonyms() -> Iterator[Synonyms]:
    """All forms of each term, whatever the language: they find each other."""
    for term in GlossaryTerm.objects.filter(record__state=State.PUBLISHED):
        forms = [(code, form) for code, _name in settings.LANGUAGES for form in term.forms(code)]
        if len(forms) > 1:
            yield Synonyms(term.code, forms)
