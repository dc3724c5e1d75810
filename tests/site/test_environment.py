"""A setting that is wrong stops the start, and says what it should be."""

from __future__ import annotations

import pytest
from config.environment import elasticsearch_nodes
from django.core.exceptions import ImproperlyConfigured


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
