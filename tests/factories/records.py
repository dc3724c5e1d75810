"""Bare records with listings: enough wherever a test is about what hangs on a record, not about its pages."""

from __future__ import annotations

from django.utils import timezone

from exchange.people.models import User
from practices.access.rules import State, Visibility
from practices.catalogue.models import Country, Institution, Kind, Listing, Record
from practices.catalogue.services import create_record


def make_bare_record(title: str = "Example practice", *, kind: str = Kind.PRACTICE, **fields) -> Record:
    fields = {
        "state": State.PUBLISHED,
        "visibility": Visibility.PUBLIC,
        "source_language": "en",
        "is_example": True,
        "published_at": timezone.now(),
        **fields,
    }
    record = create_record(kind, **fields)
    for language in ("en", "th"):
        Listing.objects.create(
            record=record,
            language=language,
            title=title,
            url=f"/{language}/catalogue/{record.code.lower()}/",
            is_translated=language == record.source_language,
        )
    return record


def make_bare_institution(code: str = "example-home") -> Institution:
    return Institution.add_root(
        code=code, name=f"Example institution {code}", country=Country.objects.get(code="TH"), is_example=True
    )


def make_user(name: str = "Example Person", *roles: str, email: str = "", **fields) -> User:
    from django.contrib.auth.models import Group

    from exchange.people.querysets import needs_second_factor, reader_of
    from tests.factories.people import with_second_factor

    first, _space, last = name.partition(" ")
    number = User.objects.count() + 1
    user = User.objects.create_user(
        email or f"person{number}@example.org",
        "a-good-long-example-1",
        first_name=first,
        last_name=last,
        is_example=True,
        **fields,
    )
    user.groups.add(*Group.objects.filter(name__in=roles))
    return with_second_factor(user) if needs_second_factor(reader_of(user)) else user
