"""What other programs read of Sala."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "practices.api"
