"""What templates show of people: what they are here, and, in the demo, who can be tried."""

from __future__ import annotations

from django import template
from django.conf import settings

from exchange.people.models import User
from exchange.people.querysets import example_people as find_example_people
from exchange.people.querysets import needs_second_factor, posts_of

register = template.Library()


@register.simple_tag
def example_people() -> list[User]:
    """Nobody, outside the demo."""
    return list(find_example_people()) if settings.DEMO else []


@register.simple_tag
def demo_password() -> str:
    return settings.DEMO_PASSWORD if settings.DEMO else ""


@register.simple_tag(takes_context=True)
def second_factor_is_needed(context: template.Context) -> bool:
    return needs_second_factor(context["request"].reader)


@register.filter
def posts(person: User) -> list[str]:
    return posts_of(person)


@register.filter
def in_fours(secret: str) -> str:
    """Easier to copy by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
