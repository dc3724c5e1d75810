"""Training needs, made through the service that makes real ones."""

from __future__ import annotations

from exchange.needs.models import Difficulty, TrainingNeed
from exchange.needs.services import record_need
from exchange.people.models import User
from practices.catalogue.models import Topic


def make_need(asker: User, **fields) -> TrainingNeed:
    return record_need(
        asker,
        **{
            "statement": "How do I talk with a child who is afraid of officials?",
            "topic": Topic.objects.get(code="child-protection"),
            "difficulty": Difficulty.APPLYING,
            "existing_training": "None found",
            "is_example": True,
            **fields,
        },
    )
