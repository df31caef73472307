"""The same installation for the people who change it."""

import argparse
import os
import time

from zenne.config import installation, roles
from zenne.config.supervisor import supervise
from zenne.config.verbs.run import announce, prepare

SUMMARY = "for developers: reloads on every change of code, templates or styles"


def run(_options: argparse.Namespace) -> int:
    started = time.monotonic()
    os.environ["ZENNE_DEBUG"] = "1"
    values = installation.environment()
    installation.require_free_port(values)
    with installation.database(values) as tend:
        prepare([])
        wanted = [roles.development_server(values), roles.worker(), roles.asset_builder()]
        supervise(
            [role for role in wanted if role],
            ready=lambda: roles.healthy(values),
            announce=lambda: announce(values, time.monotonic() - started),
            tend=tend,
        )
    return 0
