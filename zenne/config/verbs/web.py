"""The web server alone, for a service manager."""

import argparse
import time

from zenne.config import installation, roles
from zenne.config.supervisor import supervise
from zenne.config.verbs.run import announce

SUMMARY = "the web server alone, for a service manager"


def run(_options: argparse.Namespace) -> int:
    started = time.monotonic()
    values = installation.environment()
    installation.require_free_port(values)
    with installation.database(values) as tend:
        supervise(
            [roles.web(values)],
            ready=lambda: roles.healthy(values),
            announce=lambda: announce(values, time.monotonic() - started),
            tend=tend,
        )
    return 0
