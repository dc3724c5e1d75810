"""Each thing has one language-neutral row, its `Record`; whatever points at a thing points here, never at a page.

`Listing`, `RecordLink` and `RecordVersion` are projected from the published editions, inside the publishing transaction.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from practices.access.reader import Reader
from practices.access.rules import State, Visibility, editable_q, visible_q


class Kind(models.TextChoices):
    PRACTICE = "practice", _("Practice")
    ADAPTATION = "adaptation", _("Adaptation")
    ACTION = "action", _("Action")
    CASE_STUDY = "case-study", _("Case study")
    STUDY_VISIT = "study-visit", _("Study visit")
    WORKSHOP = "workshop", _("Workshop")
    BROCHURE = "brochure", _("Brochure")
    NEED = "need", _("Training need")
    GLOSSARY_TERM = "glossary-term", _("Glossary term")


class Endorsement(models.TextChoices):
    NONE = "none", _("Not yet endorsed")
    OPERATIONAL = "operational", _("Endorsed by the operational focal point")
    BOTH = "both", _("Endorsed by both focal points")
    CHANGED = "changed", _("Endorsed, changed since")
    WITHDRAWN = "withdrawn", _("Endorsement withdrawn")


class RecordQuerySet(models.QuerySet["Record"]):
    def visible_to(self, reader: Reader) -> RecordQuerySet:
        return self.filter(visible_q(reader))

    def editable_by(self, reader: Reader) -> RecordQuerySet:
        return self.filter(editable_q(reader))

    def published(self) -> RecordQuerySet:
        return self.filter(state=State.PUBLISHED)

    def for_cards(self) -> RecordQuerySet:
        """With all that a list shows of a record: three queries, whatever the number of rows."""
        return self.select_related("institution__country").prefetch_related("listings")


class Record(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.CharField(_("code"), max_length=40, unique=True)
    institution = models.ForeignKey(
        "catalogue.Institution",
        on_delete=models.PROTECT,
        related_name="records",
        null=True,
        blank=True,
        verbose_name=_("institution"),
    )
    source_language = models.CharField(_("written in"), max_length=10, choices=settings.LANGUAGES)
    visibility = models.CharField(_("who may see it"), max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    endorsement = models.CharField(_("endorsement"), max_length=20, choices=Endorsement, default=Endorsement.NONE)
    is_example = models.BooleanField(_("example, not real"), default=False)
    # People who say that they used it at work.
    used_count = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    tags = TaggableManager(through="catalogue.TaggedRecord", blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        indexes = [
            models.Index(fields=["state", "visibility", "-published_at"], name="record_newest"),
            models.Index(fields=["institution", "state"], name="record_of_institution"),
        ]

    def __str__(self) -> str:
        listing = self.listing
        return f"{listing.title} ({self.code})" if listing else self.code

    @property
    def listing(self) -> Listing | None:
        """Title and address in the reader's language, else in the language it was written in."""
        if self.pk is None:
            return None
        by_language = {listing.language: listing for listing in self.listings.all()}
        language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
        return (
            by_language.get(language) or by_language.get(self.source_language) or next(iter(by_language.values()), None)
        )

    @property
    def is_archived(self) -> bool:
        return self.state == State.ARCHIVED


class Listing(models.Model):
    """What a list shows of a record in one language."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="listings")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    one_line = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=500)
    is_translated = models.BooleanField(
        default=True, help_text="False where this language still shows the text it was written in."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="one_listing_per_language")]
        indexes = [models.Index(fields=["url"], name="listing_by_address")]

    def __str__(self) -> str:
        return self.title


class Relation(models.TextChoices):
    """`record` … `target`; read the other way by `inverse`."""

    OBSERVED = "observed", _("saw")
    ADAPTED_FROM = "adapted-from", _("is adapted from")
    BORN_FROM = "born-from", _("was born from")
    UNDER = "under", _("belongs to")
    TELLS_OF = "tells-of", _("tells of")
    ANSWERS = "answers", _("answers")
    USES = "uses", _("uses")
    SUGGESTS = "suggests", _("may be answered by")


class RecordLink(models.Model):
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links")
    relation = models.CharField(max_length=20, choices=Relation)
    target = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links_here")
    version = models.PositiveIntegerField(null=True, blank=True, help_text="The version of the target that is meant.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["record", "relation", "target"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.relation} {self.target_id}"


class RecordVersion(models.Model):
    """A published version, frozen: it outlives page, revisions and changes of the schema. Never updated."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the normalised content.")
    content = models.JSONField(help_text="The source-language edition: {field: value}, streams as [{id, type, value}].")
    text = models.TextField(help_text="The same as plain text.")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="version_numbered_once")]

    def __str__(self) -> str:
        return f"{self.record.code} v{self.number}"


class ContentEpoch(models.Model):
    """One row whose number grows with every change a reader could see; cached pages of an older epoch are dead at once."""

    value = models.PositiveBigIntegerField(default=1)

    @classmethod
    def bump(cls) -> None:
        if not cls.objects.filter(pk=1).update(value=F("value") + 1):
            cls.objects.create(pk=1, value=2)

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("value", flat=True).first() or 0
