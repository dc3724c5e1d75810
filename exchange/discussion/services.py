"""Writing comments. Each action is one transaction, numbers are handed out under a lock, and cached pages die with it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from exchange.people.models import User
from exchange.typed import language_of, tidy
from practices.access.reader import Reader, reader_for
from practices.catalogue.models import ContentEpoch, Record

from . import rules
from .markdown import render
from .models import BODY_LIMIT, Post, Thread

MERGE_WITHIN = datetime.timedelta(minutes=1)
FLOOD_LIMIT, FLOOD_WITHIN = 10, datetime.timedelta(minutes=10)


@transaction.atomic
def post_comment(record: Record, author: User, body: str, reply_to: Post | None = None) -> Post:
    """The new post; the earlier one when the same words were sent twice within a minute."""
    reader = reader_for(author)
    rules.check_can_post(reader, record)
    body = clean_body(body)
    thread = _locked_thread(record)
    if reply_to is not None and (reply_to.thread_id != thread.pk or not reply_to.is_shown):
        raise ValidationError(_("The comment you reply to is no longer there."))
    now = timezone.now()
    twin = thread.posts.filter(
        author=author, body=body, reply_to=reply_to, created_at__gte=now - MERGE_WITHIN, deleted_at__isnull=True
    ).first()
    if twin is not None:
        return twin
    _check_flood(author, now)
    post = Post.objects.create(
        thread=thread,
        seq=thread.last_seq + 1,
        author=author,
        reply_to=reply_to,
        body=body,
        html=render(body),
        language=_language(body),
        created_at=now,
    )
    Thread.objects.filter(pk=thread.pk).update(last_seq=F("last_seq") + 1, shown_count=F("shown_count") + 1)
    ContentEpoch.bump()
    return post


@transaction.atomic
def edit_comment(post: Post, author: User, body: str) -> Post:
    post = _locked_post(post, reader_for(author))
    if not rules.can_change(reader_for(author), post):
        raise PermissionDenied
    body = clean_body(body)
    if body != post.body:
        post.body, post.html, post.language = body, render(body), _language(body)
        post.edited_at = timezone.now()
        post.save(update_fields=["body", "html", "language", "edited_at"])
        ContentEpoch.bump()
    return post


def delete_comment(post: Post, author: User) -> Post:
    """Leaves a marker; `restore_comment` undoes it."""
    return _mark(post, author, rules.can_change, deleted_at=timezone.now())


def restore_comment(post: Post, author: User) -> Post:
    return _mark(post, author, rules.can_restore, deleted_at=None)


def hide_comment(post: Post, moderator: User) -> Post:
    return _mark(
        post, moderator, lambda reader, _post: rules.can_moderate(reader), hidden_at=timezone.now(), hidden_by=moderator
    )


def show_comment(post: Post, moderator: User) -> Post:
    return _mark(post, moderator, lambda reader, _post: rules.can_moderate(reader), hidden_at=None, hidden_by=None)


def clean_body(body: str) -> str:
    """What will be kept of what was typed; `ValidationError` in the reader's language when it cannot be."""
    body = tidy(body)
    if not body:
        raise ValidationError(_("Write something first."), code="required")
    if len(body) > BODY_LIMIT:
        over = len(body) - BODY_LIMIT
        raise ValidationError(
            ngettext(
                "This is %(count)s character too long. Please shorten it, or send it as two comments.",
                "This is %(count)s characters too long. Please shorten it, or send it as two comments.",
                over,
            )
            % {"count": over},
            code="max_length",
        )
    return body


@transaction.atomic
def _mark(post: Post, user: User, allowed, **changes) -> Post:
    reader = reader_for(user)
    post = _locked_post(post, reader)
    if not allowed(reader, post):
        raise PermissionDenied
    was_shown = post.is_shown
    for name, value in changes.items():
        setattr(post, name, value)
    post.save(update_fields=list(changes))
    change = int(post.is_shown) - int(was_shown)
    if change:
        Thread.objects.filter(pk=post.thread_id).update(shown_count=F("shown_count") + change)
    ContentEpoch.bump()
    return post


def _locked_thread(record: Record) -> Thread:
    """The record's thread, held until the transaction ends, so that no two posts get one number."""
    Thread.objects.get_or_create(record=record, block_id="")
    return Thread.objects.select_for_update().get(record=record, block_id="")


def _locked_post(post: Post, reader: Reader) -> Post:
    found = Post.objects.select_for_update(of=("self",)).select_related("thread__record").get(pk=post.pk)
    rules.check_can_post(reader, found.thread.record)
    return found


def _check_flood(author: User, now: datetime.datetime) -> None:
    sent = Post.objects.filter(author=author, created_at__gte=now - FLOOD_WITHIN).count()
    if sent >= FLOOD_LIMIT:
        raise ValidationError(
            _("You sent many comments in a short time. Please wait a few minutes, then send this one again."),
            code="flood",
        )


def _language(body: str) -> str:
    return language_of(body, (get_language() or settings.LANGUAGE_CODE).split("-")[0])
