"""What was typed with the keyboard in the other language: `l;ylfu` is สวัสดี on a Thai keyboard (Kedmanee), and the reverse."""

from __future__ import annotations

import re

_LATIN = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"  # the keys of a US keyboard, row by row
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'  # the same with shift
)
_THAI = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_THAI = str.maketrans(_LATIN, _THAI)
_TO_LATIN = str.maketrans(_THAI, _LATIN)
_IS_THAI = re.compile("[\u0e01-\u0e5b]")
_IS_LATIN = re.compile("[A-Za-z]")
SHORTEST = 3


def other_layout(typed: str) -> str:
    """The same keys on the other keyboard; empty where the text is of both scripts, of neither, or too short to tell."""
    thai, latin = bool(_IS_THAI.search(typed)), bool(_IS_LATIN.search(typed))
    if len(typed) < SHORTEST or thai == latin:
        return ""
    return typed.translate(_TO_LATIN if thai else _TO_THAI)
