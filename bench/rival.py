"""The named rival: a bare Django page of the same 24 ideas. No layout, no session, no languages, no cache: what the framework alone costs here."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .installation import ROOT

TEMPLATE = """<!doctype html><title>Ideas</title><ul>{% for idea in ideas %}
<li><a href="/{{ idea.pk }}">{{ idea.title }}</a> <p>{{ idea.text|truncatechars:140 }}</p> {{ idea.support_count }} {{ idea.comment_count }}</li>{% endfor %}</ul>"""


def application(environ: dict[str, str], start: object) -> object:
    return _handler()(environ, start)


def _handler() -> object:
    global _made  # a WSGI module has one application
    if _made is None:
        import django
        from django.conf import settings
        from django.core.handlers.wsgi import WSGIHandler

        django.setup()
        settings.MIDDLEWARE, settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = [], "bench.rival_urls", ["*"]
        _made = WSGIHandler()
    return _made


_made = None


@contextmanager
def serving(environ: dict[str, str], port: int) -> Iterator[None]:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "bench.rival:application",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
    ]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "error", "--chdir", str(ROOT)]
    process = subprocess.Popen(
        command, env={**os.environ, **environ, "DJANGO_SETTINGS_MODULE": "zenne.config.settings"}
    )
    try:
        time.sleep(6)
        yield
    finally:
        process.terminate()
        process.wait(20)
