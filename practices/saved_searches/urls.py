"""Addresses of saved searches, under the language."""

from django.urls import path

from . import views

app_name = "saved_searches"
urlpatterns = [
    path("", views.list_searches, name="list"),
    path("new/", views.new_search, name="new"),
    path("<int:pk>/", views.open_search, name="open"),
    path("<int:pk>/change/", views.change_search, name="change"),
    path("<int:pk>/delete/", views.delete_search, name="delete"),
    path("<int:pk>/share/", views.share_search, name="share"),
    path("<int:pk>/share/on/", views.set_shared, {"on": True}, name="share_on"),
    path("<int:pk>/share/off/", views.set_shared, {"on": False}, name="share_off"),
    path("shared/<str:token>/", views.shared_search, name="shared"),
    path("stop/<str:token>/", views.stop_mails, name="stop"),
]
