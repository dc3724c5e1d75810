"""Above a visit that came from a Word file, until it is published: what the import could not take over."""

from __future__ import annotations

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.models import PageLogEntry

from .docx_notices import Notice

IMPORT_LOG = "visits.import"


def notices_of(data: dict) -> list[Notice]:
    return [Notice(**notice) for notice in data.get("notices", [])]


class ImportNoticesPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "visits_admin/import_notices.html"

        @cached_property
        def notices(self) -> list[Notice]:
            if not self.instance.pk or self.instance.first_published_at:
                return []
            entry = (
                PageLogEntry.objects.filter(page_id=self.instance.pk, action=IMPORT_LOG).order_by("-timestamp").first()
            )
            return notices_of(entry.data) if entry else []

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.notices)
