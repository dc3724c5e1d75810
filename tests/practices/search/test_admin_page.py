"""The administrators' page about the search: nobody else's, and nothing happens before the question back is answered."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from practices.access.reader import Role
from practices.search import outbox, runs
from practices.search.models import SearchRun
from tests.factories.people import make_focal_point, make_institution, make_person


@pytest.fixture
def administrator(client, records):
    person = make_person("Example Administrator", role=Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def page(client) -> str:
    return client.get(reverse("search_upkeep")).content.decode()


@pytest.mark.parametrize("name", ["search_upkeep", "search_upkeep_standing"])
def test_nobody_else_sees_it(client, records, name):
    client.force_login(make_focal_point(make_institution()))
    assert client.get(reverse(name)).status_code == 302
    assert client.post(reverse("search_upkeep_ask", args=["rebuild"])).status_code == 302
    assert not SearchRun.objects.exists()


def test_it_is_in_the_settings_of_administrators_alone(client, administrator):
    address = reverse("search_upkeep")
    assert address in client.get("/admin/").content.decode()
    client.force_login(make_focal_point(make_institution()))
    assert address not in client.get("/admin/").content.decode()


def test_asking_needs_a_yes_and_the_result_is_told(client, administrator, records):
    records.put({"en": "Housing"}, index=False)
    ask = reverse("search_upkeep_ask", args=["rebuild"])
    assert "Every record is read from its pages again" in client.get(ask).content.decode()
    assert not SearchRun.objects.exists()
    client.post(ask)
    run = SearchRun.objects.get()
    assert (run.action, run.by, run.result) == ("rebuild", administrator, {"records": 1})
    assert "records looked at: 1" in page(client)


def test_what_waits_for_a_worker_and_what_runs_is_shown_and_keeps_others_out(client, administrator, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    client.post(reverse("search_upkeep_ask", args=["verify"]))
    assert "It waits for the worker." in page(client)
    SearchRun.objects.update(started_at=timezone.now(), phase=SearchRun.Phase.RECORDS, done=3, total=8)
    html = page(client)
    assert '<progress value="3" max="8">' in html
    assert "data-running" in html
    client.post(reverse("search_upkeep_ask", args=["rebuild"]))
    assert SearchRun.objects.count() == DBTaskResult.objects.count() == 1


def test_a_run_whose_worker_died_lets_others_begin(client, administrator):
    SearchRun.objects.create(action="verify", seen_at=timezone.now() - datetime.timedelta(minutes=3))
    assert "It was stopped before it was done." in page(client)
    client.post(reverse("search_upkeep_ask", args=["verify"]))
    new, old = SearchRun.objects.all()
    assert new.result["rows"] == 0
    assert old.error == "It was stopped before it was done."


def test_without_a_server_only_what_makes_sense_is_offered(client, administrator):
    html = page(client)
    assert reverse("search_upkeep_ask", args=["rebuild"]) in html
    assert reverse("search_upkeep_ask", args=["rollback"]) not in html
    assert "SQLite" in html or "PostgreSQL" in html


def test_a_server_that_is_away_is_told_with_what_waits(client, administrator, records, settings, monkeypatch):
    monkeypatch.setattr(outbox, "announce", lambda: None)
    records.put({"en": "Housing"})
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    outbox.failed("ConnectionError: nobody there")
    html = page(client)
    assert "Elasticsearch does not answer" in html
    assert "ConnectionError: nobody there" in html
    assert "Changes that wait to be sent</dt><dd>1</dd>" in html


@pytest.mark.elasticsearch
def test_indices_are_listed_with_their_part(client, administrator, records, search_server):
    from practices.search import sync

    records.put({"en": "Housing"})
    sync.rebuild_index()
    sync.rebuild_index()
    html = page(client)
    assert "readers search it" in html
    assert "kept, to go back to" in html


def test_a_run_that_fails_keeps_its_error(records, monkeypatch):
    from practices.search import upkeep

    run = runs.ask_for(SearchRun.Action.ROLLBACK)
    with pytest.raises(upkeep.NotPossible):
        upkeep.carry_out(run)
    assert SearchRun.objects.get().error.startswith("NotPossible: ")
    runs.ask_for(SearchRun.Action.VERIFY)
