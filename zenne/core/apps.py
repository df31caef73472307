from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "zenne.core"
    label = "core"
