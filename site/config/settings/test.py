"""Settings for the tests: quick password hashing and tasks done at once; every protection stays on."""

from config.environment import env

from .base import *  # noqa: F403

SECRET_KEY = "test-" + "x" * 50
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_BACKEND = env.str("TEST_EMAIL_BACKEND", default="django.core.mail.backends.locmem.EmailBackend")
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = VAR / "test-media"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Only the tests that are about the search server ask it (the fixture `search_server`).
TEST_ELASTICSEARCH_URL, ELASTICSEARCH_URL = ELASTICSEARCH_URL, []

# Tests read a page's Thai as it was written; this one has tests of its own, and is on in the browser's.
MIDDLEWARE.remove("config.thai_words.ThaiWordsMiddleware")
