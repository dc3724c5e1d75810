"""Reading lists with records in them, made through the services."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from exchange.people.models import User
from exchange.reading_lists import services
from exchange.reading_lists.models import ReadingList
from practices.catalogue.models import Record
from tests.factories.people import make_person

_numbers = itertools.count(1)


def make_list(
    owner: User | None = None, records: Iterable[Record] = (), name: str = "", description: str = "", **fields
) -> ReadingList:
    owner = owner or make_person("Example Owner")
    name = name or f"Example list {next(_numbers)}"
    made = services.create_list(owner, name, description, **fields)
    for record in records:
        services.keep(record, owner, made)
    return made
