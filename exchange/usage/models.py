"""One row for each person and record: the version they used, and whether it helped."""

from __future__ import annotations

from django.conf import settings
from django.contrib.admin import display
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.discussion.authors import name_of

from .querysets import UseQuerySet

WHERE_LIMIT, WORDS_LIMIT = 200, 1_000


class Helped(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Use(models.Model):
    record = models.ForeignKey("catalogue.Record", models.CASCADE, related_name="uses", verbose_name=_("record"))
    version = models.ForeignKey("catalogue.RecordVersion", models.CASCADE, related_name="+", verbose_name=_("version"))
    # A person who leaves takes their name along; that the record was used stays true.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="uses", verbose_name=_("who")
    )
    where = models.CharField(_("where you used it"), max_length=WHERE_LIMIT, blank=True)
    helped = models.CharField(_("did it help?"), max_length=10, choices=Helped, blank=True)
    words = models.TextField(_("what helped, and what did not"), max_length=WORDS_LIMIT, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = UseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a record")
        verbose_name_plural = _("use of records")
        constraints = [models.UniqueConstraint(fields=["record", "user"], name="used_once_by_each")]

    def __str__(self) -> str:
        return str(self.record)

    @property
    @display(description=_("Who"))
    def who(self) -> str:
        return name_of(self.user) if self.user else gettext("A colleague")
