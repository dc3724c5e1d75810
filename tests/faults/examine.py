"""Looks for every edited record in the search server itself: `python -m tests.faults.examine`, in the site's own environment.

Prints what is wrong, one line each, and last how many records and old words were looked for.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress

import django
from elasticsearch import TransportError

from tests.faults.editor import word


def main() -> None:
    django.setup()
    from practices.access.reader import Reader, Role
    from practices.search.engines import get_engine
    from practices.search.engines.base import Request
    from practices.search.engines.elasticsearch import indices
    from practices.search.engines.elasticsearch.budget import Late
    from practices.search.engines.elasticsearch.client import get_client
    from practices.search.engines.elasticsearch.engine import ElasticsearchEngine
    from practices.search.models import SearchRecord
    from practices.search.plan import make_plan
    from practices.search.query import parse
    from practices.search.vocabulary import Vocabulary

    administrator = Reader(user_id=1, roles=frozenset({Role.ADMINISTRATOR}))
    engine = ElasticsearchEngine(get_engine())
    client = get_client().options(request_timeout=10)

    def found(typed: str) -> list[int]:
        """Asked again when late: it is about what the server holds, not about how soon it says so."""
        request = Request(administrator, make_plan(parse(typed), Vocabulary()))
        for _attempt in range(20):
            with suppress(TransportError, Late):
                return [hit.record_id for hit in engine.search(request).hits]
        return [hit.record_id for hit in engine.search(request).hits]

    titles = {row.pk: " ".join(row.titles.values()) for row in SearchRecord.objects.in_index()}
    current = {match[0]: key for key, title in titles.items() if (match := re.search(r"qx\w{4}", title))}
    for typed, key in current.items():
        if (answer := found(typed)) != [key]:
            print(f"{typed} is record {key}, found {answer}")
    highest = max((number for number in range(5000) if word(number) in current), default=0)
    old = [word(number) for number in range(highest) if word(number) not in current]
    for typed in old:
        if answer := found(typed):
            print(f"{typed} is an old title, found {answer}")
    hits = client.search(index=indices.alias(), query={"term": {"deleted": False}}, size=10_000, source=False)["hits"][
        "hits"
    ]
    times = Counter(int(hit["_id"]) for hit in hits)
    if times != Counter(titles.keys()):
        print(f"the server holds {len(times)} records, some of them wrong: {set(times) ^ set(titles)}")
    print(f"{len(current)} records and {len(old)} old words looked for")


if __name__ == "__main__":
    main()
