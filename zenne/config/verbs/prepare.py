"""Bring an installation up to date."""

import argparse

from zenne.config import installation

SUMMARY = "bring the installation up to date: database, files, translations"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-demonstration", action="store_true", help="leave an empty database empty")


def run(options: argparse.Namespace) -> int:
    values = installation.environment()
    with installation.database(values):
        installation.django()
        from zenne.config import preparation

        preparation.translations()
        preparation.schema()
        preparation.library()
        preparation.static_files(values)
        if not options.no_demonstration:
            preparation.demonstration_if_empty(values)
    return 0
