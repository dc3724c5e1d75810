from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "practices.access"
