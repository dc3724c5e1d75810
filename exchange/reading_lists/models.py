"""A list belongs to one person; a record stands in it once, with a note. The address of a list is a secret that the owner passes on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

NAME_LIMIT, DESCRIPTION_LIMIT, NOTE_LIMIT = 120, 1_000, 1_000


class Sharing(models.TextChoices):
    PRIVATE = "private", _("Only me")
    MEMBERS = "members", _("Members of Sala who have the link")
    ANYONE = "anyone", _("Everyone who has the link")


def new_token() -> str:
    """Nobody can guess it: 130 bits."""
    return get_random_string(22)


class ReadingList(models.Model):
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_lists", verbose_name=_("owner")
    )
    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    sharing = models.CharField(_("who may open it"), max_length=10, choices=Sharing, default=Sharing.PRIVATE)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reading list")
        verbose_name_plural = _("reading lists")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=Q(deleted_at__isnull=True), name="list_named_once_by_owner"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.sharing != Sharing.PRIVATE


class Item(models.Model):
    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="items")
    record = models.ForeignKey("catalogue.Record", models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    note = models.TextField(_("note"), blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("record in a list")
        verbose_name_plural = _("records in a list")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["reading_list", "record"], name="record_once_in_a_list")]

    def __str__(self) -> str:
        return f"{self.reading_list_id}: {self.record_id}"
