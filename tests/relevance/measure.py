"""Measures one engine, in the process and on the database it is given: prints its figures as JSON.

`python -m tests.relevance.measure`, with DATABASE_URL at an empty database, and ELASTICSEARCH_URL for that engine.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import chain

MOST_HITS = 1_000
PATIENCE_S = 60


def prepare() -> dict[int, str]:
    """The real case and the invented records in the index; gives the key of every record."""
    from django.core.management import call_command

    from exchange.demo.case_files import editions, record_uuid
    from practices.catalogue.models import Record
    from practices.glossary.models import GlossaryTerm
    from practices.search import registry
    from tests.factories.search import Shelf

    from .invented import invented
    from .models import Passage

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("load_case", examples=False, verbosity=0)
    shelf = Shelf()
    keys = {
        shelf.put(row.titles, row.bodies, index=False).pk: row.key  # every one is public and as old as the others
        for row in invented()
    }
    own = registry.builders()["practice"]
    registry.register_document_source("practice", lambda records: chain(own(records), shelf.build(records)))
    call_command("search_index", "rebuild", verbosity=0)
    keys |= {term.record_id: f"term:{term.code}" for term in GlossaryTerm.objects.all()}
    by_uuid = {record_uuid(file.key): f"case:{file.key}" for file in editions()}
    keys |= {record.pk: by_uuid[record.uuid] for record in Record.objects.filter(uuid__in=by_uuid)}
    Passage.objects.bulk_create(_passages())
    call_command("update_index", verbosity=0)
    return keys


def _passages() -> Iterable[object]:
    from practices.search.models import SearchRecord

    from .models import Passage

    for row in SearchRecord.objects.in_index().select_related("text"):
        for language, title in row.titles.items():
            text = "\n".join([row.text.summaries.get(language, ""), row.text.bodies.get(language, "")])
            yield Passage(record_id=row.pk, language=language, title=title, text=text)


def ours(text: str, language: str) -> Sequence[int]:
    from practices.access.reader import ANONYMOUS
    from practices.search.engines import answering_engine
    from practices.search.engines.base import Request
    from practices.search.plan import make_plan
    from practices.search.query import parse
    from practices.search.wordbook import current

    plan = make_plan(parse(text), current().vocabulary)
    for _attempt in range(PATIENCE_S):
        result = answering_engine().search(Request(ANONYMOUS, plan, language=language, limit=MOST_HITS))
        if not result.fallback:
            return [hit.record_id for hit in result.hits]
        time.sleep(1)  # a busy machine is no worse an engine
    sys.exit(f"the search server did not answer: {text}")


def stock(text: str, language: str) -> Sequence[int]:
    from wagtail.search.backends import get_search_backend

    from .models import Passage

    return list(dict.fromkeys(row.record_id for row in get_search_backend().search(text, Passage)[:MOST_HITS]))


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.relevance.settings"
    import django

    django.setup()
    from practices.search.engines import answering_engine

    from .judged import questions
    from .measures import Answered, figures

    keys = prepare()
    unknown = {key for one in questions() for key in one.grades} - set(keys.values())
    if unknown:
        sys.exit(f"judged, but not there: {sorted(unknown)}")
    measured = {}
    for name, ask in ((answering_engine().name, ours), ("stock", stock)):
        answered = []
        for one in questions():
            answered.append(Answered(one, [keys[found] for found in ask(one.text, one.language)]))
        measured[name] = figures(answered)
    print(json.dumps({"records": len(keys), "engines": measured}, ensure_ascii=False))


if __name__ == "__main__":
    main()
