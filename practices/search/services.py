"""Writes the index: in the transaction of the change, and all of it anew. The one place that touches the search's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from practices.catalogue.models import ContentEpoch, Record

from . import outbox
from .analysis import analyse_all, tokens
from .engines import get_engine
from .engines.base import Entry
from .idsets import batches
from .models import SearchClock, SearchRecord, SearchText, SearchTitle
from .normalise import fold, sort_key
from .registry import SearchDocument, builders

STARTS_PER_TITLE = 6


def index_records(record_ids: Sequence[int]) -> None:
    """Brings the index up to date with these records: what no source describes any more is taken out."""
    with transaction.atomic():
        version = _tick()  # first: who waits for this lock must then read what its holder wrote
        documents = list(_documents(record_ids))
        described = {document.record_id for document in documents}
        _take_out(record_ids)
        _put_in(documents, version)
        _bury(set(record_ids) - described, version)
        outbox.announce()


def forget_records(record_ids: Sequence[int]) -> None:
    """Takes records out that are being purged: a row without text stays, to tell the other engines."""
    with transaction.atomic():
        version = _tick()
        _take_out(record_ids)
        _bury(record_ids, version)
        outbox.announce()


def every_record() -> list[int]:
    """All that search may know of: records of the kinds that somebody describes, and what is in the index."""
    described = Record.objects.filter(kind__in=list(builders())).values_list("pk", flat=True)
    return sorted({*described, *SearchRecord.objects.in_index().values_list("pk", flat=True)})


def indexable() -> int:
    """Published records of a kind that somebody describes to search."""
    return Record.objects.published().filter(kind__in=list(builders())).count()


def rebuild(progress: Callable[[int], object] = lambda done: None) -> None:
    """Writes every record again, in short transactions, while readers and writers go on."""
    get_engine().repair()
    started = SearchClock.objects.values_list("version", flat=True).first() or 0
    kinds = list(builders())
    for batch in batches(Record.objects.filter(kind__in=kinds).order_by("pk").values_list("pk", flat=True)):
        index_records(batch)
        progress(len(batch))
    left = SearchRecord.objects.in_index().filter(version__lte=started).values_list("pk", flat=True)
    for batch in batches(left):
        index_records(batch)
    ContentEpoch.bump()


def differing(record_ids: Sequence[int]) -> list[int]:
    """Those of the records whose rows do not say what their sources say, or that are in the index for no reason."""
    documents = {document.record_id: document for document in _documents(record_ids)}
    rows = SearchRecord.objects.in_index().select_related("text").in_bulk(record_ids)
    starts: dict[int, set[tuple[int, str, int, str, str]]] = defaultdict(set)
    titles = SearchTitle.objects.filter(search_record__in=record_ids)
    for start in titles.values_list("search_record_id", "language", "position", "start", "sort"):
        starts[start[0]].add(start)
    wrong = set(documents.keys() ^ rows.keys()) | (starts.keys() - documents.keys())
    for key in documents.keys() & rows.keys():
        document, row = documents[key], rows[key]
        wanted = _row(document, row.version), _text(document), set(_starts(document))
        if (
            _says(wanted[0], _ROW) != _says(row, _ROW)
            or _says(wanted[1], _TEXT) != _says(row.text, _TEXT)
            or wanted[2] != starts[key]
        ):
            wrong.add(key)
    return sorted(wrong)


_ROW = ("kind", "titles", "urls", "facets", "changed", "usefulness")
_TEXT = ("summaries", "bodies", "analysed_title", "analysed_body")


def _says(row: SearchRecord | SearchText, columns: Sequence[str]) -> list[object]:
    return [getattr(row, column) for column in columns]


def write_above(version: int, record_ids: Sequence[int]) -> None:
    """Writes records again with versions above this one, which a search server has from another copy of the database."""
    SearchClock.objects.filter(version__lt=version).update(version=version)
    for batch in batches(record_ids):
        index_records(batch)


@transaction.atomic
def vocabulary_changed() -> None:
    """Glossary terms, or names of tags or institutions, are no longer what they were: the next search reads them anew."""
    ContentEpoch.bump()  # answers kept as whole pages are no longer true
    if not SearchClock.objects.filter(pk=1).update(vocabulary=F("vocabulary") + 1):
        SearchClock.objects.get_or_create(pk=1, defaults={"vocabulary": 1})


def _tick() -> int:
    """The next version. The row stays locked until the transaction ends, so versions become visible in their order."""
    if not SearchClock.objects.filter(pk=1).update(version=F("version") + 1):
        SearchClock.objects.get_or_create(pk=1)
        SearchClock.objects.filter(pk=1).update(version=F("version") + 1)
    return SearchClock.objects.values_list("version", flat=True).get(pk=1)


def _documents(record_ids: Sequence[int]) -> Iterator[SearchDocument]:
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in Record.objects.filter(pk__in=record_ids, kind__in=list(builders())):
        by_kind[record.kind].append(record)
    for kind, records in by_kind.items():
        yield from builders()[kind](records)


def _take_out(record_ids: Sequence[int]) -> None:
    held = list(SearchText.objects.filter(pk__in=record_ids).values_list("pk", flat=True))
    if held:
        get_engine().remove(held)
        SearchText.objects.filter(pk__in=held)._raw_delete(connection.alias)
        SearchTitle.objects.filter(search_record__in=held)._raw_delete(connection.alias)


def _bury(record_ids: Collection[int], version: int) -> None:
    """Their rows stay as tombstones."""
    SearchRecord.objects.filter(pk__in=record_ids).update(
        deleted=True, version=version, waiting_since=timezone.now(), titles={}, urls={}, facets={}
    )


def _put_in(documents: Sequence[SearchDocument], version: int) -> None:
    rows = [_row(document, version) for document in documents]
    SearchRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=[
            "kind", "titles", "urls", "facets", "changed", "usefulness", "version", "waiting_since", "deleted",
        ],
    )  # fmt: skip
    texts = [_text(document) for document in documents]
    SearchText.objects.bulk_create(texts)
    _write_starts(documents)
    get_engine().index(
        [
            Entry(text.pk, document.titles, text.analysed_title, text.analysed_body)
            for document, text in zip(documents, texts, strict=True)
        ]
    )


def _row(document: SearchDocument, version: int) -> SearchRecord:
    facets = {facet: list(dict.fromkeys(values)) for facet, values in document.facets.items() if values}
    return SearchRecord(
        record_id=document.record_id,
        kind=document.kind,
        titles=_without_nul(document.titles),
        urls=dict(document.urls),
        facets={**facets, "kind": [document.kind], "language": list(document.titles)},
        changed=document.changed,
        usefulness=document.usefulness,
        version=version,
    )


def _text(document: SearchDocument) -> SearchText:
    summaries, bodies = _without_nul(document.summaries), _without_nul(document.bodies)
    return SearchText(
        search_record_id=document.record_id,
        summaries=summaries,
        bodies=bodies,
        analysed_title=analyse_all(document.titles.values()),
        analysed_body=analyse_all([*summaries.values(), *bodies.values()]),
    )


def _without_nul(texts: object) -> dict[str, str]:
    """PostgreSQL cannot store NUL."""
    return {language: text.replace("\0", "") for language, text in dict(texts).items()}  # type: ignore[call-overload]


def _write_starts(documents: Sequence[SearchDocument]) -> None:
    """Past the models: there are a dozen short rows for each record, and a rebuild writes them all."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_searchtitle (record_id, language, position, start, sort) VALUES (%s, %s, %s, %s, %s)",
            [start for document in documents for start in _starts(document)],
        )


def _starts(document: SearchDocument) -> Iterator[tuple[int, str, int, str, str]]:
    for language, title in _without_nul(document.titles).items():
        places = [token.start for token in tokens(title)[:STARTS_PER_TITLE]] or [0]
        places[0] = 0
        for position, place in enumerate(places):
            start = fold(title[place : place + 80])[:40]
            yield document.record_id, language, position, start, "" if position else sort_key(title)
