"""Settings for a developer's machine."""

from config.environment import env, local_secret_key

from .base import *  # noqa: F403  (settings inherit by star import, as Django's own do)

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = local_secret_key()
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
