"""One vote, as pages find it and as a ballot needs it."""

from django.db import connection
from django.db.models import Prefetch, QuerySet

from zenne.core.memory import Remembered
from zenne.participation.processes.models import Permission

from ..models import Vote

# The numbers of the transactions that last wrote the rows which the rules of a vote read: while none is another, none of these rows is.
STAMP = """
    select row(vote.xmin, activity.xmin, phase.xmin, process.xmin, organisation.xmin,
               array(select row(permission.id, permission.xmin) from processes_permission as permission
                     where permission.activity_id = activity.id order by permission.id))::text
    from voting_vote as vote
    join processes_activity as activity on activity.id = vote.activity_id
    join processes_phase as phase on phase.id = activity.phase_id
    join processes_process as process on process.id = phase.process_id
    join organisations_organisation as organisation on organisation.id = process.organisation_id
    where vote.activity_id = %s
"""

_found: "Remembered[Vote | None]" = Remembered()


def votes() -> QuerySet[Vote]:
    """Every vote with what its rules ask."""
    permissions = Permission.objects.select_related("area", "group").defer("area__outline").order_by("action", "id")
    return Vote.objects.select_related("activity__phase__process__organisation").prefetch_related(
        Prefetch("activity__permissions", permissions)
    )


def at(process: str, pk: int) -> Vote | None:
    """The vote at an address, which may be a moment old: for pages. Shared: read only."""
    return _found.get((process, pk), lambda: _at(process, pk))


def _at(process: str, pk: int) -> Vote | None:
    stamp = _stamp(pk)  # before the rows: what is written between the two makes the stamp an old one, never the rows
    vote = votes().filter(pk=pk, activity__phase__process__slug=process).first()
    if vote is not None:
        vote.__dict__["_stamp"] = stamp
    return vote


def as_it_is(vote: Vote) -> Vote:
    """The vote as it is now, for a verb inside its transaction: the one that a page found, where nothing that its rules read was written since, else read
    anew. Thousands vote by the same rules, and asking whether they are still the same costs a tenth of reading them."""
    stamp = vote.__dict__.get("_stamp")
    return vote if stamp is not None and stamp == _stamp(vote.pk) else votes().get(pk=vote.pk)


def _stamp(pk: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(STAMP, [pk])
        found = cursor.fetchone()
    return found[0] if found else None
