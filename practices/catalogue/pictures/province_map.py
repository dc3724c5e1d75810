"""A map of Thailand that stops at the province: no finer place may ever be shown.

Outlines: @svg-maps/thailand, CC BY 4.0, notice in thailand.json; the page that shows the map names it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

PIN = 46  # radius of a numbered pin, in units of the outlines


@dataclass(frozen=True)
class MapEntry:
    """A province to point out; `number` is the row of the table beside the map that tells of it."""

    name: str
    number: int


@lru_cache(maxsize=1)
def outlines() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "thailand.json").read_text())


def province_map(values: Mapping[str, MapEntry], *, title: str, description: str, prefix: str = "map") -> SafeString:
    """`values` by ISO 3166-2 code. Marked provinces are hatched and carry a number; colour only helps."""
    drawing = outlines()
    provinces: dict[str, Any] = drawing["provinces"]
    unknown = set(values) - set(provinces)
    if unknown:
        raise ValueError(f"Not provinces of Thailand: {', '.join(sorted(unknown))}")
    # Outlines are our own file, so they may be trusted as they stand.
    quiet = mark_safe("".join(shape["d"] for code, shape in provinces.items() if code not in values))
    return format_html(
        '<svg class="map" viewBox="{}" role="img" aria-labelledby="{p}-title {p}-text" xmlns="http://www.w3.org/2000/svg">'
        '<title id="{p}-title">{}</title><desc id="{p}-text">{}</desc>'
        '<defs><pattern id="{p}-hatch" width="22" height="22" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="tint" width="22" height="22"/><path class="hatch" d="M0 0V22"/></pattern></defs>'
        '<path class="land" d="{}"/><path class="water" d="{}"/>{}{}</svg>',
        " ".join(map(str, drawing["box"])),
        title,
        description,
        quiet,
        mark_safe(drawing["lake"]),
        format_html_join(
            "",
            '<path class="on" fill="url(#{}-hatch)" d="{}"/>',
            ((prefix, mark_safe(provinces[code]["d"])) for code in values),
        ),
        format_html_join(
            "",
            '<g transform="translate({} {})"><circle class="pin" r="{}"/><text class="pin-number" y="19">{}</text></g>',
            ((*provinces[code]["at"], PIN, entry.number) for code, entry in values.items()),
        ),
        p=prefix,
    )
