"""Writing a Pabulib file: what `read` gives back is the same election."""

import csv
import io
from collections.abc import Iterable, Mapping

from .election import Election, VoteType
from .money import same, written


def write(election: Election) -> str:
    """The text of a `.pb` file: UTF-8, semicolons, line feeds. Counts, budget and vote type come from the election, all else from `meta`."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    meta = {
        **election.meta,
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.votes)),
        "vote_type": election.vote_type.value,
    }
    if not same(meta.get("budget", ""), election.budget, election.unit):
        meta["budget"] = written(election.budget, election.unit)
    rows.writerows([["META"], ["key", "value"], *meta.items(), ["PROJECTS"]])
    columns = _columns(project.extra for project in election.projects)
    rows.writerow(["project_id", "cost", *columns])
    for project in election.projects:
        cost = written(project.cost, election.unit)
        rows.writerow([project.id, cost, *(project.extra.get(column, "") for column in columns)])
    columns = _columns(vote.extra for vote in election.votes)
    pointed = election.vote_type.pointed and not _by_place(election)
    rows.writerows([["VOTES"], ["voter_id", "vote", *["points"] * pointed, *columns]])
    for vote in election.votes:
        points = [",".join(written(one, election.points_unit) for one in vote.points or ())] * pointed
        rows.writerow(
            [vote.voter, ",".join(vote.choices), *points, *(vote.extra.get(column, "") for column in columns)]
        )
    return out.getvalue()


def _columns(extras: Iterable[Mapping[str, str]]) -> list[str]:
    """All columns that any row has, in the order of their first appearance."""
    found: dict[str, None] = {}
    for extra in extras:
        found.update(dict.fromkeys(extra))
    return list(found)


def _by_place(election: Election) -> bool:
    """Rankings whose points are the reverse of the places need not say so."""
    return election.vote_type is VoteType.ORDINAL and all(
        vote.points == tuple(range(len(vote.choices), 0, -1)) for vote in election.votes
    )
