"""Whoever writes a term sees how its words are cut and what they would find, before anything is saved."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from practices.access.reader import ANONYMOUS
from practices.access.rules import Visibility
from practices.glossary.models import GlossaryTerm
from practices.glossary.preview import preview
from tests.factories.records import make_user
from tests.factories.search import shelf


@pytest.fixture
def records(db):
    with shelf() as made:
        yield made


TYPED = {"term_0": "Helpline", "term_1": "สายด่วน", "abbreviations_0": "HL, HLP", "synonyms_1": "เบอร์ฉุกเฉิน\n\n"}


def test_each_form_is_cut_and_all_find_together(records):
    records.put({"en": "A helpline for all"})
    records.put({"th": "เบอร์ฉุกเฉินของจังหวัด"})
    records.put({"en": "Hidden helpline"}, visibility=Visibility.MEMBERS)
    found = preview(TYPED, ANONYMOUS)
    assert [form.text for form in found.forms] == ["Helpline", "HL", "HLP", "สายด่วน", "เบอร์ฉุกเฉิน"]
    assert ["".join(form.cuts) for form in found.forms] == [form.text for form in found.forms]
    assert [form.records for form in found.forms] == [1, 0, 0, 0, 1]
    assert found.total == len(found.hits) == 2


@pytest.mark.parametrize("typed", [{}, {"term_0": " "}, {"term_0": '"'}, {"term_0": "-"}, {"synonyms_0": "\n" * 500}])
def test_nothing_typed_shows_nothing(records, typed):
    assert preview(typed, ANONYMOUS).total == 0


def test_what_looks_like_a_command_is_only_words(records):
    for term in ('kind:practice "a" -b*', "x" * 5_000, "\0\ud800", "😀"):
        preview({"term_0": term, "synonyms_0": "\n".join([term] * 100)}, ANONYMOUS)


def test_only_those_who_write_terms_may_ask(client, records):
    address = reverse("glossary_preview")
    assert client.post(address, TYPED).status_code == 302
    client.force_login(make_user("Example Member"))
    assert client.post(address, TYPED).status_code in (302, 403)
    client.force_login(make_user("Example Administrator", is_superuser=True, is_staff=True))
    assert client.get(address).status_code == 405
    page = client.post(address, TYPED).content.decode()
    assert "As the search cuts it" in page
    assert "<html" in page
    part = client.post(address, TYPED, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "สายด่วน" in part
    assert not GlossaryTerm.objects.exists()


def test_the_form_has_a_button_that_works_without_scripts(client, records):
    client.force_login(make_user("Example Administrator", is_superuser=True, is_staff=True))
    page = client.get("/admin/snippets/glossary/glossaryterm/add/").content.decode()
    assert re.search(rf'<button type="submit"[^>]*formaction="{reverse("glossary_preview")}"', page)
