"""One's own saved searches, the page behind a shared link, and the link in a mail that ends the mails."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import services
from .forms import SavedSearchForm
from .models import SavedSearch
from .querysets import new_counts
from .questions import asked, canonical, describe

PER_PAGE = 20


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.of(request.reader).select_related("owner"), pk=pk)


def _search_url(query: str) -> str:
    return f"{reverse('search:results')}?{query}"


@never_cache
@require_safe
@login_required
def list_searches(request: HttpRequest) -> HttpResponse:
    searches = SavedSearch.objects.of(request.reader).order_by("-pk")
    page = Paginator(searches, PER_PAGE).get_page(request.GET.get("page"))
    counts = new_counts(request.reader, list(page))
    questions = describe(*(search.query for search in page))
    rows = [(search, question, counts.get(search.pk, 0)) for search, question in zip(page, questions, strict=True)]
    return render(request, "saved_searches/list.html", {"rows": rows, "page_obj": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_search(request: HttpRequest) -> HttpResponse:
    """The question stands in the address, as on the search page."""
    query = canonical(request.GET)
    if not asked(query).has_words and not asked(query).filters:
        messages.info(request, _("Search for something first, then save the search."))
        return redirect("search:results")
    [question] = describe(query)
    if request.method != "POST":
        return _form(request, SavedSearchForm(initial={"name": str(question)[:100]}), query)
    form = SavedSearchForm(request.POST)
    if form.is_valid():
        try:
            search = services.save_search(
                request.user, query=query, language=(get_language() or "en").split("-")[0], **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": search.name})
            return redirect("saved_searches:list")
    return _form(request, form, query)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_search(request: HttpRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    form = SavedSearchForm(request.POST or None, initial={"name": search.name, "frequency": search.frequency})
    if form.is_valid():
        try:
            services.change_search(search, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("“%(name)s” is changed.") % {"name": search.name})
            return redirect("saved_searches:list")
    return _form(request, form, search.query, pk)


def _form(request: HttpRequest, form: SavedSearchForm, query: str, pk: int | None = None) -> HttpResponse:
    [question] = describe(query)
    context = {"form": form, "question": question, "search_url": _search_url(query), "is_new": pk is None}
    return render(request, "saved_searches/form.html", context)


@never_cache
@require_safe
@login_required
def open_search(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the search itself; what was new is then seen."""
    search = _own(request, pk)
    services.mark_opened(search)
    return redirect(_search_url(search.query))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_search(request: HttpRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    if request.method == "POST":
        services.delete_search(search)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": search.name})
        return redirect("saved_searches:list")
    [question] = describe(search.query)
    return render(request, "saved_searches/delete.html", {"search": search, "question": question})


@never_cache
@require_safe
@login_required
def share_search(request: HttpRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    link = (
        request.build_absolute_uri(reverse("saved_searches:shared", args=[search.share_token]))
        if search.share_token
        else ""
    )
    return render(request, "saved_searches/share.html", {"search": search, "link": link})


@require_POST
@login_required
def set_shared(request: HttpRequest, pk: int, on: bool) -> HttpResponse:
    search = _own(request, pk)
    services.share_search(search) if on else services.unshare_search(search)
    return redirect("saved_searches:share", pk)


@never_cache
@require_safe
def shared_search(request: HttpRequest, token: str) -> HttpResponse:
    """Open to whoever has the link; what they find with it is their own matter."""
    search = SavedSearch.objects.shared_by(token)
    if search is None or not search.owner.is_active:
        raise Http404
    [question] = describe(search.query)
    context = {"search": search, "question": question, "search_url": _search_url(search.query)}
    return render(request, "saved_searches/shared.html", context)


@never_cache
@csrf_exempt  # a mail program acts for the reader, without a cookie; the signed address says all (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the page changes nothing, for mail programs look at links; the button on it acts, and so does a program's POST."""
    search = SavedSearch.objects.named_by(token)
    if search is None:
        raise Http404
    if request.method == "POST":
        services.stop_mails(search)
    return render(request, "saved_searches/stop.html", {"search": search, "is_done": request.method == "POST"})
