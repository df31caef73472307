"""The door for the application server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zenne.config.settings")
application = get_wsgi_application()


def _load_what_all_share() -> None:
    """Read before the web server makes its workers, so that they share it: all addresses with what stands behind them, and the model of languages.

    Frozen, because a collector that looked through it would copy every page of memory it touches into each worker.
    """
    from zenne.core.detection import detect

    resolve("/health/")
    detect("Une phrase assez longue pour qu'on y reconnaisse une langue.", otherwise="fr")
    gc.freeze()


_load_what_all_share()
