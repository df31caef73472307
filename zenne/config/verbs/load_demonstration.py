"""The demonstration city."""

import argparse

from zenne.config import installation

SUMMARY = "load the demonstration city (again changes nothing)"


def run(_options: argparse.Namespace) -> int:
    values = installation.environment()
    with installation.database(values):
        installation.django()
        from zenne.config import preparation

        preparation.demonstration(values)
    return 0
