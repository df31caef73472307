"""Judge the bundle of a vote or of a draw by lot. No database, no settings: it runs on any machine that has the code."""

import argparse
from pathlib import Path

from zenne.config.installation import Fault

SUMMARY = "judge the bundle of a vote or a draw by lot: exit code 0, or 1 and the reason"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path, help="the zip that was downloaded from the page of the result")
    parser.add_argument("--root", type=digest, metavar="HEX", help="a vote: the root that was published")
    parser.add_argument(
        "--rule", type=digest, metavar="HEX", help="a vote: the SHA-256 of the rule that stood on the ballot page"
    )
    parser.add_argument(
        "--commitment", type=digest, metavar="HEX", help="a draw by lot: the commitment that was published before"
    )


def run(options: argparse.Namespace) -> int:
    from zenne.methods.proofs import packing

    by_lot = "commitment.json" in packing.names(options.bundle)
    if by_lot and (options.root or options.rule):
        raise Fault("--root and --rule belong to a vote, and this is a draw by lot")
    if not by_lot and options.commitment:
        raise Fault("--commitment belongs to a draw by lot, and this is none")
    return judge_draw(options) if by_lot else judge_vote(options)


def judge_draw(options: argparse.Namespace) -> int:
    from zenne.methods.lottery.verdict import verify

    verdict = verify(options.bundle, commitment=options.commitment)
    if not verdict.holds:
        print(f"refused: {verdict.reason}: {verdict.detail}")
        return 1
    print(
        f"holds: the panel follows from the {verdict.people} people of the pool and the randomness ({verdict.source})"
    )
    print(f"drawn {' '.join(verdict.selected)}\ncommitment {verdict.commitment}")
    if options.commitment is None:
        print(
            "Compare the commitment with what was published (--commitment): a bundle that was forged as a whole holds together."
        )
    if verdict.source == "typed":
        print("The seed was typed: whoever typed it may have tried others before.")
    return 0


def judge_vote(options: argparse.Namespace) -> int:
    from zenne.methods.proofs.verdict import verify

    verdict = verify(options.bundle, root=options.root, rule=options.rule)
    if not verdict.holds:
        print(f"refused: {verdict.reason}: {verdict.detail}")
        return 1
    print(
        f"holds: the published result follows from the {verdict.ballots} ballots\nroot {verdict.root}\nrule {verdict.rule}"
    )
    if options.root is None or options.rule is None:
        print(
            "Compare root and rule with what was published (--root, --rule): a bundle that was forged as a whole holds together."
        )
    return 0


def digest(text: str) -> str:
    """64 hexadecimal digits."""
    if len(text) != 64 or set(text.lower()) - set("0123456789abcdef"):
        raise argparse.ArgumentTypeError("64 hexadecimal digits are needed")
    return text.lower()
