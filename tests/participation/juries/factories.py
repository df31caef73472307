"""A jury with its members, criteria and ideas, made through the real actions."""

from datetime import timedelta

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import NOW, resident, staff
from tests.people.organisations import factories as organisations
from zenne.participation.juries import actions
from zenne.participation.juries.models import Assessment, Candidate, Jury, Member
from zenne.participation.processes.models import Activity, Phase, Process
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

CRITERIA = (("Besoin", "Behoefte", "Need", 3), ("Faisabilité", "Haalbaarheid", "Feasibility", 1))
WHY = {"fr": "Parce que oui.", "nl": "Daarom.", "en": "Because."}


def each(text: str) -> dict[str, str]:
    return {"fr": f"{text} fr", "nl": f"{text} nl", "en": f"{text} en"}


def manager(jury: Jury) -> Person:
    found = Person.objects.filter(memberships__organisation=jury.process.organisation, memberships__role="manager")
    return found.first() or staff(jury.process.organisation)


def jury(
    of: Process | None = None, *, organisation: Organisation | None = None, entries: int = 4, **settings: object
) -> Jury:
    """A jury that scores from a day before NOW to a week after, two criteria of five points, with ideas before it."""
    if of is None:
        of = ideas.process(organisation or organisations.organisation(languages=["fr", "nl", "en"]))
    call = ideas.call(of)
    made_of = [ideas.idea(call, title=f"Idée {letter}") for letter in "ABCDEFGHIJ"[:entries]]
    phase = Phase.objects.create(
        process=call.process,
        position=call.process.phases.count() + 1,
        title="Jury",
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=7),
    )
    activity = Activity.objects.create(
        phase=phase, kind="jury", title="Le jury", title_nl="De jury", title_en="The jury"
    )
    made = Jury.objects.create(activity=activity, **{"keep": 2, **settings})
    by = staff(call.process.organisation, name="Manager")
    for fr, nl, en, weight in CRITERIA:
        actions.write_criterion(
            made,
            weight=weight,
            words={"title": {"fr": fr, "nl": nl, "en": en}, "text": each("Que demande-t-on ?")},
            levels={value: each(f"{value} points") for value in range(1, 6)},
            reason=WHY,
            by=by,
            now=NOW - timedelta(days=2),
        )
    if made_of:
        actions.take_candidates(made, source=call, by=by, now=NOW)
    return Jury.objects.select_related("activity__phase__process__organisation").get(pk=made.pk)


def invited(to: Jury, name: str = "Nele", *, chair: bool = False, **fields: object) -> Member:
    person = resident(name)
    given = {
        "email": person.email,
        "name": name,
        "capacity": {"fr": "Experte", "nl": "Deskundige", "en": "Expert"},
        "is_chair": chair,
        **fields,
    }
    return actions.invite(to, by=manager(to), now=NOW, **given)


def member(to: Jury, name: str = "Nele", *, person: Person | None = None, chair: bool = False) -> Member:
    """Somebody who accepted the charter."""
    person = person or resident(name)
    seat = actions.invite(to, email=person.email, name=name, is_chair=chair, by=manager(to), now=NOW)
    return actions.accept_invitation(seat, by=person, now=NOW)


def candidates(of: Jury) -> list[Candidate]:
    return list(Candidate.objects.filter(jury=of).select_related("idea__process", "jury").order_by("id"))


def points(of: Jury, *values: int) -> dict[int, int]:
    return dict(zip(of.criteria.order_by("position").values_list("pk", flat=True), values, strict=True))


def submitted(seat: Member, candidate: Candidate, *values: int, comment: str = "") -> Assessment:
    given = points(candidate.jury, *(values or (3, 3)))
    return actions.submit(seat, candidate, points=given, comment=comment, by=seat.person, now=NOW)


def scored(of: Jury, *rows: tuple[tuple[int, int], ...]) -> list[Member]:
    """A member per row, who submitted these points on each candidate in turn."""
    seats = []
    for at, row in enumerate(rows):
        seat = member(of, f"Membre {at + 1}", chair=at == 0)
        for candidate, values in zip(candidates(of), row, strict=True):
            submitted(seat, candidate, *values)
        seats.append(seat)
    return seats


def make_for(organisation: Organisation) -> list[Model]:
    """A jury of that organisation, with a member who scored."""
    made = jury(organisation=organisation)
    seat = member(made)
    submitted(seat, candidates(made)[0])
    return [made]
