"""A real election from a public library, as a closed vote: its official outcome beside ours. The file is given by whoever loads; none comes with the platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zenne.core.errors import Invalid
from zenne.methods.pabulib import Malformed
from zenne.participation.processes.models import Process
from zenne.participation.voting import actions, importing
from zenne.people.organisations.models import Organisation

from .calendar import Calendar
from .people import Cast
from .processes import Staging
from .reading import CONTENT, City, read
from .records import Process as Described


@dataclass(frozen=True)
class Election:
    """A Pabulib file: its name and its bytes."""

    file: str
    data: bytes


def bring_election(
    election: Election,
    city: City,
    calendar: Calendar,
    *,
    organisations: Mapping[str, Organisation],
    cast: Cast,
    now: datetime,
) -> Described | None:
    """Its process with the vote sealed, counted and published; None where that stands already. Raises Invalid for a file that makes no vote."""
    described = read(Described, CONTENT / "elections" / "compte-ailleurs.toml", calendar)
    if Process.objects.filter(slug=described.slug).exists():
        return None
    try:
        plan = importing.plan(election.data, file=election.file, now=now)
    except (Malformed, importing.Unsuited) as fault:
        raise Invalid(f"{election.file}: {fault}") from fault
    owner = next(each for each in city.organisations if each.key == described.organisation)
    staging = Staging(described, owner=owner, organisations=organisations, cast=cast, residents=city.residents, now=now)
    staging.timeline.run(until=now)
    by = staging.person(described.created_by)
    vote = actions.import_election(staging.process, plan, by=by, now=now)
    actions.publish_result(actions.count_now(vote, now=now), by=by, now=now)
    return described
