from django.urls import path

from . import views

app_name = "search_worklist"
urlpatterns = [path("search/told/", views.told, name="told")]
