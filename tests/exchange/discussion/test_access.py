"""A thread is as visible as its record: role × visibility × state, for the check on one record and for its queryset twin."""

from __future__ import annotations

import itertools

import pytest

from exchange.discussion import rules
from exchange.discussion.markdown import render
from exchange.discussion.models import Post, Thread
from exchange.discussion.querysets import posts_visible_to
from practices.access.reader import ANONYMOUS, Reader, Role
from practices.access.rules import State, Visibility
from tests.factories.records import make_bare_institution, make_bare_record, make_user

pytestmark = pytest.mark.django_db

SEEN_BY = {
    (State.PUBLISHED, Visibility.PUBLIC): {"anonymous", "member", "expert", "moderator", "colleague", "administrator"},
    (State.PUBLISHED, Visibility.MEMBERS): {"member", "expert", "moderator", "colleague", "administrator"},
    (State.PUBLISHED, Visibility.INSTITUTION): {"colleague", "administrator"},
    (State.DRAFT, Visibility.PUBLIC): {"colleague", "administrator"},
    (State.DRAFT, Visibility.MEMBERS): {"colleague", "administrator"},
    (State.DRAFT, Visibility.INSTITUTION): {"colleague", "administrator"},
    (State.ARCHIVED, Visibility.PUBLIC): set(),
    (State.ARCHIVED, Visibility.MEMBERS): set(),
    (State.ARCHIVED, Visibility.INSTITUTION): set(),
}


def readers(institution_id: int) -> dict[str, Reader]:
    return {
        "anonymous": ANONYMOUS,
        "member": Reader(1),
        "expert": Reader(2, roles=frozenset({Role.EXPERT})),
        "moderator": Reader(3, roles=frozenset({Role.MODERATOR})),
        "colleague": Reader(4, institutions=frozenset({institution_id})),
        "administrator": Reader(5, roles=frozenset({Role.ADMINISTRATOR})),
    }


def post_on(record, seq=1, **fields):
    thread = Thread.objects.get_or_create(record=record, defaults={"last_seq": 9})[0]
    return Post.objects.create(thread=thread, seq=seq, body="Words", html=render("Words"), language="en", **fields)


def test_posts_are_seen_exactly_as_their_record():
    institution = make_bare_institution()
    records = {
        (state, visibility): make_bare_record(state=state, visibility=visibility, institution=institution)
        for state, visibility in itertools.product(State, Visibility)
    }
    posts = {key: post_on(record) for key, record in records.items()}
    assert set(records) == set(SEEN_BY)
    for name, reader in readers(institution.pk).items():
        twin = set(posts_visible_to(reader).values_list("pk", flat=True))
        for key, record in records.items():
            expected = name in SEEN_BY[key]
            assert rules.can_read(reader, record) is expected, (name, key)
            assert (posts[key].pk in twin) is expected, (name, key)
            writes = expected and key[0] == State.PUBLISHED and name != "anonymous"
            assert rules.can_post(reader, record) is writes, (name, key)


def test_deleted_and_hidden_posts_are_in_no_list():
    record, moderator = make_bare_record(), make_user()
    from django.utils import timezone

    post_on(record, 1, deleted_at=timezone.now())
    post_on(record, 2, hidden_at=timezone.now(), hidden_by=moderator)
    assert not posts_visible_to(Reader(5, roles=frozenset({Role.ADMINISTRATOR}))).exists()


@pytest.mark.parametrize("address", ["", "new/", "1/", "1/reply/", "1/edit/"])
def test_pages_of_a_hidden_record_answer_404(client, address):
    record = make_bare_record(visibility=Visibility.INSTITUTION, institution=make_bare_institution())
    post_on(record)
    client.force_login(make_user("Example Member", Role.MEMBER))
    assert client.get(f"/en/discussion/{record.code.lower()}/{address}").status_code == 404


@pytest.mark.parametrize("action", ["delete", "restore", "hide", "show"])
def test_acting_on_a_hidden_record_answers_404(client, action):
    record = make_bare_record(visibility=Visibility.INSTITUTION, institution=make_bare_institution())
    post_on(record)
    client.force_login(make_user("Example Moderator", Role.MODERATOR))
    assert client.post(f"/en/discussion/{record.code.lower()}/1/{action}/").status_code == 404


def test_words_of_deleted_and_hidden_posts_reach_no_page(client):
    from django.utils import timezone

    record, author = make_bare_record(), make_user("Example Author")
    gone = post_on(record, 1, author=author, deleted_at=timezone.now())
    hidden = post_on(record, 2, author=author, hidden_at=timezone.now())
    for post in (gone, hidden):
        Post.objects.filter(pk=post.pk).update(body="Secret words", html="<p>Secret words</p>")
    post_on(record, 3, reply_to=gone)
    post_on(record, 4, reply_to=hidden)
    client.force_login(make_user("Example Reader"))
    for address in ("", "?order=oldest"):
        assert "Secret words" not in client.get(f"/en/discussion/{record.code.lower()}/{address}").content.decode()
    for seq in (1, 2):
        assert client.get(f"/en/discussion/{record.code.lower()}/{seq}/reply/").status_code == 404
    client.force_login(author)
    assert client.get(f"/en/discussion/{record.code.lower()}/2/edit/").status_code == 404


def test_email_address_of_an_author_is_never_shown(client):
    record = make_bare_record()
    author = make_user("", email="private@example.org")
    post_on(record, 1, author=author)
    assert "private@example.org" not in client.get(f"/en/discussion/{record.code.lower()}/").content.decode()
