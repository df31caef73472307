"""The database schema, by Django's migrations."""

import argparse

from zenne.config import installation

SUMMARY = "bring the database schema up to date (or to the app and migration named)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="as for Django's own `migrate`")


def run(options: argparse.Namespace) -> int:
    with installation.database(installation.environment()):
        installation.django()
        from zenne.config import preparation

        preparation.schema(options.words)
    return 0
