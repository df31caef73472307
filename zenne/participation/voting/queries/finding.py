"""One vote, as pages find it and as a ballot needs it."""

from django.db import connection
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from zenne.core.memory import Remembered
from zenne.core.together import ask, hang
from zenne.participation.processes.queries import permissions

from ..models import Option, Vote

# Which versions of the rows that the rules of a vote read there are: the transactions that wrote them and where they lie. While these are the same, so is every
# row. Read in one statement with the vote and its permissions.
STAMP = """
    select row(vote.xmin, vote.ctid, activity.xmin, activity.ctid, phase.xmin, phase.ctid,
               process.xmin, process.ctid, organisation.xmin, organisation.ctid,
               array(select row(permission.xmin, permission.ctid) from processes_permission as permission
                     where permission.activity_id = activity.id order by permission.id))::text
    from voting_vote as vote
    join processes_activity as activity on activity.id = vote.activity_id
    join processes_phase as phase on phase.id = activity.phase_id
    join processes_process as process on process.id = phase.process_id
    join organisations_organisation as organisation on organisation.id = process.organisation_id
    where vote.activity_id = {vote}
"""

_found: "Remembered[dict[int, Vote]]" = Remembered()


def votes() -> QuerySet[Vote]:
    """Every vote with what its rules ask."""
    return _alone().prefetch_related(Prefetch("activity__permissions", permissions()))


def _alone() -> QuerySet[Vote]:
    return Vote.objects.select_related("activity__phase__process__organisation")


def at(process: str, pk: int) -> Vote | None:
    """The vote at an address, which may be a moment old: for pages. Shared: read only."""
    return all_of(process).get(pk)


def all_of(process: str) -> dict[int, Vote]:
    """The votes of the process at an address, by their activity in the order of the timeline, each with how many options it has (`option_count`). They may be a moment
    old. Shared: read only."""
    return _found.get(process, lambda: _all_of(process))


def _all_of(process: str) -> dict[int, Vote]:
    stamp = RawSQL(STAMP.format(vote='"voting_vote"."activity_id"'), [], output_field=TextField())  # noqa: S611 - our own words
    options = Option.objects.filter(vote=OuterRef("pk")).order_by().values("vote")
    counted = Coalesce(Subquery(options.annotate(number=Count("pk")).values("number")), 0)
    found = _alone().annotate(stamp=stamp, option_count=counted).filter(activity__phase__process__slug=process)
    found = found.order_by("activity__phase__position", "activity__position", "activity_id")
    allowed = permissions().filter(activity__phase__process__slug=process, activity__vote__isnull=False)
    ask([found, allowed])
    hang([vote.activity for vote in found], "permissions", allowed)
    return {vote.pk: vote for vote in found}


def as_it_is(vote: Vote) -> Vote:
    """The vote as it is now, for a verb inside its transaction: the one that a page found, where nothing that its rules read was written since, else read
    anew. Thousands vote by the same rules, and asking whether they are still the same costs a tenth of reading them."""
    stamp = getattr(vote, "stamp", None)
    return vote if stamp is not None and stamp == _stamp(vote.pk) else votes().get(pk=vote.pk)


def _stamp(pk: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(STAMP.format(vote="%s"), [pk])
        found = cursor.fetchone()
    return found[0] if found else None
