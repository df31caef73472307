from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.detection import detect
from zenne.core.errors import Conflict, Invalid, Remedy
from zenne.core.languages import LANGUAGES, current
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.processes.models import Activity, Theme
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.moderation import actions as moderation
from zenne.people.moderation.queries import blocked
from zenne.people.uploads import actions as uploads
from zenne.people.uploads.enums import UploadKind
from zenne.people.uploads.models import Upload
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.queries import areas_at

from ..enums import OPEN_TO_ADAPTING, Asked, Channel, IdeaState, Moderation
from ..models import TEXT_LENGTH, TITLE_LENGTH, Draft, Idea, IdeaUpload, StatusChange, Version
from ..rules import is_author, may_edit, may_enter, may_propose, may_withdraw
from .way import locked, one_at_a_time, step

# A box around the Region, wide enough for whoever proposes something on its border.
WEST, SOUTH, EAST, NORTH = 4.20, 50.74, 4.52, 50.94


@dataclass(frozen=True)
class Place:
    """A point in degrees (WGS 84), and the address as its author wrote or chose it."""

    lon: float
    lat: float
    address: str = ""


@transaction.atomic
def submit_idea(  # noqa: PLR0913 - everything that is sent, by name
    *,
    activity: Activity,
    title: str,
    text: str,
    language: str = "",
    theme: Theme | None = None,
    place: Place | None = None,
    uploaded: Iterable[Upload] = (),
    draft: Draft | None = None,
    author: Person | None = None,
    author_name: str = "",
    channel: Channel = Channel.ONLINE,
    by: Person | AnonymousUser,
    now: datetime,
) -> Idea:
    """Send an idea: `by` is its author, or a member of staff who keys in what somebody brought by another channel.

    Where the rule lets everyone propose, a visitor without an account may too; the idea then has no author.

    It is public at once unless the rule says that staff read first, or the organisation holds back such words. `draft` is used up. Raises Invalid for words that do not fit, Conflict when
    the draft was sent a moment ago.
    """
    one_at_a_time(by)
    _not_sent_yet(draft)
    on_behalf = channel != Channel.ONLINE
    require(may_enter(by, activity) if on_behalf else may_propose(by, activity, now))
    ensure_frozen(activity, now=now)
    sender = by if isinstance(by, Person) else None
    whose = _whose(author, author_name) if on_behalf else {"author": sender}
    title, text = _checked(title, text)
    _fits(activity, theme, place, on_behalf=on_behalf)
    idea = Idea(
        activity=activity,
        process=activity.process,
        theme=theme,
        **whose,
        channel=channel,
        entered_by=sender if on_behalf else None,
        title=title,
        text=text,
        language=language if language in LANGUAGES else detect(f"{title}\n{text}", otherwise=current()),
        created_at=draft.started_at if draft else now,
        submitted_at=now,
    )
    if place is not None and activity.ideation.place != Asked.NONE:
        _locate(idea, place)
    idea.save()
    _carry(idea, list(uploaded))
    _write_down(idea, sender, now)
    if draft is not None:
        Draft.objects.filter(pk=draft.pk).delete()
    _appear_or_wait(idea, on_behalf=on_behalf, sender=sender, now=now)
    return idea


def _appear_or_wait(idea: Idea, *, on_behalf: bool, sender: Person | None, now: datetime) -> None:
    """Public at once, or before the moderators first. What staff keyed in is not examined: they read it."""
    waits = idea.activity.ideation.moderation == Moderation.BEFORE or (
        not on_behalf
        and moderation.must_wait(idea.process.organisation, text=f"{idea.title}\n{idea.text}", language=idea.language)
    )
    if not waits:
        step(idea, IdeaState.PUBLISHED, by=sender if on_behalf else None, now=now)
    if waits or not on_behalf:
        moderation.submitted(idea, now=now)


def _not_sent_yet(draft: Draft | None) -> None:
    """A draft is used up by the first that sends it; who pressed twice is led to what they sent."""
    if draft is not None and not Draft.objects.select_for_update().filter(pk=draft.pk).exists():
        mine = Remedy(_("See my ideas"), f"{reverse('ideas:list', args=[draft.activity.process.slug])}?mine=1")
        raise Conflict(_("This idea was sent already."), remedies=(mine,))


def _fits(activity: Activity, theme: Theme | None, place: Place | None, *, on_behalf: bool) -> None:
    """A theme is one of the process's own; a place is there where the rule wants one, but for what was not written online."""
    if theme is not None and theme.process_id != activity.process.pk:
        raise Invalid(_("Choose one of the themes of this project."))
    if activity.ideation.place == Asked.REQUIRED and place is None and not on_behalf:
        raise Invalid(_("Show on the map where it is."))


def _write_down(idea: Idea, sender: Person | None, now: datetime) -> None:
    """The first version of the words, the first step of the way, the first line of the history."""
    Version.objects.create(
        idea=idea, number=1, title=idea.title, text=idea.text, language=idea.language, written_by=sender, written_at=now
    )
    StatusChange.objects.create(idea=idea, before="", after=IdeaState.SUBMITTED, changed_by=sender, changed_at=now)
    history.record(
        "idea.submitted",
        by=sender,
        now=now,
        about=idea,
        organisation=idea.process.organisation,
        details={"channel": idea.channel, "activity": idea.activity_id},
    )


