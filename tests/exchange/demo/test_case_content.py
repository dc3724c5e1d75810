"""All of the published case stands in what is loaded, in both languages, with its sources, and nothing that the source does not say."""

from __future__ import annotations

import re

import pytest

from exchange.needs.models import TrainingNeed
from exchange.people.models import User
from exchange.workshops.models import Held
from practices.access.reader import ANONYMOUS
from practices.adaptations.models import AdaptationPage
from practices.catalogue.chain import chain_of
from practices.catalogue.models import LegalInstrument, Record, RecordLink, Relation, Source
from practices.glossary.models import GlossaryTerm

THAI = re.compile("[\u0e00-\u0e7f]")
CASE_STUDY = "case-study-thailand"

# (record, how it stands in English, how it stands in Thai)
FACTS = [
    (CASE_STUDY, "631 victims", "631 คน"),
    (CASE_STUDY, "401 (64 %)", "401 คน (64%)"),
    (CASE_STUDY, "201 foreign victims were repatriated", "ผู้เสียหายชาวต่างชาติ 201 คน"),
    (CASE_STUDY, "103 Thai victims", "ผู้เสียหายชาวไทย 103 คน"),
    (CASE_STUDY, "11 homes for the destitute", "สถานคุ้มครองคนไร้ที่พึ่ง 11 แห่ง"),
    (CASE_STUDY, "nine shelters", "สถานคุ้มครองผู้เสียหายจากการค้ามนุษย์ 9 แห่ง"),
    (CASE_STUDY, "In 2018", "พ.ศ. 2561"),
    (CASE_STUDY, "B.E. 2557 (2014)", "พ.ศ. 2557"),
    (CASE_STUDY, "beggars (2016)", "การควบคุมการขอทาน พ.ศ. 2559"),
    (CASE_STUDY, "two requests", "คำขอสองฉบับ"),
    (CASE_STUDY, "since 2009", "พ.ศ. 2552"),
    (CASE_STUDY, "over 100 interventions", "กว่า 100 โครงการ"),
    (CASE_STUDY, "tenth anniversary", "ครบรอบสิบปี"),
    (CASE_STUDY, "five thematic areas", "ห้าด้าน"),
    (CASE_STUDY, "ten features", "คุณลักษณะที่ดีสิบข้อ"),
    (CASE_STUDY, "action 146", "หมายเลข 146"),
    (CASE_STUDY, "2013–2017 and 2017–2018", "พ.ศ. 2556–2560 และ พ.ศ. 2560–2561"),
    (CASE_STUDY, "three brochures", "แผ่นพับสามฉบับ"),
    (CASE_STUDY, "three workshops for workers of the nine shelters", "การอบรมเชิงปฏิบัติการสามครั้ง"),
    (CASE_STUDY, "two from DATIP and two from DSDW", "กองต่อต้านการค้ามนุษย์สองคน"),
    (CASE_STUDY, "bilateral programme of hands-on training", "โครงการทวิภาคีเพื่อฝึกปฏิบัติจริง"),
    (CASE_STUDY, "framework with Irish NGOs", "องค์กรพัฒนาเอกชนของไอร์แลนด์เรื่องกรอบความร่วมมือ"),
    (CASE_STUDY, "peers taught peers", "การเรียนรู้ระหว่างเพื่อนร่วมวิชาชีพ"),
    (CASE_STUDY, "not workable", "ไม่สามารถลอกแบบ"),
    ("dsdw-small-houses", "270 small houses in 24 provinces", "บ้านหลังเล็ก 270 หลังใน 24 จังหวัด"),
    ("dsdw-small-houses", "three-year pilot", "โครงการนำร่องสามปี"),
    ("dsdw-small-houses", "regain self-esteem and to earn an income", "ได้ความภาคภูมิใจในตนเองกลับคืนมาและมีรายได้"),
    ("dsdw-small-houses", "still running when the case study was written", "ยังดำเนินอยู่ในขณะที่เขียนกรณีศึกษา"),
    ("northern-shelter-schools", "3,800 children in 22 schools", "เด็ก 3,800 คนในโรงเรียน 22 แห่ง"),
    ("chiang-rai-safe-work-abroad", "without illegal agencies", "โดยไม่ผ่านนายหน้าที่ผิดกฎหมาย"),
    (
        "datip-reviewed-procedures",
        "identifying potential victims and for investigating",
        "การคัดแยกผู้ที่อาจเป็นผู้เสียหายและการสืบสวนสอบสวน",
    ),
    ("study-visit-the-hague-2018", "April 2018", "เมษายน พ.ศ. 2561"),
    ("thailand-2013-2017", "homelessness caused by migration", "คนไร้บ้านที่เกิดจากการย้ายถิ่น"),
    ("thailand-2017-2018", "nine shelters", "สถานคุ้มครองเก้าแห่ง"),
    ("workshop-children", "protection of and assistance to children", "การคุ้มครองและช่วยเหลือเด็ก"),
    ("workshop-gender", "gender-based approach to protection", "การคุ้มครองที่คำนึงถึงเพศภาวะ"),
    ("workshop-psychosocial", "psychosocial support", "การเยียวยาทางจิตใจและสังคม"),
    ("workshop-referral-systems", "demand-driven", "ตามความต้องการของผู้เรียน"),
    ("brochure-safe-technology", "prevent re-trafficking", "ป้องกันการตกเป็นผู้เสียหายจากการค้ามนุษย์ซ้ำ"),
    ("brochure-gender", "LGBTQ+ people as targets", "ผู้มีความหลากหลายทางเพศในฐานะเป้าหมาย"),
    ("brochure-trauma", "severe physical, psychological or social trauma", "รุนแรงทางร่างกาย จิตใจ หรือสังคม"),
]

