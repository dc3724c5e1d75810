"""Who may read what people wrote about their use: they themselves, and whoever answers for the record."""

from __future__ import annotations

from django.db import models

from practices.access.reader import Reader
from practices.access.rules import State, editable_q


class UseQuerySet(models.QuerySet):
    def of_own_records(self, reader: Reader) -> UseQuerySet:
        """Uses of what this reader's institutions share; the twin of `rules.can_read_words` for owners."""
        return self.filter(editable_q(reader, "record__")).exclude(record__state=State.ARCHIVED)
