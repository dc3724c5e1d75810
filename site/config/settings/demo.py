"""Settings for `make demo`: one machine, no debug pages, example people who sign in without a second factor."""

from config.environment import env, local_secret_key

from .base import *  # noqa: F403

SECRET_KEY = local_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DEMO = True
WHITENOISE_USE_FINDERS = True
