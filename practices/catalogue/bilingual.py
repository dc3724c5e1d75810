"""A text kept by language, as a reader meets it: in their language, else in the one it was written in, and marked so."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

from .models.edition import Part


def own_texts(value: LazyI18nString | None) -> dict[str, str]:
    """What was really written, by language."""
    data = value.data if value is not None else None
    if isinstance(data, dict):
        return {code: text for code, text in data.items() if text}
    return {settings.LANGUAGE_CODE: str(data)} if data else {}


def worded(value: LazyI18nString | None, name: str = "", language: str | None = None) -> Part:
    texts = own_texts(value)
    wanted = language or (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    found = wanted if wanted in texts else next(iter(texts), wanted)
    return Part(name, texts.get(found, ""), found, found != wanted)
