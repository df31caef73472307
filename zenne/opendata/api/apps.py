from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "zenne.opendata.api"
    label = "api"
