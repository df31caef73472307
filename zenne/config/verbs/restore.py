"""Back to the state of an archive."""

import argparse
from pathlib import Path

from zenne.config import archive, installation

SUMMARY = "put the database and the files back as they were in an archive"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="an archive that `zenne backup` wrote")
    parser.add_argument("--replace", action="store_true", help="throw away what the installation holds now")


def run(options: argparse.Namespace) -> int:
    values = installation.environment()
    with installation.database(values):
        archive.restore(values, options.file, replace=options.replace)
    print(
        f"The installation is as it was in {options.file}. `zenne run` or `zenne prepare` brings it up to this version."
    )
    return 0
