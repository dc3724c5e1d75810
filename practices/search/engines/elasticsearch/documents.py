"""One record as the search server holds it, and the action that sends it: our tokens, facets, and who may see it.

A record that is gone stays as a document without text. A real deletion would be forgotten by the server after
`index.gc_deletes`, and a late message from before would bring the record back.
"""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Boolean, Document, Double, Integer, Keyword, MetaField, Object, Text

from ...models import SearchRecord
from ...normalise import sort_key
from ...registry import FACETS


class RecordDocument(Document):
    """The mapping. Nothing is read back but ids: what a hit shows comes from the database."""

    record_id = Integer()
    deleted = Boolean()
    state = Keyword()
    visibility = Keyword()
    institution_id = Integer()
    changed = Double()
    usefulness = Double()
    # Split at spaces alone: the cuts are ours, the same as in the database.
    analysed_title = Text(analyzer="whitespace")
    analysed_body = Text(analyzer="whitespace")
    # Apps may keep more facets than those that the page shows.
    facets = Object(dynamic=True, properties={facet: Keyword() for facet in FACETS})
    # Dictionary order of the title, by language; languages come and go.
    sort = Object(dynamic=True)

    class Meta:
        dynamic = MetaField("strict")
        dynamic_templates = MetaField(
            [
                {"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}},
                {"sort": {"path_match": "sort.*", "mapping": {"type": "keyword", "index": False}}},
            ]
        )
        source = MetaField(excludes=["analysed_title", "analysed_body"])


def action(row: SearchRecord, index: str) -> dict[str, Any]:
    """One action for the bulk helpers. `row` comes from `SearchRecord.objects.for_sending(…)`.

    The row's version is the document's. With `external_gte` the same version may be sent again, an older one is
    refused with 409: somebody newer was there first, which is as good.
    """
    return {
        "_op_type": "index",
        "_index": index,
        "_id": str(row.pk),
        "version": row.version,
        "version_type": "external_gte",
        "_source": _tombstone(row) if row.deleted else _source(row),
    }


def _tombstone(row: SearchRecord) -> dict[str, Any]:
    return {"record_id": row.pk, "deleted": True}


def _source(row: SearchRecord) -> dict[str, Any]:
    return {
        "record_id": row.pk,
        "deleted": False,
        "state": row.record.state,
        "visibility": row.record.visibility,
        "institution_id": row.record.institution_id,
        "changed": row.changed.timestamp(),
        "usefulness": row.usefulness,
        "analysed_title": row.text.analysed_title,
        "analysed_body": row.text.analysed_body,
        "facets": row.facets,
        "sort": {language: sort_key(title) for language, title in row.titles.items()},
    }
