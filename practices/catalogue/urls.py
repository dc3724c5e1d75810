"""Addresses that never change: a record by its code, each of its versions, a tag. They stand beside Wagtail's own page addresses."""

from django.urls import path

from . import views

app_name = "catalogue"
urlpatterns = [
    path("r/<slug:code>/", views.open_record, name="record"),
    path("r/<slug:code>/versions/", views.list_versions, name="versions"),
    path("r/<slug:code>/v<int:number>/", views.show_version, name="version"),
    path("r/<slug:code>.pdf", views.download_pdf, name="pdf"),
    path("catalogue/<slug:institution>/<slug:slug>/", views.open_edition, name="edition"),
    path("tags/", views.list_tags, name="tags"),
    path("tags/<slug:slug>/", views.show_tag, name="tag"),
]
