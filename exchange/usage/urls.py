from django.urls import path

from . import views

app_name = "usage"
urlpatterns = [
    path("<slug:code>/", views.say, name="say"),
    path("<slug:code>/take-back/", views.take_back, name="take_back"),
]