# Each with the record and stream it stands in, its unit in Thai and the key of its source.
FIGURES = [
    (CASE_STUDY, "figures", 631, "คน", "tip-2019"),
    (CASE_STUDY, "figures", 401, "คน", "tip-2019"),
    (CASE_STUDY, "figures", 64, "%", "tip-2019"),
    (CASE_STUDY, "figures", 201, "คน", "tip-2019"),
    (CASE_STUDY, "figures", 103, "คน", "tip-2019"),
    (CASE_STUDY, "figures", 11, "แห่ง", "tip-2019"),
    (CASE_STUDY, "figures", 9, "แห่ง", "tip-2019"),
    (CASE_STUDY, "figures", 2, "ฉบับ", "mieux-thailand"),
    (CASE_STUDY, "figures", 4, "คน", "mieux-thailand"),
    (CASE_STUDY, "figures", 270, "หลัง", "mieux-thailand"),
    (CASE_STUDY, "figures", 3800, "คน", "mieux-thailand"),
    ("dsdw-small-houses", "results", 270, "หลัง", "mieux-thailand"),
    ("dsdw-small-houses", "results", 24, "จังหวัด", "mieux-thailand"),
    ("dsdw-small-houses", "results", 3, "ปี", "mieux-thailand"),
    ("northern-shelter-schools", "results", 3800, "คน", "mieux-thailand"),
    ("northern-shelter-schools", "results", 22, "แห่ง", "mieux-thailand"),
]

# (record, field) of which the source says nothing
NOT_STATED = [
    *(
        (visit, field)
        for visit in ("study-visit-brussels", "study-visit-ireland")
        for field in ("action", "hosts", "start")
    ),
    *((name, "action") for name in ("brochure-gender", "brochure-trauma", "brochure-safe-technology")),
    ("workshop-referral-systems", "action"),
    ("workshop-referral-systems", "start"),
    ("dsdw-small-houses", "provinces"),
    ("dsdw-small-houses", "start"),
    ("dsdw-small-houses", "advice"),
    ("northern-shelter-schools", "provinces"),
    ("northern-shelter-schools", "decisions"),
    ("datip-reviewed-procedures", "decisions"),
    ("chiang-rai-safe-work-abroad", "born_from"),
    ("housing-first-ireland", "host"),
    ("housing-first-ireland", "consent_statement"),
    ("study-visit-the-hague-2018", "expectations"),
]
SAYS_NOTHING = {"Not stated in the source.", "ไม่ได้ระบุไว้ในแหล่งข้อมูล", "not-stated"}


def figures_of(page):
    return [block.value for name in page.stream_names for block in getattr(page, name) if block.block_type == "figure"]


