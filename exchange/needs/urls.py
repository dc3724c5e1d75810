from django.urls import path, re_path

from . import views

app_name = "needs"
urlpatterns = [
    path("", views.list_needs, name="list"),
    path("new/", views.create_need, name="create"),
    path("<slug:code>/", views.show_need, name="need"),
    path("<slug:code>/edit/", views.edit_need, name="edit"),
    re_path(r"^(?P<code>[-\w]+)/(?P<action>withdraw|restore|support|unsupport)/$", views.act, name="act"),
]
