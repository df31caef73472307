"""A crowd that takes part: people with an age, a gender and a home, who support an idea. Quick to make, hundreds at a time."""

from datetime import date, datetime, timedelta
from itertools import count

from tests.participation.ideas.factories import NOW
from zenne.participation.ideas.models import Idea, Support
from zenne.people.accounts.enums import Purpose
from zenne.people.accounts.models import Consent, Person
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area, Residence

_number = count(1)


def region() -> tuple[Area, Area, Area]:
    """The Region with two of its communes, Jette and Uccle, and their real numbers of inhabitants."""
    of = Area.objects.create(kind=AreaKind.REGION, code="04000", name_fr="Région", name_nl="Gewest")
    made = [
        Area.objects.create(
            kind=AreaKind.COMMUNE,
            code=code,
            name_fr=name,
            name_nl=name,
            parent=of,
            population=people,
            population_at=date(2020, 1, 1),
        )
        for code, name, people in (("21010", "Jette", 52_728), ("21016", "Uccle", 83_980))
    ]
    return of, made[0], made[1]


def crowd(
    number: int,
    idea: Idea,
    *,
    born: int | None = None,
    gender: str = "",
    home: Area | None = None,
    consents: bool = True,
    now: datetime = NOW + timedelta(hours=1),
) -> list[Person]:
    """So many people who support an idea at `now`. Without consent, what they said of themselves must not be counted."""
    people = Person.objects.bulk_create(
        Person(
            email=f"crowd{next(_number)}@example.org",
            name="X",
            birth_year=born,
            gender=gender,
            password="!",
            joined_at=now,
        )
        for _each in range(number)
    )
    if consents:
        Consent.objects.bulk_create(Consent(person=one, purpose=Purpose.STATISTICS, given_at=now) for one in people)
    if home:
        Residence.objects.bulk_create(Residence(person=one, commune=home, changed_at=now) for one in people)
    Support.objects.bulk_create(Support(idea=idea, person=one, value=1, given_at=now) for one in people)
    return people
