"""What every verb shares: how an idea is locked, and how it takes one step of its way."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute
from zenne.opendata.webhooks import actions as webhooks
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.moderation import actions as moderation
from zenne.people.uploads import actions as uploads
from zenne.people.uploads.models import Upload

from ..enums import NEEDS_REASON, TRANSITIONS, IdeaState
from ..models import Idea, StatusChange

Words = Mapping[str, str]

EVENTS = {IdeaState.MERGED: "idea.merged"}


def locked(idea: Idea) -> Idea:
    """The idea as it is now, held until the end of the transaction, with what the rules need to know of it."""
    return locked_all([idea])[0]


def locked_all(ideas: Iterable[Idea]) -> list[Idea]:
    """Several ideas, always locked in the order of their numbers, so that two writers never wait for each other.

    The full lock, against which `standing` holds: nobody gives a support while an idea is judged or merged.
    """
    rows = Idea.objects.select_for_update(of=("self",)).filter(pk__in=[idea.pk for idea in ideas]).order_by("pk")
    found = list(rows.select_related("process__organisation", "activity__phase", "activity__ideation", "author"))
    for idea in found:
        idea.activity.phase.process = idea.process
    return found


def standing(idea: Idea, *, by: Person | AnonymousUser | None, now: datetime) -> Idea:
    """The idea with its state and counters as they are now, which stays in that state until the end of the transaction. What one person does
    to reach a limit is counted one thing after the other.

    For the verb that thousands do to one idea at once: a share of the key does not keep supporters from each other, and what the rules know of the
    activity is what the page read a moment ago. Every verb that changes a state takes the full lock (`locked`) and waits for these.
    """
    if not isinstance(by, Person):
        return idea  # the rules refuse them, whatever the idea has become
    moderation.meet(by, now)
    with connection.cursor() as cursor:
        cursor.execute(
            "select state, support_count, oppose_count from ideas_idea where id = %s for key share", [idea.pk]
        )
        idea.state, idea.support_count, idea.oppose_count = cursor.fetchone()
    return idea


def one_at_a_time(person: Person | AnonymousUser | None) -> None:
    """What one person does to reach a limit is counted one thing after the other."""
    if isinstance(person, Person):
        Person.objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)


def in_languages(words: Words | None, field: str) -> dict[str, str]:
    """Keyword arguments that set a translated field, empty languages left out."""
    return {
        attribute(field, language): text.strip()
        for language, text in (words or {}).items()
        if language in LANGUAGES and text.strip()
    }


def step(
    idea: Idea, after: IdeaState, *, reason: Words | None = None, by: Person | None, now: datetime
) -> StatusChange:
    """Take one step of the table, write it on the public timeline and in the history. The caller holds the lock and checked who may."""
    before = IdeaState(idea.state)
    if after not in TRANSITIONS[before]:
        require(Refused(Reason.WRONG_STATE))
    words = in_languages(reason, "reason")
    if (before, after) in NEEDS_REASON and not words:
        raise Invalid(_("Give the reason: everyone can read it."))
    idea.state = after
    first = after == IdeaState.PUBLISHED and idea.published_at is None
    if first:
        idea.published_at = now
    idea.save(update_fields=["state", "published_at", "merged_into"])
    _show(idea, now)
    made = StatusChange.objects.create(idea=idea, before=before, after=after, changed_by=by, changed_at=now, **words)
    history.record(
        f"idea.{after}",
        by=by,
        now=now,
        about=idea,
        organisation=idea.process.organisation,
        details={"before": before, "after": after},
    )
    if idea.published_at is not None:
        organisation, event = idea.process.organisation_id, EVENTS.get(after, "idea.status_changed")
        event = "idea.published" if first else event
        webhooks.announce(event, idea.pk, organisation=organisation, now=now, change=made.pk)
    return made


def _show(idea: Idea, now: datetime) -> None:
    """Pictures and files are public exactly while their idea is."""
    carried = Upload.objects.filter(idea_attachment__idea=idea)
    if idea.is_public:
        uploads.publish(carried, now=now)
    else:
        uploads.hide(carried)
