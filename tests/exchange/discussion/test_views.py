"""The pages of a thread: writing without scripts, deep links that hold, constant queries, and bad input answered in words."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import escape

from exchange.discussion import services
from exchange.discussion.markdown import render
from exchange.discussion.models import BODY_LIMIT, Post, Thread
from exchange.discussion.querysets import NEWEST, OLDEST, PAGE_SIZE, thread_page
from practices.access.reader import ANONYMOUS, Reader, Role, reader_for
from tests.factories.records import make_bare_record, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return make_bare_record()


@pytest.fixture
def base(record):
    return f"/en/discussion/{record.code.lower()}/"


@pytest.fixture
def member(client):
    user = make_user("Example Member", Role.MEMBER)
    client.force_login(user)
    return user


def fill(record, number):
    """A thread of `number` posts, each by its own author and each but the first a reply to the one before."""
    thread = Thread.objects.create(record=record, last_seq=number, shown_count=number)
    before = None
    for seq in range(1, number + 1):
        before = Post.objects.create(
            thread=thread,
            seq=seq,
            author=make_user(f"Example Author{seq}"),
            body=f"Words {seq}",
            html=render(f"Words {seq}"),
            language="en",
            reply_to=before,
        )
    return thread


def test_comment_leads_to_its_own_address(client, member, record, base):
    response = client.post(f"{base}new/", {"body": "A **good** question"})
    assert response.url == f"{base}1/"
    assert client.get(response.url).url == f"{record.listings.get(language='en').url}#comment-1"
    page = client.get(base).content.decode()
    assert 'id="comment-1"' in page
    assert "A <strong>good</strong> question" in page
    assert "Example Member" in page


def test_reply_quotes_and_links_what_it_answers(client, member, record, base):
    services.post_comment(record, make_user("Example Expert", Role.EXPERT), "Is it legal?")
    assert "Is it legal?" in client.get(f"{base}1/reply/").content.decode()
    client.post(f"{base}1/reply/", {"body": "Yes, by article 3."})
    page = client.get(base).content.decode()
    assert "In reply to Example Expert" in page
    assert '<a href="#comment-1">' in page


def test_role_stands_beside_the_name(client, record, base):
    services.post_comment(record, make_user("Example Expert", Role.EXPERT), "Hello")
    assert "Example Expert</h3>\n" in (page := client.get(base).content.decode())
    assert "<span>Expert</span>" in page


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "Write something first."),
        ("   \n", "Write something first."),
        ("x" * (BODY_LIMIT + 7), "This is 7 characters too long."),
    ],
)
def test_what_cannot_be_sent_comes_back_with_a_reason(client, member, base, body, message):
    response = client.post(f"{base}new/", {"body": body})
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert body.strip() in page
    assert 'id="id_body_error"' in page
    assert not Post.objects.exists()


def test_reason_is_in_the_language_of_the_page(client, member, record):
    with translation.override("th"):
        expected = str(translation.gettext("Write something first."))
    assert expected in client.post(f"/th/discussion/{record.code.lower()}/new/", {"body": ""}).content.decode()


def test_flooding_keeps_what_was_typed(client, member, record, base):
    for number in range(services.FLOOD_LIMIT):
        services.post_comment(record, member, f"Comment {number}")
    page = client.post(f"{base}new/", {"body": "My long answer"}).content.decode()
    assert "Please wait a few minutes" in page
    assert "My long answer" in page


def test_script_is_shown_as_text(client, member, base):
    client.post(f"{base}new/", {"body": "<script>alert('x')</script> \x00 [a](javascript:alert(1))"})
    page = client.get(base).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("start", ["0", "-1", "99999999", "99999999999999999999", "x", "٣", "\x00"])
@pytest.mark.parametrize("order", ["newest", "oldest", "sideways"])
def test_any_page_number_is_answered(client, record, base, start, order):
    fill(record, 2)
    assert client.get(base, {"order": order, "from": start}).status_code == 200


def test_unknown_comment_answers_404(client, record, base):
    fill(record, 1)
    for address in ("2/", "99999999999999999999999/", "2/reply/"):
        assert client.get(base + address).status_code == 404
    assert client.get("/en/discussion/no-such/").status_code == 404


def test_visitor_signs_in_and_finds_what_was_typed(client, record, base):
    response = client.post(f"{base}new/", {"body": "Typed before signing in"})
    assert response.status_code == 302
    assert response.url.endswith(f"?next={base}new/")
    client.force_login(make_user())
    assert "Typed before signing in" in client.get(f"{base}new/").content.decode()
    assert not Post.objects.exists()


def test_visitor_is_asked_to_sign_in_and_gets_no_form(client, record, base):
    page = client.get(base).content.decode()
    assert f'href="{base}new/"' in page
    assert "csrfmiddlewaretoken" not in page
    assert "<textarea" not in page


def test_author_changes_deletes_and_brings_back(client, member, record, base):
    services.post_comment(record, member, "First words")
    assert "First words" in client.get(f"{base}1/edit/").content.decode()
    client.post(f"{base}1/edit/", {"body": "Better words"})
    page = client.get(base).content.decode()
    assert "Better words" in page
    assert "edited" in page
    client.post(f"{base}1/delete/")
    page = client.get(base).content.decode()
    assert "Its author deleted this comment." in page
    assert "Better words" not in page
    assert f'action="{base}1/restore/"' in page
    client.post(f"{base}1/restore/")
    assert "Better words" in client.get(base).content.decode()


def test_nobody_else_is_offered_or_allowed_a_change(client, member, record, base):
    services.post_comment(record, make_user("Example Other"), "Theirs")
    page = client.get(base).content.decode()
    assert "1/edit/" not in page
    assert "1/delete/" not in page
    assert client.get(f"{base}1/edit/").status_code == 404
    for action in ("delete", "restore", "hide", "show"):
        assert client.post(f"{base}1/{action}/").status_code == 403
    assert Post.objects.get().is_shown


def test_reading_an_action_changes_nothing(client, member, record, base):
    services.post_comment(record, member, "Mine")
    assert client.get(f"{base}1/delete/").status_code == 405


def test_moderator_hides_and_still_reads(client, record, base):
    services.post_comment(record, make_user("Example Author"), "Not kind")
    client.force_login(make_user("Example Moderator", Role.MODERATOR))
    client.post(f"{base}1/hide/")
    assert "Not kind" in client.get(base).content.decode()
    client.logout()
    assert "Not kind" not in client.get(base).content.decode()


def test_own_words_keep_their_language(client, member, record, base):
    services.post_comment(record, member, "ขอบคุณค่ะ")
    assert '<div class="prose" lang="th">' in client.get(base).content.decode()
    assert '<div class="prose">' in client.get(base.replace("/en/", "/th/")).content.decode()


def test_deep_link_leads_to_the_page_that_holds_the_comment(client, record, base):
    fill(record, 3 * PAGE_SIZE + 5)
    for seq in range(1, 3 * PAGE_SIZE + 6):
        target = client.get(f"{base}{seq}/").url
        address, fragment = target.split("#")
        assert fragment == f"comment-{seq}"
        if seq > 2 * PAGE_SIZE + 5:
            assert address == record.listings.get(language="en").url
            assert seq in [item.post.seq for item in thread_page(record).posts]
        elif seq in (1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE + 5):
            assert f'id="{fragment}"' in client.get(address).content.decode()


@pytest.mark.parametrize("order", [NEWEST, OLDEST])
def test_walking_through_the_pages_meets_each_comment_once(record, order):
    fill(record, 2 * PAGE_SIZE + 3)
    page, met = thread_page(record, ANONYMOUS, order), []
    while True:
        met += [item.post.seq for item in page.posts]
        following = page.older if order == NEWEST else page.newer
        if following is None:
            break
        page = thread_page(record, ANONYMOUS, order, following)
    assert sorted(met) == list(range(1, 2 * PAGE_SIZE + 4))
    assert met == sorted(met, reverse=order == NEWEST)


@pytest.mark.parametrize("number", [1, 3, 25])
def test_page_of_a_thread_takes_four_queries(record, django_assert_num_queries, number):
    fill(record, number)
    user = make_user("Example Reader", Role.EXPERT)
    reader = reader_for(user)
    with django_assert_num_queries(4):
        thread_page(record, reader)


def test_no_thread_takes_one_query(record, django_assert_num_queries):
    with django_assert_num_queries(1):
        thread_page(record, Reader(1))


@pytest.mark.parametrize("number", [1, 3])
def test_tag_takes_four_queries(record, django_assert_num_queries, number):
    fill(record, number)
    request = RequestFactory().get("/en/")
    request.user = make_user("Example Reader")
    request.reader = reader_for(request.user)
    template = Template("{% load discussion %}{% discussion record %}")
    record.listings.all()
    with django_assert_num_queries(4):
        html = template.render(Context({"request": request, "record": record, "csrf_token": "x"}))
    assert 'id="comments"' in html
    assert "<textarea" in html


def test_tag_shows_every_anonymous_reader_the_same(record):
    fill(record, 3)
    from django.contrib.auth.models import AnonymousUser

    def rendered():
        request = RequestFactory().get("/en/")
        request.user, request.reader = AnonymousUser(), ANONYMOUS
        return Template("{% load discussion %}{% discussion record %}").render(
            Context({"request": request, "record": record})
        )

    assert rendered() == rendered()
    assert "csrf" not in rendered()


def test_title_of_a_page_is_escaped(client):
    record = make_bare_record("<script>alert(1)</script>")
    page = client.get(f"/en/discussion/{record.code.lower()}/").content.decode()
    assert escape("<script>alert(1)</script>") in page
    assert "<script>alert(1)" not in page
