"""The settings of real web and worker processes in tests: as in production, but for static files, which nobody collected."""

from zenne.config.settings import *  # noqa: F403
from zenne.config.settings import STORAGES, THROTTLES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
THROTTLES = {**THROTTLES, "GET portal:search?q": (10, 3600), "POST ideas:support": (100_000, 60)}
