"""A setting that is wrong stops the start, and says what it should be."""

from __future__ import annotations

import pytest
from config.environment import Environment, database, elasticsearch_nodes, file_storage, shared_cache
from django.core.exceptions import ImproperlyConfigured


@pytest.fixture(autouse=True)
def _read_files_anew():
    Environment.ENVIRON.files_cache.clear()
    yield
    Environment.ENVIRON.files_cache.clear()


def test_a_secret_comes_from_a_file_without_its_line_break(monkeypatch, tmp_path):
    (tmp_path / "password").write_text("p@ss:/word\n")
    monkeypatch.setenv("DATABASE_URL", "postgres://sala@database:5432/sala")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    config = database()
    assert (config["USER"], config["PASSWORD"], config["HOST"]) == ("sala", "p@ss:/word", "database")


def test_the_cache_is_shared_where_it_has_an_address(monkeypatch, tmp_path):
    monkeypatch.delenv("CACHE_URL", raising=False)
    assert "locmem" in shared_cache()["BACKEND"]
    (tmp_path / "password").write_text("secret\n")
    monkeypatch.setenv("CACHE_URL", "redis://cache:6379/0")
    monkeypatch.setenv("CACHE_PASSWORD_FILE", str(tmp_path / "password"))
    assert shared_cache()["OPTIONS"]["password"] == "secret"
    monkeypatch.setenv("CACHE_URL", "cache:6379")
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        shared_cache()


def test_files_are_in_a_folder_until_a_bucket_is_named(monkeypatch):
    monkeypatch.setenv("FILES_BUCKET", "")
    assert "FileSystemStorage" in file_storage()["BACKEND"]
    monkeypatch.setenv("FILES_BUCKET", "sala")
    assert file_storage()["OPTIONS"]["default_acl"] == "private"


def test_nodes_of_the_search_server_are_read_from_one_line(monkeypatch):
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://one:9200, https://two.example.org:9243")
    assert elasticsearch_nodes() == ["http://one:9200", "https://two.example.org:9243"]
    monkeypatch.setenv("ELASTICSEARCH_URL", "")
    assert elasticsearch_nodes() == []


@pytest.mark.parametrize("wrong", ["localhost:9200", "http://localhost", "ftp://localhost:9200", "http://:9200"])
def test_an_address_without_scheme_host_or_port_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("ELASTICSEARCH_URL", wrong)
    with pytest.raises(ImproperlyConfigured, match="such as"):
        elasticsearch_nodes()