@pytest.mark.parametrize(("key", "english", "thai"), FACTS)
def test_each_fact_of_the_case_is_told_in_both_languages(case, key, english, thai):
    assert english in case.text(key, "en")
    assert thai in case.text(key, "th")


@pytest.mark.parametrize(("key", "stream", "value", "unit", "source"), FIGURES)
def test_each_figure_has_its_value_unit_and_source(case, key, stream, value, unit, source):
    thai, english = case.edition(key, "th"), case.edition(key, "en")
    found = [block.value for block in getattr(thai, stream) if block.value["value"] == value]
    assert [figure["source"].key for figure in found] == [source]
    assert found[0]["unit"] == unit
    assert THAI.search(found[0]["indicator"])
    assert [block.value["source"].key for block in getattr(english, stream) if block.value["value"] == value] == [
        source
    ]


def test_no_figure_is_without_source(case):
    figures = [(page, figure) for page in case.editions() for figure in figures_of(page)]
    assert len(figures) == 40
    assert [str(page) for page, figure in figures if figure["source"] is None] == []


def test_every_citation_leads_to_a_source(case):
    known = set(Source.objects.values_list("key", flat=True))
    cited = {key for page in case.editions() for key in re.findall(r"\[\^([^\]]*)\]", case.text_of(page))}
    assert {"mieux-thailand", "tip-2019", "mieux-146"} <= cited <= known


def test_every_thai_page_is_in_thai_but_for_the_marked_example(case):
    pages = [page for page in case.editions() if page.locale.language_code == "th"]
    assert len(pages) == 22
    untranslated = {page.slug for page in pages if page.has_untranslated_parts}
    assert untranslated == {"example-workshop"}
    for page in pages:
        if page.slug in untranslated:
            assert page.is_example
        else:
            assert all(THAI.search(text) for text in (page.title, page.one_line, page.summary)), page


def test_either_language_can_be_the_one_a_record_was_written_in(case):
    written_in_thai = Record.objects.filter(source_language="th", kind="adaptation")
    assert {case.edition(key).record for key in ("northern-shelter-schools", "chiang-rai-safe-work-abroad")} == set(
        written_in_thai
    )
    english = case.edition("chiang-rai-safe-work-abroad", "en")
    assert english.alias_of_id is None
    assert not THAI.search(case.text("chiang-rai-safe-work-abroad", "en"))


@pytest.mark.parametrize(("key", "field"), NOT_STATED)
def test_what_the_source_does_not_state_is_empty_and_said_to_be_so(case, key, field):
    page = case.edition(key, case.record(key).source_language)
    value = getattr(page, field)
    values = list(value.all()) if hasattr(value, "all") else value
    assert not values or values in SAYS_NOTHING
    assert page.basis_of(field)["basis"] == "not-stated"
    assert page.basis_of(field)["source"].key == "mieux-thailand"


def test_what_is_inferred_is_said_to_be_so(case):
    for key in ("thailand-2013-2017", "thailand-2017-2018", CASE_STUDY):
        assert case.edition(key).thematic_area.code == "irregular-migration-thb"
        assert case.edition(key).basis_of("thematic_area")["basis"] == "inferred"


def test_foreseen_workshops_are_not_said_to_have_been_held(case):
    foreseen = {"workshop-children", "workshop-gender", "workshop-psychosocial"}
    assert {case.edition(key).held for key in foreseen} == {Held.FORESEEN}
    states = {block.value["title"]: block.value["state"] for block in case.edition("thailand-2017-2018").activities}
    assert sorted(states.values()) == ["foreseen", "foreseen", "foreseen", "held"]


def test_only_stated_decisions_are_recorded_on_the_small_houses(case):
    decisions = [block.value for block in case.edition("dsdw-small-houses").decisions]
    assert [(d["decision"], d["reason_kind"]) for d in decisions] == [("kept", "not-stated"), ("changed", "not-stated")]
    original = case.edition("housing-first-ireland").building_blocks[0]
    assert decisions[0]["block"] == original.id
    others = AdaptationPage.objects.exclude(slug="dsdw-small-houses")
    assert all(not page.decisions and not page.transfer for page in others)


def test_no_practice_claims_more_than_the_source(case):
    for page in case.editions():
        if page.kind == "practice":
            assert (page.status, page.sustainable) == ("not-stated", "uncertain")
            assert not any([page.contact, page.features, page.results, page.review_by])


