"""Free tags on records. Two labels that differ only by case, spacing or a slip of spelling are one tag, in any language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from i18nfield.strings import LazyI18nString
from rapidfuzz import fuzz, process

from .models import Record, RecordTag, TaggedRecord
from .projection import touch

ALIKE = 92  # of 100: one wrong letter in a dozen


def normalise(label: str) -> str:
    """Labels with the same result are the same tag."""
    label = unicodedata.normalize("NFC", label).replace("ํา", "ำ").casefold()
    return " ".join(re.split(r"[\s\-‐‑–_/]+", label)).strip()


def labels_by_language(tag: RecordTag) -> dict[str, str]:
    data = getattr(tag.label, "data", tag.label)
    if isinstance(data, dict):
        return {language: text for language, text in data.items() if text}
    return {settings.LANGUAGE_CODE: str(data)} if data else {}


def label_in(tag: RecordTag, language: str) -> str:
    labels = labels_by_language(tag)
    return labels.get(language) or next(iter(labels.values()), tag.name)


def labels_of(record: Record, language: str) -> list[str]:
    return [label_in(tag, language) for tag in record.tags.order_by("name")]


class TagFinder:
    """All tags by their normalised labels, read once for a batch of labels."""

    def __init__(self) -> None:
        self.by_key: dict[str, RecordTag] = {}
        for tag in RecordTag.objects.order_by("-pk"):  # the older tag wins
            self.add(tag)

    def add(self, tag: RecordTag) -> None:
        for label in (*labels_by_language(tag).values(), tag.name):
            self.by_key[normalise(label)] = tag

    def find(self, label: str) -> RecordTag | None:
        key = normalise(label)
        if tag := self.by_key.get(key):
            return tag
        near = process.extractOne(key, self.by_key.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        # Different numbers are different things: “plan 2017” is no slip for “plan 2018”.
        return self.by_key[near[0]] if near and _digits(near[0]) == _digits(key) else None


def _digits(key: str) -> list[str]:
    return re.findall(r"\d+", key)


def find_or_make(label: str, language: str, finder: TagFinder | None = None) -> RecordTag:
    finder = finder or TagFinder()
    tag = finder.find(label)
    if tag is None:
        tag = RecordTag(name=label, label=LazyI18nString({language: label}))
        tag.save()
        finder.add(tag)
    return tag


@transaction.atomic
def set_tags(record: Record, labels: Iterable[str], language: str) -> list[RecordTag]:
    """Gives the record exactly these tags; a label that a tag already has, in whatever language or spelling, means that tag."""
    finder = TagFinder()
    wanted = {tag.pk: tag for tag in (find_or_make(label, language, finder) for label in labels)}
    have = set(record.tagged_items.values_list("tag_id", flat=True))
    if have != wanted.keys():
        record.tagged_items.filter(tag_id__in=have - wanted.keys()).delete()
        TaggedRecord.objects.bulk_create(
            TaggedRecord(tag=tag, content_object=record) for pk, tag in wanted.items() if pk not in have
        )
        touch(record)
    return list(wanted.values())


@transaction.atomic
def merge_tags(keep: RecordTag, others: Iterable[RecordTag]) -> int:
    """Moves every record of the other tags to `keep`, which takes over the labels it lacks; gives how many records changed."""
    others = [tag for tag in others if tag.pk != keep.pk]
    labels = labels_by_language(keep)
    for tag in others:
        for language, label in labels_by_language(tag).items():
            labels.setdefault(language, label)
    moved = list(Record.objects.filter(tagged_items__tag__in=others).distinct())
    already = set(keep.items.values_list("content_object_id", flat=True))
    for record in moved:
        if record.pk not in already:
            TaggedRecord.objects.create(tag=keep, content_object=record)
    RecordTag.objects.filter(pk__in=[tag.pk for tag in others]).delete()
    keep.label = LazyI18nString(labels)
    keep.save()
    for record in moved:
        touch(record)
    return len(moved)
