"""The glossary's list and the page of a term."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.catalogue.bilingual import own_texts

from . import querysets


@require_safe
def list_terms(request: HttpRequest) -> HttpResponse:
    listing = querysets.term_list(request.reader, request.GET.get("letter", ""), request.GET.get("page"))
    return render(
        request, "glossary/list.html", {"listing": listing, "page_obj": listing.page, "share_title": _("Glossary")}
    )


@require_safe
def show_term(request: HttpRequest, code: str) -> HttpResponse:
    term = get_object_or_404(
        querysets.terms_visible_to(request.reader).select_related("record").prefetch_related("record__listings"),
        code=code,
    )
    names, definitions, others = (own_texts(text) for text in (term.term, term.definition, term.synonyms))
    context = {
        "term": term,
        "record": term.record,
        "share_title": str(term.term),
        "share_description": str(term.definition),
        "abbreviations": querysets.abbreviations_of(term),
        "languages_of_term": [
            {
                "code": language,
                "name": get_language_info(language)["name_local"],
                "term": names.get(language, ""),
                "definition": definitions.get(language, ""),
                "others": [word.strip() for word in others.get(language, "").splitlines() if word.strip()],
            }
            for language, _label in settings.LANGUAGES
        ],
        "records": querysets.records_that_use(term, request.reader),
    }
    return render(request, "glossary/term.html", context)
