"""Who is asking. A `Reader` holds all that a rule may look at, so that rules never touch users, seats or sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class Role:
    """The names of the roles; each is also the name of the Django group that holds its people."""

    EXPERT = "expert"
    MEMBER = "member"
    ORGANISER = "organiser"
    PROGRAMME_OFFICER = "programme officer"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"
    ALL = (EXPERT, MEMBER, ORGANISER, PROGRAMME_OFFICER, MODERATOR, ADMINISTRATOR)


@dataclass(frozen=True)
class Reader:
    """`institutions`: ids of those the person acts for, everything below them included; `roles`: values of `Role`."""

    user_id: int | None = None
    institutions: frozenset[int] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_member(self) -> bool:
        return self.user_id is not None

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def may_have_desk(self) -> bool:
        """False for those who only read, ask and comment: nothing needs to be looked up to know that no work waits for them."""
        return bool(self.institutions or self.roles - {Role.EXPERT, Role.MEMBER})

    @property
    def audience(self) -> str:
        """A short key: two readers with the same key see the same records."""
        if self.is_administrator:
            return "all"
        if not self.is_member:
            return "public"
        return "members:" + ",".join(map(str, sorted(self.institutions)))


ANONYMOUS = Reader()

_source: Callable[[Any], Reader] | None = None


def register_reader_source(source: Callable[[Any], Reader]) -> None:
    """Called once by the package that knows users and seats: `source(user)` gives that user's reader."""
    global _source
    _source = source


def reader_for(user: Any) -> Reader:
    if _source is None or user is None or not user.is_authenticated or not user.is_active:
        return ANONYMOUS
    return _source(user)
