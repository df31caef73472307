"""Judge the bundle of a vote. No database, no settings: it runs on any machine that has the code."""

import argparse
from pathlib import Path

SUMMARY = "judge the bundle of a vote: exit code 0, or 1 and the reason"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path, help="the zip that was downloaded from the page of the result")
    parser.add_argument("--root", type=digest, metavar="HEX", help="the root that was published")
    parser.add_argument(
        "--rule", type=digest, metavar="HEX", help="the SHA-256 of the rule that stood on the ballot page"
    )


def run(options: argparse.Namespace) -> int:
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
