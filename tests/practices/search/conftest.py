import pytest

from tests.factories.search import shelf


@pytest.fixture
def records(db):
    with shelf() as made:
        yield made
