"""What every test may rely on: a migrated database that costs its migrations once, compiled messages, and CI without skips."""

from __future__ import annotations

import os

import pytest
from django.conf import settings

from tools.compile_messages import compile_all

IN_CI = os.environ.get("CI") == "true"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        compile_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one database only: left out in CI, which runs the suite on both, and skipped loudly elsewhere."""
    here = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    elsewhere = {"sqlite": "sqlite3", "postgresql": "postgresql"}
    others = [mark for mark, engine in elsewhere.items() if engine != here]
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in others)]
    if IN_CI:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
        return
    for item in left_out:
        item.add_marker(pytest.mark.skip(reason=f"runs on another database than {here}: make test-postgresql"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything a test needs is there: a skipped test is a hole, so the run fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped in CI, where nothing may be: see the reasons below.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def own_database(request, django_test_environment, django_db_blocker):
    """A copy of a migrated template; the template is made anew when a migration changes."""
    from tests import database  # reads the settings, which pytest-django has ready only now

    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        test_database = database.for_connection(worker)
        test_database.create()
        database.restore_after_commits(test_database)
    yield test_database
    with django_db_blocker.unblock():
        test_database.drop()


@pytest.fixture(scope="session")
def django_db_setup(own_database):
    """What pytest-django asks for before the first test that reads the database."""


@pytest.fixture(autouse=True)
def _fresh_caches(settings, tmp_path):
    """Nothing a test cached or uploaded reaches another one."""
    from django.core.cache import caches

    settings.MEDIA_ROOT = tmp_path / "media"
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def search_server(request, settings, monkeypatch):
    """A client of the real search server, with indices of this test's own. In CI it is there, or the test fails.

    It may take its time: how soon it must answer is tested against servers that do not.
    """
    from practices.search import engines
    from practices.search.engines.elasticsearch import budget, indices
    from practices.search.engines.elasticsearch.client import get_client

    if not settings.TEST_ELASTICSEARCH_URL:
        (pytest.fail if IN_CI else pytest.skip)("needs a search server: tools/with_elasticsearch make test")
    settings.ELASTICSEARCH_URL = settings.TEST_ELASTICSEARCH_URL
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    settings.ELASTICSEARCH_INDEX = f"test-{worker}-{os.getpid()}"
    monkeypatch.setattr(budget, "SECONDS", 30.0)
    engines._guarded.cache_clear()  # and with it what another test's failures taught it
    client = get_client()
    yield client
    for index in indices.every(client):
        client.indices.delete(index=index)


@pytest.fixture(autouse=True)
def _own_language():
    """A request leaves its language active in the thread; the next test begins in the site's own."""
    from django.utils import translation

    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def smtp_port(settings) -> int:
    """Where mails are taken; no server is there unless a test starts one."""
    from tests.mailing import free_port

    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    return settings.EMAIL_PORT


@pytest.fixture
def smtp(smtp_port):
    """A real mail server, and what it took."""
    from tests.mailing import mail_server

    with mail_server(smtp_port) as (catcher, _port):
        yield catcher
