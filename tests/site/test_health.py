"""The watcher's answers: alive without the database, ready only with it and with every migration applied."""

import datetime

import pytest
from config import health
from config.environment import shared_cache
from django.db import OperationalError
from django.utils import timezone

from practices.background.models import Beat
from practices.search import outbox
from practices.search.models import SearchRecord
from tests.factories.search import shelf

MINUTE = datetime.timedelta(minutes=1)


def test_alive_needs_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_with_database_and_migrations(client):
    response = client.get("/readyz")
    told = {"ready": True, "database": "ok", "migrations": "ok", "search": "ok", "worker": "ok", "cache": "ok"}
    assert (response.status_code, response.json()) == (200, told)


@pytest.mark.django_db
def test_ready_but_degraded_while_the_search_server_is_away_or_far_behind(client, settings):
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    with shelf() as records:
        records.put({"en": "Housing"})
        outbox.answered()
        assert client.get("/readyz").json()["search"] == "ok"
        SearchRecord.objects.update(waiting_since=timezone.now() - 6 * MINUTE)
        response = client.get("/readyz")
        assert response.status_code == 200
        assert response.json()["search"].startswith("degraded: 1 changes wait to be sent")
        outbox.failed("secret host name")
        response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["search"] == "degraded: Elasticsearch is away, the database answers"
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_ready_but_degraded_while_no_worker_does_the_jobs(client):
    Beat.objects.create(job="example", due_at=timezone.now() - 4 * MINUTE)
    assert client.get("/readyz").json()["worker"] == "ok"
    Beat.objects.update(due_at=timezone.now() - 8 * MINUTE)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["worker"]) == (200, "degraded: no worker for 8 minutes")


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="people").order_by("-pk").first().delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": "ok", "migrations": "not ready"}


def test_not_ready_without_a_database_and_no_word_of_why(client, monkeypatch):
    def broken() -> bool:
        raise OperationalError("secret host name")

    monkeypatch.setitem(health.CHECKS, "database", broken)
    monkeypatch.setitem(health.CHECKS, "migrations", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_ready_but_degraded_while_the_shared_cache_is_away(client, settings, monkeypatch):
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:1/0")
    settings.CACHES = {**settings.CACHES, "default": shared_cache()}
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["cache"].startswith("degraded: ")
    assert client.get("/en/").status_code == 200
