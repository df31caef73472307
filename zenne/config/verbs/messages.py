"""Extract the words of the interface for the translators."""

import argparse

from zenne.config import installation

SUMMARY = "extract translatable texts into each app's catalogues (fr, nl)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("apps", nargs="*", metavar="APP", help="labels such as `ideas` (default: all)")


def run(options: argparse.Namespace) -> int:
    installation.environment()
    installation.django()
    from zenne.config import catalogues

    waiting = 0
    for label in options.apps or catalogues.labels():
        for language, count in catalogues.extract(label).items():
            waiting += count
            print(f"{label:<16}{language}  {count} without translation")
    return 1 if waiting else 0
