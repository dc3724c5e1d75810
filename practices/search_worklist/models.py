"""Questions put to the search, and by how many: readers are known by a keyed hash only, whose key is thrown away."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Fewer people than this may be recognised by what they ask.
SHOWN_FROM = 3


class HashKey(models.Model):
    """The key of the hashes of one period; without it nobody can tell whose they are."""

    made = models.DateTimeField(default=timezone.now, db_index=True)
    secret = models.CharField(max_length=64, default=secrets.token_hex)

    def __str__(self) -> str:
        return f"{self.made:%Y-%m-%d}"


class SearchQuestion(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        IGNORED = "ignored", _("not for us")

    # As the search compares it: small letters, one spelling.
    text = models.CharField(_("what was asked"), max_length=120)
    language = models.CharField(_("language of the page"), max_length=12)
    first_asked = models.DateTimeField(_("first asked"), default=timezone.now)
    last_asked = models.DateTimeField(_("last asked"), default=timezone.now)
    # The most readers that asked within one period.
    readers = models.PositiveIntegerField(_("readers"), default=0)
    found = models.PositiveIntegerField(_("records found"), default=0)
    clicked = models.PositiveIntegerField(_("readers who opened one"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What you did about it, for other editors. Example: Added the term “hotline”."),
    )

    class Meta:
        verbose_name = _("search in vain")
        verbose_name_plural = _("searches in vain")
        ordering = ["-readers", "-last_asked", "pk"]
        constraints = [models.UniqueConstraint(fields=["text", "language"], name="search_question_once")]

    def __str__(self) -> str:
        return self.text


class Asking(models.Model):
    """That one reader asked a question, in the period of a key."""

    question = models.ForeignKey(SearchQuestion, models.CASCADE, related_name="askings")
    key = models.ForeignKey(HashKey, models.CASCADE, related_name="askings")
    reader_hash = models.CharField(max_length=32)
    clicked = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "key", "reader_hash"], name="search_asking_once")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.reader_hash[:6]}"
