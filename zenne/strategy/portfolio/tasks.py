"""What happens after a verb: telling the many people who follow a project or stand behind what it answers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model
from procrastinate.contrib.django import app

from zenne.people.accounts.models import Person

from . import notifications
from .models import Milestone, Origin, Post, Project

# What can be told: what it is about, and the words for it.
ABOUT: dict[str, tuple[type[Model], Callable[[Any, datetime], None]]] = {
    "linked": (Origin, notifications.linked),
    "moved": (Project, notifications.moved),
    "merged": (Project, notifications.merged),
    "split": (Project, notifications.split),
    "health_said": (Project, notifications.health_said),
    "milestone_done": (Milestone, notifications.milestone_done),
    "milestone_moved": (Milestone, notifications.milestone_moved),
    "posted": (Post, notifications.posted),
}


def speak(what: str, about: Model, *, by: Person | None, now: datetime) -> None:
    """See to it that people hear of it once this is committed. What the platform brings in by itself, such as a file that is loaded, tells nobody."""
    if by is not None:
        tell.defer(what=what, pk=about.pk, at=now.isoformat())


@app.task(name="portfolio.tell", queue="default")
def tell(*, what: str, pk: int, at: str) -> None:
    """What is gone meanwhile is not told."""
    model, words = ABOUT[what]
    found = model._default_manager.filter(pk=pk).first()
    if found is not None:
        words(found, datetime.fromisoformat(at))
