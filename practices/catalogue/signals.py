"""Sent inside the transaction that changes what a reader may see of a record: kwargs `record`."""

from django.dispatch import Signal

record_changed = Signal()
