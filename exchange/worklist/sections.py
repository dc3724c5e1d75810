"""The worklist as each role meets it: a few lists, each with what to do and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail_localize.models import Translation

from exchange.discussion.authors import name_of
from exchange.discussion.models import Post
from exchange.people.models import SeatKind
from exchange.usage.models import Use
from practices.access.reader import Reader, Role
from practices.catalogue.models import Institution, Record
from practices.catalogue.models.record import Endorsement

from . import querysets

SHOWN = 8


@dataclass(frozen=True)
class Item:
    title: str
    url: str = ""
    note: str = ""
    moment: Any = None
    language: str = ""  # of the title


@dataclass(frozen=True)
class Section:
    title: str
    help: str
    items: list[Item] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.items)


@dataclass(frozen=True)
class NewButton:
    label: Any
    url: str
    is_first: bool = False


def buttons_for(reader: Reader, seats: set[str]) -> list[NewButton]:
    """What this person begins most, first."""
    visit = NewButton(gettext_lazy("New visit summary"), reverse("visits_start"))
    kinds = {
        "practice": gettext_lazy("New practice"),
        "adaptation": gettext_lazy("New adaptation"),
        "workshop": gettext_lazy("New workshop"),
        "action": gettext_lazy("New Action"),
        "case-study": gettext_lazy("New case study"),
    }
    new = {kind: NewButton(label, reverse("worklist_new", args=[kind])) for kind, label in kinds.items()}
    if SeatKind.OPERATIONAL in seats or reader.is_administrator:
        found = [visit, new["practice"], new["adaptation"], new["workshop"]]
    elif Role.PROGRAMME_OFFICER in reader.roles:
        found = [new["practice"], new["action"], new["case-study"]]
    elif Role.ORGANISER in reader.roles:
        found = [new["workshop"]]
    else:
        found = []
    return [NewButton(button.label, button.url, is_first=n == 0) for n, button in enumerate(found)]


def sections_for(reader: Reader, seats: set[str]) -> list[Section]:
    if reader.is_administrator:
        found = [
            _failed_tasks(),
            _stuck_mail(),
            _stale(reader),
            _vacant(),
            _not_endorsed(reader),
            *_chains(reader),
            *_translations(reader),
            _comments(reader),
            _uses(reader),
        ]
    elif seats == {SeatKind.STRATEGIC}:
        found = [_to_endorse(reader), _comments(reader), _uses(reader)]
    else:
        found = [
            _drafts(reader),
            _not_endorsed(reader),
            *_chains(reader),
            *_translations(reader),
            _comments(reader),
            _uses(reader),
        ]
    return [section for section in found if section.total]


def _section(title: str, help_text: str, rows: QuerySet, item: Callable[[Any], Item], shown: int = SHOWN) -> Section:
    first = list(rows[: shown + 1])
    total = len(first) if len(first) <= shown else rows.count()
    return Section(title, help_text, [item(row) for row in first[:shown]], total)


def _drafts(reader: Reader) -> Section:
    return _section(_("Drafts"), _("Nobody else sees them until you publish."), querysets.drafts(reader), _draft)


def _stale(reader: Reader) -> Section:
    return _section(
        _("Drafts that nobody has touched for two months"),
        _("Ask their owner, or archive them."),
        querysets.stale_drafts(reader),
        _draft,
    )


def _not_endorsed(reader: Reader) -> Section:
    return _section(
        _("Published, not yet endorsed"),
        _("Readers see “Not yet endorsed” on these pages."),
        querysets.not_endorsed(reader),
        _record,
    )


def _to_endorse(reader: Reader) -> Section:
    return _section(
        _("Waiting for your endorsement"),
        _("Your colleagues have published these. Please read them."),
        querysets.not_endorsed(reader),
        _record,
    )


def _chains(reader: Reader) -> list[Section]:
    return [
        _section(
            _("Visits without a summary"),
            _("The visit is over, but readers cannot see what was observed."),
            querysets.visits_without_summary(reader),
            _page,
        ),
        _section(
            _("Adaptations without a result"),
            _("They have been tried. What came of it? “It did not work” helps others too."),
            querysets.adaptations_without_result(reader),
            _page,
        ),
        _section(
            _("Practices to look at again"),
            _("The date for the next review has passed."),
            querysets.practices_to_review(reader),
            _page,
        ),
    ]


def _translations(reader: Reader) -> list[Section]:
    return [
        _section(
            _("Translations out of date"),
            _("The original has changed, or a part was never translated."),
            querysets.outdated_translations(reader),
            _translation,
        ),
        _section(
            _("Not yet translated"),
            _("Readers of the other language see these in the language they were written in."),
            querysets.untranslated(reader),
            _stand_in,
        ),
    ]


def _comments(reader: Reader) -> Section:
    return _section(
        _("New comments on your records"), _("Of the last thirty days."), querysets.new_comments(reader), _comment
    )


def _uses(reader: Reader) -> Section:
    return _section(_("Others used what you share"), _("Of the last thirty days."), querysets.new_uses(reader), _use)


def _vacant() -> Section:
    return _section(
        _("Seats without a holder"),
        _("These institutions have published, and nobody is their operational focal point."),
        querysets.vacant_seats(),
        _institution,
    )


def _failed_tasks() -> Section:
    return _section(
        _("Background work that failed"),
        _("The log says why. Tell whoever runs the server."),
        querysets.failed_tasks(),
        lambda task: Item(task.task_path, "", task.exception_class_path, task.finished_at),
    )


def _stuck_mail() -> Section:
    return _section(
        _("Mail that does not leave"),
        _("Given up, or not sent within an hour. The list of mails says why, and sends one again."),
        querysets.stuck_mail(),
        lambda mail: Item(str(mail), f"{reverse('mails:index')}?state={mail.state}", mail.last_error, mail.created_at),
    )


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _draft(page: Page) -> Item:
    note = _("never published") if page.first_published_at is None else _("changed since it was published")
    return Item(page.draft_title, _edit(page), note, page.latest_revision_created_at, page.locale.language_code)


def _page(page: Page) -> Item:
    return Item(page.draft_title, _edit(page), "", None, page.locale.language_code)


def _record(record: Record) -> Item:
    listing = record.listing
    note = "" if record.endorsement == Endorsement.NONE else record.get_endorsement_display()
    return Item(
        listing.title if listing else record.code,
        listing.url if listing else "",
        note,
        record.published_at,
        listing.language if listing and listing.is_translated else record.source_language,
    )


def _stand_in(page: Page) -> Item:
    """Leads to the form that starts the translation of the original."""
    url = reverse("wagtail_localize:submit_page_translation", args=[page.alias_of_id])
    note = _("into %(language)s") % {"language": page.locale.get_display_name()}
    return Item(
        page.title, f"{url}?select_locale={page.locale.language_code}", note, None, page.alias_of.locale.language_code
    )


def _translation(translation: Translation) -> Item:
    url = reverse("wagtailadmin_pages:edit", args=[translation.page_id])
    note = _("into %(language)s") % {"language": translation.target_locale.get_display_name()}
    return Item(translation.source.object_repr, url, note, translation.source.last_updated_at)


def _comment(post: Post) -> Item:
    record = post.thread.record
    url = reverse("discussion:comment", args=[record.code.lower(), post.seq])
    title = record.listing.title if record.listing else record.code
    return Item(title, url, _("%(name)s wrote") % {"name": name_of(post.author)}, post.created_at)


def _use(use: Use) -> Item:
    record = use.record
    title = record.listing.title if record.listing else record.code
    answer = {"name": use.who, "answer": use.get_helped_display()}
    note = _("%(name)s: helped: %(answer)s") % answer if use.helped else use.who
    return Item(title, reverse("wagtailsnippets_usage_use:inspect", args=[use.pk]), note, use.created_at)


def _institution(institution: Institution) -> Item:
    return Item(str(institution.name), reverse("wagtailsnippets_catalogue_institution:edit", args=[institution.pk]))
