"""What a body is shown of a period: the plan at its end beside the plan at its beginning, as plain data that is kept.

The plan comes from its versions, values from measurements that were public when the report is made: the same moment gives the same report. Texts are
{language: text}, days ISO 8601, money whole cents, values decimal strings.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from zenne.core.clock import at_brussels
from zenne.core.languages import said
from zenne.participation.decisions.models import Decision
from zenne.strategy.indicators.enums import MeasurementState
from zenne.strategy.indicators.models import Indicator, Measurement
from zenne.strategy.indicators.queries import levels, lights
from zenne.strategy.portfolio.enums import PUBLIC, Health
from zenne.strategy.portfolio.models import Plan
from zenne.strategy.portfolio.queries import state_at
from zenne.strategy.portfolio.versions import Data

from .models import Review

FORMAT = "zenne-review-1"
MONEY = ("planned_cents", "committed_cents", "spent_cents")


def composed(review: Review, *, now: datetime) -> Data:
    """The report of a review, as of the end of its period."""
    plan, (first, last) = review.plan, review.before()
    ended, began = min(_end_of(review.ends_on), now), _end_of(last)
    after = state_at(plan, ended) or state_at(plan, now) or {"plan": {}, "projects": []}
    before = state_at(plan, began)
    return {
        "format": FORMAT,
        "plan": {"slug": plan.slug, "name": said(plan, "name")},
        "body": said(review.body, "name"),
        "period": [review.starts_on.isoformat(), review.ends_on.isoformat()],
        "compared_with": [first.isoformat(), last.isoformat()],
        "has_before": before is not None,
        "made_at": now.isoformat(timespec="seconds"),
        "conclusion": said(review, "conclusion"),
        "states": {"before": _states(before), "after": _states(after)},
        "moved": _moved(before, after),
        "worrying": [
            _worry(each) for each in after["projects"] if each["health"] in (Health.AT_RISK, Health.OFF_TRACK)
        ],
        "money": {"before": _money(before), "after": _money(after)},
        "sources": _by_source(before, after),
        "milestones": _milestones(after, review.starts_on, review.ends_on),
        "indicators": _indicators(plan, review.ends_on, last, now),
        "decisions": _decisions(review),
    }


def _end_of(day: date) -> datetime:
    """The first moment after a day in Brussels."""
    return at_brussels(day + timedelta(days=1))


def _states(state: Data | None) -> dict[str, int]:
    found = dict.fromkeys((each.value for each in PUBLIC), 0)
    for project in state["projects"] if state else ():
        found[project["state"]] += 1
    return found


def _moved(before: Data | None, after: Data) -> list[Data]:
    """Projects that stand elsewhere than at the beginning, or are new, in the order of the plan."""
    known = {each["slug"]: each["state"] for each in before["projects"]} if before else {}
    return [
        {
            "slug": each["slug"],
            "title": each["title"],
            "before": known.get(each["slug"]),
            "after": each["state"],
            "reason": each["state_reason"],
        }
        for each in after["projects"]
        if before is not None and known.get(each["slug"]) != each["state"]
    ]


def _worry(project: Data) -> Data:
    names = ("slug", "title", "health", "health_on", "health_reason")
    return {name: project[name] for name in names}


def _lines(state: Data | None) -> Iterable[Data]:
    for project in state["projects"] if state else ():
        yield from project["lines"]


def _money(state: Data | None) -> dict[str, int]:
    rows = list(_lines(state))
    return {name: sum(row[name] for row in rows) for name in MONEY}


def _by_source(before: Data | None, after: Data) -> list[Data]:
    found: dict[str, dict[str, Any]] = {}
    for side, state in (("before", before), ("after", after)):
        for row in _lines(state):
            empty = {"before": dict.fromkeys(MONEY, 0), "after": dict.fromkeys(MONEY, 0)}
            sums = found.setdefault(row["source"], empty)[side]
            for name in MONEY:
                sums[name] += row[name]
    return [{"source": source, **found[source]} for source in sorted(found)]


def _milestones(state: Data, first: date, last: date) -> Data:
    """Those done within the period, and those that were late at its end."""
    done, late = [], []
    for project in state["projects"]:
        for row in project["milestones"]:
            told = {"project": project["title"], "slug": project["slug"], "title": row["title"]}
            told |= {"due_on": row["due_on"], "first_due_on": row["first_due_on"], "done_on": row["done_on"]}
            if row["done_on"] and first.isoformat() <= row["done_on"] <= last.isoformat():
                done.append(told)
            elif not row["done_on"] and row["due_on"] <= last.isoformat():
                late.append(told)
    return {"done": done, "late": late}


def indicators_of(plan: Plan) -> list[Indicator]:
    """Everything the plan is measured by, each once, that everyone can read."""
    used = Q(measures__project__plan=plan) | Q(measures__objective__plan=plan) | Q(measures__domain__plan=plan)
    found = Indicator.objects.filter(used).exclude(state="defined").distinct()
    return list(found.order_by("slug"))


def _indicators(plan: Plan, last: date, before: date, now: datetime) -> list[Data]:
    """Each with its value at the end of the period and of the one before; bad news and missing values stand beside good ones."""
    rows = indicators_of(plan)
    keys = [row.pk for row in rows]
    ended, began = _values(keys, last, now), _values(keys, before, now)
    shades = {key: standing.light.value for key, standing in lights(keys, now=now).items()}
    words: dict[int, Data] = defaultdict(dict)
    for level in levels(keys):
        words[level.indicator_id][str(level.value)] = said(level, "words")
    told = []
    for row in rows:
        value, earlier = ended.get(row.pk), began.get(row.pk)
        told.append(
            {
                "slug": row.slug,
                "name": said(row, "name"),
                "unit": row.unit,
                "decimals": row.decimals,
                "levels": words[row.pk],
                "direction": row.direction,
                "light": shades[row.pk],
                "after": _value(value),
                "before": _value(earlier),
                "better": _better(row, value, earlier),
            }
        )
    return told


def _values(indicators: list[int], last: date, now: datetime) -> dict[int, Measurement]:
    """The latest value of each whose period ended by then, as it was public at the moment; one query."""
    public = (MeasurementState.PUBLISHED, MeasurementState.REVISED)
    rows = Measurement.objects.filter(
        indicator__in=indicators, area__isnull=True, end__lte=last, published_at__lte=now, state__in=public
    )
    rows = rows.order_by("indicator_id", "-end", "-start", "-revision").distinct("indicator_id")
    return {row.indicator_id: row for row in rows}


def _value(row: Measurement | None) -> Data | None:
    if row is None:
        return None
    return {"value": f"{row.value.normalize():f}", "end": row.end.isoformat(), "evidence": row.evidence}


def _better(indicator: Indicator, after: Measurement | None, before: Measurement | None) -> bool | None:
    """Whether it moved in the good direction; None where it stayed, or where that cannot be said."""
    if after is None or before is None or after.pk == before.pk or after.value == before.value:
        return None
    if indicator.direction == "within":
        return None
    return bool((after.value > before.value) == (indicator.direction == "up"))


def _decisions(review: Review) -> list[Data]:
    """What its body decided about this plan in the period."""
    about = (
        Q(revision__plan=review.plan) | Q(resolution__item__project__plan=review.plan) | Q(reviews__plan=review.plan)
    )
    found = Decision.objects.filter(
        about, published_at__isnull=False, decided_on__gte=review.starts_on, decided_on__lte=review.ends_on
    )
    return [
        {
            "number": row.pk,
            "title": said(row, "title"),
            "reference": row.reference,
            "decided_on": row.decided_on.isoformat(),
        }
        for row in found.distinct().order_by("decided_on", "pk")
    ]
