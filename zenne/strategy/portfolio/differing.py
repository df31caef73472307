"""What differs between two versions, or between two days of a whole plan, in words that people read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from zenne.core.languages import current, language_name
from zenne.web.tags.words import day, full_amount

from .enums import DomainKind, Funding, Health, OriginKind, Part, PlanState, ProjectState, Share, Verdict
from .models import BudgetLine, Domain, Involvement, Milestone, Objective, Origin, Pilot, Plan, Project, Risk, Site
from .versions import Data, Difference, differences

# The rows of lists: the model that names their parts.
LISTS: dict[str, Any] = {
    "sites": Site,
    "involvements": Involvement,
    "lines": BudgetLine,
    "milestones": Milestone,
    "risks": Risk,
    "origins": Origin,
    "pilots": Pilot,
    "domains": Domain,
    "objectives": Objective,
}
CHOICES: dict[str, Any] = {
    "state": ProjectState,
    "health": Health,
    "part": Part,
    "share": Share,
    "source": Funding,
    "verdict": Verdict,
    "kind": DomainKind,
}
MOST = 400


@dataclass(frozen=True)
class Shown:
    """One difference: what it is about, and both sides. `before` or `after` is empty where it came or went."""

    what: str
    language: str
    before: str
    after: str


@dataclass(frozen=True)
class Compared:
    """What differs between two days of a plan: of itself, and of its projects those that came, that went, and those that changed."""

    frame: list[Shown]
    came: list[Data]
    went: list[Data]
    changed: list[tuple[Data, list[Shown]]]

    @property
    def nothing(self) -> bool:
        return not (self.frame or self.came or self.went or self.changed)


def in_words(found: Iterable[Difference], *, of_plan: bool = False) -> list[Shown]:
    return [_shown(each, Plan if of_plan else Project) for each in found]


def compared(before: Data | None, after: Data | None) -> Compared:
    """Two states of a plan (`queries.state_at`); one that did not exist yet had no projects."""
    olds, news = _by_number(before), _by_number(after)
    both = [(olds[key], news[key]) for key in sorted(olds.keys() & news.keys())]
    return Compared(
        frame=in_words(differences(before["plan"], after["plan"]), of_plan=True) if before and after else [],
        came=[news[key] for key in sorted(news.keys() - olds.keys())],
        went=[olds[key] for key in sorted(olds.keys() - news.keys())],
        changed=[(new, in_words(differences(old, new))) for old, new in both if old != new],
    )


def title_of(sheet: Data) -> str:
    """In the language of the page, else in any."""
    title: dict[str, str] = sheet["title"]
    return title.get(current()) or next(iter(title.values()), sheet["slug"])


def _by_number(state: Data | None) -> dict[int, Data]:
    return {each["number"]: each for each in state["projects"]} if state else {}


def _shown(each: Difference, model: Any) -> Shown:
    words = _label(model, each.field)
    inner = LISTS.get(each.field) if each.row is not None or each.part else None
    if each.part:
        words = f"{words} · {_label(inner or model, each.part)}"
    if each.language:
        words = f"{words} · {language_name(each.language)}"
    name = each.part or each.field
    return Shown(words, each.language, _value(name, each.before), _value(name, each.after))


def _label(model: Any, name: str) -> str:
    lists = {
        "sites": _("Sites"),
        "involvements": _("Departments and partners"),
        "lines": _("Budget lines"),
        "milestones": _("Milestones"),
        "risks": _("Risks"),
        "attachments": _("Documents"),
        "origins": _("Origins"),
        "indicators": _("Indicators"),
        "pilots": _("Pilots"),
        "waits_for": _("Waits for"),
        "domains": _("Domains"),
        "objectives": _("Objectives"),
        "areas": _("Communes and districts"),
        "definition": _("Frozen definition"),
        "merged_into": _("Merged into"),
        "split_from": _("Split off from"),
        "validated_by": _("Validated by revision"),
    }
    if name in lists:
        return lists[name]
    of_origins = {"kind": _("Kind"), "number": _("Number")}
    if model is Origin and name in of_origins:
        return of_origins[name]
    known = {field.name: field for field in model._meta.get_fields() if hasattr(field, "verbose_name")}
    return capfirst(str(known[name].verbose_name)) if name in known else capfirst(name.replace("_", " "))


def _value(name: str, value: Any) -> str:
    """A plain value as people read it."""
    if value is None or value == "":
        return ""
    if name.endswith("_cents"):
        return full_amount(value)
    if name == "kind" and value in OriginKind.values:
        return str(OriginKind(value).label)
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    if name == "state" and value in PlanState.values:
        return str(PlanState(value).label)
    if name.endswith("_on") or name == "state_since":
        return day(date.fromisoformat(value))
    if isinstance(value, dict):
        return _row(value)
    if isinstance(value, list):
        return ", ".join(_row(each) if isinstance(each, dict) else str(each) for each in value)
    if name == "definition":
        return f"{value[:12]}…"  # the beginning of a checksum tells two of them apart
    text = str(value)
    return text if len(text) <= MOST else f"{text[:MOST]}…"


def _row(row: dict[str, Any]) -> str:
    """A whole row that came or went: its first texts and amounts, in a line, in the language of the page where it says something."""
    said = []
    for name, value in row.items():
        if name in ("id", "definition") or value in (None, "", {}, [], 0):
            continue
        if isinstance(value, dict):
            value = value.get(current()) or next(iter(value.values()))
        words = _value(name, value)
        said.append(f"№ {words}" if name == "number" else words)
    return " · ".join(said[:6])
