"""What the verbs share: how a jury and its seats are held, how words in several languages are set, how history is written.

Locks are taken in one order: the process, the jury, then seats by number. Who scores holds nothing but their own seat, so that members never
wait for each other; whoever ends the scoring holds every seat, so that nothing slips in behind.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.languages import LANGUAGES, attribute
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from ..enums import MEMBER_TRANSITIONS, AssessmentState, MemberState, Stage
from ..errors import WrongMoment
from ..models import Assessment, Candidate, Jury, Member
from ..queries import juries
from ..rules import stage

Words = Mapping[str, str]


def held(jury: Jury) -> Jury:
    """The jury as it is now, held until the end of the transaction."""
    return juries().select_for_update(of=("self",)).get(pk=jury.pk)


def held_seat(member: Member) -> Member:
    """One seat, with its jury. The jury itself is not held: nobody waits for somebody else's scores."""
    found = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    found.jury = juries().get(pk=found.jury_id)
    return found


def held_seats(jury: Jury) -> list[Member]:
    """Every seat: from here on nobody scores until the transaction ends."""
    return list(Member.objects.select_for_update(of=("self",)).filter(jury=jury).order_by("pk"))


def set_authors_aside(jury: Jury, *, now: datetime) -> None:
    """Who proposed an idea has no say on it, from the moment both it and they are there. The seats concerned are held by whoever calls."""
    seats = {seat.person_id: seat for seat in jury.members.filter(state=MemberState.ACCEPTED, person__isnull=False)}
    own = Candidate.objects.filter(jury=jury, idea__author__in=seats).select_related("idea").defer("idea__search")
    for candidate in own.order_by("pk"):
        assert candidate.idea is not None  # found by its author
        seat = seats[candidate.idea.author_id]
        recused = {"state": AssessmentState.RECUSED, "tie": _("It is their own idea."), "begun_at": now}
        row, made = Assessment.objects.get_or_create(member=seat, candidate=candidate, defaults=recused)
        if made:
            note("jury.recused", row, jury, seat.person, now, number=candidate.number)


def require_stage(jury: Jury, now: datetime, *allowed: Stage) -> None:
    if stage(jury, now) not in allowed:
        raise WrongMoment(_("The jury is at another point of its work: this cannot be done now."))


def step(member: Member, to: MemberState) -> None:
    if to not in MEMBER_TRANSITIONS[MemberState(member.state)]:
        raise WrongMoment(_("This invitation was answered or taken back in the meantime."))
    member.state = to


def write(thing: Model, **words: Words | None) -> list[str]:
    """Set translated fields; which of them changed."""
    changed = []
    for field, said in words.items():
        for language, text in (said or {}).items():
            name = attribute(field, language)
            if language in LANGUAGES and (getattr(thing, name, None) or "") != text.strip():
                setattr(thing, name, text.strip())
                changed.append(name)
    return changed


def note(event: str, about: Model, jury: Jury, by: Person | None, now: datetime, **details: object) -> None:
    history.record(
        event, by=by, now=now, about=about, organisation=jury.process.organisation, details={"jury": jury.pk, **details}
    )
