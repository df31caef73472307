"""Amendments: proposed on a paragraph, talked about, taken or refused with a reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import notifications
from ..enums import AmendmentState, Change
from ..errors import Ended, ReasonNeeded
from ..models import Amendment, Draft, Version
from ..models.draft import PARAGRAPH_LENGTH, written
from ..rules import may_amend, may_keep, may_withdraw, seat_of
from .drafting import heading, held, insert, kept, new_key, unchanged_since, worded
from .holding import note


@transaction.atomic
def propose(
    draft: Draft, *, key: str, change: Change, title: str = "", text: str = "", motive: str, by: Person, now: datetime
) -> Amendment:
    """Propose to change one paragraph, and say why."""
    draft, last = held(draft)
    require(may_amend(by, draft, now))
    there = last.paragraph(key)
    if there is None:
        raise Ended(_("This paragraph was taken out in the meantime."))
    title, text = heading(title), text.strip().replace("\r\n", "\n")
    if change == Change.REMOVE:
        title = text = ""
    elif not title and not text:
        raise Invalid(_("Write the words you propose."))
    elif len(text) > PARAGRAPH_LENGTH:
        raise Invalid(_("A paragraph has at most %(most)s characters.") % {"most": PARAGRAPH_LENGTH})
    elif change == Change.REWRITE and (title, text) == (there["title"], there["text"]):
        raise Invalid(_("This is what the paragraph says already."))
    if not motive.strip():
        raise Invalid(_("Say why: the others read it."))
    number = draft.amendments.aggregate(last=Max("number"))["last"] or 0
    made = Amendment.objects.create(
        draft=draft,
        number=number + 1,
        key=key,
        against=last,
        change=change,
        title=title,
        text=text,
        motive=motive.strip()[:1000],
        seat=seat_of(by, draft.panel, now),
        proposed_at=now,
    )
    note("panel.amendment_proposed", made, draft.panel, by, now, draft=draft.pk, number=made.number)
    return made


@transaction.atomic
def take(
    amendment: Amendment, *, base: int, title: str = "", text: str = "", asks: bool = False, by: Person, now: datetime
) -> Version:
    """Put it into the text, as it is worded now: whoever takes it may fit it in. `base` is the version they read; raises Overtaken when
    the paragraph was changed since. `asks` marks an added paragraph as a recommendation."""
    draft, last = held(amendment.draft)
    amendment = _open(amendment, draft)
    require(may_keep(by, draft, now))
    require(may_amend(by, draft, now))
    if amendment.change == Change.ADD:
        made = written(last, amendment.seat, now)
        made = insert(last, amendment.key, worded(new_key(), title, text, asks), made)
    elif amendment.change == Change.REMOVE:
        unchanged_since(draft, last, amendment.key, base, None)
        made = written(last, amendment.seat, now)
        made.paragraphs = [each for each in made.paragraphs if each["key"] != amendment.key]
        made = kept(made, amendment.key)
    else:
        there = last.paragraph(amendment.key)
        mine = worded(amendment.key, title, text, bool(there and there["asks"]))
        unchanged_since(draft, last, amendment.key, base, None)
        made = written(last, amendment.seat, now)
        made.paragraphs = [mine if each["key"] == amendment.key else each for each in made.paragraphs]
        made = kept(made, amendment.key)
    amendment.state, amendment.decided_at, amendment.made = AmendmentState.TAKEN, now, made
    amendment.save()
    _decided(amendment, by, now)
    return made


@transaction.atomic
def refuse(amendment: Amendment, *, reason: str, by: Person, now: datetime) -> Amendment:
    """Leave the text as it is, and say why."""
    draft, _last = held(amendment.draft)
    amendment = _open(amendment, draft)
    require(may_keep(by, draft, now))
    require(may_amend(by, draft, now))
    if not reason.strip():
        raise ReasonNeeded(_("Say why: whoever proposed it reads it."))
    amendment.state, amendment.decided_at, amendment.reason = AmendmentState.REFUSED, now, reason.strip()[:1000]
    amendment.save()
    _decided(amendment, by, now)
    return amendment


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, by: Person, now: datetime) -> Amendment:
    """Take one's own amendment back."""
    draft, _last = held(amendment.draft)
    amendment = _open(amendment, draft)
    require(may_withdraw(by, amendment, now))
    amendment.state, amendment.decided_at = AmendmentState.WITHDRAWN, now
    amendment.save()
    note("panel.amendment_withdrawn", amendment, draft.panel, by, now, draft=draft.pk, number=amendment.number)
    return amendment


def _open(amendment: Amendment, draft: Draft) -> Amendment:
    found = Amendment.objects.select_for_update(of=("self",)).select_related("seat__person").get(pk=amendment.pk)
    found.draft = draft
    if not found.is_open:
        raise Ended(_("This amendment was decided in the meantime."))
    return found


def _decided(amendment: Amendment, by: Person, now: datetime) -> None:
    draft = amendment.draft
    details = {"draft": draft.pk, "number": amendment.number, "state": str(amendment.state)}
    note("panel.amendment_decided", amendment, draft.panel, by, now, **details)
    transaction.on_commit(lambda: notifications.amendment_decided(amendment, by, now))
