"""Starting a visit summary: a draft with everything in it that Sala knows already, and the notes from a Word file if there are some."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from practices.access.reader import Reader, reader_for
from practices.catalogue import dates
from practices.catalogue.models import Country, InstitutionPage, Record

from .docx_import import ImportedNotes
from .docx_notices import Notice
from .models import StudyVisitPage
from .panels import IMPORT_LOG
from .querysets import action_page, last_visit, practice_called


@transaction.atomic
def start_visit(
    folder: InstitutionPage,
    user: AbstractBaseUser,
    *,
    host_country: Country,
    action: Record | None = None,
    start: str = "",
    end: str = "",
    notes: ImportedNotes | None = None,
) -> StudyVisitPage:
    """A draft in this institution's folder, in the folder's language."""
    visit = StudyVisitPage(
        locale=folder.locale,
        owner=user,
        live=False,
        title=(notes.title if notes else "") or title_of(host_country, start, folder.locale.language_code),
        host_country=host_country,
        action=action,
        start=start,
        end=end,
    )
    if action and (page := action_page(action)):
        visit.topics = list(page.topics.all())
    visit.delegation = _delegation(folder)
    if notes:
        _fill(visit, notes, reader_for(user))
    folder.add_child(instance=visit)
    visit.save_revision(user=user, log_action=True, clean=False)
    if notes:
        log(instance=visit, action=IMPORT_LOG, user=user, data={"notices": notes.notices_as_data()})
    return visit


def title_of(country: Country, start: str, language: str) -> str:
    with override(language):
        place = country.label.localize(language)
        if not start:
            return _("Study visit to %(country)s") % {"country": place}
        return _("Study visit to %(country)s, %(date)s") % {"country": place, "date": dates.display(start, language)}


def _delegation(folder: InstitutionPage) -> list[dict[str, Any]]:
    """Who went last time, by place and never by name; else one place for this institution."""
    previous = last_visit(folder.institution)
    if previous and previous.locale_id == folder.locale_id:
        return [
            {"type": block.block_type, "value": block.block.get_prep_value(block.value)}
            for block in previous.delegation
        ]
    return [{"type": "delegate", "value": {"institution": folder.institution_id, "role": "", "level": "working"}}]


def _fill(visit: StudyVisitPage, notes: ImportedNotes, reader: Reader) -> None:
    visit.expectations = notes.expectations
    visit.programme = [{"type": "item", "value": item} for item in notes.programme]
    visit.detail = [{"type": slot, "value": html} for slot, html in notes.detail]
    observed = []
    for practice in notes.observed:
        record = practice_called(practice["title"], reader)
        if record:
            notes.notices.append(Notice("linked", practice["title"]))
        observed.append({"type": "practice", "value": {**practice, "record": record.pk if record else None}})
    visit.observed = observed
