"""Sends one mail as soon as it is stored; what this misses, the periodic job finds."""

from __future__ import annotations

from django_tasks import task


@task()
def send_mail(mail_id: int) -> None:
    from .delivery import deliver

    deliver(mail_id)
