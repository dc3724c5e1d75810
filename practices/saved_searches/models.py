"""A search that somebody keeps, and what has come to match it since they did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import SavedSearchQuerySet


class Frequency(models.TextChoices):
    NEVER = "never", _("Never: I look here myself")
    AT_ONCE = "at-once", _("At once, within a minute")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday morning")


class SavedSearch(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=100)
    # Of the name and of the words, as a screen reader should read them.
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    # The question as it stands in the address of the search page, without a page number.
    query = models.CharField(max_length=2000, blank=True)
    frequency = models.CharField(_("mail about new records"), max_length=10, choices=Frequency)
    # When a mail may go next; empty where none may.
    next_mail_at = models.DateTimeField(null=True, editable=False)
    share_token = models.CharField(max_length=40, null=True, unique=True, editable=False)  # noqa: DJ001  (many have none)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    # The index up to this version has been looked through for matches.
    seen_version = models.BigIntegerField(editable=False)
    # Ids of the records that have ever matched, those of the first day included: a set of bits (`idsets`).
    known = models.BinaryField(editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                name="one_name_per_saved_search",
                violation_error_message=_("You have a saved search of this name. Choose another name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SavedMatch(models.Model):
    """A record that has newly come to match. Its row stays, so that it is told once however often the record changes."""

    saved_search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="matches")
    record = models.ForeignKey("catalogue.Record", models.CASCADE, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    awaits_mail = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["saved_search", "record"], name="one_match_per_record"),
        ]
        indexes = [
            models.Index(fields=["saved_search"], condition=models.Q(awaits_mail=True), name="match_awaits_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.saved_search_id} ← {self.record_id}"
