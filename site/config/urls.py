"""Every address of the site. Each app brings its own `urls.py`; the languages stand first in the path."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.health import healthz, readyz
from config.theme import choose_theme
from exchange.people.views import lead_to_login
from media.views import serve_picture
from practices.api.api import api

urlpatterns = [
    # Wagtail's own login views would walk round the second factor: there is one login.
    path("admin/login/", lead_to_login),
    path("admin/", include("practices.catalogue.wagtail_doors")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", serve_picture),
    path("api/v1/", RedirectView.as_view(pattern_name="api:openapi-view")),
    path("api/v1/", api.urls),
    path("theme/", choose_theme, name="theme"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
urlpatterns += i18n_patterns(
    path("", include("practices.catalogue.urls")),
    path("", include("practices.search.urls")),
    path("", include("practices.search_worklist.urls")),
    path("accounts/", include("exchange.people.urls")),
    path("_util/login/", lead_to_login),
    path("discussion/", include("exchange.discussion.urls")),
    path("needs/", include("exchange.needs.urls")),
    path("saved-searches/", include("practices.saved_searches.urls")),
    path("used/", include("exchange.usage.urls")),
    path("lists/", include("exchange.reading_lists.urls")),
    path("glossary/", include("practices.glossary.urls")),
    path("", include(wagtail_urls)),
)
