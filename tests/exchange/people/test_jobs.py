"""The log of who signed in is forgotten after a while."""

import datetime

import pytest
from axes.models import AccessLog
from django.utils import timezone

from exchange.people.jobs import KEPT_DAYS, forget_sign_ins
from practices.background.periodic import jobs


@pytest.mark.django_db
def test_sign_ins_are_forgotten_after_their_time_and_not_before():
    for days in (KEPT_DAYS + 1, KEPT_DAYS - 1):
        entry = AccessLog.objects.create(username=f"{days}@example.org", ip_address="192.0.2.1")
        AccessLog.objects.filter(pk=entry.pk).update(attempt_time=timezone.now() - datetime.timedelta(days=days))
    forget_sign_ins()
    assert [entry.username for entry in AccessLog.objects.all()] == [f"{KEPT_DAYS - 1}@example.org"]


def test_a_worker_does_it():
    assert "exchange.people.jobs.forget_sign_ins" in jobs()
