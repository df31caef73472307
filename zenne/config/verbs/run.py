"""Everything on one machine, as in production."""

import argparse
import subprocess
import time

from zenne.config import installation, roles
from zenne.config.environment import Environment
from zenne.config.installation import Fault, accounts_file
from zenne.config.supervisor import supervise

SUMMARY = "everything on one machine: database, web server and worker, ready to use"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-demonstration", action="store_true", help="leave an empty database empty")


def run(options: argparse.Namespace) -> int:
    started = time.monotonic()
    values = installation.environment()
    installation.require_free_port(values)
    print("Starting the database ...", flush=True)
    with installation.database(values) as tend:
        prepare(["--no-demonstration"] if options.no_demonstration else [])
        print("Starting the web server and the worker ...", flush=True)
        supervise(
            [roles.web(values), roles.worker()],
            ready=lambda: roles.healthy(values),
            announce=lambda: announce(values, time.monotonic() - started),
            tend=tend,
        )
    return 0


def prepare(words: list[str]) -> None:
    """In a process of its own: this one stays small and quick to stop."""
    process = subprocess.Popen([*roles.ZENNE, "prepare", *words])
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()  # it uses the database, and the last to use it stops it
        raise
    if code:
        raise Fault("The installation could not be prepared; the reason is above.")


def announce(values: Environment, seconds: float) -> None:
    lines = [
        "",
        f"Zenne is ready after {seconds:.0f} s.",
        f"  {values.base_url}/",
        f"  {values.base_url}/manage/   the back office",
    ]
    if accounts_file(values).exists():
        lines += ["", *accounts_file(values).read_text().splitlines()]
    if values.mail_url.startswith("file:"):
        lines += ["", f"Mails are written to {values.mail_url.removeprefix('file://')}"]
    lines.append(f"Ctrl-C stops everything; the data stays in {values.data}")
    database = installation.cluster(values).folder
    if not values.database_url and not database.is_relative_to(values.data):
        lines.append(f"and the database in {database}, where PostgreSQL's own user can reach it")
    print("\n".join([*lines, ""]), flush=True)
