"""What readers meet on each kind of page, in both languages, through the real addresses."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from practices.access.rules import Visibility
from practices.catalogue.services import archive_record
from tests.factories.editions import make_adaptation, make_chain, make_practice
from tests.factories.people import make_focal_point, make_person

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)


@pytest.fixture
def chain():
    return make_chain()


def thai(url: str) -> str:
    return url.replace("/en/", "/th/", 1)


def test_every_kind_of_page_opens_in_both_languages_with_nothing_inline(client, chain):
    addresses = [page.url for page in chain.pages] + ["/en/", f"/en/catalogue/{chain.institution.code}/"]
    for url in [*addresses, *map(thai, addresses)]:
        response = client.get(url)
        assert response.status_code == 200, url
        html = response.content.decode()
        assert not INLINE.search(html), url
        assert 'lang="th"' in html.split(">", 2)[1] if url.startswith("/th/") else 'lang="en"' in html.split(">", 2)[1]
        assert html.count("<h1") == 1, url
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), url


def test_chain_is_shown_both_ways(client, chain):
    practice = client.get(chain.practice.url).content.decode()
    assert chain.visit.title in practice
    assert chain.adaptation.url in practice
    assert "270 small houses" in practice
    adaptation = client.get(chain.adaptation.url).content.decode()
    assert chain.practice.url in adaptation
    assert chain.visit.url in adaptation
    visit = client.get(chain.visit.url).content.decode()
    assert chain.practice.url in visit
    assert chain.adaptation.url in visit
    case = client.get(chain.case.url).content.decode()
    row = case[case.index("<tbody") : case.index("</tbody>")]
    assert all(page.url in row for page in (chain.practice, chain.visit, chain.adaptation))
    assert "270 small houses" in row


def test_every_cited_source_is_a_numbered_note_that_leads_back(client, chain):
    html = client.get(chain.case.url).content.decode()
    cited = {int(number) for number in re.findall(r'href="#note-(\d+)"', html)}
    listed = {int(number) for number in re.findall(r'<li id="note-(\d+)"', html)}
    assert cited == listed == {1, 2}
    assert 'id="ref-1-1"' in html
    assert "[^" not in html
    assert "“us-tip-2019” is not in the list" in html  # an honest gap instead of a number that leads nowhere


def test_untranslated_parts_carry_their_language_and_say_so(client, chain):
    html = client.get(thai(chain.practice.url)).content.decode()
    with translation.override("th"):
        mark = translation.gettext("This part is in English")
    assert mark in html
    assert re.search(r'<h1 lang="en">\s*Housing first', html)
    assert mark not in client.get(chain.practice.url).content.decode()


def test_what_the_source_does_not_say_is_said(client, chain):
    html = client.get(chain.practice.url).content.decode()
    assert "Not stated in the source" in html
    assert "Not yet endorsed" in html
    action = client.get(chain.action.url).content.decode()
    assert "(inferred from the source)" in action


def test_contact_is_for_members_only(client, chain):
    assert "housing@example.org" not in client.get(chain.practice.url).content.decode()
    member = Client()
    member.force_login(make_person())
    assert "housing@example.org" in member.get(chain.practice.url).content.decode()


def test_hidden_member_of_the_family_is_neither_drawn_nor_listed(client, chain):
    hidden = make_adaptation([chain.practice], title="Kept inside", visibility=Visibility.INSTITUTION)
    html = client.get(chain.practice.url).content.decode()
    assert hidden.title not in html
    assert chain.adaptation.title in html


def test_map_stops_at_the_province_and_has_its_table(client, chain):
    html = client.get(chain.adaptation.url).content.decode()
    picture = html[html.index('<svg class="map"') :]
    assert '<th scope="col">Province</th>' in picture
    assert "Chiang Rai" in picture
    assert "CC BY 4.0" in picture


def test_links_can_be_shared_in_both_languages(client, chain):
    html = client.get(thai(chain.practice.url)).content.decode()
    assert '<meta property="og:title" content="Housing first">' in html
    assert f'hreflang="en" href="http://testserver{chain.practice.url}"' in html
    assert f'rel="canonical" href="http://testserver{thai(chain.practice.url)}"' in html
    assert '<meta property="og:locale" content="th_TH">' in html
    assert re.search(r'og:image" content="http://testserver/static/img/share[^"]*\.png"', html)
    assert '<svg class="qr"' in html


def test_text_typed_by_people_is_escaped_everywhere(client):
    practice = make_practice(
        title="<script>alert(1)</script>",
        one_line='"><img src=x>',
        summary="<b>bold</b> [^<i>]",
        consent_statement="<script>",
    )
    html = client.get(practice.url).content.decode()
    assert "<script>" not in html
    assert "<img src=x" not in html
    assert "<b>bold" not in html


@pytest.mark.parametrize("adaptations", [1, 3])
def test_page_costs_the_same_queries_however_many_records_are_linked(
    client, chain, adaptations, django_assert_num_queries
):
    for _ in range(adaptations - 1):
        make_adaptation([chain.practice])
    client.get("/en/")
    with django_assert_num_queries(20, exact=False):
        assert client.get(chain.practice.url).status_code == 200


def test_home_page_queries_do_not_grow_with_rows(client, django_assert_num_queries):
    make_practice()
    client.get("/th/")
    with django_assert_num_queries(11, exact=False):
        client.get("/en/")
    make_practice()
    make_practice()
    with django_assert_num_queries(11, exact=False):
        client.get("/en/")


def test_family_reaches_far_and_never_through_a_hidden_record(client, chain):
    grandchild = make_adaptation([chain.adaptation], title="Second town tries small houses")
    secret = make_adaptation([chain.practice], title="Kept inside", visibility=Visibility.INSTITUTION)
    beyond = make_adaptation([secret], title="Seen only past what is hidden")
    picture = client.get(chain.practice.url).content.decode().split('<section class="section" id="lineage">')[1]
    assert grandchild.url in picture
    assert secret.title not in picture
    assert beyond.title not in picture
    assert client.get(beyond.url).content.decode().count("Housing first") == 0


def test_body_kept_for_a_signed_in_reader_is_never_shown_to_another_kind_of_reader(client, chain):
    member, owner = Client(), Client()
    member.force_login(make_person())
    owner.force_login(make_focal_point(chain.institution))
    hidden = make_adaptation(
        [chain.practice], chain.institution, title="Kept inside", visibility=Visibility.INSTITUTION
    )
    for _ in range(2):
        assert hidden.title in owner.get(chain.practice.url).content.decode()
        seen_by_member = member.get(chain.practice.url).content.decode()
        assert hidden.title not in seen_by_member
        assert "housing@example.org" in seen_by_member
        assert "housing@example.org" not in client.get(chain.practice.url).content.decode()


def test_body_kept_for_a_signed_in_reader_dies_with_the_next_change(chain):
    member = Client()
    member.force_login(make_person())
    assert chain.adaptation.title in member.get(chain.practice.url).content.decode()
    archive_record(chain.adaptation.record)
    assert chain.adaptation.title not in member.get(chain.practice.url).content.decode()
