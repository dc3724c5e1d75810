"""The example people: one for each role, with one password for all. For the demo only, never for a public server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from exchange.people.models import Seat, SeatKind, User
from exchange.people.services import assign_seat, create_person, grant_role
from practices.catalogue.models import Institution

from .case_files import rows_file
from .stream_values import Rows


@dataclass(frozen=True)
class ExamplePerson:
    email: str
    role: str


def write_people(data: list[dict[str, Any]], rows: Rows) -> bool:
    """Makes who is missing, with their seats and roles; whoever is there keeps password and seats as they are."""
    present = set(User.objects.filter(email__in=[item["email"] for item in data]).values_list("email", flat=True))
    new = [item for item in data if item["email"] not in present]
    for item in new:
        institution = rows.get(Institution, item["institution"]) if "institution" in item else None
        person = create_person(item["email"], item["name"], item["language"], institution=institution, is_example=True)
        for role in item.get("roles", []):
            grant_role(person, role)
        if (seat := item.get("seat")) and not Seat.objects.filter(
            institution=institution, kind=seat, until__isnull=True
        ).exists():
            assign_seat(institution, seat, person)
    # Hashed once for all: the hash is slow on purpose, and this password is no secret.
    User.objects.filter(email__in=[item["email"] for item in new]).update(
        password=make_password(settings.DEMO_PASSWORD)
    )
    return bool(new)


def example_people() -> Iterator[ExamplePerson]:
    """Who can sign in, as the files say."""
    for item in rows_file("people").data:
        seat = SeatKind(item["seat"]).label if "seat" in item else ""
        role = f"{seat}, {item['institution'].upper()}" if seat else ", ".join(item["roles"])
        yield ExamplePerson(item["email"], str(role))
