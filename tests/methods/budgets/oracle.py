"""What the library pabutools (GPL, with a proprietary solver: never a dependency of ours) says of an election. Run by a Python that has it:

    python tests/methods/budgets/oracle.py FILE.pb[.gz] [COUNT ...] [--plain]

prints one JSON object: for each count the ids it selects, in the order of selection where the rule has one, and the processor time it took.
`--plain` counts the ballots one by one, as the library reads them; else like ballots are put together first, which it offers too. "read" is the time of
reading. Ties go by the order of the file, so that they are the same as ours. Rankings are counted with the points of their places (first of three: 3).
"""

import gzip
import json
import sys
import time
from pathlib import Path

import pabutools.fractions
from pabutools import election as pb
from pabutools.election.pabulib import parse_pabulib_from_string
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen
from pabutools.tiebreaking import TieBreakingRule

pabutools.fractions.FRACTION = "gmpy2"
COUNTS = ("greedy", "greedy-cost", "equal-shares", "equal-shares count", "equal-shares points", "add1u", "phragmen")


def main(path: str, wanted: list[str]) -> dict[str, dict[str, object]]:
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8-sig")
    began = time.process_time()
    instance, profile = parse_pabulib_from_string(text)
    found: dict[str, dict[str, object]] = (
        {"read": {"seconds": round(time.process_time() - began, 3)}} if "--plain" in wanted else {}
    )
    order = in_file(text)
    ties = TieBreakingRule(lambda _instance, _profile, project: order[project.name])
    kind = instance.meta["vote_type"]
    approvals = pb.ApprovalProfile([pb.ApprovalBallot(supported(ballot)) for ballot in profile], instance=instance)
    points = None
    if kind not in ("approval", "choose-1"):
        points = pb.CardinalProfile([pb.CardinalBallot(weighed(ballot)) for ballot in profile], instance=instance)
        points = points.as_multiprofile()
    if "--plain" not in wanted:
        approvals = approvals.as_multiprofile()
    # greedy by score is by utility per cost with utilities of score times cost: for approvals, Cost_Sat
    calls = {
        "greedy": lambda: by_score(instance, points, ties) if points else greedy_utilitarian_welfare(instance, approvals, sat_class=pb.Cost_Sat, tie_breaking=ties),
        "greedy-cost": lambda: greedy_utilitarian_welfare(instance, points or approvals, sat_class=pb.Additive_Cardinal_Sat if points else pb.Cardinality_Sat, tie_breaking=ties),
        "equal-shares": lambda: method_of_equal_shares(instance, approvals, sat_class=pb.Cost_Sat, tie_breaking=ties),
        "equal-shares count": lambda: method_of_equal_shares(instance, approvals, sat_class=pb.Cardinality_Sat, tie_breaking=ties),
        "equal-shares points": lambda: method_of_equal_shares(instance, points, sat_class=pb.Additive_Cardinal_Sat, tie_breaking=ties),
        "add1u": lambda: method_of_equal_shares(instance, approvals, sat_class=pb.Cost_Sat, tie_breaking=ties, voter_budget_increment=1),
        "phragmen": lambda: sequential_phragmen(instance, approvals, tie_breaking=ties),
    }  # fmt: skip
    for name in [one for one in wanted if one != "--plain"] or COUNTS:
        if points is None and name == "equal-shares points":
            continue
        began = time.process_time()
        chosen = [project.name for project in calls[name]()]
        found[name] = {"selected": chosen, "seconds": round(time.process_time() - began, 3)}
    return found


def supported(ballot):
    return [project for project in ballot if not isinstance(ballot, pb.CardinalBallot) or ballot[project] > 0]


def weighed(ballot):
    if isinstance(ballot, pb.CardinalBallot):
        return dict(ballot)
    return {project: len(ballot) - place for place, project in enumerate(ballot)}


def by_score(instance, points, ties):
    """Greedy by the sum of points; the library's own greedy divides by the cost."""
    score = {
        project: sum(ballot.get(project, 0) * points.multiplicity(ballot) for ballot in points) for project in instance
    }
    left, chosen = instance.budget_limit, []
    for project in sorted(ties.order(instance, points, list(instance)), key=lambda one: -score[one]):
        if project.cost <= left:
            chosen.append(project)
            left -= project.cost
    return chosen


def in_file(text):
    lines = text.splitlines()
    at, order = lines.index("PROJECTS") + 2, {}
    while lines[at] != "VOTES":
        order.setdefault(lines[at].split(";")[0], len(order))
        at += 1
    return order


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2:])))
