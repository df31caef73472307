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
    if contribution is None:
        return
    thing = contribution.find(pk)
    if thing is None:
        thing = contribution.load(pk)
        if thing is None or not contribution.waits(thing):
            return
    flagging.look(thing, datetime.fromisoformat(at))
