"""Writes sample records in bulk, with computed tree paths: a page at a time would take fifty times as long.

Whole batches are transactions. What hangs on a record (listings, links, versions) is written as publishing would have
written it; the search index is left to `search_index rebuild`, which reads all of it in one stream.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from i18nfield.strings import LazyI18nString
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Locale, Page

from practices.access.rules import State
from practices.catalogue.models import (
    ContentEpoch,
    Country,
    EditionPage,
    Institution,
    InstitutionPage,
    Listing,
    Pillar,
    Province,
    Record,
    RecordLink,
    RecordVersion,
    Relation,
    TargetGroup,
    Topic,
)
from practices.catalogue.projection import edition_class
from practices.catalogue.services import PREFIXES, ensure_folders

from .records import Concepts, SampleRecord, make_record

Row = dict[str, Any]  # column values by attribute name

BATCH = 1000
PER_INSTITUTION = 500
ADAPTED = 0.25  # this share of the records is adapted from an earlier one


def write_sample(count: int, seed: int, progress: Callable[[int], None]) -> int:
    """Writes `count` records; `progress(n)` is told after each batch of `n`. Memory does not grow with `count`."""
    writer = _Writer(seed, sample_institutions(max(2, min(400, count // PER_INSTITUTION))))
    written = 0
    while written < count:
        size = min(BATCH, count - written)
        with transaction.atomic():
            writer.write(range(written, written + size))
        written += size
        progress(size)
    with transaction.atomic():
        writer.finish()
        ContentEpoch.bump()
    return written


def sample_institutions(count: int) -> list[Institution]:
    thailand = Country.objects.get(code="TH")
    found = []
    with transaction.atomic():
        for number in range(1, count + 1):
            code = f"sample-{number}"
            institution = Institution.objects.filter(code=code).first() or Institution.add_root(
                code=code,
                name=LazyI18nString({"en": f"Example shelter {number}", "th": f"สถานคุ้มครองตัวอย่าง {number}"}),
                country=thailand,
                is_example=True,
            )
            ensure_folders(institution)
            found.append(institution)
    return found


class _Writer:
    def __init__(self, seed: int, institutions: list[Institution]) -> None:
        self.seed = seed
        self.institutions = institutions
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.folders: dict[tuple[int, str], InstitutionPage] = {}
        for page in InstitutionPage.objects.filter(institution__in=institutions).select_related("locale"):
            self.folders[page.institution_id, page.locale.language_code] = page
        self.next_page = (Page.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        self.next_record = (Record.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        self.first_record = self.next_record
        self.types = ContentType.objects.get_for_models(*EditionPage.__subclasses__())
        self.concepts = Concepts(
            pillars=_keys(Pillar),
            topics=_keys(Topic),
            target_groups=_keys(TargetGroup),
            thailand=Country.objects.get(code="TH").pk,
            eu_countries=_keys(Country.objects.filter(in_eu=True)),
            provinces=_keys(Province),
        )

    def write(self, numbers: Iterable[int]) -> None:
        samples = [make_record(number, self.seed, self.concepts, self._parent(number)) for number in numbers]
        records, pages, listings, links, versions = [], [], [], [], []
        children: dict[type[EditionPage], list[Row]] = {}
        for sample in samples:
            institution = self.institutions[self.next_record % len(self.institutions)]
            record = self._record(sample, institution)
            records.append(record)
            model = edition_class(sample.kind)
            for language, page in self._editions(sample, record, institution, model):
                pages.append(page)
                children.setdefault(model, []).append(page)
                listings.append(
                    Listing(
                        record=record,
                        language=language,
                        title=page["title"],
                        one_line=page["one_line"],
                        url=f"/{language}/{page['url_path'].split('/', 2)[2]}",
                    )
                )
            if sample.parent is not None:
                target = self.first_record + sample.parent
                links.append(RecordLink(record=record, relation=Relation.ADAPTED_FROM, target_id=target, version=1))
            content = sample.texts[sample.source_language]
            versions.append(
                RecordVersion(
                    record=record,
                    number=1,
                    digest=hashlib.sha256(repr(sorted(content.items())).encode()).hexdigest(),
                    content=content,
                    text="\n".join(map(str, content.values())),
                    created_at=sample.published,
                )
            )
        Record.objects.bulk_create(records)
        insert(Page, pages)
        for model, editions in children.items():
            insert(model, editions)
            self._many(model, editions, samples)
        Listing.objects.bulk_create(listings)
        RecordLink.objects.bulk_create(links)
        RecordVersion.objects.bulk_create(versions)

    def finish(self) -> None:
        """The folders' counts of children, which tree paths go by."""
        Page.objects.bulk_update(self.folders.values(), ["numchild"])

    def _parent(self, number: int) -> int | None:
        """Every fourth record is adapted from an earlier one; a few of those have very many adaptations."""
        if number % round(1 / ADAPTED) or number == 0:
            return None
        digest = int(hashlib.sha256(f"{self.seed}:parent:{number}".encode()).hexdigest(), 16)
        return (digest % number) // (1 if digest % 3 else 1000)

    def _record(self, sample: SampleRecord, institution: Institution) -> Record:
        record = Record(
            pk=self.next_record,
            uuid=sample.uuid,
            kind=sample.kind,
            code=f"{PREFIXES[sample.kind]}-{self.next_record}",
            institution=institution,
            source_language=sample.source_language,
            visibility=sample.visibility,
            state=State.PUBLISHED,
            is_example=True,
            published_at=sample.published,
            changed_at=sample.published,
            created_at=sample.published,
        )
        self.next_record += 1
        return record

    def _editions(
        self, sample: SampleRecord, record: Record, institution: Institution, model: type[EditionPage]
    ) -> Iterator[tuple[str, Row]]:
        for language, texts in sample.texts.items():
            folder = self.folders[institution.pk, language]
            folder.numchild += 1
            slug = f"sample-{record.pk}"
            yield (
                language,
                {
                    "id": self.next_page,
                    "page_ptr_id": self.next_page,
                    "path": Page._get_path(folder.path, folder.depth + 1, folder.numchild),
                    "depth": folder.depth + 1,
                    "slug": slug,
                    "url_path": f"{folder.url_path}{slug}/",
                    "translation_key": sample.uuid,
                    "locale_id": self.locales[language].pk,
                    "content_type_id": self.types[model].pk,
                    "draft_title": texts["title"],
                    "record_id": record.pk,
                    "visibility": sample.visibility,
                    "first_published_at": sample.published,
                    "last_published_at": sample.published,
                    "latest_revision_created_at": sample.published,
                    **texts,
                    **sample.facts,
                },
            )
            self.next_page += 1

    def _many(self, model: type[EditionPage], pages: list[Row], samples: list[SampleRecord]) -> None:
        by_uuid = {sample.uuid: sample.many for sample in samples}
        for field in model._meta.get_fields():
            if isinstance(field, ParentalManyToManyField):
                through = field.remote_field.through
                own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
                insert(
                    through,
                    [
                        {own: page["id"], other: key}
                        for page in pages
                        for key in by_uuid[page["translation_key"]].get(field.name, [])
                    ],
                )


def _keys(model: Any) -> list[int]:
    return list(getattr(model, "objects", model).order_by("pk").values_list("pk", flat=True))


def insert(model: type[models.Model], rows: list[Row]) -> None:
    """Inserts into this model's own table alone: Django refuses `bulk_create` for a model that has a parent's table too.

    What a row does not name takes the model's default.
    """
    blank = model()
    fields = (
        [field for field in model._meta.local_concrete_fields if not field.primary_key or field.attname in rows[0]]
        if rows
        else []
    )
    defaults = {field.attname: field.get_db_prep_save(getattr(blank, field.attname), connection) for field in fields}
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  (our own names)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 500):
            cursor.executemany(
                sql,
                [
                    [
                        field.get_db_prep_save(row[field.attname], connection)
                        if field.attname in row
                        else defaults[field.attname]
                        for field in fields
                    ]
                    for row in rows[start : start + 500]
                ],
            )
