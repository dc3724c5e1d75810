"""Settings of `make relevance`: those of the tests, and the app that holds the table for Wagtail's stock search."""

from config.settings.test import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.relevance"]  # noqa: F405
ELASTICSEARCH_URL = TEST_ELASTICSEARCH_URL  # noqa: F405
