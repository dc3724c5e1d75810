"""Pages of a thread. Everything works as plain forms: a POST, then a redirect to the comment's own address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchange import kept
from practices.access.rules import State
from practices.catalogue.models import Record

from . import querysets, rules, services
from .authors import name_of
from .forms import CommentForm
from .models import Post


def _record(request: HttpRequest, code: str) -> Record:
    visible = Record.objects.visible_to(request.reader).exclude(state=State.ARCHIVED)
    return get_object_or_404(visible.prefetch_related("listings"), code=code.upper())


def _post(request: HttpRequest, code: str, seq: int) -> Post:
    record = _record(request, code)
    post = get_object_or_404(
        Post.objects.select_related("author", "reply_to__author"), thread__record=record, thread__block_id="", seq=seq
    )
    post.thread.record = record
    return post


def address_of(record: Record, seq: int, last: int) -> str:
    """Where a comment is read now: on the record's own page when it is among the newest, else on its page of the thread."""
    listing = record.listing
    if listing and listing.url and seq > last - querysets.PAGE_SIZE:
        return f"{listing.url}#comment-{seq}"
    start = querysets.start_of_page_with(seq)
    return f"{reverse('discussion:thread', args=[record.code.lower()])}?order=oldest&from={start}#comment-{seq}"


@require_safe
def thread(request: HttpRequest, code: str) -> HttpResponse:
    record = _record(request, code)
    order = querysets.OLDEST if request.GET.get("order") == querysets.OLDEST else querysets.NEWEST
    start = request.GET.get("from", "")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else None
    shown = querysets.thread_page(record, request.reader, order, number)
    context = {
        "record": record,
        "thread": shown,
        "can_post": rules.can_post(request.reader, record),
        "form": CommentForm(),
        "is_thread_page": True,
    }
    return render(request, "discussion/page.html", context)


@require_safe
def comment(request: HttpRequest, code: str, seq: int) -> HttpResponse:
    post = _post(request, code, seq)
    return HttpResponseRedirect(address_of(post.thread.record, seq, post.thread.last_seq))


def write(request: HttpRequest, code: str, seq: int | None = None) -> HttpResponse:
    """A new comment, or with `seq` a reply; who is not signed in is led there and finds the text again."""
    target = _post(request, code, seq) if seq else None
    record = target.thread.record if target else _record(request, code)
    if target and not target.is_shown:
        raise Http404
    name = f"comment:{code}:{seq or ''}"
    if not request.reader.is_member:
        if request.method == "POST":
            kept.keep(request, name, ["body"])
        return redirect_to_login(request.path)
    if not rules.can_post(request.reader, record):
        raise PermissionDenied
    form = CommentForm(request.POST if request.method == "POST" else None, initial=kept.take(request, name))
    if form.is_bound and form.is_valid():
        try:
            post = services.post_comment(record, request.user, form.cleaned_data["body"], target)
        except ValidationError as error:
            form.add_error("body", error)
        else:
            messages.success(request, _("Thank you. Your comment is here for others to read."))
            return redirect("discussion:comment", code, post.seq)
    return _compose(request, record, form, target=target, target_author=name_of(target.author) if target else "")


def edit(request: HttpRequest, code: str, seq: int) -> HttpResponse:
    post = _post(request, code, seq)
    if not request.reader.is_member:
        if request.method == "POST":
            kept.keep(request, f"edit:{code}:{seq}", ["body"])
        return redirect_to_login(request.path)
    if not rules.can_change(request.reader, post):
        raise Http404
    initial = {"body": post.body, **kept.take(request, f"edit:{code}:{seq}")}
    form = CommentForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        services.edit_comment(post, request.user, form.cleaned_data["body"])
        messages.success(request, _("Your comment was changed."))
        return redirect("discussion:comment", code, seq)
    return _compose(request, post.thread.record, form, post=post)


def _compose(request: HttpRequest, record: Record, form: CommentForm, **context: Any) -> HttpResponse:
    return render(request, "discussion/compose.html", {"record": record, "form": form, **context})


ACTIONS = {
    "delete": (services.delete_comment, lambda: _("Your comment is deleted. You can undo this here.")),
    "restore": (services.restore_comment, lambda: _("Your comment is back.")),
    "hide": (services.hide_comment, lambda: _("The comment is hidden from readers.")),
    "show": (services.show_comment, lambda: _("The comment is shown again.")),
}


@require_POST
def act(request: HttpRequest, code: str, seq: int, action: str) -> HttpResponse:
    post = _post(request, code, seq)
    if not request.reader.is_member:
        return redirect_to_login(reverse("discussion:comment", args=[code, seq]))
    service, message = ACTIONS[action]
    service(post, request.user)
    messages.success(request, message())
    return redirect("discussion:comment", code, seq)
