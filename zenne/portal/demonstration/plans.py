"""The plans of the city: those that come with the platform, those of the demonstration, and what each of their projects comes from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from zenne.participation.advices.models import Recommendation
from zenne.participation.comments import actions as comments
from zenne.participation.ideas.models import Idea
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.strategy.indicators.models import Indicator
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import Share, Verdict
from zenne.strategy.portfolio.models import Debate, Plan, Project
from zenne.strategy.portfolio.planfiles import bundled, reading
from zenne.strategy.portfolio.planfiles.bringing import bring_in

from . import linked
from .calendar import Calendar
from .people import Cast
from .processes import texts
from .reading import CONTENT, City
from .rounds import run_review

DAY = re.compile(r"@(-?\d+)")
"""In the plans of the demonstration: a day counted from that of loading."""
A_REMARK = timedelta(minutes=25)


def paths() -> list[Path]:
    return [*bundled.paths(), *sorted((CONTENT / "plans").glob("*.yaml"))]


@dataclass
class Brought:
    """A plan that was loaded, and what its links name that this city does not have: its processes were loaded by an earlier version."""

    slug: str
    missing: list[str] = field(default_factory=list)


def bring_plans(city: City, calendar: Calendar, cast: Cast, *, now: datetime) -> Iterator[Brought]:
    """Load each plan that is not there yet, whole with its links and its review."""
    known = set(Plan.objects.values_list("slug", flat=True))
    for path in paths():
        if path.stem in known:
            continue
        words = DAY.sub(lambda found: calendar.date(int(found[1])).isoformat(), path.read_text())
        file = reading.read(words.encode())
        by = _manager(file.plan.organisation, city, cast)
        brought = Brought(path.stem)
        with transaction.atomic():
            bring_in(file, organisation=Organisation.objects.get(slug=file.plan.organisation), by=by, now=now)
            if described := city.links.get(path.stem):
                brought.missing += link(described, city, now)
                if described.debate:
                    brought.missing += talk(described.debate, described.plan, cast, now)
            if reviewed := city.reviews.get(path.stem):
                run_review(reviewed, Plan.objects.get(slug=path.stem), by=cast[reviewed.by], now=now)
        yield brought


def _manager(slug: str, city: City, cast: Cast) -> Person:
    """Who enters the plans of an organisation: its first administrator."""
    owner = next(each for each in city.organisations if each.slug == slug)
    return cast[next(staff.key for staff in owner.staff if staff.role == "admin")]


def link(described: linked.Linking, city: City, now: datetime) -> list[str]:
    """Link what is there; what is not, in words."""
    missing = []
    projects = {each.slug: each for each in Project.objects.filter(plan__slug=described.plan)}
    with actions.together("plan.loaded", by=None, now=now):
        for origin in described.origins:
            thing = _thing(origin, city)
            if thing is None:
                missing.append(f"what “{origin.project}” takes up of {origin.process}")
                continue
            actions.link(
                projects[origin.project],
                thing=thing,
                share=Share(origin.share),
                reason=origin.reason,
                by=None,
                now=now,
            )
        for pilot in described.pilots:
            _try(pilot, projects[pilot.project], now)
    return missing


def _thing(origin: linked.Origin, city: City) -> Idea | Recommendation | None:
    if origin.advice:
        asked = Recommendation.objects.select_related("advice__process")
        asked = asked.filter(advice__process__slug=origin.process, advice__title=origin.advice, position=origin.ask)
        return asked.first()
    title = next(idea.title for idea in city.contributions[origin.process].ideas if idea.key == origin.idea)
    return Idea.objects.select_related("process").filter(process__slug=origin.process, title=title).first()


def talk(about: linked.Talk, plan: str, cast: Cast, now: datetime) -> list[str]:
    """Open the discussion of the plan, and let people speak; where its process has none, that in words."""
    debates = Debate.objects.select_related("activity__phase__process__organisation")
    debate = debates.filter(activity__phase__process__slug=about.process, plan__isnull=True).first()
    if debate is None:
        return [f"its discussion in {about.process}"]
    there = Plan.objects.get(slug=plan)
    actions.change_debate(debate, plan=there, reads_first=False, reason=about.reason, by=cast[about.by], now=now)
    for number, remark in enumerate(reversed(about.remarks), 1):
        project = Project.objects.select_related("plan__organisation").get(plan=there, slug=remark.project)
        said = {"text": remark.text, "language": remark.language, "by": cast[remark.by]}
        comments.comment(project, **said, now=now - number * A_REMARK)
    return []


def _try(pilot: linked.Pilot, project: Project, now: datetime) -> None:
    values = {
        "indicator": Indicator.objects.get(slug=pilot.indicator),
        "starts_on": pilot.starts,
        "ends_on": pilot.ends,
        **texts(title=pilot.title, hypothesis=pilot.hypothesis),
    }
    made = actions.write_pilot(project, values=values, key=pilot.key, by=None, now=now)
    made = actions.begin_pilot(made, by=None, now=now)
    if pilot.verdict:
        actions.conclude_pilot(
            made, verdict=Verdict(pilot.verdict), reason=pilot.reason or {}, on=pilot.concluded, by=None, now=now
        )
