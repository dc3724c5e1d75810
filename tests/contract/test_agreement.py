"""Engines agree: over the whole case and many invented records, each finds the same records and counts the same facets."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.access.reader import ANONYMOUS, Reader, Role
from practices.catalogue.models import Institution
from practices.search import registry, sync
from practices.search.engines import database, get_engine
from practices.search.engines.base import NEWEST, TITLE, USED, Answers, Request, Result
from practices.search.models import SearchRecord
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.registry import FACETS
from practices.search.vocabulary import Vocabulary
from tests.bench.queries import ENGLISH, NARROWED, THAI
from tests.contract.conftest import server_engine

pytestmark = pytest.mark.elasticsearch

ALL = 10_000
ADMINISTRATOR = Reader(user_id=1, roles=frozenset({Role.ADMINISTRATOR}))
MORE = """
อยากทราบว่าจะดูแลเด็กที่เป็นผู้เสียหายอย่างไรเมื่ออยู่ในสถานคุ้มครอง
what happens to a victim of trafficking after the interview in a shelter
housing* first
ผู้เสียหา*
"ผู้เสียหาย" -ล่าม
AIDS
psychosocial tigers
tigers lions zebras
-housing
VoT
NRM
""".strip().splitlines()


@pytest.fixture(scope="module")
def case(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The case with its examples and some invented records, loaded once and undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_case", "--examples", stdout=io.StringIO())
        call_command("make_sample", records=150, seed=3, verbosity=0)
        # Nothing changes from here on, so the sets in memory may be kept although the transaction is undone at the end.
        with patch.object(database, "undecided", return_value=False), patch.object(database, "_shared", {}):
            yield
        transaction.set_rollback(True)


@pytest.fixture
def server(case, search_server) -> Answers:
    sync.rebuild_index()
    SearchRecord.objects.update(indexed_version=F("version"))
    return server_engine(search_server)


@pytest.fixture(scope="module")
def vocabulary(case) -> Vocabulary:
    return Vocabulary.of(registry.synonyms())


def everything(result: Result) -> tuple[int, set[int], dict[int, set[str]], bool]:
    through = {hit.record_id: {form.text for form in hit.through} for hit in result.hits}
    return result.total, set(through), through, result.loosened


def readers() -> list[Reader]:
    seats = frozenset(Institution.objects.order_by("pk").values_list("pk", flat=True)[:5])
    return [ANONYMOUS, Reader(user_id=2), Reader(user_id=3, institutions=seats), ADMINISTRATOR]


def test_each_question_finds_the_same_records_for_every_reader(server, vocabulary):
    titles = [title for row in SearchRecord.objects.order_by("pk")[:60:3] for title in row.titles.values()]
    terms = [form.text for form in vocabulary.forms()][::3]
    found = 0
    for number, typed in enumerate([*THAI, *ENGLISH, *MORE, *titles, *terms]):
        reader = readers()[number % 4]
        request = Request(reader, make_plan(parse(typed), vocabulary), limit=ALL)
        ours, theirs = get_engine().search(request), server.search(request)
        assert everything(theirs) == everything(ours), typed
        assert theirs.facets == ours.facets, typed
        found += ours.total
    assert found > 1_000


def test_the_first_page_is_nearly_the_same(server, vocabulary):
    shared = asked = 0
    for typed in [*THAI, *ENGLISH]:
        request = Request(ANONYMOUS, make_plan(parse(typed), vocabulary), limit=10)
        ours, theirs = ({hit.record_id for hit in engine.search(request).hits} for engine in (get_engine(), server))
        shared, asked = shared + len(ours & theirs), asked + len(ours)
    assert shared / asked > 0.95


@pytest.mark.parametrize("sort", [NEWEST, TITLE, USED])
@pytest.mark.parametrize("language", ["en", "th"])
def test_what_is_sorted_by_figures_is_in_the_same_order(server, vocabulary, sort, language):
    for plan in (None, make_plan(parse("shelter"), vocabulary)):
        request = Request(ADMINISTRATOR, plan, sort=sort, language=language, limit=ALL)
        ours, theirs = ([hit.record_id for hit in engine.search(request).hits] for engine in (get_engine(), server))
        assert theirs == ours


def test_facets_count_what_counting_by_hand_gives(server, vocabulary):
    """Each under the others' choices but not its own."""
    for typed, pairs in zip([*THAI, *ENGLISH][::5], NARROWED * 2, strict=False):
        filters: dict[str, list[str]] = {}
        for facet, value in pairs:
            filters.setdefault(facet, []).append(value)
        plan = make_plan(parse(typed), vocabulary)
        for engine in (get_engine(), server):
            result = engine.search(Request(ANONYMOUS, plan, filters))
            for facet in FACETS:
                others = {name: values for name, values in filters.items() if name != facet}
                hits = engine.search(Request(ANONYMOUS, plan, others, limit=ALL)).hits
                rows = SearchRecord.objects.filter(pk__in=[hit.record_id for hit in hits])
                assert result.facets[facet] == Counter(v for row in rows for v in row.facets.get(facet, ()))


def test_more_like_this_names_the_same_records(server):
    for row in SearchRecord.objects.in_index().order_by("pk")[:40:2]:
        for reader in (ANONYMOUS, ADMINISTRATOR):
            ours = get_engine().more_like_this(row.pk, reader, "en")
            assert server.more_like_this(row.pk, reader, "en") == ours


WORDS = st.sampled_from(
    [
        "housing",
        "ผู้เสียหาย",
        "การค้ามนุษย์",
        "AIDS",
        "aid",
        "VoT",
        "“",
        '"',
        "-",
        "*",
        "topic:housing",
        "kind:",
        "the",
        "และ",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.lists(WORDS | st.text(max_size=12), max_size=6).map(" ".join))
def test_whatever_is_typed_is_answered_alike(server, vocabulary, typed):
    query = parse(typed)
    request = Request(ANONYMOUS, make_plan(query, vocabulary), {facet: [value] for facet, value in query.filters})
    ours, theirs = get_engine().search(request), server.search(request)
    assert (theirs.total, theirs.facets, theirs.loosened) == (ours.total, ours.facets, ours.loosened)
