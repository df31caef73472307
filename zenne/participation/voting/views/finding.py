"""Finding a vote at its address, and sealing it on the way when it is over: the first request after the end does what the clock may not have done yet."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.rules import may_see
from zenne.people.organisations.queries import wear

from .. import actions, queries
from ..models import Vote


def vote_at(request: HttpRequest, process: str, pk: int) -> Vote:
    """The vote at this address in its organisation's look; that of a draft process only for its staff or with its key."""
    vote = queries.at(process, pk)
    if vote is None or not may_see(request.user, vote.process, preview_key=request.GET.get("preview", "")):
        raise NotFound(_("There is no vote at this address."))
    wear(request, vote.process.organisation)
    public = vote.process.state != ProcessState.DRAFT
    if public and queries.is_over(vote, request.now) and actions.seal(vote, now=request.now):  # type: ignore[attr-defined]
        vote = queries.votes().get(pk=vote.pk)
    return vote


def around(request: HttpRequest, vote: Vote) -> dict[str, Any]:
    """What every page of a vote needs. `key` goes behind links, so that a preview stays one."""
    draft = vote.process.state == ProcessState.DRAFT
    key = f"?preview={vote.process.preview_key}" if draft and request.GET.get("preview") else ""
    return {"vote": vote, "process": vote.process, "state": vote.state(request.now), "draft": draft, "key": key}  # type: ignore[attr-defined]
