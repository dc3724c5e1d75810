"""When the next mail of a saved search may go: at seven in the morning where its owner is."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from wagtail.users.models import UserProfile

from .models import Frequency, SavedSearch

MORNING = datetime.time(7)
MONDAY = 0


def next_mail_at(search: SavedSearch, frequency: str, now: datetime.datetime | None = None) -> datetime.datetime | None:
    now = now or timezone.now()
    if frequency == Frequency.NEVER:
        return None
    if frequency == Frequency.AT_ONCE:
        return now
    zone = ZoneInfo(UserProfile.get_for_user(search.owner).get_current_time_zone())
    here = now.astimezone(zone)
    days = (MONDAY - here.weekday()) % 7 if frequency == Frequency.WEEKLY else 0
    step = 7 if frequency == Frequency.WEEKLY else 1
    morning = datetime.datetime.combine(here.date() + datetime.timedelta(days=days), MORNING, zone)
    return morning if morning > now else morning + datetime.timedelta(days=step)
