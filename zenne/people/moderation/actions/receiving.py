"""How something comes before the moderators, and how it leaves when its author takes it away."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core import errands
from zenne.core.errors import Conflict
from zenne.core.memory import Remembered
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.organisations.models import Organisation

from ..cases import close, locked_case, open_case, outdate
from ..enums import CaseState, Ground, Source
from ..flagging import at_once
from ..kinds import contribution_of
from ..models import FlagRule, Report, Trace
from ..rules import may_report
from ..tasks import EXAMINE

_holding: Remembered[FlagRule | None] = Remembered()


@transaction.atomic
def report(thing: Model, *, ground: Ground, text: str = "", by: Person, now: datetime) -> Report:
    """Tell the moderators about a contribution. Raises Conflict when this person reported it before and it still waits."""
    require(may_report(by, thing))
    case = open_case(thing, Source.REPORT, ground=ground, now=now)
    try:
        with transaction.atomic():
            made = Report.objects.create(case=case, ground=ground, text=text.strip(), reporter=by, reported_at=now)
    except IntegrityError as error:
        raise Conflict(_("You reported this before. A moderator will look at it.")) from error
    history.record(
        "contribution.reported", by=by, now=now, about=thing, organisation=case.organisation, details={"ground": ground}
    )
    return made


def submitted(thing: Model, *, is_new: bool = False, now: datetime) -> None:
    """Something was written or corrected: have it examined once that is certain. What waits to be read comes before the moderators at once.
    Nobody looks yet at what is new.

    To be called by the app that owns the thing, inside the transaction that writes it; costs one row (`core.errands`).
    """
    if contribution_of(thing).waits(thing):
        open_case(thing, Source.READING, now=now)
    elif not is_new:
        outdate(thing)
    errands.leave(EXAMINE, kind=thing._meta.label_lower, pk=thing.pk, at=now.isoformat())


def must_wait(organisation: Organisation, text: str, language: str) -> bool:
    """Whether the organisation wants to read such words before they are public. Its rule may be a moment old where this is asked outside a transaction."""
    rule = _holding.get(
        organisation.pk, lambda: FlagRule.objects.filter(organisation_id=organisation.pk, hold=True).first()
    )
    return rule is not None and bool(at_once(rule, text, language))


@transaction.atomic
def drop(thing: Model, *, now: datetime) -> None:
    """The author took it away: nothing is left to decide. Inside the transaction of the app that owns the thing."""
    Trace.objects.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk).delete()
    case = locked_case(thing)
    if case is not None:
        close(case, CaseState.GONE, now)
