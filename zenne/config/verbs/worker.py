"""The worker alone, for a service manager."""

import argparse

from zenne.config import installation, roles
from zenne.config.supervisor import supervise

SUMMARY = "the worker alone: mails, scheduled openings and closings, exports"


def run(_options: argparse.Namespace) -> int:
    values = installation.environment()
    with installation.database(values) as tend:
        supervise(
            [roles.worker()],
            ready=lambda: True,
            announce=lambda: print("The worker is running.", flush=True),
            tend=tend,
        )
    return 0
