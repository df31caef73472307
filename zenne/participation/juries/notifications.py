"""What a jury tells its members."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Circle
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.participation.selections.models import Selection
from zenne.people.accounts.models import Person

from .enums import MemberState
from .models import Assessment, Jury, Member

kinds.register(
    "juries.missing",
    Kind(
        _("Scores that a jury waits for"),
        _("“%(jury)s” waits for your scores. Still to do: %(number)s"),
        circle=Circle.SEATS,
    ),
)
kinds.register(
    "juries.unlocked",
    Kind(
        _("My assessment was opened again"),
        _("Your assessment of “%(title)s” was opened again: %(reason)s"),
        circle=Circle.SEATS,
    ),
)
kinds.register(
    "juries.deliberation",
    Kind(_("My jury deliberates"), _("“%(jury)s” deliberates: you can now read all scores"), circle=Circle.SEATS),
)
kinds.register(
    "juries.published", Kind(_("The result of my jury"), _("The result of “%(jury)s” is public"), circle=Circle.SEATS)
)


def scores_missing(jury: Jury, member: Member, missing: int, now: datetime) -> None:
    if member.person:
        facts = {"number": str(missing)}
        _tell("juries.missing", jury, [member.person], f"missing:{now:%Y-%m-%d}", facts, _work(jury), now)


def unlocked(assessment: Assessment, now: datetime) -> None:
    jury, last = assessment.candidate.jury, assessment.unlockings.first()
    if assessment.member.person and last:
        facts = {"title": assessment.candidate.title, "reason": last.reason}
        address = reverse("juries:assess", args=[jury.process.slug, jury.pk, assessment.candidate_id])
        _tell("juries.unlocked", jury, [assessment.member.person], f"unlocked:{last.pk}", facts, address, now)


def deliberation_opened(jury: Jury, now: datetime) -> None:
    address = reverse("juries:deliberation", args=[jury.process.slug, jury.pk])
    _tell("juries.deliberation", jury, _seated(jury), "deliberation", {}, address, now)


def result_published(jury: Jury, selection: Selection | None, now: datetime) -> None:
    """Where it can be read: the selection of ideas, or the jury's own page."""
    address = reverse("juries:page", args=[jury.process.slug, jury.pk])
    occasion = "published"
    if selection is not None:
        address, occasion = selection.get_absolute_url(), f"published:{selection.pk}"
    _tell("juries.published", jury, _seated(jury), occasion, {}, address, now)


def _seated(jury: Jury) -> list[Person]:
    seats = Member.objects.filter(jury=jury, state=MemberState.ACCEPTED, person__isnull=False).select_related("person")
    return [seat.person for seat in seats if seat.person]


def _work(jury: Jury) -> str:
    return reverse("juries:work", args=[jury.process.slug, jury.pk])


def _tell(
    kind: str, jury: Jury, to: Iterable[Person], occasion: str, facts: dict[str, str], url: str, now: datetime
) -> None:
    notify(
        kind,
        to=to,
        key=f"jury:{jury.pk}:{occasion}",
        scope=f"processes.process:{jury.process.pk}",
        facts={"jury": in_every_language(lambda: shown(jury.activity, "title")[0]), **facts},
        url=url,
        now=now,
    )
