"""A project or a plan as plain data: what a version keeps, and what differs between two of them.

Texts are {language: text} without the empty ones, days ISO 8601, money whole cents, links by the keys that also stand in data files. Nobody is
named: who carries a project is staff's business. Rows of a list carry their `id`, by which they are found again in another version.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zenne.core.languages import LANGUAGES, said

from .models import Attachment, BudgetLine, Involvement, Milestone, Origin, Pilot, Plan, Project, Risk, Site

Data = dict[str, Any]
TEXTS = ("title", "summary", "why", "text", "state_reason", "health_reason", "source_note")
PLAIN = ("number", "slug", "state", "health", "source")
DAYS = ("starts_on", "ends_on", "state_since", "health_on")


def canonical(data: Mapping[str, Any]) -> str:
    """The one spelling: keys in order, no spaces, letters as they are."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest_of(data: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in UTF-8."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def sheet_of(project: Project) -> Data:
    """Everything public about a project, as it is now."""
    data: Data = {name: getattr(project, name) for name in PLAIN}
    data |= {name: said(project, name) for name in TEXTS}
    data |= {name: day(getattr(project, name)) for name in DAYS}
    data |= {
        "domain": project.domain.slug,
        "carrier": project.carrier.slug if project.carrier else None,
        "validated_by": project.validated_by.number if project.validated_by else None,
        "merged_into": project.merged_into.slug if project.merged_into else None,
        "split_from": project.split_from.slug if project.split_from else None,
        "objectives": list(project.objectives.order_by("number", "id").values_list("slug", flat=True)),
        "areas": [
            f"{kind}:{code}" for kind, code in project.areas.order_by("kind", "code").values_list("kind", "code")
        ],
        "waits_for": list(project.needed.order_by("on__number").values_list("on__slug", flat=True)),
    }
    return data | _rows(project)


def _rows(project: Project) -> Data:
    """The lists that hang on a project, each in the order it was made."""
    return {
        "sites": [_site(row) for row in project.sites.order_by("pk")],
        "involvements": [
            _involvement(row) for row in project.involvements.select_related("department", "partner").order_by("pk")
        ],
        "lines": [_line(row) for row in project.lines.order_by("pk")],
        "milestones": [_milestone(row) for row in project.milestones.order_by("pk")],
        "risks": [_risk(row) for row in project.risks.order_by("pk")],
        "attachments": [_attachment(row) for row in project.attachments.order_by("pk")],
        "origins": [_origin(row) for row in project.origins.order_by("pk")],
        "indicators": list(project.measures.order_by("pk").values_list("indicator__slug", flat=True)),
        "pilots": [_pilot(row) for row in project.pilots.select_related("indicator", "definition").order_by("pk")],
    }


def _site(row: Site) -> Data:
    return {"id": row.pk, "name": said(row, "name"), "lon": row.lon, "lat": row.lat}


def _involvement(row: Involvement) -> Data:
    return {
        "id": row.pk,
        "department": row.department.slug if row.department else None,
        "partner": row.partner.slug if row.partner else None,
        "part": row.part,
        "words": said(row, "words"),
    }


def _line(row: BudgetLine) -> Data:
    return {
        "id": row.pk,
        "source": row.source,
        "funder": row.funder,
        "year": row.year,
        "planned_cents": row.planned_cents,
        "committed_cents": row.committed_cents,
        "spent_cents": row.spent_cents,
        "reference": row.reference,
        "decided_on": day(row.decided_on),
        "note": said(row, "note"),
    }


def _milestone(row: Milestone) -> Data:
    return {
        "id": row.pk,
        "title": said(row, "title"),
        "first_due_on": day(row.first_due_on),
        "due_on": day(row.due_on),
        "done_on": day(row.done_on),
        "moved_reason": said(row, "moved_reason"),
    }


def _risk(row: Risk) -> Data:
    return {
        "id": row.pk,
        "title": said(row, "title"),
        "likelihood": row.likelihood,
        "impact": row.impact,
        "answer": said(row, "answer"),
        "closed_on": day(row.closed_on),
    }


