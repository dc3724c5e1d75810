"""Changes of lists. Each holds its list until it is done, so that two at once neither keep a record twice nor mix up the order."""

from __future__ import annotations

import datetime
import itertools

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.people.models import User
from exchange.typed import language_of, tidy
from practices.access.reader import reader_for
from practices.catalogue.models import Record

from . import rules
from .models import NAME_LIMIT, Item, ReadingList, Sharing, new_token
from .querysets import readable_records

LISTS_LIMIT, ITEMS_LIMIT = 200, 100
DELETED_KEPT = datetime.timedelta(days=30)


class NameTaken(ValidationError):
    def __init__(self) -> None:
        super().__init__({"name": _("You have a list with this name already.")})


@transaction.atomic
def create_list(owner: User, name: str, description: str = "", sharing: str = Sharing.PRIVATE) -> ReadingList:
    if not reader_for(owner).is_member:
        raise PermissionDenied
    if ReadingList.objects.filter(owner=owner, deleted_at__isnull=True).count() >= LISTS_LIMIT:
        raise ValidationError(_("You have very many lists. Delete one that you no longer need."))
    name, description = _name(name), tidy(description)
    try:
        with transaction.atomic():
            return ReadingList.objects.create(
                owner=owner, name=name, description=description, sharing=sharing, language=_language(name)
            )
    except IntegrityError as error:
        raise NameTaken from error


@transaction.atomic
def edit_list(reading_list: ReadingList, user: User, *, name: str, description: str, sharing: str) -> ReadingList:
    """A list that is no longer shared gets a new address: links that were passed on lead nowhere, for good."""
    found = _own(reading_list, user)
    found.name, found.description, found.language = _name(name), tidy(description), _language(name)
    if found.is_shared and sharing == Sharing.PRIVATE:
        found.token = new_token()
    found.sharing = sharing
    try:
        with transaction.atomic():
            _save(found)
    except IntegrityError as error:
        raise NameTaken from error
    return found


@transaction.atomic
def delete_list(reading_list: ReadingList, user: User) -> None:
    """`restore_list` undoes it within thirty days."""
    found = _own(reading_list, user)
    found.deleted_at = timezone.now()
    found.save(update_fields=["deleted_at"])


@transaction.atomic
def restore_list(reading_list: ReadingList, user: User) -> ReadingList:
    found = ReadingList.objects.select_for_update().get(pk=reading_list.pk)
    if not rules.can_restore(reader_for(user), found):
        raise PermissionDenied
    found.name = _free_name(user, found.name)
    found.deleted_at = None
    _save(found)
    return found


def purge_deleted() -> None:
    ReadingList.objects.filter(deleted_at__lt=timezone.now() - DELETED_KEPT).delete()


@transaction.atomic
def copy_list(reading_list: ReadingList, user: User) -> ReadingList:
    """A private list of one's own with what one may see of another, notes included."""
    reader = reader_for(user)
    if not rules.can_copy(reader, reading_list):
        raise PermissionDenied
    name = _free_name(user, (_("%(name)s (copy)") % {"name": reading_list.name})[:NAME_LIMIT])
    copied = create_list(user, name, reading_list.description)
    copied.language = reading_list.language
    _save(copied)
    items = reading_list.items.filter(record__in=readable_records(reader))
    Item.objects.bulk_create(
        Item(reading_list=copied, record_id=item.record_id, note=item.note, position=number)
        for number, item in enumerate(items, 1)
    )
    return copied


@transaction.atomic
def keep(record: Record, user: User, reading_list: ReadingList) -> Item:
    """At the end of the list; where it stands already, there it stays."""
    found = _own(reading_list, user)
    if not readable_records(reader_for(user)).filter(pk=record.pk).exists():
        raise PermissionDenied
    item = found.items.filter(record=record).first()
    if item is not None:
        return item
    if found.items.count() >= ITEMS_LIMIT:
        raise ValidationError(
            _("This list is full: it has %(count)s records. Please begin another one.") % {"count": ITEMS_LIMIT}
        )
    last = found.items.aggregate(last=Max("position"))["last"] or 0
    item = found.items.create(record=record, position=last + 1)
    _save(found)
    return item


@transaction.atomic
def keep_in_new(record: Record, user: User, name: str) -> Item:
    """In a list of this name, which is made unless there is one; two at once make one."""
    same_name = ReadingList.objects.filter(owner=user, name=_name(name), deleted_at__isnull=True)
    try:
        found = same_name.first() or create_list(user, name)
    except NameTaken:
        found = same_name.get()
    return keep(record, user, found)


@transaction.atomic
def drop(record: Record, user: User, reading_list: ReadingList) -> None:
    found = _own(reading_list, user)
    found.items.filter(record=record).delete()
    _save(found)


@transaction.atomic
def remove(item: Item, user: User) -> None:
    found = _own(item.reading_list, user)
    found.items.filter(pk=item.pk).delete()
    _save(found)


@transaction.atomic
def move(item: Item, user: User, steps: int) -> None:
    """Up (-1) or down (1); past an end nothing happens. Places are numbered anew, so that gaps and doubles mend themselves."""
    found = _own(item.reading_list, user)
    items = list(found.items.all())
    here = next((place for place, other in enumerate(items) if other.pk == item.pk), None)
    if here is None:
        return
    items.insert(min(max(here + steps, 0), len(items) - 1), items.pop(here))
    changed = []
    for number, other in enumerate(items, 1):
        if other.position != number:
            other.position = number
            changed.append(other)
    Item.objects.bulk_update(changed, ["position"])
    _save(found)


@transaction.atomic
def write_note(item: Item, user: User, note: str) -> None:
    found = _own(item.reading_list, user)
    found.items.filter(pk=item.pk).update(note=tidy(note))
    _save(found)


def _own(reading_list: ReadingList, user: User) -> ReadingList:
    """The list as it is now, held until the transaction ends."""
    found = ReadingList.objects.select_for_update().get(pk=reading_list.pk)
    if not rules.can_change(reader_for(user), found):
        raise PermissionDenied
    return found


def _save(reading_list: ReadingList) -> None:
    reading_list.changed_at = timezone.now()
    reading_list.save()


def _name(name: str) -> str:
    name = " ".join(tidy(name).split())
    if not name:
        raise ValidationError(_("Give the list a name."), code="required")
    return name[:NAME_LIMIT]


def _free_name(owner: User, name: str) -> str:
    taken = set(ReadingList.objects.filter(owner=owner, deleted_at__isnull=True).values_list("name", flat=True))
    numbered = (f"{name[: NAME_LIMIT - 6]} ({number})" for number in itertools.count(2))
    return next(free for free in itertools.chain([name], numbered) if free not in taken)


def _language(name: str) -> str:
    return language_of(name, (get_language() or settings.LANGUAGE_CODE).split("-")[0])
