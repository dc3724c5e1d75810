"""A list lies at its secret address; what the owner does with it, below that."""

from django.urls import path, re_path

from . import views

app_name = "reading_lists"
urlpatterns = [
    path("", views.list_lists, name="lists"),
    path("new/", views.create, name="create"),
    path("keep/<slug:code>/", views.keep, name="keep"),
    path("<slug:token>/", views.show, name="list"),
    path("<slug:token>/edit/", views.edit, name="edit"),
    path("<slug:token>/delete/", views.delete, name="delete"),
    path("<slug:token>/restore/", views.restore, name="restore"),
    path("<slug:token>/copy/", views.copy, name="copy"),
    re_path(r"^(?P<token>[\w-]+)/list\.(?P<form>csv|xlsx|md|pdf)$", views.export, name="export"),
    path("<slug:token>/<int:pk>/note/", views.write_note, name="note"),
    re_path(r"^(?P<token>[\w-]+)/(?P<pk>[0-9]{1,17})/(?P<action>up|down|remove)/$", views.act, name="act"),
]
