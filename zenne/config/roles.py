"""The commands of the long-running roles."""

import json
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from zenne.config.environment import ROOT, Environment
from zenne.config.supervisor import Role

ZENNE = (sys.executable, "-m", "zenne.config.cli")
THREADS = 8


def web(values: Environment) -> Role:
    """gunicorn with threads. The app is loaded once and shared by the workers."""
    command = [
        *(sys.executable, "-m", "gunicorn", "zenne.config.wsgi:application", "--bind", f"{values.host}:{values.port}"),
        *("--worker-class", "gthread", "--workers", str(values.workers), "--threads", str(THREADS), "--preload"),
        *("--timeout", "60", "--graceful-timeout", "15", "--keep-alive", "5", "--max-requests", "20000"),
        *("--max-requests-jitter", "2000", "--log-level", "warning", "--name", "zenne-web"),
    ]
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn's heartbeat file, which must not lie on a slow disk
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return Role("web server", command, vital=True)


def worker() -> Role:
    """The task queue's worker. It ends when its database connection drops, so somebody must start it again. People who wait go first."""
    return Role("worker", [sys.executable, "-m", "django", "procrastinate", "worker"], environ=DJANGO, yields=True)


DJANGO = {"DJANGO_SETTINGS_MODULE": "zenne.config.settings"}


def development_server(values: Environment) -> Role:
    command = [sys.executable, "-m", "django", "runserver", f"{values.host}:{values.port}"]
    return Role("development server", command, environ=DJANGO, vital=True)


def asset_builder() -> Role | None:
    """Vite, building on every change; None where the front end's tools are not installed."""
    vite = ROOT / "node_modules/vite/bin/vite.js"
    node = node_program()
    if not (vite.exists() and node):
        return None
    return Role("asset builder", [node, str(vite), "build", "--watch", "--logLevel", "warn"])


def node_program() -> str | None:
    import shutil

    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.exists() else shutil.which("node")


def healthy(values: Environment) -> bool:
    """Whether the web server answers, and the database behind it."""
    host = "127.0.0.1" if values.host in ("0.0.0.0", "::") else values.host  # noqa: S104 - compared, not bound
    named = next((name for name in values.allowed_hosts if not name.startswith(".")), "localhost")
    request = Request(f"http://{host}:{values.port}/health/", headers={"Host": named})
    try:
        with urlopen(request, timeout=5) as answer:  # noqa: S310 - our own address
            return json.load(answer).get("database") == "ok"
    except (URLError, OSError, ValueError):
        return False
