"""What waits for a person: drafts, marks, broken chains, translations and comments of the institutions they act for, and no others."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from exchange.discussion.models import Post
from exchange.discussion.querysets import posts_visible_to
from exchange.notifications.models import Mail
from exchange.people.models import Seat, SeatKind
from exchange.usage.models import Use
from exchange.visits.models import StudyVisitPage
from practices.access.reader import Reader
from practices.access.rules import State, editable_q
from practices.adaptations.models import AdaptationPage, Status
from practices.catalogue.models import Institution, PracticePage, Record
from practices.catalogue.models.record import Endorsement, RecordQuerySet

STALE_AFTER = datetime.timedelta(days=60)
NEW_FOR = datetime.timedelta(days=30)
TRIED = (Status.PILOT, Status.RUNNING, Status.STOPPED, Status.SCALED)


def own_records(reader: Reader) -> RecordQuerySet:
    return Record.objects.editable_by(reader).exclude(state=State.ARCHIVED)


def _uuids(records: QuerySet[Record]) -> QuerySet:
    return records.order_by().values("uuid")


def drafts(reader: Reader) -> QuerySet[Page]:
    """Pages with words that nobody else has seen yet, one's own first."""
    mine = Page.objects.filter(owner=reader.user_id, pk=OuterRef("pk"))
    records = own_records(reader)
    if not reader.is_administrator:  # an organiser may edit only what they made themselves
        records = Record.objects.filter(editable_q(reader) | Q(created_by=reader.user_id)).exclude(state=State.ARCHIVED)
    return (
        Page.objects.filter(translation_key__in=_uuids(records), has_unpublished_changes=True, alias_of__isnull=True)
        .annotate(is_mine=Exists(mine))
        .select_related("locale", "latest_revision__user")
        .order_by("-is_mine", "-latest_revision_created_at", "-pk")
    )


def stale_drafts(reader: Reader) -> QuerySet[Page]:
    return drafts(reader).filter(latest_revision_created_at__lt=timezone.now() - STALE_AFTER)


def not_endorsed(reader: Reader, *states: str) -> QuerySet[Record]:
    """Published, but lacking a mark; by default any of the two."""
    wanted = states or (Endorsement.NONE, Endorsement.OPERATIONAL, Endorsement.CHANGED)
    return own_records(reader).published().filter(endorsement__in=wanted).for_cards().order_by("-published_at", "-pk")


def visits_without_summary(reader: Reader) -> QuerySet[StudyVisitPage]:
    """Visits that are over, of which readers cannot learn what was seen."""
    today = timezone.localdate().isoformat()
    return (
        StudyVisitPage.objects.filter(editable_q(reader, "record__"), alias_of__isnull=True)
        .exclude(record__state=State.ARCHIVED)
        .filter(Q(end__gt="", end__lte=today) | Q(end="", start__gt="", start__lte=today))
        .filter(Q(live=False) | Q(observed=[]))
        .select_related("locale")
        .order_by("-start", "-pk")
    )


def adaptations_without_result(reader: Reader) -> QuerySet[AdaptationPage]:
    return (
        AdaptationPage.objects.filter(editable_q(reader, "record__"), live=True, alias_of__isnull=True)
        .filter(record__state=State.PUBLISHED, status__in=TRIED, results=[])
        .select_related("locale")
        .order_by("-last_published_at", "-pk")
    )


def practices_to_review(reader: Reader) -> QuerySet[PracticePage]:
    """Past the date by which their owner wanted to look at them again."""
    return (
        PracticePage.objects.filter(editable_q(reader, "record__"), live=True, alias_of__isnull=True)
        .filter(record__state=State.PUBLISHED, review_by__lt=timezone.localdate())
        .select_related("locale")
        .order_by("review_by", "pk")
    )


def untranslated(reader: Reader) -> QuerySet[Page]:
    """The stand-ins in the other language that show the words of the original."""
    return (
        Page.objects.filter(
            translation_key__in=_uuids(own_records(reader).published()), live=True, alias_of__isnull=False
        )
        .select_related("locale", "alias_of")
        .order_by("-last_published_at", "-pk")
    )


def outdated_translations(reader: Reader) -> QuerySet[Translation]:
    """Translations begun whose original says something that has no translation."""
    translated = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=OuterRef(OuterRef("target_locale"))
    ).exclude(has_error=True)
    missing = StringSegment.objects.filter(~Exists(translated), source=OuterRef("source"))
    target = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"))
    return (
        Translation.objects.filter(Exists(missing), Exists(target), enabled=True)
        .filter(source__object_id__in=_uuids(own_records(reader)))
        .annotate(page_id=target.values("pk")[:1])
        .select_related("source", "target_locale")
        .order_by("-source__last_updated_at", "-pk")
    )


def new_comments(reader: Reader) -> QuerySet[Post]:
    """What others wrote under one's own records in the last month."""
    return (
        posts_visible_to(reader)
        .filter(thread__record__in=own_records(reader), created_at__gte=timezone.now() - NEW_FOR)
        .exclude(author=reader.user_id)
        .select_related("author", "thread__record__institution")
        .prefetch_related("thread__record__listings")
        .order_by("-created_at", "-pk")
    )


def new_uses(reader: Reader) -> QuerySet[Use]:
    """What others made of one's own records in the last month."""
    return (
        Use.objects.of_own_records(reader)
        .filter(created_at__gte=timezone.now() - NEW_FOR)
        .exclude(user=reader.user_id)
        .select_related("user", "record")
        .prefetch_related("record__listings")
        .order_by("-created_at", "-pk")
    )


def vacant_seats() -> QuerySet[Institution]:
    """Institutions that publish and have nobody who answers for it."""
    held = Seat.objects.filter(institution=OuterRef("pk"), kind=SeatKind.OPERATIONAL, until__isnull=True)
    writes = Record.objects.published().filter(institution=OuterRef("pk"), kind__in=["study-visit", "adaptation"])
    return Institution.objects.filter(~Exists(held), Exists(writes)).order_by("path")


def failed_tasks() -> QuerySet[DBTaskResult]:
    """Background work that did not get done."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def stuck_mail() -> QuerySet[Mail]:
    return Mail.objects.stuck().select_related("recipient").order_by("-created_at")


def held_seats(reader: Reader) -> set[str]:
    return set(Seat.objects.filter(holder=reader.user_id, until__isnull=True).values_list("kind", flat=True))
