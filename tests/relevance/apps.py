from django.apps import AppConfig


class RelevanceConfig(AppConfig):
    name = "tests.relevance"
    label = "relevance"
