"""What every page begins with: the lottery at an address, in its organisation's look; its draw; and the letter of whoever typed its code."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.rules import may_see
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import wear
from zenne.web.tokens import has_session

from .. import queries
from ..models import Draw, Invitation, Lottery

OPENED = "sortition-letters"
STAYS = timedelta(minutes=30)


def lottery_at(request: HttpRequest, process: str, pk: int) -> Lottery:
    """The lottery at this address; that of a draft process only for its staff or with its key. Raises NotFound."""
    found = queries.lotteries().filter(pk=pk, activity__phase__process__slug=process).first()
    if found is None or not may_see(request.user, found.process, preview_key=request.GET.get("preview", "")):
        raise NotFound(_("There is no draw by lot at this address."))
    wear(request, found.process.organisation)
    return found


def draw_at(request: HttpRequest, process: str, pk: int, number: int) -> Draw:
    """A draw that everybody may see: committed, drawn or annulled. Raises NotFound for the others."""
    lottery = lottery_at(request, process, pk)
    found = queries.public_draws(lottery).filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no draw with this number, or it is not public yet."))
    found.lottery = lottery
    return found


def around(request: HttpRequest, lottery: Lottery) -> dict[str, Any]:
    """What every page of a lottery needs. `key` goes behind links, so that a preview stays one."""
    draft = lottery.process.state == ProcessState.DRAFT
    key = f"?preview={lottery.process.preview_key}" if draft and request.GET.get("preview") else ""
    return {"lottery": lottery, "process": lottery.process, "draft": draft, "key": key}


def open_letter(request: HttpRequest, invitation: Invitation) -> None:
    """Whoever typed the code of a letter has it open on this device, for half an hour; the code itself is kept nowhere."""
    request.session[OPENED] = {
        **request.session.get(OPENED, {}),
        str(invitation.lottery_id): [invitation.pk, (_now(request) + STAYS).isoformat()],
    }


def close_letter(request: HttpRequest, lottery: Lottery) -> None:
    opened = dict(request.session.get(OPENED, {}))
    if opened.pop(str(lottery.pk), None):
        request.session[OPENED] = opened


def letter_of(request: HttpRequest, lottery: Lottery) -> Invitation | None:
    """The letter that is open on this device, else the one that the signed-in person answered."""
    if not has_session(request):
        return None  # most visitors: their page is everybody's
    kept = request.session.get(OPENED, {}).get(str(lottery.pk))
    found = Invitation.objects.filter(lottery=lottery)
    if kept and datetime.fromisoformat(kept[1]) > _now(request):
        # erased meanwhile: the code opens nothing any more, and neither does what was opened with it
        letter = found.filter(pk=kept[0], code_digest__isnull=False).first()
    elif isinstance(request.user, Person):
        letter = found.filter(answer__person=request.user, answer__withdrawn_at__isnull=True).first()
    else:
        letter = None
    if letter is not None:
        letter.lottery = lottery
    return letter


def _now(request: HttpRequest) -> datetime:
    moment: datetime = request.now  # type: ignore[attr-defined]
    return moment
