"""Dates as people know them: a day, a month or a year, typed in the Common or the Buddhist era, kept as reduced ISO 8601.

`2018-04-12`, `2018-04` and `2018` are the three stored forms; they sort as text.
"""

from __future__ import annotations

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

ERA = 543  # years between the Common Era and the Buddhist Era
MONTHS_EN = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS_TH = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
MONTHS_TH_SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
MESSAGE = _("Write a day, a month or a year, for example 12 April 2018, 04/2018, เมษายน 2561 or 2018.")


def _month(word: str) -> int | None:
    word = word.lower().strip(",")
    for names in (MONTHS_EN, MONTHS_TH, MONTHS_TH_SHORT, [name[:3] for name in MONTHS_EN]):
        if word in names:
            return names.index(word) + 1
    return int(word) if word.isdigit() and len(word) <= 2 else None


def parse(text: str) -> str:
    """The stored form of what someone typed; `ValidationError` when it is no date. Empty stays empty."""
    text = (text or "").translate(THAI_DIGITS).strip()
    if not text:
        return ""
    text = re.sub(r"พ\.?ศ\.?|ค\.?ศ\.?|(?<![a-z])[BC]\.?E\.?(?![a-z])|วันที่|เดือน|ปี", " ", text, flags=re.I).strip()
    parts = [part for part in re.split(r"[\s/,-]+|(?<=\d)\.(?=\d)", text) if part]
    if not 1 <= len(parts) <= 3:
        raise ValidationError(MESSAGE, code="invalid")
    if len(parts[0]) == 4 and parts[0].isdigit():
        parts.reverse()
    year_text, *rest = reversed(parts)
    if not (year_text.isdigit() and len(year_text) == 4):
        raise ValidationError(MESSAGE, code="invalid")
    year = int(year_text)
    year -= ERA if year > 2400 else 0
    if not 1900 <= year <= 2100:
        raise ValidationError(_("The year %(year)s is out of range."), params={"year": year_text}, code="range")
    if not rest:
        return f"{year:04}"
    month = _month(rest[0])
    if month is None or not 1 <= month <= 12:
        raise ValidationError(MESSAGE, code="invalid")
    if len(rest) == 1:
        return f"{year:04}-{month:02}"
    try:
        return datetime.date(year, month, int(rest[1])).isoformat()
    except ValueError:
        raise ValidationError(_("There is no such day."), code="invalid") from None


def display(stored: str, language: str | None = None) -> str:
    """`2018-04` as “April 2018” or “เมษายน 2561”."""
    if not stored:
        return ""
    thai = (language or get_language() or "en").startswith("th")
    numbers = [int(part) for part in stored.split("-")]
    year = f"{numbers[0] + ERA}" if thai else f"{numbers[0]}"
    words = [year]
    if len(numbers) > 1:
        words.insert(0, MONTHS_TH[numbers[1] - 1] if thai else MONTHS_EN[numbers[1] - 1].capitalize())
    if len(numbers) > 2:
        words.insert(0, str(numbers[2]))
    return " ".join(words)


def display_period(start: str, end: str, language: str | None = None) -> str:
    """“2013–2017”, “April 2018”; empty when neither is known."""
    if start and end and start != end:
        if len(start) == len(end) == 4:
            return f"{display(start, language)}–{display(end, language)}"
        return f"{display(start, language)} – {display(end, language)}"
    if start:
        return display(start, language)
    return gettext("until %(date)s") % {"date": display(end, language)} if end else ""


def display_day(day: datetime.date, language: str | None = None) -> str:
    return display(day.isoformat(), language) if day else ""


class PartialDateFormField(forms.CharField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def clean(self, value):
        return parse(super().clean(value))

    def prepare_value(self, value):
        try:
            return display(parse(value)) if value else value
        except ValidationError:
            return value


class PartialDateField(models.CharField):
    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PartialDateFormField, "max_length": 40, **kwargs})


class PartialDateBlock(blocks.FieldBlock):
    def __init__(self, required=False, help_text=None, **kwargs):
        self.field = PartialDateFormField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    class Meta:
        icon = "date"


__all__ = ["PartialDateBlock", "PartialDateField", "display", "display_day", "display_period", "parse"]
