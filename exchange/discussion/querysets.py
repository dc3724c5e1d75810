"""Reads of threads: whose posts a reader may see, and one page of a thread in the same few queries at any length."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from practices.access.reader import ANONYMOUS, Reader
from practices.access.rules import State, visible_q
from practices.catalogue.models import Record

from . import rules
from .authors import name_of, prefetch_for, role_of
from .markdown import excerpt
from .models import Post, Thread

PAGE_SIZE = 20
NEWEST, OLDEST = "newest", "oldest"


def posts_visible_to(reader: Reader) -> QuerySet[Post]:
    """The twin of `rules.can_read`, and without what was deleted or hidden."""
    return (
        Post.objects.filter(visible_q(reader, "thread__record__"))
        .exclude(thread__record__state=State.ARCHIVED)
        .filter(deleted_at__isnull=True, hidden_at__isnull=True)
    )


@dataclass(frozen=True)
class ShownPost:
    """A post as this reader meets it, so that templates decide nothing."""

    post: Post
    author: str
    role: str
    is_here: bool  # the post it replies to is on the same page
    reply_author: str
    reply_excerpt: str
    can_reply: bool
    can_change: bool
    can_restore: bool
    can_moderate: bool


@dataclass(frozen=True)
class ThreadPage:
    posts: list[ShownPost]
    order: str
    count: int
    newer: int | None = None  # the seq at which the page of newer posts begins
    older: int | None = None


def thread_of(record: Record) -> Thread | None:
    return Thread.objects.filter(record=record, block_id="").first()


def thread_page(
    record: Record, reader: Reader = ANONYMOUS, order: str = NEWEST, start: int | None = None
) -> ThreadPage:
    """At most four queries. `start` is the seq with which the page begins; none means the first page."""
    thread = thread_of(record)
    if thread is None:
        return ThreadPage([], order, 0)
    last = thread.last_seq
    if order == OLDEST:
        low = min(max(start or 1, 1), max(last, 1))
        high = low + PAGE_SIZE - 1
    else:
        high = min(max(start or last, 1), max(last, 1))
        low = high - PAGE_SIZE + 1
    posts = list(
        Post.objects.filter(thread=thread, seq__range=(max(low, 0), high))
        .select_related("author__institution", "reply_to__author")
        .prefetch_related(*prefetch_for("author"))
        .order_by("seq" if order == OLDEST else "-seq")
    )
    here = {post.pk for post in posts}
    may_post = rules.can_post(reader, record)
    shown = [_shown(post, reader, here, may_post) for post in posts]
    if order == OLDEST:
        newer = high + 1 if high < last else None
        older = max(low - PAGE_SIZE, 1) if low > 1 else None
    else:
        newer = min(high + PAGE_SIZE, last) if high < last else None
        older = low - 1 if low > 1 else None
    return ThreadPage(shown, order, thread.shown_count, newer, older)


def _shown(post: Post, reader: Reader, here: set[int], may_post: bool) -> ShownPost:
    target = post.reply_to
    return ShownPost(
        post=post,
        author=name_of(post.author),
        role=role_of(post.author),
        is_here=post.reply_to_id in here,
        reply_author=name_of(target.author) if target and target.is_shown else "",
        reply_excerpt=excerpt(target.html) if target and target.is_shown else "",
        can_reply=may_post and post.is_shown,
        can_change=may_post and rules.can_change(reader, post),
        can_restore=may_post and rules.can_restore(reader, post),
        can_moderate=rules.can_moderate(reader) and post.deleted_at is None,
    )


def start_of_page_with(seq: int) -> int:
    """Where the page that holds `seq` begins, oldest first: links to neighbours share one address, and it never moves."""
    return seq - (seq - 1) % PAGE_SIZE
