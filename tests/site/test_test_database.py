"""A test that commits leaves nothing behind, and takes nothing of the first rows with it."""

from __future__ import annotations

import pytest
from django.db import connection
from wagtail.models import Locale

from practices.catalogue.models import Country


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_each_committing_test_begins_with_the_first_rows(run: int) -> None:
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "th"}
    assert Country.objects.filter(code="MT").exists()
    Country.objects.filter(code="MT").delete()
    assert not connection.in_atomic_block
