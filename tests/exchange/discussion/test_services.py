"""What writing, changing, deleting and hiding a comment does, and to whom it is refused."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils import timezone, translation

from exchange.discussion import services
from exchange.discussion.models import BODY_LIMIT, Post, Thread
from practices.access.reader import Role
from practices.access.rules import State, Visibility
from practices.catalogue.models import ContentEpoch
from tests.factories.records import make_bare_institution, make_bare_record, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return make_bare_record()


@pytest.fixture
def author():
    return make_user("Example Expert", Role.EXPERT)


def test_comments_are_numbered_without_gaps_and_counted(record, author):
    seqs = [services.post_comment(record, author, f"Comment {number}").seq for number in range(3)]
    thread = Thread.objects.get()
    assert seqs == [1, 2, 3]
    assert (thread.last_seq, thread.shown_count) == (3, 3)


def test_comment_is_kept_as_typed_and_shown_safe(record, author):
    post = services.post_comment(record, author, "**Is** this <b>legal</b>?\r\nI ask.")
    assert post.body == "**Is** this <b>legal</b>?\nI ask."
    assert post.html == "<p><strong>Is</strong> this &lt;b&gt;legal&lt;/b&gt;?<br>\nI ask.</p>\n"


def test_language_of_a_comment_is_that_of_its_words(record, author):
    with translation.override("en"):
        assert services.post_comment(record, author, "ขอถามเรื่องกฎหมายค่ะ").language == "th"
        assert services.post_comment(record, author, "A legal question").language == "en"


def test_same_words_within_a_minute_are_one_comment(record, author):
    first = services.post_comment(record, author, "Twice")
    assert services.post_comment(record, author, " Twice ").pk == first.pk
    Post.objects.update(created_at=timezone.now() - datetime.timedelta(seconds=61))
    assert services.post_comment(record, author, "Twice").pk != first.pk
    assert Thread.objects.get().last_seq == 2


def test_same_words_of_two_people_are_two_comments(record, author):
    services.post_comment(record, author, "Agreed")
    services.post_comment(record, make_user("Example Other"), "Agreed")
    assert Post.objects.count() == 2


def test_flood_is_stopped_and_ends(record, author):
    for number in range(services.FLOOD_LIMIT):
        services.post_comment(record, author, f"Comment {number}")
    with pytest.raises(ValidationError):
        services.post_comment(record, author, "One more")
    Post.objects.update(created_at=timezone.now() - services.FLOOD_WITHIN - datetime.timedelta(seconds=1))
    assert services.post_comment(record, author, "One more").seq == services.FLOOD_LIMIT + 1


@pytest.mark.parametrize("body", ["", "  \n ", "\x00", "x" * (BODY_LIMIT + 1)])
def test_what_cannot_be_a_comment_is_refused(record, author, body):
    with pytest.raises(ValidationError):
        services.post_comment(record, author, body)
    assert not Post.objects.exists()


def test_every_writing_kills_cached_pages(record, author):
    epochs = [ContentEpoch.current()]

    def note(_result=None):
        epochs.append(ContentEpoch.current())

    post = services.post_comment(record, author, "One")
    note()
    note(services.edit_comment(post, author, "Two"))
    note(services.delete_comment(post, author))
    note(services.restore_comment(post, author))
    assert epochs == sorted(set(epochs))


def test_deleting_leaves_the_row_and_can_be_undone(record, author):
    post = services.post_comment(record, author, "One")
    services.delete_comment(post, author)
    assert Thread.objects.get().shown_count == 0
    services.restore_comment(post, author)
    post.refresh_from_db()
    assert post.is_shown
    assert Thread.objects.get().shown_count == 1


def test_deleting_twice_counts_once(record, author):
    post = services.post_comment(record, author, "One")
    services.delete_comment(post, author)
    with pytest.raises(PermissionDenied):
        services.delete_comment(post, author)
    assert Thread.objects.get().shown_count == 0


def test_editing_renders_anew_and_says_so(record, author):
    post = services.edit_comment(services.post_comment(record, author, "One"), author, "*Two*")
    assert post.html == "<p><em>Two</em></p>\n"
    assert post.edited_at


def test_nobody_changes_the_words_of_another(record, author):
    post = services.post_comment(record, author, "Mine")
    for other in (make_user("Example Other"), make_user("Example Moderator", Role.MODERATOR)):
        for action in (
            lambda p, u: services.edit_comment(p, u, "Theirs"),
            services.delete_comment,
            services.restore_comment,
        ):
            with pytest.raises(PermissionDenied):
                action(post, other)


def test_moderator_hides_and_shows(record, author):
    moderator = make_user("Example Moderator", Role.MODERATOR)
    post = services.post_comment(record, author, "Rude")
    with pytest.raises(PermissionDenied):
        services.hide_comment(post, author)
    post = services.hide_comment(post, moderator)
    assert (post.is_shown, post.hidden_by, Thread.objects.get().shown_count) == (False, moderator, 0)
    with pytest.raises(PermissionDenied):
        services.edit_comment(post, author, "Still rude")
    assert services.show_comment(post, moderator).is_shown


def test_reply_belongs_to_the_same_thread_and_to_a_standing_comment(record, author):
    elsewhere = services.post_comment(make_bare_record("Other"), author, "Elsewhere")
    with pytest.raises(ValidationError):
        services.post_comment(record, author, "Reply", elsewhere)
    here = services.post_comment(record, author, "Here")
    assert services.post_comment(record, author, "Reply", here).reply_to == here
    services.delete_comment(here, author)
    with pytest.raises(ValidationError):
        services.post_comment(record, author, "Reply again", Post.objects.get(pk=here.pk))


def test_hidden_record_takes_no_comment_and_does_not_betray_itself(author):
    secret = make_bare_record(visibility=Visibility.INSTITUTION, institution=make_bare_institution())
    with pytest.raises(Http404):
        services.post_comment(secret, author, "Hello")
    archived = make_bare_record(state=State.ARCHIVED)
    with pytest.raises(Http404):
        services.post_comment(archived, author, "Hello")
