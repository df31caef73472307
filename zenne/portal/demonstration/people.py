"""Organisations, their staff and the residents. Whoever is there already, by slug or e-mail address, stays as they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from zenne.core.languages import LANGUAGES, attribute
from zenne.people.accounts import actions as accounts
from zenne.people.accounts.enums import Purpose
from zenne.people.accounts.models import Person
from zenne.people.organisations import actions as organisations
from zenne.people.organisations.models import Organisation
from zenne.places.areas import actions as places
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

from .calendar import Calendar
from .reading import City
from .records import Idea, Resident, Staff
from .records import Organisation as Described
from .visits import visits

DEMONSTRATION_PASSWORD = "demonstration-zenne"  # noqa: S105 - printed at every start; a public installation never loads the city
PLATFORM_ADMIN = "admin@example.org"
ORGANISATIONS_SHOWN = 2
BEFORE_THE_FIRST_PROCESS = timedelta(days=30)
BEFORE_THE_FIRST_DEED = timedelta(days=1)
"""Somebody joined one day before the first thing they do in the content."""
KEEPS_TO_THEMSELVES = 7
"""Every seventh resident does not want age, gender and home to be counted in the numbers."""

Cast = dict[str, Person]


@dataclass(frozen=True)
class Account:
    """Somebody to sign in as."""

    role: str
    email: str
    password: str


def platform_admin(*, now: datetime) -> Person:
    """The first person of the demonstration. The day they joined is the day of loading, for ever."""
    known = Person.objects.filter(email=PLATFORM_ADMIN).first()
    if known:
        return known
    admin = _join(PLATFORM_ADMIN, "Zenne", "fr", now)
    admin.is_superuser, admin.password = True, make_password(DEMONSTRATION_PASSWORD)
    admin.save(update_fields=["is_superuser", "password"])
    return admin


def bring_together(city: City, calendar: Calendar) -> tuple[dict[str, Organisation], Cast]:
    """Every organisation and everybody, by key."""
    first = dict(first_deeds(city))
    since = min(process.created_at for process in city.processes) - BEFORE_THE_FIRST_PROCESS
    password = make_password(DEMONSTRATION_PASSWORD)
    made: dict[str, Organisation] = {}
    cast: Cast = {}
    for described in city.organisations:
        made[described.key] = _organisation(described, made, since)
        for staff in described.staff:
            cast[staff.key] = _member(staff, made[described.key], password, since)
        organisations.open_organisation(organisation=made[described.key], by=None, now=since)
    communes = {area.code: area for area in Area.objects.filter(kind=AreaKind.COMMUNE).order_by("pk")}
    shown = {resident.key for resident in _one_a_language(city)}
    for number, resident in enumerate(city.residents, 1):
        joined = first.get(resident.key, calendar.moment("-1 12:00")) - BEFORE_THE_FIRST_DEED
        cast[resident.key] = _resident(resident, communes, password if resident.key in shown else "", joined)
        if number % KEEPS_TO_THEMSELVES:
            accounts.give_consent(by=cast[resident.key], purpose=Purpose.STATISTICS, now=joined)
    return made, cast


def accounts_of(city: City) -> list[Account]:
    """Accounts that show every side: the platform's administrator, the staff of the first organisations, a resident in each language.

    All staff have the same password; the other residents come in by a code, as people do.
    """
    roles = [
        (f"{staff.role}, {described.name['en']}", staff.email)
        for described in city.organisations[:ORGANISATIONS_SHOWN]
        for staff in described.staff
    ]
    roles += [(f"resident ({resident.language})", resident.email) for resident in _one_a_language(city)]
    return [
        Account(role, email, DEMONSTRATION_PASSWORD)
        for role, email in [("platform administrator", PLATFORM_ADMIN), *roles]
    ]


def _one_a_language(city: City) -> list[Resident]:
    return [next(each for each in city.residents if each.language == language) for language in LANGUAGES]


def _organisation(described: Described, others: Mapping[str, Organisation], now: datetime) -> Organisation:
    known = Organisation.objects.filter(slug=described.slug).first()
    if known:
        return known
    new = Organisation(
        slug=described.slug,
        kind=described.kind,
        parent=others.get(described.parent),
        languages=list(described.languages),
        brand=described.brand,
        accent=described.accent,
        corners=described.corners,
        email=described.email,
        privacy_email=described.privacy_email,
        address=f"{described.address['fr']}\n{described.address['nl']}",
    )
    for language in LANGUAGES:
        setattr(new, attribute("name", language), described.name[language])
        setattr(new, attribute("subname", language), described.sub_name[language])
        setattr(new, attribute("about", language), described.about[language])
    return organisations.create_organisation(organisation=new, by=None, now=now)


def _member(staff: Staff, organisation: Organisation, password: str, now: datetime) -> Person:
    known = Person.objects.filter(email=staff.email).first()
    if known:
        return known
    person = _join(staff.email, staff.name, staff.language, now)
    person.password = password
    person.save(update_fields=["password"])
    organisations.change_roles(organisation=organisation, person=person, roles=[staff.role], by=None, now=now)
    return person


def _resident(resident: Resident, communes: Mapping[str, Area], password: str, now: datetime) -> Person:
    known = Person.objects.filter(email=resident.email).first()
    if known:
        return known
    person = _join(resident.email, resident.name, resident.language, now)
    accounts.answer_questions(by=person, now=now, birth_year=resident.birth_year, gender=resident.gender or None)
    places.set_residence(person=person, commune=communes[resident.commune], by=person, now=now)
    if password:
        person.password = password
        person.save(update_fields=["password"])
    return person


def _join(email: str, name: str, language: str, now: datetime) -> Person:
    person = accounts.join(email=email, language=language, now=now)
    EmailAddress.objects.filter(user=person).update(verified=True)
    accounts.change_name(by=person, name=name, now=now)
    return person


def first_deeds(city: City) -> Iterator[tuple[str, datetime]]:
    """For each resident who does something, when they do the first thing."""
    deeds: dict[str, list[datetime]] = {}
    for process in city.processes:
        if process.published_at:
            for follower in process.followers:
                deeds.setdefault(follower, []).append(process.published_at)
        decided = city.decisions.get(process.slug)
        if decided and decided.vote:
            for visit in visits(decided.vote.ballots, city.residents):
                deeds.setdefault(visit.person, []).append(visit.at)
        if decided and decided.jury:
            for member in decided.jury.members:
                deeds.setdefault(member.person, []).append(decided.jury.invited_at)
        happened = city.contributions.get(process.slug)
        for idea in happened.ideas if happened else ():
            for person, moment in _deeds_around(idea):
                deeds.setdefault(person, []).append(moment)
    yield from ((person, min(moments)) for person, moments in deeds.items())


def _deeds_around(idea: Idea) -> Iterator[tuple[str, datetime]]:
    yield from ((person, idea.at) for person in (idea.author, *idea.supporters, *idea.opponents) if person)
    for comment in idea.comments:
        yield comment.by, comment.at
        yield from ((person, comment.at) for people in comment.reactions.values() for person in people)
        if comment.report:
            yield comment.report.by, comment.report.at
