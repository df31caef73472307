"""Writing ideas and supporting them: the same actions, rules and words as on the pages."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Status
from pydantic import BaseModel, Field

from zenne.opendata.api.enums import READ
from zenne.opendata.api.errors import Fault, Faulty, faults_of
from zenne.opendata.api.kinds import needs, signed_in
from zenne.opendata.api.replays import once
from zenne.opendata.api.representations import Given, Number, at
from zenne.participation.processes.models import Activity, Theme
from zenne.people.access.answers import require

from .. import actions
from ..actions.writing import Place as PlaceGiven
from ..enums import Asked, IdeaState
from ..forms import EditForm, PlaceForm, WordsForm
from ..models import TEXT_LENGTH, TITLE_LENGTH
from ..models import Idea as IdeaRow
from ..queries import voice_of
from ..rules import is_author, may_edit, may_propose
from .finding import call_at, idea_at
from .reading import MAY_BE_GONE, router
from .representation import FullIdea, full_idea_shown, rows

IDEAS = "ideas:write"
SUPPORTS = "supports:write"
Language = Literal["fr", "nl", "en"]


class NewPlace(Given):
    """A point in degrees (WGS 84), in the Brussels Region, and the address in words."""

    lon: float = Field(ge=-180, le=180, examples=[4.3517])
    lat: float = Field(ge=-90, le=90, examples=[50.8466])
    address: str = Field("", max_length=200, examples=["Place du Miroir"])


class NewIdea(Given):
    """An idea to send. Without `language` we recognise it; `theme` is needed where the process has themes, `place` where the call asks for it."""

    title: str = Field(min_length=1, max_length=TITLE_LENGTH, examples=["Des arbres sur la place"])
    text: str = Field(
        min_length=1, max_length=TEXT_LENGTH, examples=["Il y fait 38 degrés en été : plantons dix tilleuls."]
    )
    language: Language | None = Field(None, examples=["fr"])
    theme: str | None = Field(None, max_length=60, examples=["green"])
    place: NewPlace | None = None


class ChangedIdea(Given):
    """What is to be corrected; what is left out stays as it is."""

    title: str | None = Field(None, min_length=1, max_length=TITLE_LENGTH, examples=["Dix tilleuls sur la place"])
    text: str | None = Field(None, min_length=1, max_length=TEXT_LENGTH)
    language: Language | None = None
    theme: str | None = Field(None, max_length=60)


class Withdrawal(Given):
    reason: str = Field("", max_length=500, description="Everyone can read it.", examples=["C’est déjà fait."])


class NewVoice(Given):
    value: Literal[1, -1] = Field(1, description="1 for, -1 against where the call offers it.")


class Voice(BaseModel):
    """What I say to an idea: 1, -1, or 0 for nothing; and what all say together."""

    idea: int
    value: int
    support_count: int
    oppose_count: int


@router.post("/activities/{number}/ideas", response={201: FullIdea}, auth=needs(IDEAS), summary="Send an idea")
def send_idea(request: HttpRequest, number: Number, given: Body[NewIdea], response: HttpResponse) -> Any:
    """Send an idea to a call that is open. It is public at once, unless staff read first. Pictures and files go with the pages only."""
    call, person, now = call_at(number), signed_in(request), request.now  # type: ignore[attr-defined]

    def make() -> FullIdea:
        require(may_propose(person, call, now))
        title, text, theme = _words(call, given)
        made = actions.submit_idea(
            activity=call,
            title=title,
            text=text,
            language=given.language or "",
            theme=theme,
            place=_place(call, given.place),
            by=person,
            now=now,
        )
        return full_idea_shown(rows().get(pk=made.pk))

    shown = once(request, FullIdea, make)
    response["Location"] = at(f"/ideas/{shown.id}")
    return Status(201, shown)


def _words(call: Activity, given: NewIdea) -> tuple[str, str, Theme | None]:
    """The words as the page's form takes them, or the form's own errors."""
    typed = {"title": given.title, "text": given.text, "theme": given.theme}
    form = WordsForm(typed, process=call.process)
    if not form.is_valid():
        raise faults_of(form)
    if given.theme and "theme" not in form.fields:
        raise Faulty([Fault(_("This project has no themes."), pointer="/theme")])
    return form.cleaned_data["title"], form.cleaned_data["text"], form.cleaned_data.get("theme")


def _place(call: Activity, given: NewPlace | None) -> PlaceGiven | None:
    settings = call.ideation
    if settings.place == Asked.NONE:
        if given is not None:
            raise Faulty([Fault(_("This call does not ask for a place."), pointer="/place")])
        return None
    form = PlaceForm(given.model_dump() if given else {}, settings=settings)
    if not form.is_valid():
        raise faults_of(form, dict.fromkeys(("address", "lon", "lat"), "/place"))
    return PlaceGiven(given.lon, given.lat, form.cleaned_data["address"]) if given else None


@router.patch(
    "/ideas/{number}", response=FullIdea, auth=needs(IDEAS), summary="Correct my idea", openapi_extra=MAY_BE_GONE
)
def correct_idea(request: HttpRequest, number: Number, given: Body[ChangedIdea]) -> FullIdea:
    """Correct one's own idea, until the organisation answers. The earlier words stay readable."""
    person, now = signed_in(request), request.now  # type: ignore[attr-defined]
    row = idea_at(number, person)
    require(may_edit(person, row, now))
    typed = {
        "title": row.title if given.title is None else given.title,
        "text": row.text if given.text is None else given.text,
        "language": given.language or row.language,
        "theme": given.theme or (row.theme.slug if row.theme else None),
    }
    form = EditForm(typed, process=row.process)
    if not form.is_valid():
        raise faults_of(form)
    data = form.cleaned_data
    actions.edit_idea(
        row,
        title=data["title"],
        text=data["text"],
        language=data["language"],
        theme=data.get("theme"),
        by=person,
        now=now,
    )
    return full_idea_shown(rows().get(pk=row.pk))