def _whose(author: Person | None, name: str) -> dict[str, Any]:
    """Of somebody whose idea staff key in: who it is, or the name they go by. Raises Invalid where neither is given."""
    if author is None and not name.strip():
        raise Invalid(_("Whose idea is it? Give the name, or “anonymous”."))
    return {"author": author, "author_name": name.strip()[:80]}


def _checked(title: str, text: str) -> tuple[str, str]:
    """Tidy words, or Invalid with what is wrong with them."""
    title, text = " ".join(title.split()), text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not title:
        raise Invalid(_("Give your idea a title."))
    if len(title) > TITLE_LENGTH:
        raise Invalid(_("The title is too long: %(most)d characters at most.") % {"most": TITLE_LENGTH})
    if not text:
        raise Invalid(_("Describe your idea."))
    if len(text) > TEXT_LENGTH:
        raise Invalid(_("The text is too long: %(most)d characters at most.") % {"most": TEXT_LENGTH})
    return title, text


def inside_the_region(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _locate(idea: Idea, place: Place) -> None:
    if not inside_the_region(place.lon, place.lat):
        raise Invalid(_("This place is outside the Brussels Region."))
    idea.lon, idea.lat, idea.address = round(place.lon, 6), round(place.lat, 6), " ".join(place.address.split())[:200]
    around = areas_at(place.lon, place.lat)
    idea.commune, idea.district = around.get(AreaKind.COMMUNE), around.get(AreaKind.DISTRICT)


def _carry(idea: Idea, given: list[Upload]) -> None:
    """Pictures and files go over from the draft. Those over the limits of the rule are refused, none is dropped silently."""
    settings = idea.activity.ideation
    for kind, most in ((UploadKind.IMAGE, settings.max_photos), (UploadKind.FILE, settings.max_files)):
        if sum(upload.kind == kind for upload in given) > most:
            raise Invalid(_("There are more pictures or files than this call takes."))
    IdeaUpload.objects.bulk_create(
        [IdeaUpload(idea=idea, upload=upload, position=at) for at, upload in enumerate(given, 1)]
    )
    uploads.hand_in(given)


@transaction.atomic
def edit_idea(
    idea: Idea, *, title: str, text: str, language: str = "", theme: Theme | None = None, by: Person, now: datetime
) -> Idea:
    """Correct one's own idea. The words as they were stay readable as a version; the same words again change nothing."""
    idea = locked(idea)
    require(may_edit(by, idea, now))
    title, text = _checked(title, text)
    if theme is not None and theme.process_id != idea.process_id:
        raise Invalid(_("Choose one of the themes of this project."))
    language = language if language in LANGUAGES else idea.language
    changed_words = (title, text, language) != (idea.title, idea.text, idea.language)
    if not changed_words and theme == idea.theme:
        return idea
    idea.theme = theme
    idea.save(update_fields=["theme"])
    return _rewrite(idea, title, text, language, by, now, event="idea.edited")


@transaction.atomic
def adapt_idea(idea: Idea, *, title: str, text: str, by: Person, now: datetime) -> Idea:
    """Change one's own idea because somebody who studies it asked for that, later than one may correct it. Who asked, and whether the
    question still stands, was checked there. The words as they were stay readable as a version."""
    idea = locked(idea)
    if not is_author(by, idea):
        require(Refused(Reason.NOT_YOURS))
    if idea.state not in OPEN_TO_ADAPTING:
        require(Refused(Reason.WRONG_STATE))
    require(blocked(by, idea.process.organisation, now))
    title, text = _checked(title, text)
    if (title, text) == (idea.title, idea.text):
        return idea
    return _rewrite(idea, title, text, idea.language, by, now, event="idea.adapted")


def _rewrite(idea: Idea, title: str, text: str, language: str, by: Person, now: datetime, *, event: str) -> Idea:
    """Other words, a version more, a line of history. Without other words only the line."""
    changed = (title, text, language) != (idea.title, idea.text, idea.language)
    if changed:
        idea.title, idea.text, idea.language = title, text, language
        idea.save(update_fields=["title", "text", "language"])
        number = idea.versions.count() + 1
        Version.objects.create(
            idea=idea, number=number, title=title, text=text, language=language, written_by=by, written_at=now
        )
    history.record(event, by=by, now=now, about=idea, organisation=idea.process.organisation)
    if changed:
        moderation.submitted(idea, now=now)
    return idea


@transaction.atomic
def withdraw_idea(idea: Idea, *, reason: str = "", by: Person, now: datetime) -> Idea:
    """Take one's idea back, at any time before the vote. Its page says so; its words and pictures are no longer shown."""
    idea = locked(idea)
    require(may_withdraw(by, idea))
    step(idea, IdeaState.WITHDRAWN, reason={idea.language: reason[:2000]}, by=by, now=now)
    moderation.drop(idea, now=now)
    return idea