def _attachment(row: Attachment) -> Data:
    return {"id": row.pk, "title": said(row, "title"), "language": row.language, "file": row.file_id}


def _origin(row: Origin) -> Data:
    return {
        "id": row.pk,
        "kind": row.kind,
        "number": getattr(row, f"{row.kind}_id"),
        "share": row.share,
        "reason": said(row, "reason"),
    }


def _pilot(row: Pilot) -> Data:
    return {
        "id": row.pk,
        "title": said(row, "title"),
        "hypothesis": said(row, "hypothesis"),
        "indicator": row.indicator.slug,
        "definition": row.definition.sha256 if row.definition else None,
        "starts_on": day(row.starts_on),
        "ends_on": day(row.ends_on),
        "verdict": row.verdict,
        "reason": said(row, "reason"),
        "concluded_on": day(row.concluded_on),
    }


def frame_of(plan: Plan) -> Data:
    """A plan without its projects: its words, its domains and its objectives."""
    objectives = plan.objectives.prefetch_related("domains", "measures__indicator").order_by("number", "id")
    return {
        "slug": plan.slug,
        "organisation": plan.organisation.slug,
        "name": said(plan, "name"),
        "summary": said(plan, "summary"),
        "source": plan.source,
        "state": plan.state,
        "starts_on": day(plan.starts_on),
        "ends_on": day(plan.ends_on),
        "domains": [
            {
                "id": row.pk,
                "kind": row.kind,
                "number": row.number,
                "slug": row.slug,
                "name": said(row, "name"),
                "text": said(row, "text"),
                "indicators": sorted(each.indicator.slug for each in row.measures.all()),
            }
            for row in plan.domains.prefetch_related("measures__indicator").order_by("kind", "number", "id")
        ],
        "objectives": [
            {
                "id": row.pk,
                "number": row.number,
                "slug": row.slug,
                "title": said(row, "title"),
                "text": said(row, "text"),
                "domains": sorted(each.slug for each in row.domains.all()),
                "indicators": sorted(each.indicator.slug for each in row.measures.all()),
            }
            for row in objectives
        ],
    }


def day(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


@dataclass(frozen=True)
class Difference:
    """One thing that differs. `field` is its name in the data, `language` of a text in several; `row` names the row of a list (`id`), None elsewhere.

    `before` and `after` are plain values; a row that came or went has None on one side and the whole row on the other.
    """

    field: str
    before: Any
    after: Any
    language: str = ""
    row: int | None = None
    part: str = ""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs, in the order of the data. Rows are found again by their `id`; what only one side knows counts as empty on the other."""
    found: list[Difference] = []
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field), after.get(field)
        if old == new:
            continue
        if _is_rows(old) or _is_rows(new):
            found += _of_rows(field, old or [], new or [])
        else:
            found += _of_value(field, old, new)
    return found


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _of_value(field: str, old: Any, new: Any, *, row: int | None = None, part: str = "") -> Iterable[Difference]:
    if isinstance(old, dict) or isinstance(new, dict):
        for language in LANGUAGES:
            one, other = (old or {}).get(language, ""), (new or {}).get(language, "")
            if one != other:
                yield Difference(field, one, other, language=language, row=row, part=part)
    else:
        yield Difference(field, old, new, row=row, part=part)


def _of_rows(field: str, old: list[Data], new: list[Data]) -> Iterable[Difference]:
    olds, news = ({each["id"]: each for each in rows} for rows in (old, new))
    for key in dict.fromkeys((*olds, *news)):
        one, other = olds.get(key), news.get(key)
        if one is None or other is None:
            yield Difference(field, one, other, row=key)
            continue
        for part in dict.fromkeys((*one, *other)):
            if one.get(part) != other.get(part):
                yield from _of_value(field, one.get(part), other.get(part), row=key, part=part)
