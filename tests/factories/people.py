"""People and institutions for tests, made through the services that make real ones."""

from __future__ import annotations

import itertools

from allauth.mfa.totp.internal.auth import TOTP
from i18nfield.strings import LazyI18nString

from exchange.people.models import SeatKind, User
from exchange.people.querysets import needs_second_factor, reader_of
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
    name: str = "Example Person",
    *,
    role: str | None = None,
    institution: Institution | None = None,
    second_factor: bool = True,
    **fields,
) -> User:
    """Whoever needs a second factor has one, unless told otherwise, so that `force_login` reaches every page."""
    fields = {"email": f"person{next(_numbers)}@example.org", "password": PASSWORD, "is_example": True, **fields}
    person = create_person(name=name, institution=institution, **fields)
    if role:
        grant_role(person, role)
    return with_second_factor(person) if second_factor and needs_second_factor(reader_of(person)) else person


def make_focal_point(
    institution: Institution, kind: str = SeatKind.OPERATIONAL, *, second_factor: bool = True, **fields
) -> User:
    person = make_person(f"Example {kind}", second_factor=False, **fields)
    assign_seat(institution, kind, person)
    return with_second_factor(person) if second_factor else person


def with_second_factor(person: User) -> User:
    TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    return person
