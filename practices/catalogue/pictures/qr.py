"""An address as a QR code: shelter staff pass links on by paper and by phone."""

from __future__ import annotations

from functools import lru_cache

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=256)
def _path(text: str) -> tuple[int, str]:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length or 1
    return len(matrix), "".join(runs)


def svg(text: str, title: str) -> SafeString:
    size, path = _path(text)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" xmlns="http://www.w3.org/2000/svg">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{2}"/></svg>',
        size,
        title,
        path,
    )
