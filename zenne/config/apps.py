"""The assembly: when every app is ready, each one's declarations are read."""

from django.apps import AppConfig
from django.conf import settings

from zenne.core.registry import discover


class ConfigConfig(AppConfig):
    name = "zenne.config"
    label = "config"

    def ready(self) -> None:
        discover(settings.HOUSE, settings.DECLARATIONS)
