"""The watcher's answers: alive without the database, ready only with it and with every migration applied."""

import pytest
from config import health
from django.db import OperationalError


def test_alive_needs_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_with_database_and_migrations(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ready": True, "database": "ok", "migrations": "ok"})


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
