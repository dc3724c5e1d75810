"""Two Thai departments with a focal point each, and browsers signed in as people."""

import pytest
from django.test import Client

from exchange.people.models import SeatKind
from practices.access.reader import Role
from tests.factories.people import make_focal_point, make_institution, make_person


@pytest.fixture
def department(db):
    return make_institution("example-dsdw")


@pytest.fixture
def other_department(db):
    return make_institution("example-datip")


@pytest.fixture
def focal_point(department):
    return make_focal_point(department)


@pytest.fixture
def strategic(department):
    return make_focal_point(department, SeatKind.STRATEGIC)


@pytest.fixture
def administrator(db):
    return make_person("Example Administrator", role=Role.ADMINISTRATOR)


@pytest.fixture
def signed_in(db):
    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
