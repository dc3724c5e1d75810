"""Terms in the admin: what an editor saves is in the list, in search and at its address at once, and never deleted."""

from __future__ import annotations

import pytest

from practices.glossary.models import GlossaryTerm
from practices.search.wordbook import current
from tests.factories.records import make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/glossary/glossaryterm/"
FILLED = {
    "term_0": "Interpreter", "term_1": "ล่าม", "code": "interpreter", "abbreviations_0": "INT", "abbreviations_1": "",
    "synonyms_0": "", "synonyms_1": "คนแปล", "definition_0": "A person who speaks for two.", "definition_1": "",
    "is_listed": "on",
}  # fmt: skip


@pytest.fixture
def editor(client):
    user = make_user("Example Administrator", is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


def words():
    return {form.text for form in current().vocabulary.forms()}


def test_new_term_is_there_at_once(client, editor):
    assert client.post(f"{LIST}add/", FILLED).status_code == 302
    term = GlossaryTerm.objects.get()
    assert term.term.data == {"en": "Interpreter", "th": "ล่าม"}
    assert "ล่าม" in client.get("/th/glossary/").content.decode()
    assert {"Interpreter", "INT", "ล่าม", "คนแปล"} <= words()
    assert client.get(f"{LIST}edit/{term.pk}/").status_code == 200
    assert client.get(LIST).status_code == 200


def test_term_is_taken_out_and_put_back(client, editor):
    client.post(f"{LIST}add/", FILLED)
    term = GlossaryTerm.objects.get()
    client.post(f"{LIST}edit/{term.pk}/", {**FILLED, "is_listed": ""})
    assert client.get("/en/glossary/interpreter/").status_code == 404
    assert "คนแปล" not in words()
    client.post(f"{LIST}edit/{term.pk}/", FILLED)
    assert client.get("/en/glossary/interpreter/").status_code == 200
    assert "คนแปล" in words()


def test_changed_words_act_on_the_next_search(client, editor):
    client.post(f"{LIST}add/", FILLED)
    term = GlossaryTerm.objects.get()
    assert "คนแปล" in words()
    client.post(f"{LIST}edit/{term.pk}/", {**FILLED, "synonyms_1": "ผู้ช่วยแปล"})
    assert "คนแปล" not in words()
    assert "ผู้ช่วยแปล" in words()


def test_term_is_never_deleted(client, editor):
    client.post(f"{LIST}add/", FILLED)
    term = GlossaryTerm.objects.get()
    client.post(f"{LIST}delete/{term.pk}/")
    assert GlossaryTerm.objects.exists()


@pytest.mark.parametrize("changes", [{"term_0": "", "term_1": ""}, {"code": "ไทย"}, {"definition_0": ""}])
def test_wrong_answers_come_back(client, editor, changes):
    assert client.post(f"{LIST}add/", {**FILLED, **changes}).status_code == 200
    assert not GlossaryTerm.objects.exists()
