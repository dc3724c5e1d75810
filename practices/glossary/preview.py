"""What a term would do before it is saved: how each form is cut, and which records readers would find by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from practices.access.reader import Reader
from practices.search.analysis import tokens
from practices.search.engines import get_engine
from practices.search.engines.base import Request
from practices.search.hits import ShownHit, show_hits
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.questions import active_language
from practices.search.registry import Synonyms
from practices.search.vocabulary import Vocabulary
from practices.search.wordbook import current

from .models import forms_in

RECORDS_SHOWN = 5
# More than an editor types; what is beyond is not looked at.
FORMS_READ = 60
LONGEST_FORM = 200
FIELDS = ("term", "abbreviations", "synonyms")


@dataclass(frozen=True, slots=True)
class CutForm:
    text: str
    language: str
    cuts: Sequence[str]
    # Records that have this very form.
    records: int


@dataclass(frozen=True, slots=True)
class Preview:
    forms: Sequence[CutForm]
    # Of all forms together, since they find each other.
    total: int
    hits: Sequence[ShownHit]


def preview(typed: Mapping[str, str], reader: Reader) -> Preview:
    """`typed` holds the fields of the form as the browser sends them: `term_0` is the term in the first language."""
    forms = _forms(typed)
    if not forms:
        return Preview([], 0, [])
    cut = [CutForm(text, language, *_cut(text, reader)) for language, text in forms]
    vocabulary = Vocabulary.of([Synonyms("preview", forms)])
    plan = make_plan(parse(f"{forms[0][1]}".replace('"', " ")), vocabulary)
    request = Request(reader, plan, language=active_language(), limit=RECORDS_SHOWN)
    result = get_engine().search(request)
    if result.loosened:
        return Preview(cut, 0, [])
    return Preview(cut, result.total, show_hits(result, plan, reader, request.language, current()))


def _forms(typed: Mapping[str, str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for number, (language, _name) in enumerate(settings.LANGUAGES):
        texts = [typed.get(f"{field}_{number}", "").replace("\0", "") for field in FIELDS]
        found += [(language, form[:LONGEST_FORM]) for form in forms_in(*texts) if tokens(form)]
    return found[:FORMS_READ]


def _cut(text: str, reader: Reader) -> tuple[list[str], int]:
    """The pieces as they stand in the text, and the records that have them one after the other."""
    found = tokens(text)
    plan = make_plan(parse('"' + text.replace('"', " ") + '"'), Vocabulary())
    total = get_engine().search(Request(reader, plan, limit=0)).total if plan.phrases else 0
    return [text[token.start : token.end] for token in found], total
