import pytest
from django.core.cache import caches
from hypothesis import settings

from tests.factories.search import shelf

# A busy machine is no failure.
settings.register_profile("search", deadline=None)
settings.load_profile("search")


@pytest.fixture
def records(db):
    caches["pages"].clear()
    with shelf() as made:
        yield made
