"""Count a participatory budget from a Pabulib file, without a database: so that anyone can check anyone's result."""

import argparse
import gc
import json
import sys
import time
from pathlib import Path

from zenne.config.installation import Fault, unpacked
from zenne.core.numbers import whole_number
from zenne.methods import pabulib
from zenne.methods.budgets import (
    Completion,
    NotABallot,
    NotAnInstance,
    Outcome,
    Tied,
    TieRule,
    UnknownTieRule,
    Utility,
    elections,
    equal_shares,
    greedy,
    phragmen,
)

SUMMARY = "count a participatory budget from a Pabulib file (.pb or .pb.gz)"
RULES = ("greedy", "greedy-cost", "equal-shares", "phragmen")
#: exit codes beside 0; 2 is argparse's, for words that are no options
BAD_FILE = 3
REFUSED_TIE = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the election; `-` reads it from standard input")
    parser.add_argument("--rule", choices=RULES, required=True)
    parser.add_argument(
        "--completion",
        choices=[one.value for one in Completion],
        default=Completion.NONE.value,
        help="what happens to money that equal shares or phragmen leaves; add1u: everybody's share is raised by one unit of currency "
        "at a time; exhaustive: what fits is taken in order of votes (default: none)",
    )
    parser.add_argument(
        "--tie-break", type=tie_rule, default=TieRule(), metavar="order|min-cost|max-votes|lot:SEED|refuse"
    )
    parser.add_argument(
        "--utility",
        choices=[one.value for one in Utility],
        help="equal-shares: what a project is worth to a supporter (default: its cost; the points where votes have points)",
    )
    parser.add_argument(
        "--comparison", action="store_true", help="equal-shares: let greedy stand if more voters prefer it"
    )
    parser.add_argument(
        "--minimum-support", type=int, default=0, metavar="N", help="leave out projects with fewer votes or points"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")


def tie_rule(words: str) -> TieRule:
    try:
        return TieRule.named(words)
    except UnknownTieRule as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    gc.disable()  # a million ballots are made and none is thrown away: looking for garbage would cost a fifth of the time
    try:
        election = pabulib.read(unpacked(options.file))
        outcome = count(election, options)
    except (pabulib.Malformed, NotAnInstance, NotABallot) as fault:
        print(f"zenne: {options.file}: {fault}", file=sys.stderr)
        return BAD_FILE
    except Tied as tie:
        print(f"zenne: a tie that the rule refuses to break: {', '.join(tie.projects)}", file=sys.stderr)
        return REFUSED_TIE
    for line in remarks(election, options):
        print(f"zenne: {line}", file=sys.stderr)
    answer = {
        "rule": outcome.rule,
        "selected": list(outcome.selected),
        "cost": number(outcome.cost, election.unit),
        "budget": number(outcome.budget, election.unit),
        "rounds": outcome.rounds,
        "seconds": round(time.perf_counter() - began, 3),
    }
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print("\n".join(table(election, outcome, options)))
    return 0


def count(election: pabulib.Election, options: argparse.Namespace) -> Outcome:
    instance, profile = elections.from_pabulib(election, minimum_support=options.minimum_support)
    completion, ties = Completion(options.completion), options.tie_break
    if options.rule == "equal-shares":
        utility = Utility(options.utility) if options.utility else elections.utility_of(election)
        return equal_shares(
            instance, profile, utility=utility, completion=completion, comparison=options.comparison, ties=ties
        )
    if options.utility or options.comparison or completion is Completion.ADD1U:
        raise Fault("--utility, --comparison and --completion add1u belong to --rule equal-shares")
    if options.rule == "phragmen":
        return phragmen(instance, profile, exhaustive=completion is Completion.EXHAUSTIVE, ties=ties)
    return greedy(instance, profile, per_cost=options.rule == "greedy-cost", ties=ties)


def remarks(election: pabulib.Election, options: argparse.Namespace) -> list[str]:
    """What a reader of the result should know of the file."""
    found = []
    threshold = election.meta.get("min_project_score_threshold", "").strip()
    if threshold and not options.minimum_support:
        found.append(
            f"the file names a threshold of {threshold}, which is not applied; --minimum-support {threshold} does"
        )
    votes = dict.fromkeys((project.id for project in election.projects), 0)
    patterns, start, ids = election.patterns(), 0, list(votes)
    for copies, length in zip(patterns.copies, patterns.lengths, strict=True):
        for at in patterns.choice[start : start + length]:
            votes[ids[at]] += copies
        start += length
    wrong = [one.id for one in election.projects if whole_number(one.extra.get("votes")) not in (None, votes[one.id])]
    if wrong:
        found.append(
            f"the column `votes` is not what the votes add up to for {', '.join(wrong[:5])}{' ...' * (len(wrong) > 5)}"
        )
    return found


def number(value: int, unit: int) -> int | float:
    """Money in units of currency: a whole number where it is one."""
    return value // unit if value % unit == 0 else value / unit


def table(election: pabulib.Election, outcome: Outcome, options: argparse.Namespace) -> list[str]:
    projects = {project.id: project for project in election.projects}
    money = election.meta.get("currency", "")
    width = max((len(one) for one in outcome.selected), default=2)
    lines = [
        f"{place:>4}  {one:<{width}}  {pabulib.written(projects[one].cost, election.unit):>12}  {projects[one].extra.get('name', '')}"
        for place, one in enumerate(outcome.selected, 1)
    ]
    total = f"{pabulib.written(outcome.cost, election.unit)} of {pabulib.written(outcome.budget, election.unit)} {money}".strip()
    told = f"{outcome.rule}, ties by {options.tie_break}, {len(election.votes)} votes"
    return [*lines, f"{len(outcome.selected)} of {len(projects)} projects, {total} ({told})"]
