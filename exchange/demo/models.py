"""What has been loaded of the real case, so that a second load leaves alone what has not changed, people's edits included."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedFile(models.Model):
    path = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file as it was loaded last.")
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("loaded file")
        verbose_name_plural = _("loaded files")

    def __str__(self) -> str:
        return self.path
