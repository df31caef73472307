"""Who sits in a body, as what, from when until when."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict
from zenne.core.whole import require_whole
from zenne.participation.decisions.models import Body
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..models import Seat
from ..rules import may_manage
from .way import note


@transaction.atomic
def save_seat(*, seat: Seat, by: Person | None, now: datetime) -> Seat:
    """Say who sits in a body, from when until when; or write that again. Nobody sits in it twice at one time."""
    require(may_manage(by, seat.body.organisation))
    Body.objects.select_for_update().get(pk=seat.body_id)
    event = "body_seat.changed" if seat.pk else "body_seat.filled"
    seat.name = seat.name.strip()
    require_whole(seat)
    _require_once(seat)
    seat.save()
    note(event, seat, by, now, seat.body.organisation, body=seat.body_id)
    return seat


def _require_once(seat: Seat) -> None:
    same = Q(name__iexact=seat.name)
    if seat.person_id:
        same |= Q(person=seat.person_id)
    others = seat.body.seats.filter(same, Q(until__isnull=True) | Q(until__gte=seat.since)).exclude(pk=seat.pk)
    if seat.until:
        others = others.filter(since__lte=seat.until)
    if other := others.order_by("since", "id").first():
        raise Conflict(_("%(name)s sits in this body already at that time: end that term first.") % {"name": other})
