"""Published editions of the real chain in small: an Irish practice, the visit that saw it, the Thai pilot, the case that tells of them."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass
from typing import Any

from i18nfield.strings import LazyI18nString

from exchange.visits.models import StudyVisitPage
from exchange.workshops.models import WorkshopPage
from practices.adaptations.models import AdaptationPage
from practices.catalogue.models import (
    ActionPage,
    BrochurePage,
    CaseStudyPage,
    Country,
    EditionPage,
    Feature,
    Institution,
    InstitutionPage,
    Pillar,
    PracticePage,
    Province,
    Source,
    TargetGroup,
    ThematicArea,
    Topic,
)
from tests.factories.people import make_institution

_numbers = itertools.count(1)


def block(kind: str, value: Any) -> dict:
    return {"id": str(uuid.uuid4()), "type": kind, "value": value}


def make_source(key: str = "mieux-thailand") -> Source:
    return Source.objects.get_or_create(
        key=key,
        defaults={
            "title": LazyI18nString({"en": "MIEUX case study on Thailand", "th": "กรณีศึกษาประเทศไทยของ MIEUX"}),
            "url": "https://www.mieux-initiative.eu/",
        },
    )[0]


def figure(indicator: str, value: str | None, unit: str = "", source: Source | None = None, **more) -> dict:
    return block(
        "figure",
        {
            "indicator": indicator,
            "value": value,
            "unit": unit,
            "basis": "stated",
            "source": source.pk if source else None,
            **more,
        },
    )


def publish(
    model: type[EditionPage],
    institution: Institution,
    language: str = "en",
    many: dict | None = None,
    *,
    draft: bool = False,
    user=None,
    **fields,
) -> EditionPage:
    """A new edition in the institution's folder, published (or kept as a draft) as an editor would."""
    folder = InstitutionPage.objects.get(institution=institution, locale__language_code=language)
    number = next(_numbers)
    page = model(
        locale=folder.locale,
        **{
            "title": f"Example {model.kind} {number}",
            "slug": f"example-{model.kind}-{number}",
            "one_line": "An example in one line.",
            "summary": "An example in some plain sentences.",
            **fields,
        },
        live=False,
        owner=user,
    )
    for name, rows in (many or {}).items():
        setattr(page, name, rows)
    folder.add_child(instance=page)
    revision = page.save_revision(user=user)
    if not draft:
        revision.publish(user=user)
    page.refresh_from_db()
    return page


def make_practice(institution: Institution | None = None, language: str = "en", **fields) -> PracticePage:
    institution = institution or make_institution(country="IE")
    many = {
        "topics": [Topic.objects.get(code="housing")],
        "target_groups": [TargetGroup.objects.get(code="homeless-people")],
        **fields.pop("many", {}),
    }
    fields = {
        "pillar": Pillar.objects.get(code="protection"),
        "country": Country.objects.get(code="IE"),
        "origin": "eu",
        "consent_statement": "Not stated in the source.",
        **fields,
    }
    return publish(PracticePage, institution, language, many, **fields)


def make_adaptation(
    parents: list[EditionPage], institution: Institution | None = None, language: str = "en", **fields
) -> AdaptationPage:
    fields = {
        "status": "pilot",
        "place": "Self-help land settlements in 24 provinces",
        "country": Country.objects.get(code="TH"),
        "advice": "Start with the land you have.",
        "parents": [block("parent", {"record": parent.record_id, "version": None}) for parent in parents],
        **fields,
    }
    many = fields.pop("many", None)
    return publish(AdaptationPage, institution or make_institution(), language, many, **fields)


def make_action(institution: Institution, language: str = "en", **fields) -> ActionPage:
    fields = {
        "country": Country.objects.get(code="TH"),
        "start": "2018",
        "thematic_area": ThematicArea.objects.first(),
        "many": {"requesting_institutions": [institution]},
        **fields,
    }
    return publish(ActionPage, institution, language, **fields)


def make_visit(institution: Institution, language: str = "en", **fields) -> StudyVisitPage:
    fields = {
        "host_country": Country.objects.get(code="IE"),
        "start": "2018-04",
        "expectations": "How do they find homes for people without income?",
        **fields,
    }
    return publish(StudyVisitPage, institution, language, **fields)


@dataclass
class Chain:
    institution: Institution
    action: ActionPage
    practice: PracticePage
    visit: StudyVisitPage
    adaptation: AdaptationPage
    workshop: WorkshopPage
    brochure: BrochurePage
    case: CaseStudyPage

    @property
    def pages(self) -> list[EditionPage]:
        return [self.action, self.practice, self.visit, self.adaptation, self.workshop, self.brochure, self.case]


