from django.urls import path, re_path

from . import views

app_name = "discussion"
urlpatterns = [
    path("<slug:code>/", views.thread, name="thread"),
    path("<slug:code>/new/", views.write, name="write"),
    path("<slug:code>/<int:seq>/", views.comment, name="comment"),
    path("<slug:code>/<int:seq>/reply/", views.write, name="reply"),
    path("<slug:code>/<int:seq>/edit/", views.edit, name="edit"),
    re_path(r"^(?P<code>[-\w]+)/(?P<seq>[0-9]{1,9})/(?P<action>delete|restore|hide|show)/$", views.act, name="act"),
]
