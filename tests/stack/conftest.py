"""Tests of every part at once: `tools/with_stack` has started them, and says in the file that STACK names where they are."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import IN_CI


@pytest.fixture
def stack() -> dict:
    """The facts of the running stack, read anew in each test, for a renewal changes them."""
    place = os.environ.get("STACK")
    if not place:
        (pytest.fail if IN_CI else pytest.skip)("needs every part at once: make test-stack")
    return json.loads(Path(place).read_text())
