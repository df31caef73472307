from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "zenne.web"
    label = "web"
