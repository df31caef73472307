"""One file that holds everything."""

import argparse
from pathlib import Path

from zenne.config import archive, installation

SUMMARY = "write the database and the files into one archive, while the platform runs"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the archive to write, such as zenne-2026-11-22.tar")


def run(options: argparse.Namespace) -> int:
    values = installation.environment()
    with installation.database(values):
        size = archive.write(values, options.file)
    print(
        f"{options.file} holds the backup ({size / 1_000_000:.1f} MB). It contains personal data: keep it as safe as the database."
    )
    return 0
