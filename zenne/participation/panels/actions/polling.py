"""Straw polls: asked, answered, closed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import notifications
from ..models import Panel, StrawOption, StrawPoll, StrawVoice
from ..models.poll import FEWEST_OPTIONS, MOST_OPTIONS
from ..models.talk import TITLE_LENGTH
from ..rules import may_answer, may_close, seat_of
from .holding import note, voice


@transaction.atomic
def ask(
    panel: Panel,
    *,
    question: str,
    options: Sequence[str],
    several: bool = False,
    secret: bool = False,
    closes_at: datetime,
    by: Person,
    now: datetime,
) -> StrawPoll:
    """Ask those who sit where they stand."""
    seat = voice(panel, by, now)
    words = [" ".join(each.split())[:TITLE_LENGTH] for each in options if each.strip()]
    if not question.strip():
        raise Invalid(_("Write the question."))
    if not FEWEST_OPTIONS <= len(words) <= MOST_OPTIONS or len(set(words)) != len(words):
        raise Invalid(
            _("Give between %(fewest)s and %(most)s different answers.")
            % {"fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS}
        )
    if closes_at <= now:
        raise Invalid(_("A poll closes at a moment to come."))
    made = StrawPoll.objects.create(
        panel=panel,
        question=" ".join(question.split())[:300],
        several=several,
        secret=secret,
        seat=seat,
        asked_at=now,
        closes_at=closes_at,
    )
    StrawOption.objects.bulk_create(
        StrawOption(poll=made, position=position, words=each) for position, each in enumerate(words, 1)
    )
    note("panel.poll_asked", made, panel, by, now)
    transaction.on_commit(lambda: notifications.poll_asked(made, by, now))
    return made


@transaction.atomic
def answer_poll(poll: StrawPoll, *, options: Iterable[int], by: Person, now: datetime) -> None:
    """Say where one stands. In an open poll a later answer replaces the first; a secret one is given once, and no row ties it to a seat."""
    poll = _held(poll)
    require(may_answer(by, poll, now))
    seat = seat_of(by, poll.panel, now)
    assert seat is not None
    chosen = set(options)
    known = set(poll.options.values_list("pk", flat=True))
    if not chosen or not chosen <= known or (len(chosen) > 1 and not poll.several):
        raise Invalid(_("Choose an answer.") if not poll.several else _("Choose at least one answer."))
    if poll.secret:
        try:
            with transaction.atomic():
                StrawVoice.objects.create(poll=poll, seat=seat)
        except IntegrityError as error:
            raise Conflict(_("You have answered already.")) from error
        StrawOption.objects.filter(pk__in=chosen).update(secret_tally=F("secret_tally") + 1)
        return
    said, _new = StrawVoice.objects.get_or_create(poll=poll, seat=seat)
    said.options.set(chosen)


@transaction.atomic
def close_poll(poll: StrawPoll, *, by: Person, now: datetime) -> StrawPoll:
    """End it before its time."""
    poll = _held(poll)
    require(may_close(by, poll, now))
    poll.closes_at = now
    poll.save(update_fields=["closes_at"])
    note("panel.poll_closed", poll, poll.panel, by, now)
    return poll


def _held(poll: StrawPoll) -> StrawPoll:
    """Held, so that no answer comes in behind the closing."""
    rows = StrawPoll.objects.select_for_update(of=("self",)).select_related(
        "panel__process__organisation", "panel__group"
    )
    return rows.get(pk=poll.pk)
