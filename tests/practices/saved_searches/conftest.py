"""Records that the tests put into the index themselves, and a member."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories.people import make_person
from tests.factories.search import Shelf, shelf


@pytest.fixture
def records(db) -> Iterator[Shelf]:
    with shelf() as made:
        yield made


@pytest.fixture
def member(db):
    return make_person("Example Member")
