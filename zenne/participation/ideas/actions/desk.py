"""What staff do with an idea among themselves."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.participation.processes.models import Activity, Theme
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.organisations.rules import works_for

from ..models import Idea, Ideation, Note, Tag
from ..rules import may_handle, may_moderate
from .way import locked


@transaction.atomic
def assign(idea: Idea, *, to: Person | None, by: Person, now: datetime) -> Idea:
    """Give an idea to a colleague, or back to nobody."""
    idea = locked(idea)
    organisation = idea.process.organisation
    require(may_handle(by, organisation))
    if to is not None and not works_for(to, organisation):
        raise Invalid(_("Ideas are assigned to members of the organisation."))
    idea.assigned_to = to
    idea.save(update_fields=["assigned_to"])
    history.record(
        "idea.assigned", by=by, now=now, about=idea, organisation=organisation, details={"to": to.pk if to else None}
    )
    return idea


@transaction.atomic
def add_note(idea: Idea, *, text: str, by: Person, now: datetime) -> Note:
    """Write something that only staff of the organisation will read."""
    require(may_handle(by, idea.process.organisation))
    if not text.strip():
        raise Invalid(_("Write something first."))
    made = Note.objects.create(idea=idea, author=by, text=text.strip()[:4000], written_at=now)
    history.record("idea.noted", by=by, now=now, about=idea, organisation=idea.process.organisation)
    return made


@transaction.atomic
def tag(idea: Idea, *, add: Iterable[str] = (), remove: Iterable[str] = (), by: Person, now: datetime) -> list[Tag]:
    """Put words of the organisation on an idea, or take them off. Gives the tags it has afterwards."""
    idea = locked(idea)
    organisation = idea.process.organisation
    require(may_handle(by, organisation))
    for name in _names(add):
        made, _new = Tag.objects.get_or_create(organisation=organisation, name=name)
        idea.tags.add(made)
    idea.tags.remove(*Tag.objects.filter(organisation=organisation, name__in=_names(remove)))
    history.record("idea.tagged", by=by, now=now, about=idea, organisation=organisation)
    return list(idea.tags.order_by("name", "id"))


def _names(words: Iterable[str]) -> list[str]:
    return sorted({" ".join(word.split())[:40] for word in words if word.strip()})


@transaction.atomic
def move(
    idea: Idea, *, activity: Activity | None = None, theme: Theme | None = None, by: Person, now: datetime
) -> Idea:
    """Bring an idea to another call of the same organisation, or under another theme. Its address leads on from the old place."""
    idea = locked(idea)
    organisation = idea.process.organisation
    require(may_moderate(by, organisation))
    goal = activity or idea.activity
    process = goal.process
    if process.organisation_id != organisation.pk or not Ideation.objects.filter(activity=goal).exists():
        raise Invalid(_("Ideas move between the calls for ideas of one organisation."))
    theme = theme or (idea.theme if idea.theme and idea.theme.process_id == process.pk else None)
    if theme is not None and theme.process_id != process.pk:
        raise Invalid(_("Choose one of the themes of this project."))
    details = {"activity": [idea.activity_id, goal.pk], "theme": [idea.theme_id, theme.pk if theme else None]}
    idea.activity, idea.process, idea.theme = goal, process, theme
    idea.save(update_fields=["activity", "process", "theme"])
    history.record("idea.moved", by=by, now=now, about=idea, organisation=organisation, details=details)
    return idea
