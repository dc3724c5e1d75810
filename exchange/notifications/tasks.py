"""Sends one mail as soon as it is stored; what this misses or leaves, the periodic job finds."""

from __future__ import annotations

from django_tasks import task

from .delivery import deliver
from .models import Mail


@task()
def send_mail(mail_id: int) -> None:
    # While others wait for a server that is away, this one joins them, and holds up no other task.
    if not Mail.objects.put_off().exists():
        deliver(mail_id)