def test_the_laws_stand_in_both_eras(case):
    act = LegalInstrument.objects.get(code="destitute-protection-act-2557")
    assert act.date == "2014"
    assert "2557" in act.title.localize("th")
    assert set(case.edition(CASE_STUDY).legal_instruments.values_list("code", flat=True)) == {
        "destitute-protection-act-2557",
        "beggar-policies-2559",
    }


def test_the_chain_from_ireland_to_the_houses_can_be_walked_both_ways(case):
    ireland, visit, houses = (
        case.record(key) for key in ("housing-first-ireland", "study-visit-ireland", "dsdw-small-houses")
    )
    forth = chain_of(ireland, ANONYMOUS)
    assert visit in forth.seen_at
    assert houses in forth.adapted_as
    assert houses in chain_of(visit, ANONYMOUS).led_to
    assert 270 in [figure["value"] for figure in figures_of(case.edition("dsdw-small-houses"))]

    back = chain_of(houses, ANONYMOUS)
    assert ireland in back.adapted_from
    assert visit in back.born_from
    assert ireland in chain_of(visit, ANONYMOUS).saw
    assert case.record(CASE_STUDY) in back.told_in


def test_the_initiative_of_chiang_rai_has_no_parent(case):
    links = RecordLink.objects.filter(record=case.record("chiang-rai-safe-work-abroad"))
    assert not links.filter(relation__in=[Relation.ADAPTED_FROM, Relation.BORN_FROM]).exists()


def test_the_case_study_tells_of_every_real_record(case):
    real = Record.objects.filter(is_example=False).exclude(kind__in=["glossary-term", "case-study"])
    told = RecordLink.objects.filter(record=case.record(CASE_STUDY), relation=Relation.TELLS_OF)
    assert {link.target for link in told} == set(real)


def test_whatever_is_invented_is_marked(case):
    assert all(need.record.is_example for need in TrainingNeed.objects.select_related("record"))
    people = User.objects.filter(email__endswith="@example.org")
    assert people.count() == User.objects.count() == 13
    assert all(person.is_example and "Example" in person.name for person in people)
    assert case.record("example-workshop").is_example
    assert Record.objects.filter(is_example=True).count() == 6


def test_need_workshop_and_practice_hang_together_in_the_example(case):
    workshop = chain_of(case.record("example-workshop"), ANONYMOUS)
    need = case.record("example-need-own-home")
    assert need in workshop.needs
    assert case.record("housing-first-ireland") in workshop.practices
    assert case.record("example-workshop") in chain_of(need, ANONYMOUS).workshops


def test_the_glossary_knows_what_people_really_type(case):
    terms = list(GlossaryTerm.objects.all())
    assert len(terms) >= 40
    for term in terms:
        assert THAI.search(term.forms("th")[0]), term
        assert THAI.search(term.definition.localize("th")), term
        assert not THAI.search(term.forms("en")[0]), term
    of = {form: term.code for term in terms for language in ("en", "th") for form in term.forms(language)}
    assert of["VoT"] == of["เหยื่อ"] == of["ผู้เสียหายจากการค้ามนุษย์"] == "victim-of-trafficking"
    assert of["THB"] == of["การค้ามนุษย์"] == "trafficking-in-human-beings"
    assert of["คนเร่ร่อน"] == of["คนไร้บ้าน"] == of["คนไร้ที่พึ่ง"] == "homeless-person"
    assert of["บ้านพัก"] == of["สถานคุ้มครอง"] == "shelter"
    assert of["การส่งต่อ"] == "referral"
    assert of["พม."] == of["MSDHS"] == "msdhs"


def test_page_says_beside_each_inferred_fact_that_it_is_inferred(case, client):
    said = {"en": "(inferred from the source)", "th": "(อนุมานจากแหล่งข้อมูล)"}
    inferred = 0
    for page in case.editions():
        fields = [fact.value["field"] for fact in page.source.provenance if fact.value["basis"] == "inferred"]
        html = client.get(page.url).content.decode()
        assert html.count(said[page.locale.language_code]) >= len(fields), (page.url, fields)
        inferred += len(fields)
    assert inferred > 50
