"""What of the pages about ideas is somebody's own: drawn for each person, between what all read (`zenne.web.shared`)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from zenne.participation.processes.models import Activity, Process
from zenne.people.accounts.models import Person

from .. import queries, showing
from ..models import Idea, MergeConsent
from ..queries import Filters
from ..rules import is_author, may_edit, may_withdraw

FOLDER = "participation/ideas"


def voices(request: HttpRequest, idea: Idea) -> SafeString:
    """The buttons for and against, as this visitor pressed them."""
    person = request.user if isinstance(request.user, Person) else None
    shown = showing.voices(idea, request.user, queries.voice_of(person, idea), request.now)  # type: ignore[attr-defined]
    return _drawn(request, "voices", voices=shown, idea=idea)


def question(request: HttpRequest, idea: Idea) -> SafeString | str:
    """The question about a merge that waits for this visitor's answer, on either of the two pages."""
    if not is_author(request.user, idea):
        return ""
    asked = (
        MergeConsent.objects.filter(
            person=request.user,
            agreed__isnull=True,
            merge__in=queries.questions_for(request.user).filter(source=idea)
            | queries.questions_for(request.user).filter(target=idea),
        )
        .select_related("merge__source__process", "merge__target__process")
        .order_by("id")
        .first()
    )
    return _drawn(request, "question", question=asked, process=idea.process, idea=idea) if asked else ""


def tools(request: HttpRequest, idea: Idea) -> SafeString | str:
    """What its author can do with it."""
    may = {
        "may_edit": bool(may_edit(request.user, idea, request.now)),  # type: ignore[attr-defined]
        "may_withdraw": bool(may_withdraw(request.user, idea)),
    }
    return _drawn(request, "tools", idea=idea, process=idea.process, **may) if any(may.values()) else ""


def report(request: HttpRequest, idea: Idea) -> SafeString | str:
    """The way to report it, for all but who wrote it."""
    return "" if is_author(request.user, idea) else _drawn(request, "report", idea=idea)


def head(request: HttpRequest, calls: list[Activity]) -> SafeString:
    """The title of the list, and the way to add to it."""
    propose = showing.proposing(calls, request.user, request.now)  # type: ignore[attr-defined]
    return _drawn(request, "list_head", propose=propose)


def empty(request: HttpRequest, process: Process, calls: list[Activity], filters: Filters) -> SafeString:
    """An empty list, and the way to be the first."""
    propose = showing.proposing(calls, request.user, request.now)  # type: ignore[attr-defined]
    return _drawn(request, "empty", propose=propose, process=process, filters=filters)


def only_mine(request: HttpRequest, chosen: bool) -> SafeString | str:
    """Who is signed in may ask for their own."""
    return _drawn(request, "only_mine", chosen=chosen) if isinstance(request.user, Person) else ""


def cards(request: HttpRequest, shown: Sequence[showing.Card]) -> SafeString:
    """The ideas of a page as cards; those that this person supports are marked."""
    person = request.user if isinstance(request.user, Person) else None
    said = queries.voices_of(person, [card.idea for card in shown])
    drawn = (card.supported if said.get(card.idea.pk, 0) > 0 else card.drawn for card in shown)
    return mark_safe("".join(f"<li>{card}</li>" for card in drawn))  # noqa: S308 - drawn by our own templates


def _drawn(request: HttpRequest, part: str, **given: Any) -> SafeString:
    return render_to_string(f"{FOLDER}/{part}.html", {"request": request, **given})
