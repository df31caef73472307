"""What happens after an action: telling the many people who stand behind an idea."""

from collections.abc import Mapping
from datetime import datetime

from procrastinate.contrib.django import app

from zenne.people.accounts.models import Person

from .models import Idea
from .notifications import tell


@app.task(name="ideas.tell_supporters", queue="default")
def tell_supporters(
    *, kind: str, idea: int, occasion: str, at: str, facts: Mapping[str, str | dict[str, str]], of: int | None = None
) -> None:
    """Tell everyone who supports an idea. `of` names the idea whose supporters are meant when it is another one. Nobody hears twice."""
    told = Idea.objects.select_related("process__organisation").get(pk=idea)
    people = Person.objects.filter(idea_supports__idea=of or idea, idea_supports__value=1).exclude(pk=told.author_id)
    tell(kind, told, to=people, occasion=occasion, now=datetime.fromisoformat(at), **facts)
