"""What happens after a step of a commitment: telling the many people who stand behind the idea or follow its process."""

from datetime import datetime

from procrastinate.contrib.django import app

from .models import Commitment, Milestone
from .notifications import tell_of_milestone, tell_of_state


@app.task(name="decisions.tell", queue="default")
def tell(*, kind: str, commitment: int, at: str, milestone: int | None = None, only_followers: bool = False) -> None:
    """Nobody hears twice: with `only_followers` the idea has told its author and supporters already."""
    now = datetime.fromisoformat(at)
    told = Commitment.objects.select_related("process", "idea__process", "decision__process").get(pk=commitment)
    if kind == "milestone":
        step = Milestone.objects.filter(pk=milestone).first()
        if step is not None:
            tell_of_milestone(told, step, now)
    else:
        tell_of_state(told, now, only_followers=only_followers)
