"""Pages of lists. Every step is a plain form: a POST, then a redirect; a list that may not be opened answers 404."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchange.discussion.authors import name_of
from practices.catalogue.models import Record
from practices.exports import FORMATS, table_response

from . import rules, services
from .exporting import DOCUMENTS, table_of
from .forms import KeepForm, ListForm, NoteForm
from .models import Item, ReadingList, Sharing
from .querysets import deleted_lists, items_for, lists_to_keep_in, own_lists, readable_records

PAGE_SIZE = 20


def _list(request: HttpRequest, token: str) -> ReadingList:
    openable = ReadingList.objects.filter(rules.openable_q(request.reader)).select_related("owner")
    return get_object_or_404(openable, token=token)


def _own_list(request: HttpRequest, token: str) -> ReadingList:
    found = _list(request, token)
    if not rules.can_change(request.reader, found):
        raise Http404
    return found


def _item(request: HttpRequest, token: str, pk: int) -> Item:
    return get_object_or_404(Item.objects.select_related("reading_list"), pk=pk, reading_list=_own_list(request, token))


def _to_sign_in(request: HttpRequest, token: str) -> HttpResponse | None:
    """Where a link for members leads who has not signed in; whoever has such a link knows already that the list exists."""
    for_members = ReadingList.objects.filter(token=token, sharing=Sharing.MEMBERS, deleted_at__isnull=True)
    if request.reader.is_member or not for_members.exists():
        return None
    messages.info(request, _("This list is for members of Sala. Please sign in."))
    return redirect_to_login(request.get_full_path())


def _for_this_reader(response: HttpResponse) -> HttpResponse:
    """A secret address belongs in no shared memory and in no search engine."""
    patch_cache_control(response, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_safe
def list_lists(request: HttpRequest) -> HttpResponse:
    lists = Paginator(own_lists(request.reader), PAGE_SIZE).get_page(request.GET.get("page"))
    deleted = deleted_lists(request.reader)[:PAGE_SIZE]
    return render(request, "reading_lists/lists.html", {"page_obj": lists, "deleted": deleted})


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    if (to_sign_in := _to_sign_in(request, token)) is not None:
        return to_sign_in
    found = _list(request, token)
    items = items_for(found, request.reader)
    is_own = rules.can_change(request.reader, found)
    context = {
        "reading_list": found,
        "lines": [(shown, _note_form(shown.item) if is_own else None) for shown in items],
        "count": sum(shown.record is not None for shown in items),
        "is_own": is_own,
        "can_copy": rules.can_copy(request.reader, found),
        "owner_name": name_of(found.owner),
        "address": request.build_absolute_uri(reverse("reading_lists:list", args=[token])),
    }
    return _for_this_reader(render(request, "reading_lists/list.html", context))


def _note_form(item: Item) -> NoteForm:
    """One of many on the page: its ids are its own."""
    return NoteForm(initial={"note": item.note}, auto_id=f"item-{item.pk}-%s")


@require_safe
def export(request: HttpRequest, token: str, form: str) -> HttpResponse:
    if (to_sign_in := _to_sign_in(request, token)) is not None:
        return to_sign_in
    found = _list(request, token)
    items = items_for(found, request.reader)
    name = f"sala-list-{get_language()}"
    if form in FORMATS:
        return _for_this_reader(table_response(table_of(found, items, request), form, name))
    content_type, write = DOCUMENTS[form]
    response = HttpResponse(write(found, items, request), content_type=content_type)
    response["Content-Disposition"] = f'{"inline" if form == "pdf" else "attachment"}; filename="{name}.{form}"'
    return _for_this_reader(response)


@login_required
def create(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.create_list(request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your list is ready. On the page of a record, choose “Keep in a list”."))
            return redirect("reading_lists:list", made.token)
    return render(request, "reading_lists/form.html", {"form": form})


@login_required
def edit(request: HttpRequest, token: str) -> HttpResponse:
    found = _own_list(request, token)
    initial = {name: getattr(found, name) for name in ("name", "description", "sharing")}
    form = ListForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            found = services.edit_list(found, request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The list was changed."))
            return redirect("reading_lists:list", found.token)
    return render(request, "reading_lists/form.html", {"form": form, "reading_list": found})


@login_required
def delete(request: HttpRequest, token: str) -> HttpResponse:
    found = _own_list(request, token)
    if request.method == "POST":
        services.delete_list(found, request.user)
        messages.success(request, _("The list is deleted. You can undo this here for thirty days."))
        return redirect("reading_lists:lists")
    return render(request, "reading_lists/delete.html", {"reading_list": found, "count": found.items.count()})


@login_required
@require_POST
def restore(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(deleted_lists(request.reader), token=token)
    services.restore_list(found, request.user)
    messages.success(request, _("The list is back."))
    return redirect("reading_lists:list", token)


@require_POST
def copy(request: HttpRequest, token: str) -> HttpResponse:
    found = _list(request, token)
    if not request.reader.is_member:
        return redirect_to_login(reverse("reading_lists:list", args=[token]))
    try:
        copied = services.copy_list(found, request.user)
    except ValidationError as error:
        return _refused(request, error, reverse("reading_lists:list", args=[token]))
    messages.success(request, _("This copy is yours alone. You can change it as you like."))
    return redirect("reading_lists:list", copied.token)


@login_required
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """From the page of a record, and a page of its own for those who come from elsewhere or must look at their form again."""
    readable = readable_records(request.reader).prefetch_related("listings")
    record = get_object_or_404(readable, code=code.upper())
    back = f"{record.listing.url}#keep" if record.listing else reverse("reading_lists:lists")
    lists = lists_to_keep_in(request.reader, record)
    if request.POST.get("drop"):
        held = get_object_or_404(ReadingList, token=request.POST["drop"], owner=request.user, deleted_at__isnull=True)
        services.drop(record, request.user, held)
        messages.success(request, _("Taken out of “%(name)s”.") % {"name": held.name})
        return redirect(back)
    form = KeepForm(request.POST if request.method == "POST" else None, lists=lists)
    if form.is_bound and form.is_valid():
        try:
            kept_in = _keep(request, record, lists, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept in “%(name)s”.") % {"name": kept_in.name})
            return redirect(back)
    held = [one for one in lists if one.holds]
    return render(request, "reading_lists/keep.html", {"record": record, "form": form, "held": held})


def _keep(request: HttpRequest, record: Record, lists: list[ReadingList], typed: dict[str, Any]) -> ReadingList:
    chosen = next((one for one in lists if one.token == typed.get("reading_list")), None)
    if chosen is not None and not typed["name"]:
        return services.keep(record, request.user, chosen).reading_list
    return services.keep_in_new(record, request.user, typed["name"]).reading_list


STEPS = {"up": -1, "down": 1}


@login_required
@require_POST
def act(request: HttpRequest, token: str, pk: int, action: str) -> HttpResponse:
    item = _item(request, token, pk)
    if action in STEPS:
        services.move(item, request.user, STEPS[action])
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(status=204)  # reading_list.js has moved it on the page
        return redirect(f"{reverse('reading_lists:list', args=[token])}#item-{item.pk}")
    services.remove(item, request.user)
    messages.success(request, _("The record is no longer in the list."))
    return redirect("reading_lists:list", token)


@login_required
@require_POST
def write_note(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    item = _item(request, token, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(
            request, "reading_lists/note.html", {"form": form, "reading_list": item.reading_list, "item": item}
        )
    services.write_note(item, request.user, form.cleaned_data["note"])
    messages.success(request, _("The note is saved."))
    return redirect(f"{reverse('reading_lists:list', args=[token])}#item-{item.pk}")


def _refused(request: HttpRequest, error: ValidationError, back: str) -> HttpResponse:
    messages.error(request, " ".join(error.messages))
    return redirect(back)
