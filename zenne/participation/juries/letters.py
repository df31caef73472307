"""The invitation to a jury, to somebody who may never have heard of the platform."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.messaging.outbox.kinds import Source, Words, sources
from zenne.messaging.outbox.models import Letter

from . import wording
from .actions.members import INVITATION
from .enums import MemberState
from .models import Member


def _invitation(letter: Letter, now: datetime) -> Words | None:
    """Nothing, when it was answered or taken back before the letter left."""
    rows = Member.objects.select_related("jury__activity__phase__process__organisation", "invited_by")
    member = rows.filter(pk=letter.context["member"], state=MemberState.INVITED).first()
    if member is None:
        return None
    process = member.jury.process
    context = {
        "member": member,
        "by": member.invited_by,
        "jury": shown(member.jury.activity, "title")[0],
        "process": shown(process, "title")[0],
        "organisation": process.organisation,
        "charter": wording.charter(member.jury),
        "closes_at": member.jury.activity.window()[1],
        "address": settings.BASE_URL.rstrip("/") + reverse("juries:invitation", args=[member.key]),
    }
    return Words("participation/juries/mail/invitation", context)


sources.register(INVITATION, Source(_("Invitations to juries"), _invitation, urgent=True))
