"""The same texts as a site would give them to Wagtail's stock search: one row per record and language."""

from __future__ import annotations

from django.db import models
from wagtail.search import index


class Passage(index.Indexed, models.Model):
    record_id = models.IntegerField()
    language = models.CharField(max_length=12)
    title = models.TextField()
    text = models.TextField()

    search_fields = [index.SearchField("title", boost=2), index.SearchField("text"), index.AutocompleteField("title")]

    def __str__(self) -> str:
        return self.title
