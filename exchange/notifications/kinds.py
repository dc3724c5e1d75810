"""The kinds of mail, as apps register them: each says in words what a mail of its kind reads, at the moment it is sent.

So what a mail tells is what its reader may know then, not when it was asked for, and no secret link is ever stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Mail


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text; a paragraph is one line, for the reader's screen breaks lines better than we can, Thai above all."""

    subject: str
    body: str
    # Where a subscription ends by one click (RFC 8058); empty where the mail is none.
    unsubscribe_url: str = ""


# Called in the recipient's language; None when there is nothing to say any more.
Compose = Callable[["Mail"], Letter | None]


@dataclass(frozen=True, slots=True)
class Kind:
    label: Any
    compose: Compose


_kinds: dict[str, Kind] = {}


def register_kind(name: str, label: Any, compose: Compose) -> None:
    """`label` is shown to administrators; it may be lazy."""
    _kinds[name] = Kind(label, compose)


def compose(mail: Mail) -> Letter | None:
    return _kinds[mail.kind].compose(mail)


def kind_label(name: str) -> str:
    return str(_kinds[name].label) if name in _kinds else name
