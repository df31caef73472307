"""The strict harness: what every test of the house gets, and what none may get away with (`tests/strictness.py`)."""

import fcntl
import gc
import os
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests import postgres

pytest_plugins = ["tests.browser", "tests.mail"]

MOMENT = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


def pytest_configure() -> None:
    """Before the first page is made: translations compiled, front end built."""
    gc.set_threshold(
        20_000, 20, 20
    )  # each page leaves thousands of objects behind; here memory is cheaper than looking for them
    from django.utils.translation.reloader import translation_file_changed

    from zenne.config import catalogues

    if catalogues.compile_stale():
        translation_file_changed(None, Path("django.mo"))  # Django has read the default language by now
    build_front_end()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each worker gets its part of the list, and the one that is done first takes over from the end of another's.

    So every part begins with what needs no database, while that one is built; then the slow ones, in one place: who loads the city keeps nobody waiting.
    """
    by_path: dict[Path, list[pytest.Item]] = {}
    for item in items:
        by_path.setdefault(item.path, []).append(item)
    files = list(by_path.values())
    light = [file for file in files if not any(map(needs_database, file))]
    others = [file for file in files if any(map(needs_database, file))]
    others.sort(key=lambda file: any(item.get_closest_marker("slow") for item in file))  # taken from the end
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        for file in light[worker::workers]:
            ordered += file
        while others and (worker == workers - 1 or len(ordered) < len(items) * (worker + 1) // workers):
            ordered += others.pop()
    items[:] = ordered
    gc.collect()
    gc.freeze()  # what is there by now stays to the end: it need not be gone through again and again


def needs_database(item: pytest.Item) -> bool:
    """Whether it would wait for the database to be built; pytest-django sees that of a live server only when the test begins."""
    waiting = {"django_db_setup", "live_server", "migrated"}.intersection(getattr(item, "fixturenames", ()))
    return bool(waiting or item.get_closest_marker("django_db"))


def build_front_end() -> None:
    """Build what the templates refer to when it was never built; without Node, pages name the sources instead."""
    from django.conf import settings
    from django_vite.core.asset_loader import DjangoViteAssetLoader

    from zenne.config import roles

    manifest = settings.DJANGO_VITE["default"]["manifest_path"]
    if manifest.exists():
        return
    postgres.CACHE.mkdir(exist_ok=True)
    with (postgres.CACHE / ".front.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not manifest.exists() and roles.node_program() and (postgres.ROOT / "node_modules/vite").exists():
            subprocess.run(["npm", "run", "--silent", "build"], cwd=postgres.ROOT, check=False, capture_output=True)
    DjangoViteAssetLoader._instance = None
    if not manifest.exists():
        settings.DJANGO_VITE["default"]["dev_mode"] = True
    DjangoViteAssetLoader.instance()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:
    postgres.prepare_databases()


@pytest.fixture(scope="session")
def migrated() -> Path:
    """The folder of a cluster at rest whose database `template` holds all migrations: whoever wants a server of their own copies it."""
    if not isinstance(postgres.SERVER, postgres.OwnServer):
        pytest.skip("needs the embedded server")
    return postgres.SERVER.cached()


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker, strict_house: None) -> Iterator[None]:
    """What a fixture of a whole module makes after this one is there for each of its tests, as it was made: they run in savepoints inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kept_at() -> Iterator[datetime]:
    """The moment at which `kept` things are made; `zenne.core.clock` shows it meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zenne.core.clock.now", lambda: MOMENT)
        yield MOMENT


@pytest.fixture(autouse=True, scope="session")
def strict_house(django_test_environment: None) -> Iterator[None]:
    """Settings that differ in tests, and the traps of `tests/strictness.py`."""
    from django.conf import settings
    from django.db.models import QuerySet
    from django.template import engines
    from django.test import override_settings

    from tests import strictness

    outermost = "zenne.web.compression.CompressionMiddleware"  # the strict eye reads pages before they are compressed
    inside = [middleware for middleware in settings.MIDDLEWARE if middleware != outermost]
    changed = override_settings(
        WRITTEN_AFTER=None,
        MIDDLEWARE=[outermost, "tests.strictness.StrictPages", *inside],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        PAGE_CACHE=False,  # tests change things and look at once; its own tests switch it on
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    )
    changed.enable()
    engines["django"].engine.string_if_invalid = strictness.Undefined()
    QuerySet.__getitem__ = strictness.ordered_getitem
    yield
    QuerySet.__getitem__ = strictness._getitem
    changed.disable()


@pytest.fixture(autouse=True)
def nothing_noted(strict_house: None) -> Iterator[None]:
    """A fault inside a live server's thread fails the test that caused it."""
    from django.core.cache import cache
    from django.utils import translation

    from tests import strictness

    strictness.noted.clear()
    cache.clear()
    translation.deactivate()  # a request leaves its language behind in the thread
    yield
    if strictness.noted:
        pytest.fail("\n".join(strictness.noted))


@pytest.fixture
def awaited() -> Callable[..., Any]:
    """`awaited(does, *given)`: what a coroutine function gives. On a thread and a connection of its own: Playwright leaves a loop running in ours."""

    def there(does: Callable[..., Any], *given: object) -> Any:
        connection.ensure_connection()
        try:
            return async_to_sync(does)(*given)
        finally:
            connection.close()

    def run(does: Callable[..., Any], *given: object) -> Any:
        with ThreadPoolExecutor(1) as aside:
            return aside.submit(there, does, *given).result()

    return run


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment at which the test happens. `zenne.core.clock` shows it too; `clock_shows(...)` moves it."""
    monkeypatch.setattr("zenne.core.clock.now", lambda: MOMENT)
    return MOMENT


@pytest.fixture
def clock_shows(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], datetime]:
    """`clock_shows(moment)`: what `zenne.core.clock` answers from here on."""

    def show(moment: datetime) -> datetime:
        monkeypatch.setattr("zenne.core.clock.now", lambda: moment)
        return moment

    return show


@pytest.fixture
def page_clock(monkeypatch: pytest.MonkeyPatch, settings: object) -> object:
    """Pages are kept, as they are outside tests; `page_clock.now += 5` lets five seconds pass for what is kept."""
    from zenne.core import memory

    class Clock:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    settings.PAGE_CACHE = True
    shown = Clock()
    monkeypatch.setattr(memory, "time", shown)
    return shown


@pytest.fixture
def in_english(nothing_noted: None) -> Iterator[None]:
    """The words of the test are the sources of the translations."""
    from django.utils.translation import override

    with override("en"):
        yield


@pytest.fixture
def client_for(db: None) -> Callable[..., object]:
    """`client_for(person)`: a browser-like client, signed in; `client_for(None)`: an anonymous one."""
    from tests.visitors import signed_in

    return signed_in


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What a web process remembers belongs to the database of one test."""
    from zenne.core import memory
    from zenne.opendata.webhooks import queries as webhooks

    memory.forget_everything()
    webhooks.forget()
