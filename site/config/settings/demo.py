"""Settings for `make demo`: one machine, no debug pages, example people who sign in without a second factor."""

from config.environment import VAR, env, local_secret_key

from .base import *  # noqa: F403

SECRET_KEY = local_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DEMO = True
# Unless EMAIL_URL names a server, mail to the example people is written into files to read.
if "EMAIL_URL" not in env:
    MAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
WHITENOISE_USE_FINDERS = True
