"""The entrance for reports of failed delivery, which the mail server pipes in."""

import argparse
import os
import sys

from zenne.config import installation

SUMMARY = "read one report of a letter that came back, from standard input"
MOST_BYTES = 1_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recipient", default="", help="the address the report was sent to, as the mail server knows it"
    )


def run(options: argparse.Namespace) -> int:
    """0 whatever the message was, so that no report is answered with a report; 75 (try later) when the database is away."""
    raw = sys.stdin.buffer.read(MOST_BYTES)
    with installation.database(installation.environment()):
        installation.django()
        from django.db import OperationalError

        from zenne.core import clock
        from zenne.messaging.outbox import actions

        try:
            news = actions.receive_report(raw, recipient=options.recipient, now=clock.now())
        except OperationalError as fault:
            print(f"zenne: the database is away: {fault}", file=sys.stderr)
            return os.EX_TEMPFAIL
    print("A letter came back: noted." if news else "Nothing to note.")
    return 0
