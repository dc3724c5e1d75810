"""The stored mails. A row says what a mail is about, never its words: they are written when it is sent, from what holds then."""

from __future__ import annotations

from django.conf import settings
from django.contrib.admin import display
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .kinds import kind_label
from .querysets import MailQuerySet


class MailState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    NOT_NEEDED = "not-needed", _("No longer needed")


class Mail(models.Model):
    # What the mail is about, so that it is sent once however often it is asked for.
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    # A person's mail goes to the address and in the language they have when it is sent.
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("recipient"),
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(_("state"), max_length=12, choices=MailState, default=MailState.WAITING)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    # When it is tried next; while a worker sends it, when another may take it over.
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.UUIDField(null=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [models.Index(fields=["state", "due_at"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.kind_name} → {self.to}"

    @property
    def kind_name(self) -> str:
        return kind_label(self.kind)

    @property
    @display(description=_("E-mail address"))
    def to(self) -> str:
        return self.recipient.email if self.recipient else self.address

    @property
    def tongue(self) -> str:
        return self.recipient.language if self.recipient else self.language or settings.LANGUAGE_CODE
