"""One suite for every engine: on each database, for its own engine and for the search server fed from it."""

from __future__ import annotations

import pytest

from practices.access.reader import ANONYMOUS, Reader, Role
from practices.access.rules import Visibility
from practices.catalogue.models import Country, Institution
from practices.search import registry, services
from practices.search.engines.base import BEST, NEWEST, TITLE, USED, Request, Result
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.registry import Synonyms
from practices.search.vocabulary import Vocabulary

MEMBER = Reader(user_id=1)
ADMINISTRATOR = Reader(user_id=2, roles=frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def ask(engine):
    def ask(typed: str | None, reader: Reader = ANONYMOUS, **fields: object) -> Result:
        plan = None if typed is None else make_plan(parse(typed), Vocabulary.of(registry.synonyms()))
        return engine.search(Request(reader, plan, **fields))  # type: ignore[arg-type]

    return ask


@pytest.fixture
def found(ask):
    def found(typed: str | None, reader: Reader = ANONYMOUS, **fields: object) -> list[int]:
        return [hit.record_id for hit in ask(typed, reader, **fields).hits]

    return found


def test_thai_word_is_found_in_the_middle_of_a_sentence(records, found):
    record = records.put({"th": "การค้ามนุษย์และการคุ้มครองผู้เสียหายในประเทศไทย"})
    records.put({"th": "รายงานประจำปีของสำนักงาน"})
    for typed in ("ผู้เสียหาย", "การคุ้มครอง", "การค้ามนุษย์", "คุ้มครองผู้เสียหาย"):
        assert found(typed) == [record.pk], typed


def test_ghost_is_not_person(records, found):
    records.put({"th": "ผู้เชี่ยวชาญ"})
    assert found("ผี") == []


def test_english_is_found_in_any_form_and_case(records, found):
    record = records.put({"en": "Shelters for Trafficked Children"})
    for typed in ("shelter", "SHELTERS", "trafficking", "children’s shelter"):
        assert found(typed) == [record.pk], typed


def test_acronym_is_not_the_word_it_is_spelt_like(records, found):
    disease = records.put({"en": "Living with AIDS"})
    help_ = records.put({"en": "Legal aid for workers"})
    assert found("AIDS") == [disease.pk]
    assert found("aid clinics") == [help_.pk]


def test_quoted_words_must_stand_together(records, found):
    record = records.put({"en": "Housing first"})
    records.put({"en": "First look at housing"})
    assert found('"housing first"') == [record.pk]
    assert len(found("housing first")) == 2


def test_a_phrase_is_more_than_the_pairs_it_is_made_of(records, found):
    whole = records.put({"en": "House rules of women"})
    records.put({"en": "The house rules", "th": "บ้าน"}, {"en": "Rules of women in a house"})
    assert found('"house rules of women"') == [whole.pk]


def test_a_phrase_does_not_reach_from_one_language_into_the_next(records, found):
    records.put({"en": "New homes", "th": "บ้านใหม่"}, {"en": "Built in spring", "th": "เด็ก"})
    assert found('"homes บ้าน"') == []
    assert found('"spring เด็ก"') == []


def test_minus_leaves_records_out(records, found):
    record = records.put({"en": "Housing first in Ireland"})
    records.put({"en": "Housing benefits"})
    assert found("housing -benefits") == [record.pk]
    assert found("-benefits") == [record.pk]


def test_star_finds_the_beginning_of_a_word(records, found):
    record = records.put({"en": "Reintegration"})
    assert found("reint*") == [record.pk]
    assert found("reint") == []


def test_title_counts_more_than_body(records, found):
    body = records.put({"en": "A visit"}, {"en": "We saw housing and housing once more"})
    title = records.put({"en": "Housing"}, {"en": "A long text about all that was seen during one week of spring"})
    assert found("housing") == [title.pk, body.pk]


def test_two_words_must_both_be_there_but_near_answers_are_better_than_none(records, ask):
    both = records.put({"en": "Psychosocial care for boys"})
    records.put({"en": "Psychosocial theory"})
    result = ask("psychosocial boys")
    assert ([hit.record_id for hit in result.hits], result.loosened) == ([both.pk], False)
    loose = ask("psychosocial tigers")
    assert (len(loose.hits), loose.loosened) == (2, True)


def test_long_thai_question_finds_its_answer(records, found):
    record = records.put({"th": "แนวทางการดูแลเด็กที่เป็นผู้เสียหายในสถานคุ้มครอง"})
    for number in range(5):
        records.put({"th": f"การปลูกข้าวในภาคเหนือ ครั้งที่ {number}"})
    assert found("อยากทราบว่าจะดูแลเด็กที่เป็นผู้เสียหายอย่างไรเมื่ออยู่ในสถานคุ้มครอง")[0] == record.pk


def test_terms_of_the_glossary_find_each_other_across_languages(records, ask, found):
    forms = [("en", "victim of trafficking"), ("en", "VoT"), ("th", "ผู้เสียหายจากการค้ามนุษย์")]
    registry.register_expansions(lambda: [Synonyms("vot", forms)])
    english = records.put({"en": "Interviewing a victim of trafficking"})
    short = records.put({"en": "VoTs in shelters"})
    thai = records.put({"th": "คู่มือดูแลผู้เสียหายจากการค้ามนุษย์"})
    records.put({"en": "Victims of floods"})
    for _, typed in forms:
        assert set(found(typed)) == {english.pk, short.pk, thai.pk}, typed
    result = ask("vot")
    assert result.hits[0].record_id == short.pk
    through = {hit.record_id: [form.text for form in hit.through] for hit in result.hits}
    assert through == {
        short.pk: [],
        english.pk: ["victim of trafficking"],
        thai.pk: ["ผู้เสียหายจากการค้ามนุษย์"],
    }


def test_a_term_counts_once_however_many_of_its_forms_a_record_has(records, found):
    registry.register_expansions(lambda: [Synonyms("b", [("th", "ล่าม"), ("en", "interpreter"), ("en", "translator")])])
    records.put({"en": "Day in the shelter", "th": "บ้านพัก"}, {"en": "An interpreter or translator.", "th": "มีล่าม"})
    about = records.put({"en": "Interpreters on call"}, {"en": "Interpreters for the night."}, days_old=9)
    assert found("ล่าม")[0] == about.pk


def test_a_kind_that_weighs_less_stands_behind_others_that_match_alike(records, found):
    registry.register_document_source("glossary-term", records.build, weight=0.6)
    term = records.put({"en": "Begging"}, {"en": "Begging."}, kind="glossary-term")
    practice = records.put({"en": "Begging and children"}, {"en": "Begging in the street."}, days_old=9)
    assert found("begging") == [practice.pk, term.pk]


def test_few_records_with_both_words_are_followed_by_those_that_come_near(records, ask):
    both = records.put({"en": "Referral form"})
    near = records.put({"en": "Referral by telephone"})
    for number in range(9):
        records.put({"en": f"Form {number}"})
    result = ask("referral form")
    assert [hit.record_id for hit in result.hits[:2]] == [both.pk, near.pk]
    assert not result.loosened


def test_facets_count_under_the_choices_of_the_others_but_not_their_own(records, ask):
    records.put({"en": "Alpha house"}, facets={"country": ["ie"], "topic": ["housing"]})
    records.put({"en": "Beta house"}, facets={"country": ["be"], "topic": ["housing", "referral"]})
    records.put({"en": "Gamma house"}, facets={"country": ["be"], "topic": ["referral"]})
    result = ask("house", filters={"country": ["be"]})
    assert result.total == 2
    assert result.facets["country"] == {"ie": 1, "be": 2}
    assert result.facets["topic"] == {"housing": 1, "referral": 2}
    both = ask("house", filters={"country": ["be", "ie"], "topic": ["housing"]})
    assert both.total == 2
    assert both.facets["country"] == {"ie": 1, "be": 1}


def test_unknown_facet_value_finds_nothing(records, ask):
    records.put({"en": "House"}, facets={"country": ["ie"]})
    assert ask("house", filters={"country": ["atlantis"]}).total == 0


def test_without_a_question_every_record_is_listed(records, found):
    old = records.put({"en": "Zebra"}, days_old=9)
    new = records.put({"en": "apple"}, days_old=1)
    assert found(None, sort=NEWEST) == [new.pk, old.pk]
    records.put({"en": "Mango"}, days_old=5)
    assert found(None, sort=TITLE)[0] == new.pk


def test_thai_titles_are_sorted_as_in_a_dictionary(records, found):
    titles = ["ไก่", "เกม", "ขนม", "กา"]
    keys = {records.put({"th": title}).pk: title for title in titles}
    assert [keys[key] for key in found(None, sort=TITLE, language="th")] == ["กา", "เกม", "ไก่", "ขนม"]


def test_hidden_record_is_in_no_hit_count_facet_or_suggestion(records, ask, engine):
    seat = Institution.add_root(code="example-shelter", name="Example shelter", country=Country.objects.first())
    for visibility in Visibility.values:
        records.put(
            {"en": f"Shelter {visibility}"}, visibility=visibility, institution=seat, facets={"tag": [visibility]}
        )
    staff = Reader(user_id=3, institutions=frozenset({seat.pk}))
    seen = {
        ANONYMOUS: {"public"},
        MEMBER: {"public", "members"},
        staff: {"public", "members", "institution"},
        ADMINISTRATOR: {"public", "members", "institution"},
    }
    for reader, visible in seen.items():
        result = ask("shelter", reader)
        assert result.total == len(result.hits) == len(visible)
        assert set(result.facets["tag"]) == visible
        titles = {suggestion.text for suggestion in engine.suggest("shel", "en", reader)}
        assert titles == {f"Shelter {visibility}" for visibility in visible}
        assert engine.values_seen("tag", reader) == visible


def test_a_change_is_found_at_once_and_the_old_text_no_more(records, ask, found):
    record = records.put({"en": "Housing"}, facets={"tag": ["old"]})
    assert found("housing") == [record.pk]
    records.change(record, titles={"en": "Referral"}, facets={"tag": ["new"]})
    assert found("housing") == []
    result = ask("referral")
    assert (result.total, result.facets["tag"]) == (1, {"new": 1})
    records.take_away(record)
    assert ask("referral").total == ask(None).total == 0


def test_purged_record_leaves_no_text(records, ask):
    record = records.put({"en": "Housing"}, {"en": "A secret"})
    key = record.pk
    record.delete()
    assert ask("secret").total == ask(None).total == 0
    row = services.SearchRecord.objects.get(pk=key)
    assert row.deleted
    assert not row.titles
    assert not services.SearchText.objects.filter(pk=key).exists()


def test_suggestions_begin_at_any_word_and_cut_nothing(records, engine):
    record = records.put({"en": "Housing first in Ireland", "th": "ที่อยู่อาศัยมาก่อนในไอร์แลนด์"})
    for typed in ("hou", "irel", "FIRST IN", "ที่อยู่อ", "มาก่"):
        assert [s.record_id for s in engine.suggest(typed, "en", ANONYMOUS)] == [record.pk], typed
    assert engine.suggest("มาก่", "en", ANONYMOUS)[0].text == "ที่อยู่อาศัยมาก่อนในไอร์แลนด์"
    assert engine.suggest("", "en", ANONYMOUS) == engine.suggest("zzz", "en", ANONYMOUS) == []


def test_pages_follow_each_other_without_gap_or_repeat(records, found):
    keys = {records.put({"en": f"Shelter number {number}"}).pk for number in range(45)}
    pages = [found("shelter", offset=offset) for offset in (0, 20, 40, 60)]
    assert [len(page) for page in pages] == [20, 20, 5, 0]
    assert set().union(*pages) == keys


def test_pages_beyond_ten_thousand_hits_follow_like_the_first(records, found):
    records.put_many("Shelter number", 10_050)
    for typed, sort in (("shelter", BEST), ("shelter", NEWEST), (None, TITLE)):
        order = found(typed, sort=sort, limit=20_000)
        assert len(set(order)) == 10_050
        for offset in (0, 80, 100, 9_990, 10_040, 10_060):
            assert found(typed, sort=sort, offset=offset) == order[offset : offset + 20], (sort, offset)


@pytest.mark.parametrize("typed", ["'", '"', "a'b", "\\", "a & b | !c", "¶", "NEAR(a b)", "*", "{title}: x", "x:*"])
def test_nothing_typed_breaks_the_engine(records, typed, ask):
    records.put({"en": "House"})
    assert ask(typed).total == 0


def test_rebuild_finds_what_was_never_indexed_and_drops_what_is_gone(records, found):
    lost = records.put({"en": "Housing"}, index=False)
    gone = records.put({"en": "Housing benefits"})
    del records.documents[gone.pk]
    assert found("housing") == [gone.pk]
    services.rebuild()
    assert found("housing") == [lost.pk]


def test_most_used_come_first_and_the_newest_of_those_used_alike(records, found):
    old = records.put({"en": "Shelter one"}, days_old=9)
    often = records.put({"en": "Shelter two"}, days_old=5, usefulness=4)
    new = records.put({"en": "Shelter three"}, days_old=1)
    assert found("shelter", sort=USED) == found(None, sort=USED) == [often.pk, new.pk, old.pk]


def test_only_some_records_can_be_asked(records, ask):
    some = [records.put({"en": f"Shelter {number}"}, facets={"tag": ["a"]}).pk for number in range(4)][:2]
    result = ask("shelter", among=some)
    assert (sorted(hit.record_id for hit in result.hits), result.facets["tag"]) == (some, {"a": 2})
    assert ask("shelter", among=[]).total == ask(None, among=[]).total == 0


def test_a_hidden_record_does_not_keep_near_answers_back(records, found):
    records.put({"en": "Psychosocial care for tigers"}, visibility=Visibility.MEMBERS)
    near = records.put({"en": "Psychosocial theory"})
    for number in range(10):
        records.put({"en": f"Report number {number}"})
    assert found("psychosocial tigers") == [near.pk]


def test_more_like_this_shares_rare_words_and_subjects_and_is_not_the_record_itself(records, engine):
    for number in range(12):
        records.put({"en": f"Report number {number}", "th": "รายงานประจำปีของสำนักงาน"})
    subject = {"facets": {"topic": ["housing"], "tag": ["deposit"]}}
    titles = {"en": "Rent deposits for families", "th": "เงินประกันค่าเช่าสำหรับครอบครัว"}
    record = records.put(titles, **subject)
    words = records.put({"en": "How a deposit is paid back"})
    thai = records.put({"th": "ครอบครัวที่ไม่มีเงินประกันค่าเช่า"})
    tagged = records.put({"en": "Finding a flat"}, **subject)
    hidden = records.put(titles, visibility=Visibility.MEMBERS)
    assert set(engine.more_like_this(record.pk, ANONYMOUS, "en")) == {words.pk, thai.pk, tagged.pk}
    assert engine.more_like_this(record.pk, MEMBER, "en")[0] == hidden.pk
    assert engine.more_like_this(record.pk, MEMBER, "en", limit=2) == engine.more_like_this(record.pk, MEMBER, "en")[:2]
    assert engine.more_like_this(hidden.pk, ANONYMOUS, "en") == []
    assert engine.more_like_this(0, ANONYMOUS, "en") == []
