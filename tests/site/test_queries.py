"""How many queries each page costs when none of it is kept: the same with one row and with three."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.catalogue.models import Listing, Record, RecordLink
from tests.factories.editions import Chain, block, make_adaptation, make_chain, make_practice
from tests.factories.people import make_institution, make_person

pytestmark = pytest.mark.django_db


def grow(chain: Chain, rows: int) -> None:
    """As many adaptations, versions and tagged records as that; each is told of in the case."""
    adaptations = [chain.adaptation]
    for _number in range(rows):
        born = block("record", {"record": chain.visit.record_id, "version": None})
        adaptations.append(make_adaptation([chain.practice], chain.institution, born_from=[born]))
    for number in range(rows):
        chain.practice.summary = f"Said in other words, time {number}.[^mieux-thailand]"
        chain.practice.save_revision().publish()
    for page in (chain.practice, *adaptations):
        page.record.tags.add("housing")
    told = (chain.practice, *adaptations, chain.visit, chain.action)
    chain.case.records = [block("record", {"record": page.record_id, "version": None}) for page in told]
    chain.case.save_revision().publish()


def addresses(chain: Chain) -> dict[str, str]:
    return {
        **{str(page.kind): page.url for page in chain.pages},
        "home": "/en/",
        "institution": f"/en/catalogue/{chain.institution.code}/",
        "versions": f"/en/r/{chain.practice.record.code.lower()}/versions/",
        "version": f"/en/r/{chain.practice.record.code.lower()}/v1/",
        "tags": "/en/tags/",
        "tag": "/en/tags/housing/",
    }


def cold(client, url: str) -> int:
    client.get(url)  # the process knows its sites and content types
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200, url
    return len(queries)


def cold_pages(client, chain: Chain) -> dict[str, int]:
    return {name: cold(client, url) for name, url in addresses(chain).items()}


# Of a reader who is not signed in, the content epoch included. Search and catalogue: tests/practices/search/test_views.py.
COLD = {
    "action": 12,
    "practice": 16,
    "study-visit": 15,
    "adaptation": 18,
    "workshop": 15,
    "brochure": 11,
    "case-study": 18,
    "home": 14,
    "institution": 15,
    "versions": 5,
    "version": 6,
    "tags": 2,
    "tag": 6,
}
# Session, person, groups and seats; the epoch is read only where a part is kept. On records also one's lists, and one's use.
MORE_SIGNED_IN = (
    dict.fromkeys(COLD, 3)
    | dict.fromkeys(("action", "study-visit", "workshop", "case-study"), 5)
    | dict.fromkeys(("practice", "adaptation", "brochure"), 6)
)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_queries_whatever_their_rows(client, rows):
    chain = make_chain()
    grow(chain, rows)
    assert cold_pages(client, chain) == COLD
    client.force_login(make_person())
    assert cold_pages(client, chain) == {name: count + MORE_SIGNED_IN[name] for name, count in COLD.items()}


@pytest.mark.parametrize("count", [1, 1000])
def test_a_practice_costs_the_same_with_one_and_with_a_thousand_adaptations(client, count):
    page = make_practice()
    institution = make_institution()
    records = Record.objects.bulk_create(
        Record(kind="adaptation", code=f"A-{n}", institution=institution, state="published", source_language="en")
        for n in range(count)
    )
    Listing.objects.bulk_create(
        Listing(record=record, language="en", title=record.code, url=f"/en/catalogue/x/{record.code}/")
        for record in records
    )
    RecordLink.objects.bulk_create(
        RecordLink(record=record, relation="adapted-from", target=page.record) for record in records
    )
    assert cold(client, page.url) == 15
    client.force_login(make_person())
    assert cold(client, page.url) == 21
    assert len(client.get(page.url).content) < 150_000
