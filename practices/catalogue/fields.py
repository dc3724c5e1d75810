"""A StreamField whose blocks stay out of migrations: a changed label or help text is no change of the schema.

The price: a migration that walks old stream data must name the blocks it needs itself.
"""

from wagtail.fields import StreamField


class BlocksField(StreamField):
    def __init__(self, *args, **kwargs):
        super().__init__(*(args or [[]]), **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
