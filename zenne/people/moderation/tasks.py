"""What happens after somebody wrote something: the platform looks at it, without making the writer wait."""

from datetime import datetime

from zenne.core.errands import errand

from . import flagging
from .kinds import contributions

EXAMINE = "moderation.examine"


@errand(EXAMINE)
def examine(*, kind: str, pk: int, at: str) -> None:
    """Examine one contribution. What was taken away or hidden by now is left alone."""
    contribution = contributions.get(kind)
    thing = contribution.load(pk) if contribution else None
    if contribution is None or thing is None:
        return
    if contribution.waits(thing) or contribution.find(pk) is not None:
        flagging.look(thing, datetime.fromisoformat(at))
