"""Plausible volume for benchmarks."""

import argparse

from zenne.config import installation
from zenne.core.numbers import whole_number

SUMMARY = "fill a process with plausible volume, for benchmarks"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--process", default="", help="slug of the process to fill (default: one made for the purpose)")
    for name, default in (("ideas", 5_000), ("comments", 20_000), ("supports", 50_000), ("people", 5_000)):
        parser.add_argument(f"--{name}", type=count, default=default, help=f"how many (default {default})")


def count(text: str) -> int:
    number = whole_number(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return number


def run(options: argparse.Namespace) -> int:
    with installation.database(installation.environment()):
        installation.django()
        from zenne.core import clock
        from zenne.core.errors import Invalid
        from zenne.portal.demonstration import volume

        try:
            filled = volume.fill(
                process=options.process,
                ideas=options.ideas,
                comments=options.comments,
                supports=options.supports,
                people=options.people,
                now=clock.now(),
                report=lambda text: print(text, flush=True),
            )
        except Invalid as refusal:
            raise installation.Fault(str(refusal)) from refusal
        print(f"The process “{filled.slug}” is filled.")
    return 0
