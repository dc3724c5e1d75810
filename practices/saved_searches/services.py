"""Actions on saved searches: keeping one, changing, sharing and deleting it, finding its new matches, handing them out to be told."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pyroaring import BitMap

from practices.access.reader import Reader, reader_for
from practices.search.models import SearchClock, SearchRecord
from practices.search.wordbook import current

from .models import Frequency, SavedMatch, SavedSearch
from .querysets import STOP_SALT
from .questions import matching
from .schedule import next_mail_at

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

MOST = 50
LONGEST_QUERY = 2000


def save_search(owner: AbstractUser, *, name: str, query: str, frequency: str, language: str) -> SavedSearch:
    """Keeps a question (in its canonical form). What matches it now is known; only what comes later is new."""
    reader = reader_for(owner)
    if not reader.is_member:
        raise PermissionDenied
    if SavedSearch.objects.of(reader).count() >= MOST:
        raise ValidationError(
            _("You have %(count)s saved searches, as many as one person may have. Delete one first.") % {"count": MOST}
        )
    if len(query) > LONGEST_QUERY:
        raise ValidationError(_("This search has too many filters to be kept. Take some away."))
    search = SavedSearch(  # type: ignore[misc]  # the user model is the upper layer’s
        owner=owner, name=" ".join(name.split()), query=query, frequency=frequency, language=language
    )
    # The version is read first: what changes while we search is looked at once more.
    search.seen_version = _version()
    search.known = matching(query, reader, current()).serialize()
    search.next_mail_at = next_mail_at(search, frequency)
    search.full_clean(exclude=["known"])
    search.save()
    return search


@transaction.atomic
def change_search(search: SavedSearch, *, name: str, frequency: str) -> None:
    search.name = " ".join(name.split())
    if frequency != search.frequency:
        search.frequency = frequency
        search.next_mail_at = next_mail_at(search, frequency)
        if frequency == Frequency.NEVER:
            search.matches.update(awaits_mail=False)
    search.full_clean(exclude=["known"])
    search.save(update_fields=["name", "frequency", "next_mail_at"])


def stop_mails(search: SavedSearch) -> None:
    """By the link in a mail, and so without signing in. Doing it twice changes nothing."""
    change_search(search, name=search.name, frequency=Frequency.NEVER)


def stop_token(search: SavedSearch) -> str:
    return signing.dumps([search.pk, search.owner_id], salt=STOP_SALT)


def share_search(search: SavedSearch) -> str:
    """Whoever has the link sees the name and the question, and finds with their own rights."""
    if not search.share_token:
        search.share_token = secrets.token_urlsafe(16)
        search.save(update_fields=["share_token"])
    return search.share_token


def unshare_search(search: SavedSearch) -> None:
    """The link works no longer, not even when the search is shared again."""
    search.share_token = None
    search.save(update_fields=["share_token"])


def delete_search(search: SavedSearch) -> None:
    search.delete()


def mark_opened(search: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(opened_at=timezone.now())


def find_new_matches() -> int:
    """Looks through what changed in the index since each search was last looked at; says how many matches are new."""
    version, found = _version(), 0
    looks = _Looks(version)
    quiet: dict[int, list[int]] = defaultdict(list)
    searches = SavedSearch.objects.watched().exclude(seen_version=version).select_related("owner")
    for search in searches.iterator(chunk_size=200):
        new = looks.matches_of(search) - BitMap.deserialize(bytes(search.known))
        if new:
            found += _keep(search, new, version)
        else:
            quiet[search.seen_version].append(search.pk)
    for seen, pks in quiet.items():
        for start in range(0, len(pks), 500):
            some = SavedSearch.objects.filter(pk__in=pks[start : start + 500], seen_version=seen)
            some.update(seen_version=version)
    return found


@transaction.atomic
def take_matches(search: SavedSearch) -> list[SavedMatch]:
    """What is to be told of this search now, handed out once; the next digest is a day or a week later.

    Call it in the transaction that stores the mail.
    """
    now = timezone.now()
    held = SavedSearch.objects.select_for_update().select_related("owner").get(pk=search.pk)
    if held.next_mail_at is None or held.next_mail_at > now:
        return []  # another worker was quicker, or the owner wants no mail any more
    matches = list(held.matches.filter(awaits_mail=True).order_by("pk"))
    SavedMatch.objects.filter(pk__in=[match.pk for match in matches]).update(awaits_mail=False)
    SavedSearch.objects.filter(pk=held.pk).update(next_mail_at=next_mail_at(held, held.frequency, now))
    return matches


def _version() -> int:
    return SearchClock.objects.values_list("version", flat=True).first() or 0


class _Looks:
    """One round of looking: what changed is read once, and two who ask the same with the same rights are answered once."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.words = current()
        self.changed: dict[int, list[int]] = {}
        self.readers: dict[int, Reader] = {}
        self.answers: dict[tuple[str, str, int], BitMap] = {}

    def matches_of(self, search: SavedSearch) -> BitMap:
        if search.owner_id not in self.readers:
            self.readers[search.owner_id] = reader_for(search.owner)
        reader = self.readers[search.owner_id]
        # An index that is older than what was seen is another one, from a backup: all of it is looked through.
        since = search.seen_version if search.seen_version < self.version else 0
        if since not in self.changed:
            rows = SearchRecord.objects.in_index().filter(version__gt=since)
            self.changed[since] = list(rows.values_list("pk", flat=True))
        key = (search.query, reader.audience, since)
        if key not in self.answers:
            among = self.changed[since]
            self.answers[key] = matching(search.query, reader, self.words, among) if among else BitMap()
        return self.answers[key]


@transaction.atomic
def _keep(search: SavedSearch, new: Iterable[int], version: int) -> int:
    """Nothing, where another worker has looked meanwhile."""
    known = BitMap.deserialize(bytes(search.known)) | BitMap(new)
    ours = SavedSearch.objects.filter(pk=search.pk, seen_version=search.seen_version)
    if not ours.update(seen_version=version, known=known.serialize()):
        return 0
    awaits_mail = search.frequency != Frequency.NEVER
    rows = [SavedMatch(saved_search=search, record_id=pk, awaits_mail=awaits_mail) for pk in new]
    return len(SavedMatch.objects.bulk_create(rows, ignore_conflicts=True))
