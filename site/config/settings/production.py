"""Settings for a public server: everything it must be told comes from the environment, and is refused when unsafe."""

from config.environment import env, secret_key
from config.logs import logging_settings

from .base import *  # noqa: F403

IS_PRODUCTION = True  # `config.checks` refuses what is unsafe
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
BASE_URL = WAGTAILADMIN_BASE_URL = env.str("BASE_URL")

# How many proxies of ours stand in front: the address before them in X-Forwarded-For is the reader's, and their word
# on https is taken. With 0 nobody's word is.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Whether a ministry's domain goes on the browsers' preload list is for its owner to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"

# The proxy gives each request a number; it stands in every line that the request causes to be logged, and in the answer.
INSTALLED_APPS.append("django_guid")
MIDDLEWARE.insert(0, "django_guid.middleware.guid_middleware")
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "EXPOSE_HEADER": False}
LOGGING = logging_settings(env.str("LOG_LEVEL", default="INFO"))
# Counted for Prometheus, in a folder that the processes of one server share.
METRICS_FOLDER = env.str("PROMETHEUS_MULTIPROC_DIR", default="")
if METRICS_FOLDER:
    MIDDLEWARE.insert(1, "config.metrics.MetricsMiddleware")
