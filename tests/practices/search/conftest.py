import pytest
from django.core.cache import caches

from tests.factories.search import shelf


@pytest.fixture
def records(db):
    caches["pages"].clear()
    with shelf() as made:
        yield made
