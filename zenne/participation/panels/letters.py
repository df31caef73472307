"""The letter of welcome, to somebody who may never have heard of the platform."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.messaging.outbox.kinds import Source, Words, sources
from zenne.messaging.outbox.models import Letter

from .actions import code_of
from .actions.writing_to import WELCOME
from .enums import SeatState
from .models import Seat


def _welcome(letter: Letter, now: datetime) -> Words | None:
    """Nothing, when the seat ended or another code was made before the letter left."""
    rows = Seat.objects.select_related("panel__process__organisation", "term", "person")
    seat = rows.filter(pk=letter.context["seat"], state=SeatState.SEATED, code_round=letter.context["round"]).first()
    if seat is None:
        return None
    panel = seat.panel
    base = settings.BASE_URL.rstrip("/")
    code = "" if seat.person_id else code_of(seat)
    address = reverse("panels:join") + "?" + urlencode({"code": code}) if code else panel.room_url
    context = {
        "seat": seat,
        "panel": shown(panel, "name")[0],
        "process": shown(panel.process, "title")[0],
        "organisation": panel.process.organisation,
        "code": code,
        "term": seat.term,
        "address": base + address,
    }
    return Words("participation/panels/mail/welcome", context)


sources.register(WELCOME, Source(_("Welcome to members of panels"), _welcome, urgent=True))
