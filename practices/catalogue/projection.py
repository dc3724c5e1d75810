"""What lists, links, search and versions know of a record is projected here from its published editions, in the same transaction.

Writing twice changes nothing: a projection can be run again at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page

from practices.access.rules import State

from .models import ContentEpoch, EditionPage, Listing, Record, RecordLink, RecordVersion
from .signals import record_changed

# Fields of an edition that are not content: they say where it stands, not what it says.
NOT_CONTENT = {field.name for field in Page._meta.get_fields()} - {"title"} | {"page_ptr", "record"}


def edition_classes() -> list[type[EditionPage]]:
    return [model for model in EditionPage.__subclasses__() if not model._meta.abstract]


def edition_class(kind: str) -> type[EditionPage] | None:
    return next((model for model in edition_classes() if model.kind == kind), None)


def editions_of(record: Record) -> list[EditionPage]:
    model = edition_class(record.kind)
    return list(model.objects.filter(record=record).select_related("locale")) if model else []


def normalise(edition: EditionPage) -> dict:
    """The content as plain data; equal content gives equal data, whatever the order rows came in."""
    content: dict[str, Any] = {}
    for field in edition._meta.get_fields():
        if field.name in NOT_CONTENT or not getattr(field, "concrete", False):
            continue
        if field.many_to_many:
            content[field.name] = sorted(str(pk) for pk in getattr(edition, field.name).values_list("pk", flat=True))
        elif field.name in _stream_fields(edition):
            content[field.name] = getattr(edition, field.name).get_prep_value()
        else:
            value = field.value_from_object(edition)
            content[field.name] = value if isinstance(value, bool | int | type(None)) else str(value)
    return content


def _stream_fields(edition: EditionPage) -> set[str]:
    from wagtail.fields import StreamField

    return {field.name for field in edition._meta.get_fields() if isinstance(field, StreamField)}


def texts_of(edition: EditionPage) -> Iterable[str]:
    """Every text a reader without signing in may read, as plain text."""
    for name in ("title", "one_line", "summary", *edition.text_names):
        yield getattr(edition, name)
    for name in edition.stream_names:
        for block in getattr(edition, name):
            yield from (strip_tags(text) for text in block.block.get_searchable_content(block.value))


def freeze_version(record: Record, edition: EditionPage, user: AbstractBaseUser | None) -> RecordVersion:
    """The present content as a numbered version; the last one again when nothing changed."""
    content = json.loads(json.dumps(normalise(edition), default=str))
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    last = record.versions.first()
    if last and last.digest == digest:
        return last
    return RecordVersion.objects.create(  # type: ignore[misc]  # the user model is the upper layer’s
        record=record,
        number=last.number + 1 if last else 1,
        digest=digest,
        content=content,
        text="\n".join(texts_of(edition)),
        created_by=user,
    )


@transaction.atomic
def project(record: Record, user: AbstractBaseUser | None = None) -> None:
    """Brings everything derived from the record's live editions up to date, and says that it changed."""
    live = [edition for edition in editions_of(record) if edition.live]
    source = next((edition for edition in live if edition.locale.language_code == record.source_language), None)
    if record.state != State.ARCHIVED:
        # What has no pages, such as a need or a term, is published as soon as it is written.
        is_out = source is not None or edition_class(record.kind) is None
        record.state = State.PUBLISHED if is_out else State.DRAFT
    if source:
        record.visibility = source.visibility
        record.is_example = source.is_example
        record.published_at = record.published_at or timezone.now()
        freeze_version(record, source, user)
        _write_listings(record, live)
        _write_links(record, source)
    record.changed_at = timezone.now()
    record.save()
    touch(record)


def touch(record: Record) -> None:
    """Says that something a reader can see of the record changed; call it inside the transaction of the change."""
    ContentEpoch.bump()
    record_changed.send(sender=Record, record=record)


def _write_listings(record: Record, live: list[EditionPage]) -> None:
    record.listings.exclude(language__in=[edition.locale.language_code for edition in live]).delete()
    for edition in live:
        Listing.objects.update_or_create(
            record=record,
            language=edition.locale.language_code,
            defaults={
                "title": edition.title,
                "one_line": edition.one_line,
                "url": edition.get_url() or "",
                "is_translated": not edition.part("title").is_untranslated,
            },
        )
    if hasattr(record, "_prefetched_objects_cache"):
        record._prefetched_objects_cache.pop("listings", None)


def _write_links(record: Record, source: EditionPage) -> None:
    wanted = {
        (link.relation, link.target_id): link
        for link in source.links()
        if link.target_id and link.target_id != record.pk
    }
    for link in record.links.all():
        new = wanted.pop((link.relation, link.target_id), None)
        if new is None:
            link.delete()
        elif (new.version, new.position) != (link.version, link.position):
            link.version, link.position = new.version, new.position
            link.save()
    for link in wanted.values():
        link.record = record
    RecordLink.objects.bulk_create(wanted.values())
