"""Who may read, write, change and hide comments. A thread is as visible as its record: what is hidden answers 404."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from practices.access.reader import Reader, Role
from practices.access.rules import HasAccess, State, can_view

from .models import Post


def can_read(reader: Reader, record: HasAccess) -> bool:
    """Its queryset twin is `querysets.posts_visible_to`."""
    return record.state != State.ARCHIVED and can_view(reader, record)


def can_post(reader: Reader, record: HasAccess) -> bool:
    return reader.is_member and record.state == State.PUBLISHED and can_view(reader, record)


def check_can_post(reader: Reader, record: HasAccess) -> None:
    if not can_read(reader, record):
        raise Http404
    if not can_post(reader, record):
        raise PermissionDenied


def is_own(reader: Reader, post: Post) -> bool:
    return reader.is_member and post.author_id == reader.user_id


def can_change(reader: Reader, post: Post) -> bool:
    """Edit and delete: one's own words, as long as they stand."""
    return is_own(reader, post) and post.is_shown


def can_restore(reader: Reader, post: Post) -> bool:
    return is_own(reader, post) and post.deleted_at is not None


def can_moderate(reader: Reader) -> bool:
    return Role.MODERATOR in reader.roles or reader.is_administrator
