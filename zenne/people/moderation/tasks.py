"""What happens after somebody wrote something: the platform looks at it, without making the writer wait."""

from datetime import datetime

from procrastinate.contrib.django import app

from . import flagging
from .kinds import contributions


@app.task(name="moderation.examine", queue="default", retry=3)
def examine(*, kind: str, pk: int, at: str) -> None:
    """Examine one contribution. What is gone by now is left alone."""
    contribution = contributions.get(kind)
    thing = contribution.load(pk) if contribution else None
    if contribution is None or thing is None or contribution.gone(thing):
        return
    flagging.look(thing, datetime.fromisoformat(at))
