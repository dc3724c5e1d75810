"""Actions on needs. Each is one transaction that keeps the need's record, its line in lists, its links and search in step."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from exchange.people.models import User
from exchange.typed import language_of
from practices.access.reader import reader_for
from practices.access.rules import State, Visibility
from practices.catalogue.bilingual import own_texts
from practices.catalogue.models import Kind, Listing, Record, RecordLink, Relation, Topic
from practices.catalogue.projection import touch
from practices.catalogue.services import archive_record, create_record, restore_record

from . import rules
from .models import TrainingNeed

MERGE_WITHIN = datetime.timedelta(minutes=1)
FLOOD_LIMIT, FLOOD_WITHIN = 20, datetime.timedelta(hours=1)
TITLE_LENGTH = 160


@transaction.atomic
def record_need(
    asker: User,
    *,
    statement: str,
    topic: Topic,
    difficulty: str,
    existing_training: str,
    work_situation: str = "",
    show_name: bool = False,
    visibility: str = Visibility.PUBLIC,
    suggested: Iterable[Record] = (),
    is_example: bool = False,
) -> TrainingNeed:
    """A need in the asker's own words, in the list at once; the earlier one when it was sent twice within a minute."""
    if not reader_for(asker).is_member:
        raise PermissionDenied
    language = language_of(statement, _page_language())
    words = LazyI18nString({language: statement})
    now = timezone.now()
    recent = TrainingNeed.objects.filter(asked_by=asker, record__created_at__gte=now - FLOOD_WITHIN).select_related(
        "record"
    )
    for twin in recent:
        if twin.statement == words and twin.record.created_at >= now - MERGE_WITHIN:
            return twin
    if len(recent) >= FLOOD_LIMIT:
        raise ValidationError(
            _("You recorded many needs in a short time. Please wait an hour, then send this one again.")
        )
    need = TrainingNeed(
        statement=words,
        work_situation=LazyI18nString({language: work_situation}) if work_situation else None,
        topic=topic,
        difficulty=difficulty,
        existing_training=LazyI18nString({language: existing_training}),
        show_name=show_name,
        asked_by=asker,
    )
    # Who made the record is left empty on purpose: only the need knows its asker.
    need.record = create_record(
        Kind.NEED,
        source_language=language,
        visibility=visibility,
        state=State.PUBLISHED,
        published_at=now,
        is_example=is_example,
    )
    need.full_clean()
    need.save()
    need.suggested_practices.set(suggested)
    project_need(need)
    return need


@transaction.atomic
def edit_need(
    need: TrainingNeed,
    user: User,
    *,
    statement: str,
    existing_training: str,
    work_situation: str,
    suggested: Iterable[Record] = (),
    **changes: Any,
) -> TrainingNeed:
    """The asker's words anew, in the language they were written in; translations of words that changed are dropped."""
    if not rules.can_change(reader_for(user), need):
        raise PermissionDenied
    language = need.record.source_language
    words = {"statement": statement, "existing_training": existing_training, "work_situation": work_situation}
    for name, text in words.items():
        if own_texts(getattr(need, name)).get(language, "") != text:
            setattr(need, name, LazyI18nString({language: text}) if text else None)
    visibility = changes.pop("visibility", need.record.visibility)
    for name, value in changes.items():
        setattr(need, name, value)
    need.record.visibility = visibility
    need.full_clean()
    need.save()
    need.suggested_practices.set(suggested)
    project_need(need)
    return need


@transaction.atomic
def project_need(need: TrainingNeed) -> None:
    """Brings what lists, links and search know of the need up to date. Writing twice changes nothing."""
    record = need.record
    texts = own_texts(need.statement)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            Listing.objects.update_or_create(
                record=record,
                language=language,
                defaults={
                    "title": Truncator(" ".join(need.statement.localize(language).split())).chars(TITLE_LENGTH),
                    "one_line": f"{need.topic} · {need.get_difficulty_display()}"[:255],
                    "url": reverse("needs:need", args=[record.code.lower()]),
                    "is_translated": language in texts,
                },
            )
    wanted = set(need.suggested_practices.values_list("pk", flat=True))
    links = record.links.filter(relation=Relation.SUGGESTS)
    links.exclude(target__in=wanted).delete()
    wanted -= set(links.values_list("target", flat=True))
    RecordLink.objects.bulk_create(
        RecordLink(record=record, relation=Relation.SUGGESTS, target_id=pk) for pk in sorted(wanted)
    )
    record.changed_at = timezone.now()
    record.save()
    touch(record)


@transaction.atomic
def withdraw_need(need: TrainingNeed, user: User) -> None:
    """Out of every list; `restore_need` undoes it."""
    if not rules.can_change(reader_for(user), need):
        raise PermissionDenied
    archive_record(need.record, user)


@transaction.atomic
def restore_need(need: TrainingNeed, user: User) -> None:
    if not rules.can_restore(reader_for(user), need):
        raise PermissionDenied
    restore_record(need.record, user)


@transaction.atomic
def support_need(need: TrainingNeed, user: User) -> None:
    """“I have this need too.” Saying so twice counts once; only the number is shown."""
    if not rules.can_support(reader_for(user), need):
        raise PermissionDenied
    need.supporters.add(user)
    touch(need.record)


@transaction.atomic
def unsupport_need(need: TrainingNeed, user: User) -> None:
    if not rules.can_support(reader_for(user), need):
        raise PermissionDenied
    need.supporters.remove(user)
    touch(need.record)


@transaction.atomic
def merge_need(need: TrainingNeed, into: TrainingNeed) -> None:
    """The same need told twice becomes one; everybody who asked counts for the one that stays, and the other leads to it."""
    if into.pk == need.pk or into.merged_into_id is not None:
        raise ValidationError(_("Choose another need, one that is not itself merged."))
    need.merged_into = into
    need.save(update_fields=["merged_into"])
    people = [*need.supporters.all(), *([need.asked_by] if need.asked_by else [])]
    into.supporters.add(*(person for person in people if person.pk != into.asked_by_id))
    for earlier in need.merged.all():
        earlier.merged_into = into
        earlier.save(update_fields=["merged_into"])
    for changed in (need, into):
        touch(changed.record)


@transaction.atomic
def curate_need(
    need: TrainingNeed, user: User, suggested: Iterable[Record], *, merged_into: TrainingNeed | None, is_listed: bool
) -> TrainingNeed:
    """What organisers do with a need: its status and words as set on it, what may help, where it belongs."""
    need.full_clean()
    need.save()
    need.suggested_practices.set(suggested)
    project_need(need)
    if merged_into is not None and merged_into.pk != need.merged_into_id:
        merge_need(need, merged_into)
    if is_listed != (need.record.state == State.PUBLISHED):
        restore_record(need.record, user) if is_listed else archive_record(need.record, user)
    return need


def _page_language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
