"""What Wagtail's admin may offer whom about people. Nobody is ever deleted there: accounts are closed, seats end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from practices.access.reader import Reader, reader_for

from .models import Invitation, User
from .rules import manageable_q, may_invite_somebody, may_manage


def _reader(user: Any) -> Reader:
    """Kept on the user of one request: a list asks for each of its rows."""
    if not hasattr(user, "_reader_of_policies"):
        user._reader_of_policies = reader_for(user)
    return user._reader_of_policies


class AdministratorsOnly(BasePermissionPolicy):
    actions: frozenset[str] = frozenset()

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and _reader(user).is_administrator

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        allowed = User.objects.filter(is_active=True, is_superuser=True)
        return allowed if self.actions & set(actions) else allowed.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        allowed = any(self.user_has_permission(user, action) for action in actions)
        return self.model._default_manager.all() if allowed else self.model._default_manager.none()


class PersonPolicy(AdministratorsOnly):
    """People are not added but invited."""

    actions = frozenset({"view", "change"})


class SeatPolicy(AdministratorsOnly):
    """A seat is given and ended; its row is a piece of history."""

    actions = frozenset({"view", "add"})


class InvitationPolicy(BasePermissionPolicy):
    actions = frozenset({"view", "add"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and may_invite_somebody(_reader(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Invitation) -> bool:
        return action in self.actions and may_manage(_reader(user), instance)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        allowed = [
            user.pk for user in User.objects.filter(is_active=True) if self.user_has_any_permission(user, actions)
        ]
        return User.objects.filter(pk__in=allowed)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Invitation]:
        if not self.actions & set(actions):
            return Invitation.objects.none()
        return Invitation.objects.filter(manageable_q(_reader(user)))
