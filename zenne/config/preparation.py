"""What makes an installation ready: each step does nothing when nothing changed, and says what it does when it does."""

import hashlib
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from zenne.config import catalogues
from zenne.config.environment import Environment
from zenne.config.installation import Fault, accounts_file, unpacked


@contextmanager
def step(text: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"{text} ...", flush=True)
    yield
    print(f"  done in {time.monotonic() - started:.0f} s", flush=True)


def translations() -> None:
    """Compile changed catalogues. Where the code's folder is not ours to write, they came compiled."""
    try:
        if done := catalogues.compile_stale():
            print(f"Compiled {done} translation catalogues.", flush=True)
    except PermissionError as error:
        print(f"Translations stay as they are: {error.filename} cannot be written.", flush=True)


def schema(words: Sequence[str] = ()) -> None:
    """Migrate, and make the cache's table."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if words:
        call_command("migrate", *words)
        return
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with step(f"Migrating the database ({len(plan)} migrations)"):
            call_command("migrate", verbosity=0, skip_checks=True)
    call_command("createcachetable", verbosity=0)


def library() -> None:
    """Files of the library lay in the public folder once, as those of an older backup still do: they go where no web server looks."""
    from django.conf import settings
    from django.core.files.storage import storages

    from zenne.config.media import LIBRARY

    if not settings.MEDIA_ROOT or not (before := Path(settings.MEDIA_ROOT) / LIBRARY).is_dir():
        return
    with step("Moving the files of the library out of the public folder"):
        for file in sorted(before.rglob("*")):
            if file.is_file():
                there = Path(storages["uploads"].path(f"{LIBRARY}/{file.relative_to(before)}"))
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(file, there)
        shutil.rmtree(before)


def static_files(values: Environment) -> None:
    """Collect, hash and compress the static files when one of them changed."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEBUG:
        return
    if not Path(str(settings.DJANGO_VITE["default"]["manifest_path"])).exists():
        raise Fault("The front end is not built: run `make setup` first.")
    stamp = values.data / "static.stamp"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state and settings.STATIC_ROOT.exists():
        return
    with step("Collecting and compressing the static files"):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.map", "*.scss"])
    stamp.write_text(state)


def _static_state() -> str:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    total = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            with Path(storage.path(path)).open("rb") as handle:
                total.update(path.encode() + hashlib.file_digest(handle, "blake2b").digest())
    return total.hexdigest()


def demonstration_if_empty(values: Environment) -> None:
    """Load the demonstration city into a local installation in which nothing exists yet, or go on where that was interrupted."""
    from zenne.people.organisations.models import Organisation
    from zenne.portal.demonstration import loading

    whole = accounts_file(values).exists()
    if not values.public and not whole and (loading.begun() or not Organisation.objects.exists()):
        demonstration(values)


def demonstration(values: Environment) -> None:
    """Load the demonstration city, and keep a note of its accounts for `run` to print."""
    from zenne.core import clock
    from zenne.core.errors import Invalid
    from zenne.portal.demonstration import loading

    if values.public:
        raise Fault(
            "The demonstration city is for local installations: its accounts have a password that everyone can read."
        )
    with step("Loading the demonstration city"):
        path = Path(values.election)
        election = loading.Election(path.name, unpacked(path)) if values.election else None
        try:
            loading.load(now=clock.now(), report=lambda text: print(f"  {text}", flush=True), election=election)
        except Invalid as fault:
            raise Fault(f"ZENNE_ELECTION: {fault.message}") from None
    accounts = loading.accounts_to_show()
    width = max(len(account.email) for account in accounts)
    lines = [f"  {account.email:<{width}}  {account.password}  {account.role}" for account in accounts]
    accounts_file(values).write_text(
        "\n".join(["Accounts of the demonstration (e-mail, password, who):", *lines]) + "\n"
    )
