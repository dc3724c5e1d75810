"""Safe settings shared by every environment; nothing here turns a protection off."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from config.environment import ROOT, VAR, database, elasticsearch_nodes, env, file_storage, shared_cache

from .accounts import *  # noqa: F403

SITE_DIR = ROOT / "site"
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "config",
    "practices.access",
    "practices.catalogue",
    "practices.adaptations",
    "practices.glossary",
    "practices.search",
    "practices.search_worklist",
    "practices.saved_searches",
    "practices.api",
    "practices.background",
    "exchange.notifications",
    "exchange.alerts",
    "exchange.people",
    "exchange.visits",
    "exchange.needs",
    "exchange.workshops",
    "exchange.discussion",
    "exchange.usage",
    "exchange.reading_lists",
    "exchange.worklist",
    "exchange.demo",
    "media",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "exchange.people.users_app.SalaUsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "i18nfield",
    "django_filters",
    "django_htmx",
    "ninja",  # its page about the API loads nothing from elsewhere
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "config.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.TextCompressionMiddleware",
    "config.thai_words.ThaiWordsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "practices.access.middleware.ReaderMiddleware",
    "exchange.people.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["practices.catalogue.templatetags.sala"],
            "libraries": {"frame": "config.frame"},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

# Languages: English and Thai as equals; a further one is one line here.
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("th", _("Thai"))]
LOCALE_PATHS = [SITE_DIR / "locale", SITE_DIR / "locale_vendor"]
TIME_ZONE = "Asia/Bangkok"
# Debian’s list has names that are none, such as “localtime”, on which a browser fails.
WAGTAIL_USER_TIME_ZONES = sorted(name for name in available_timezones() if "/" in name)
USE_I18N = USE_TZ = True
WAGTAIL_I18N_ENABLED = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": file_storage(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {
    "default": shared_cache(),  # the counts of rate limits
    # Whole pages and their parts, about 30 kB each; in each process, for the epoch in their keys makes all agree.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

WAGTAIL_SITE_NAME = "Sala"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.SalaImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.SalaDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# The nodes of a search server, separated by commas; without any, the database answers.
ELASTICSEARCH_URL = elasticsearch_nodes()
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", default="sala")
TAGGIT_CASE_INSENSITIVE = True

# Of one person, or one machine of somebody not signed in (`practices.access.limits`).
REQUEST_LIMITS = {"search_file": "20/min", "api": "120/min", "search_told": "120/min"}

# Mail is stored first (`exchange.notifications`); a worker takes it to the server that EMAIL_URL names.
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
MAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "exchange.notifications.backend.OutboxBackend"
EMAIL_TIMEOUT = 10  # seconds that the server may take for each answer
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Sala <sala@localhost>")
