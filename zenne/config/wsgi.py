"""The door for the application server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zenne.config.settings")
application = get_wsgi_application()

# Loaded before the web server makes its workers, so that they share it: asking for one address reads them all, and what stands behind them. Frozen, because a collector
# that looked through it would copy every page of memory it touches into each worker.
resolve("/health/")
gc.freeze()
