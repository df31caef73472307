"""The receipt by mail. The letter that waits in the outbox knows its reader and its vote; the code is looked up by the reader's mark when it leaves.

Once the box is sealed there is nothing to look up any more, so a letter that comes too late does not leave.
"""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.messaging.outbox.kinds import Source, Words, sources
from zenne.messaging.outbox.models import Letter

from . import queries, showing
from .queries import RECEIPTS


def compose(letter: Letter, now: datetime) -> Words | None:
    vote = queries.votes().filter(pk=int(letter.key.split(":")[1])).first()
    ballot = queries.ballot_of(vote, letter.person) if vote else None
    if vote is None or ballot is None:
        return None
    address = reverse("voting:receipt", args=[vote.process.slug, vote.pk, ballot.leaf])
    context = {
        "title": shown(vote.activity, "title")[0],
        "code": showing.grouped_code(ballot.leaf),
        "check": f"{settings.BASE_URL}{address}",
        "again": f"{settings.BASE_URL}{vote.get_absolute_url()}",
        "standing": showing.standing(vote, now),
        "organisation": vote.process.organisation,
        "person": letter.person,
    }
    return Words("participation/voting/mail/receipt", context)


sources.register(RECEIPTS, Source(_("Receipts of votes"), compose, urgent=True))
