from django.urls import path

from . import views

app_name = "glossary"
urlpatterns = [
    path("", views.list_terms, name="list"),
    path("<slug:code>/", views.show_term, name="term"),
]