def make_chain() -> Chain:
    thai, irish, source = make_institution("dsdw-x"), make_institution("ireland-x", country="IE"), make_source()
    thailand, ireland = Country.objects.get(code="TH"), Country.objects.get(code="IE")
    area = ThematicArea.objects.get(code="irregular-migration-thb")
    action = publish(
        ActionPage,
        thai,
        title="Thailand – trafficking in human beings",
        one_line="Training for MSDHS staff.",
        summary="MSDHS asked for training.[^mieux-thailand]",
        country=thailand,
        start="2013",
        end="2017",
        thematic_area=area,
        provenance=[block("fact", {"field": "thematic_area", "basis": "inferred", "source": source.pk, "note": ""})],
        many={"requesting_institutions": [thai]},
        activities=[
            block(
                "activity",
                {
                    "title": "Workshop on the protection of children",
                    "state": "foreseen",
                    "date": "",
                    "description": "For workers of nine shelters.[^mieux-thailand]",
                    "record": None,
                },
            )
        ],
        detail=[block("request", "<p>Train the staff of two departments.[^mieux-thailand]</p>")],
    )
    practice = make_practice(
        irish,
        title="Housing first",
        one_line="People live in a home of their own instead of a shelter.",
        summary="In Ireland, homeless people move into a home of their own at once.[^mieux-thailand]\n\nHelp comes to them there.",
        contact="Example office, housing@example.org",
        building_blocks=[
            block(
                "building_block",
                {
                    "title": "A home first",
                    "description": "<p>No conditions come before the home.</p>",
                    "phase": "start",
                    "needs": "Homes",
                    "enabling": "",
                    "lessons": "",
                },
            ),
            block(
                "building_block",
                {
                    "title": "Help at home",
                    "description": "<p>Support comes to the home.[^mieux-thailand]</p>",
                    "phase": "",
                    "needs": "",
                    "enabling": "",
                    "lessons": "",
                },
            ),
        ],
        actors=[block("actor", {"name": "Housing body", "role": "Lets the home."})],
        detail=[
            block("problem", "<p>People moved from shelter to shelter.</p>"),
            block("transfer", "<p>Homes or land must be at hand.</p>"),
        ],
        features=[
            block(
                "feature",
                {
                    "number": "3",
                    "answer": "yes",
                    "evidence": "It was adapted in Thailand.[^mieux-thailand]",
                    "basis": "inferred",
                },
            )
        ],
    )
    visit = publish(
        StudyVisitPage,
        thai,
        title="Study visit to Ireland",
        one_line="How a home comes before everything else.",
        summary="The delegation saw how people move into a home of their own.[^mieux-thailand]",
        action=action.record,
        host_country=ireland,
        expectations="How do they find homes for people without income?",
        management_present="yes",
        observed=[
            block(
                "practice",
                {
                    "record": practice.record_id,
                    "title": "Housing first",
                    "findings": "<p>A home comes first.[^mieux-thailand]</p>",
                    "numbers": "",
                    "conditions": "",
                    "questions": "What does it cost?",
                },
            )
        ],
        delegation=[block("delegate", {"institution": thai.pk, "role": "Head of division", "level": "management"})],
    )
    adaptation = make_adaptation(
        [practice],
        thai,
        title="Small houses in self-help land settlements",
        one_line="A three-year pilot of the department.",
        summary="The department built small houses on its own land.[^mieux-thailand]",
        born_from=[block("record", {"record": visit.record_id, "version": None})],
        results=[
            figure("small houses built", "270", "small houses", source, place="24 provinces"),
            figure(
                "self-esteem and income of residents",
                None,
                "",
                source,
                note="Residents are reported to regain self-esteem.",
            ),
        ],
        decisions=[
            block(
                "decision",
                {
                    "title": "A home first",
                    "parent": practice.record_id,
                    "version": None,
                    "block": "",
                    "decision": "changed",
                    "reason_kind": "other",
                    "reason": "Land is what the department has.",
                },
            )
        ],
        many={"provinces": [Province.objects.get(code="TH-57"), Province.objects.get(code="TH-50")]},
        transfer=[
            block(
                "dimension", {"dimension": "money", "there": "Rent", "here": "Land", "change": "Build instead of rent."}
            )
        ],
        detail=[block("pilot", "<p>Three years.[^mieux-thailand]</p>")],
    )
    workshop = publish(
        WorkshopPage,
        thai,
        title="Psychosocial support",
        one_line="For workers of the nine shelters.",
        summary="Foreseen by the second Action.[^mieux-thailand]",
        action=action.record,
        held="foreseen",
        country=thailand,
        agenda=[
            block(
                "item",
                {
                    "title": "The first talk",
                    "type": "talk",
                    "date": "",
                    "start": "09:00:00",
                    "minutes": 45,
                    "room": "",
                    "facilitator": "Expert of an NGO",
                    "method": "",
                    "needs": [],
                    "practices": [{"type": "item", "value": practice.record_id, "id": str(uuid.uuid4())}],
                    "minutes_text": "",
                },
            )
        ],
    )
    brochure = publish(
        BrochurePage,
        thai,
        title="Safe use of modern technology",
        one_line="Against child trafficking.",
        summary="For children and families before they leave the shelter.[^mieux-thailand]",
        target_reader="children and families",
        action=action.record,
        detail=[block("contents", "<p>How to stay safe online.</p>")],
    )
    case = publish(
        CaseStudyPage,
        thai,
        title="Prevention and protection in Thailand",
        one_line="What two Actions left behind.",
        summary="Two Actions, 2013–2018.[^mieux-thailand]",
        country=thailand,
        thematic_area=area,
        feature=Feature.objects.get(code="exchange"),
        figures=[figure("victims identified", "631", "people", source, date="2018", place="Thailand")],
        practices=[
            block("practice", {"title": "Choice of experts", "text": "<p>Mostly from NGOs.[^mieux-thailand]</p>"})
        ],
        lessons=[block("lesson", {"title": "Name focal points", "text": "<p>Four were named.</p>"})],
        detail=[
            block("context", "<p>Thailand is a destination.[^us-tip-2019]</p>"),
            block("challenge", "<p>Copying is not workable.</p>"),
            block("impact", "<p>Practices were adapted.</p>"),
        ],
        records=[
            block("record", {"record": page.record_id, "version": None})
            for page in (practice, adaptation, visit, action)
        ],
    )
    return Chain(thai, action, practice, visit, adaptation, workshop, brochure, case)
