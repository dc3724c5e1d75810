"""Fills the controlled words from the JSON files beside this module; run again, it changes labels and adds rows, never removes any.

Takes the models by name so that a migration can hand in its historical ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from i18nfield.strings import LazyI18nString

HERE = Path(__file__).parent


def _label(row: dict[str, Any]) -> LazyI18nString:
    return LazyI18nString({"en": row["en"], "th": row["th"]})


def load(get_model: Callable[[str], Any]) -> None:
    """`get_model("Topic")` gives the model to fill."""
    for name, rows in json.loads((HERE / "concepts.json").read_text()).items():
        for position, row in enumerate(rows, 1):
            get_model(name).objects.update_or_create(
                code=row["code"], defaults={"label": _label(row), "position": position}
            )
    for row in json.loads((HERE / "countries.json").read_text()):
        get_model("Country").objects.update_or_create(
            code=row["code"], defaults={"label": _label(row), "in_eu": row["eu"]}
        )
    thailand = get_model("Country").objects.get(code="TH")
    for row in json.loads((HERE / "provinces.json").read_text()):
        get_model("Province").objects.update_or_create(
            code=row["code"], defaults={"label": _label(row), "country": thailand}
        )
