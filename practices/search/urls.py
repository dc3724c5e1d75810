"""Addresses under the language: the search, the catalogue, each as a file and as a feed, and suggestions while typing."""

from django.urls import path

from practices.catalogue.querysets import CATALOGUE_KINDS

from . import views

app_name = "search"
CATALOGUE = {"within": {"kind": [*CATALOGUE_KINDS]}}
urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/results.csv", views.as_file, {"form": "csv"}),
    path("search/results.xlsx", views.as_file, {"form": "xlsx"}),
    path("search/results.rss", views.as_feed, {"page": "results"}),
    path("search/suggest/", views.suggest, name="suggest"),
    path("r/<slug:code>/similar/", views.similar, name="similar"),
    path("catalogue/", views.browse, CATALOGUE, name="browse"),
    path("catalogue/results.csv", views.as_file, {"form": "csv", **CATALOGUE}),
    path("catalogue/results.xlsx", views.as_file, {"form": "xlsx", **CATALOGUE}),
    path("catalogue/results.rss", views.as_feed, {"page": "browse", **CATALOGUE}),
]
