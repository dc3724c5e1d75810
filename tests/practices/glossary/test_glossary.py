"""Terms: their records kept in step, their words known to search, their pages in both languages."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from i18nfield.strings import LazyI18nString

from practices.access.rules import State, Visibility
from practices.catalogue.models import ContentEpoch, Kind, Record
from practices.catalogue.projection import touch
from practices.catalogue.services import archive_record, restore_record
from practices.glossary.models import GlossaryTerm
from practices.glossary.search_documents import documents, synonyms
from practices.glossary.services import save_term
from practices.search.models import SearchRecord
from practices.search.registry import SearchDocument, builders
from tests.factories.records import make_bare_record

pytestmark = pytest.mark.django_db


def make_term(code="interpreter", en="Interpreter", th="ล่าม", **fields):
    texts = {
        "term": {"en": en, "th": th},
        "definition": {"en": f"{en}: a person who speaks for two.", "th": f"{th} คือผู้ถ่ายทอดคำพูดระหว่างสองภาษา"},
        **fields,
    }
    own = {name: LazyI18nString({code: text for code, text in value.items() if text}) for name, value in texts.items()}
    return save_term(GlossaryTerm(code=code, **own))


def test_new_term_gets_a_public_record_listed_in_every_language():
    term = make_term()
    record = term.record
    assert (record.kind, record.state, record.visibility) == (Kind.GLOSSARY_TERM, State.PUBLISHED, Visibility.PUBLIC)
    assert {row.language: (row.title, row.url, row.is_translated) for row in record.listings.all()} == {
        "en": ("Interpreter", "/en/glossary/interpreter/", True),
        "th": ("ล่าม", "/th/glossary/interpreter/", True),
    }


def test_saving_again_keeps_the_record_and_follows_the_words():
    term = make_term()
    before, epoch = term.record_id, ContentEpoch.current()
    term.term = LazyI18nString({"en": "Cultural mediator"})
    save_term(term)
    assert term.record_id == before
    assert Record.objects.count() == 1
    assert term.record.listings.get(language="en").title == "Cultural mediator"
    assert not term.record.listings.get(language="th").is_translated
    assert ContentEpoch.current() > epoch


def test_term_without_a_definition_is_refused():
    with pytest.raises(ValidationError):
        save_term(GlossaryTerm(code="empty", term=LazyI18nString({"en": "Empty"})))
    assert not Record.objects.exists()


def test_forms_are_those_written_in_the_language():
    term = make_term(abbreviations={"en": "INT, CM"}, synonyms={"th": "คนแปล\nล่ามภาษา\n"})
    assert term.forms("en") == ["Interpreter", "INT", "CM"]
    assert term.forms("th") == ["ล่าม", "คนแปล", "ล่ามภาษา"]


def test_all_forms_find_each_other_in_search():
    make_term(abbreviations={"en": "INT"})
    assert [(group.key, list(group.forms)) for group in synonyms()] == [
        ("interpreter", [("en", "Interpreter"), ("en", "INT"), ("th", "ล่าม")])
    ]


def test_search_knows_a_term_only_in_the_languages_it_has():
    term = make_term(th="", synonyms={"th": "คนแปล"})
    (document,) = documents([term.record])
    assert dict(document.titles) == {"en": "Interpreter"}
    assert dict(document.bodies) == {"en": "Interpreter", "th": "คนแปล"}


def test_archived_term_is_nowhere_and_comes_back(client):
    term = make_term()
    archive_record(term.record)
    assert client.get("/en/glossary/interpreter/").status_code == 404
    assert "Interpreter" not in client.get("/en/glossary/").content.decode()
    assert not list(synonyms())
    assert not SearchRecord.objects.in_index().filter(record=term.record).exists()
    restore_record(term.record)
    assert client.get("/en/glossary/interpreter/").status_code == 200


def test_members_term_is_hidden_from_visitors(client):
    term = make_term()
    Record.objects.filter(pk=term.record_id).update(visibility=Visibility.MEMBERS)
    assert client.get("/en/glossary/interpreter/").status_code == 404
    assert "Interpreter" not in client.get("/en/glossary/").content.decode()


def test_list_is_in_the_alphabet_of_the_language_with_letters(client):
    make_term("victim", "Victim", "เหยื่อ")
    make_term("housing", "Housing", "ที่อยู่อาศัย")
    make_term("worker", "Worker", "แรงงาน")
    english, thai = (client.get(f"/{code}/glossary/").content.decode().split("<main")[1] for code in ("en", "th"))
    assert english.index("Housing") < english.index("Victim") < english.index("Worker")
    assert thai.index("ที่อยู่อาศัย</a>") < thai.index("แรงงาน</a>") < thai.index("เหยื่อ</a>")
    for letter in ("ท", "ร", "ห"):
        assert f">{letter}</a></li>" in thai
    only = client.get("/th/glossary/", {"letter": "ร"}).content.decode()
    assert "แรงงาน</a>" in only
    assert "เหยื่อ</a>" not in only


def test_term_page_shows_both_languages_whatever_the_page_is_in(client):
    make_term(abbreviations={"en": "INT"}, synonyms={"th": "คนแปล\nล่ามภาษา"})
    for code in ("en", "th"):
        page = client.get(f"/{code}/glossary/interpreter/").content.decode()
        assert "a person who speaks for two" in page
        assert "ผู้ถ่ายทอดคำพูดระหว่างสองภาษา" in page
        assert "คนแปล · ล่ามภาษา" in page
        assert "INT" in page


def test_untranslated_term_is_marked_with_its_language(client):
    make_term(en="")
    page = client.get("/en/glossary/interpreter/").content.decode()
    assert '<h1 lang="th">ล่าม</h1>' in page
    assert "Not translated yet" in page


def test_records_that_use_a_term_in_either_language_are_named(client, monkeypatch):
    def document_of(records):
        return [
            SearchDocument(r.pk, r.kind, {"en": r.listing.title}, {"en": r.listing.url}, r.changed_at) for r in records
        ]

    monkeypatch.setitem(builders(), "practice", document_of)
    make_term()
    for title, fields in (
        ("An interpreter at every interview", {}),
        ("บริการล่ามกลางคืน", {}),
        ("Something else", {}),
        ("A hidden interpreter", {"visibility": Visibility.MEMBERS}),
    ):
        touch(make_bare_record(title, **fields))
    page = client.get("/en/glossary/interpreter/").content.decode()
    assert "An interpreter at every interview" in page
    assert "บริการล่ามกลางคืน" in page
    assert "Something else" not in page
    assert "A hidden interpreter" not in page


@pytest.mark.parametrize(
    "query", ["letter=%00", "letter=" + "x" * 5_000, "page=0", "page=x", "letter=%25&page=99999999999999999999"]
)
def test_any_address_of_the_list_is_answered(client, query):
    make_term()
    assert client.get(f"/en/glossary/?{query}").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_two_queries_for_any_number_of_terms(client, django_assert_num_queries, number):
    for count in range(number):
        make_term(f"term-{count}", f"Term {count}", "")
    with django_assert_num_queries(2):  # the content epoch and the terms
        client.get("/en/glossary/")
