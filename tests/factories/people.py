"""People and institutions for tests, made through the services that make real ones."""

from __future__ import annotations

import itertools

from i18nfield.strings import LazyI18nString

from exchange.people.models import SeatKind, User
from exchange.people.services import assign_seat, create_person, grant_role
from practices.catalogue.models import Country, Institution
from practices.catalogue.services import ensure_folders

PASSWORD = "a-good-long-example-1"
_numbers = itertools.count(1)


def make_institution(
    code: str | None = None, *, below: Institution | None = None, country: str = "TH", **fields
) -> Institution:
    """An institution with its folders in every language."""
    code = code or f"example-{next(_numbers)}"
    fields = {
        "code": code,
        "name": LazyI18nString({"en": f"Example institution {code}", "th": f"หน่วยงานตัวอย่าง {code}"}),
        "country": Country.objects.get(code=country),
        "is_example": True,
        **fields,
    }
    institution = below.add_child(**fields) if below else Institution.add_root(**fields)
    ensure_folders(institution)
    return institution


def make_person(
    name: str = "Example Person", *, role: str | None = None, institution: Institution | None = None, **fields
) -> User:
    fields = {"email": f"person{next(_numbers)}@example.org", "password": PASSWORD, "is_example": True, **fields}
    person = create_person(name=name, institution=institution, **fields)
    if role:
        grant_role(person, role)
    return person


def make_focal_point(institution: Institution, kind: str = SeatKind.OPERATIONAL, **fields) -> User:
    person = make_person(f"Example {kind}", **fields)
    assign_seat(institution, kind, person)
    return person
