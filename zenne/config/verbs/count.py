"""A vote counted by command, for a night when nobody wants to press a button."""

import argparse

from zenne.config import installation

SUMMARY = "count the sealed box of a vote"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("vote", type=int, help="the number of the vote, as in its address")


def run(options: argparse.Namespace) -> int:
    """0 when the result is there, to be published by staff; 1 with the reason when it is not."""
    with installation.database(installation.environment()):
        installation.django()
        from zenne.core import clock
        from zenne.core.errors import Spoken
        from zenne.participation.voting import actions
        from zenne.participation.voting.queries import votes

        with installation.english():
            vote = votes().filter(pk=options.vote).first()
            if vote is None:
                raise installation.Fault(f"There is no vote with the number {options.vote}.")
            try:
                result = actions.count_now(vote, now=clock.now())
            except Spoken as refusal:
                raise installation.Fault(str(refusal.message or refusal.headline)) from refusal
            if result.failure:
                raise installation.Fault(f"The count did not work: {result.failure}")
    print(f"{result.size} ballots counted, root {result.root}. Staff publish the result in the back office.")
    return 0