@router.put(
    "/ideas/{number}/withdrawal",
    response=FullIdea,
    auth=needs(IDEAS),
    summary="Withdraw my idea",
    openapi_extra=MAY_BE_GONE,
)
def withdraw_idea(request: HttpRequest, number: Number, given: Body[Withdrawal] = None) -> FullIdea:  # type: ignore[assignment]
    """Take one's idea back, at any time before the vote. Twice is once."""
    person, now = signed_in(request), request.now  # type: ignore[attr-defined]
    row = idea_at(number, person)
    if not (is_author(person, row) and row.state == IdeaState.WITHDRAWN):
        actions.withdraw_idea(row, reason=given.reason.strip() if given else "", by=person, now=now)
    return full_idea_shown(rows().get(pk=row.pk))


@router.get(
    "/ideas/{number}/support",
    response=Voice,
    auth=needs(READ),
    summary="What I say to an idea",
    openapi_extra=MAY_BE_GONE,
)
def my_voice(request: HttpRequest, number: Number) -> Voice:
    """Whether I support it."""
    person = signed_in(request)
    row = idea_at(number, person)
    return _voice(row, voice_of(person, row))


@router.put(
    "/ideas/{number}/support",
    response=Voice,
    auth=needs(SUPPORTS),
    summary="Support an idea",
    openapi_extra=MAY_BE_GONE,
)
def support_idea(request: HttpRequest, number: Number, given: Body[NewVoice] = None) -> Voice:  # type: ignore[assignment]
    """Say yes, or no where the call offers it. Twice is once; the last word counts."""
    person, now = signed_in(request), request.now  # type: ignore[attr-defined]
    value = given.value if given else 1
    verb = actions.support if value > 0 else actions.oppose
    return _voice(verb(idea_at(number, person), by=person, now=now), value)


@router.delete(
    "/ideas/{number}/support",
    response=Voice,
    auth=needs(SUPPORTS),
    summary="Support it no longer",
    openapi_extra=MAY_BE_GONE,
)
def withdraw_support(request: HttpRequest, number: Number) -> Voice:
    """Take a yes or a no back, while the call is open."""
    person, now = signed_in(request), request.now  # type: ignore[attr-defined]
    return _voice(actions.withdraw_support(idea_at(number, person), by=person, now=now), 0)


def _voice(row: IdeaRow, value: int) -> Voice:
    return Voice(idea=row.pk, value=value, support_count=row.support_count, oppose_count=row.oppose_count)
