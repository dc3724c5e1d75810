"""A StreamField whose blocks stay out of migrations: a changed label or help text is no change of the schema.

The price: a migration that walks old stream data must name the blocks it needs itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.fields import StreamField


class BlocksField(StreamField):
    if TYPE_CHECKING:  # Wagtail has no types: a stream is read as a StreamValue and also takes raw data

        def __get__(self, instance: Any, owner: Any = None) -> Any: ...

        def __set__(self, instance: Any, value: Any) -> None: ...

    def __init__(self, *args, **kwargs):
        super().__init__(*(args or [[]]), **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
