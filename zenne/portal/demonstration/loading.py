"""The demonstration city, loaded through the platform's own verbs."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from zenne.core.errors import Conflict
from zenne.core.languages import DEFAULT
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.places.areas.actions import load_brussels

from . import evenings, moderation, plans
from .calendar import Calendar
from .deciding import planning
from .ideas import Contributing, plan_followers
from .lots.council import Council
from .pages import write_pages
from .people import PLATFORM_ADMIN, Account, accounts_of, bring_together, platform_admin
from .processes import Staging
from .quietly import quietly
from .reading import City, read_city
from .recounted import Election, bring_election
from .reports import write_report


class NotHere(Conflict):
    """The demonstration's accounts have a password that everyone can read."""

    def __init__(self) -> None:
        super().__init__("The demonstration city is for local installations: its accounts have a published password.")


@dataclass
class Summary:
    """What a loading brought. The second one brings nothing."""

    processes: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    pages: int = 0
    events: int = 0


def load(
    *, now: datetime, report: Callable[[str], None] = lambda line: None, election: Election | None = None
) -> Summary:
    """Load what is not there yet: territory, organisations, people, pages, and each process with all that happened in it.

    A process is loaded whole, in one transaction, so a loading that was interrupted can be run again; the day it counts from stays that
    of the first time. Nothing is mailed. With an `election`, it is counted again in a process of its own. Raises NotHere on a public installation.
    """
    if settings.STAFF_SECOND_FACTOR:
        raise NotHere
    summary = Summary()
    with override(DEFAULT), quietly() as catch_up:
        report("territory")
        load_brussels(now=now)
        calendar = Calendar.of(platform_admin(now=now).joined_at)
        city = read_city(calendar)
        with transaction.atomic():
            organisations, cast = bring_together(city, calendar)
            moderation.look_out(organisations.values(), by=platform_admin(now=now), now=now)
        report(f"{len(organisations)} organisations, {len(cast)} people")
        summary.pages = write_pages(city, calendar)
        by_key = {each.key: each for each in city.organisations}
        for described in city.processes:
            if Process.objects.filter(slug=described.slug).exists():
                continue
            begun = time.monotonic()
            key = described.organisation
            with transaction.atomic():
                staging = Staging(
                    described,
                    owner=by_key[key],
                    organisations=organisations,
                    cast=cast,
                    residents=city.residents,
                    now=now,
                )
                events = _replay(staging, city, calendar, now)
            catch_up()
            with transaction.atomic():
                moderation.disagree(organisations[key], now=now)
            write_report(described.slug, by=platform_admin(now=now), now=now, catch_up=catch_up)
            summary.processes.append(described.slug)
            summary.events += events
            report(f"{described.title['en']}: {events} events, {time.monotonic() - begun:.0f} s")
        if election is not None:
            with transaction.atomic():
                recounted = bring_election(election, city, calendar, organisations=organisations, cast=cast, now=now)
            catch_up()
            if recounted:
                summary.processes.append(recounted.slug)
                report(f"{recounted.title['en']}: {election.file}")
        for plan in plans.bring_plans(city, calendar, cast, now=now):
            catch_up()
            summary.plans.append(plan.slug)
            report(f"plan {plan.slug}")
            for each in plan.missing:
                report(f"    without {each}: the city here was loaded by an earlier version")
    return summary


def begun() -> bool:
    """Whether somebody loaded the city into this installation, or began to."""
    return Person.objects.filter(email=PLATFORM_ADMIN).exists()


def accounts_to_show() -> list[Account]:
    """Whom to sign in as, once the city is loaded."""
    return accounts_of(read_city(Calendar(date(2020, 1, 1))))


def _replay(staging: Staging, city: City, calendar: Calendar, now: datetime) -> int:
    slug = staging.described.slug
    ideas: dict[str, Idea] = {}
    plan_followers(staging)
    if happened := city.contributions.get(slug):
        contributing = Contributing(staging, happened, calendar)
        contributing.plan()
        ideas = contributing.ideas
    if decided := city.decisions.get(slug):
        planning.plan(staging, decided, ideas)
    evenings.plan(staging, calendar, now)
    if described := city.lots.get(slug):
        Council(staging, described).plan()
    return staging.timeline.run(until=now)
