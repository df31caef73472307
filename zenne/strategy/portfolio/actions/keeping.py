"""What every verb ends with: the history, a version where something changed, and those who listen."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute
from zenne.opendata.webhooks import actions as webhooks
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..models import Plan, Project, Version
from ..versions import digest_of, frame_of, sheet_of

Words = Mapping[str, str]
Values = Mapping[str, object]


@dataclass
class _Batch:
    """The things that several verbs changed together, each with what happened to it."""

    event: str
    things: dict[tuple[type[Model], int], tuple[Plan | Project, list[str]]] = field(default_factory=dict)


_batch: ContextVar[_Batch | None] = ContextVar("portfolio batch", default=None)


@contextmanager
def together(event: str, *, by: Person | None, now: datetime) -> Iterator[None]:
    """Several verbs, one transaction, one version and one entry of the history per plan or project that they touched: a form with many rows, a
    file that is loaded. What did not change leaves nothing, so that the same file can be loaded again and again."""
    if _batch.get() is not None:
        yield
        return
    batch = _Batch(event)
    token = _batch.set(batch)
    try:
        with transaction.atomic():
            yield
            for thing, events in batch.things.values():
                _keep(thing, event, by, now, {"events": sorted(set(events))}, always=False)
    finally:
        _batch.reset(token)


def keep(thing: Plan | Project, event: str, by: Person | None, now: datetime, /, **details: object) -> None:
    """Write down what happened to a plan or a project, inside the transaction of the verb that did it, with the version it leaves."""
    batch = _batch.get()
    if batch is not None:
        batch.things.setdefault((type(thing), thing.pk), (thing, []))[1].append(event)
        return
    _keep(thing, event, by, now, details, always=True)


def _keep(
    thing: Plan | Project, event: str, by: Person | None, now: datetime, details: dict[str, object], *, always: bool
) -> None:
    number = _write_version(thing, event, by, now)
    if number is None and not always:
        return
    plan = thing if isinstance(thing, Plan) else thing.plan
    facts: dict[str, object] = {"plan": plan.pk, "version": number, **details}
    record(event, by=by, now=now, about=thing, organisation=plan.organisation, details=facts)
    if number is not None:
        heard = "plan.changed" if isinstance(thing, Plan) else "planned_project.changed"
        webhooks.announce(heard, thing.pk, organisation=plan.organisation_id, now=now, what=event)


def _write_version(thing: Plan | Project, event: str, by: Person | None, now: datetime) -> int | None:
    """The number of the version it leaves; None where it is as it was."""
    project = thing if isinstance(thing, Project) else None
    plan = thing if isinstance(thing, Plan) else thing.plan
    fresh = locked_project(thing) if isinstance(thing, Project) else Plan.objects.get(pk=thing.pk)
    data = sheet_of(fresh) if isinstance(fresh, Project) else frame_of(fresh)
    digest = digest_of(data)
    kept = Version.objects.filter(plan=plan, project=project).order_by("-number").only("number", "digest").first()
    if kept is not None and kept.digest == digest:
        return None
    number = kept.number + 1 if kept else 1
    Version.objects.create(
        plan=plan, project=project, number=number, at=now, by=by, event=event, data=data, digest=digest
    )
    type(thing)._default_manager.filter(pk=thing.pk).update(version=number, changed_at=now)
    thing.version, thing.changed_at = number, now
    return number


def locked_project(project: Project) -> Project:
    """As it is now, and nobody else changes it until this transaction ends."""
    rows = Project.objects.select_for_update(of=("self",), no_key=True)
    links = ("plan__organisation", "domain", "carrier", "validated_by", "merged_into", "split_from")
    return rows.select_related(*links).defer("validated_by__snapshot").get(pk=project.pk)


def locked_plan(plan: Plan) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation").get(pk=plan.pk)


def texts(*fields: str) -> list[str]:
    """The attributes of these fields in every language: what a form calls them."""
    return [attribute(name, language) for name in fields for language in LANGUAGES]


def fill(thing: Model, values: Values, allowed: Iterable[str]) -> None:
    """Put values on a row that a form or a file gives. Raises ValueError for a name that is not its own: that is a bug."""
    allowed = frozenset(allowed)
    for name, value in values.items():
        if name not in allowed:
            raise ValueError(f"{type(thing).__name__} takes no {name}")
        setattr(thing, name, value.strip() if isinstance(value, str) else value)


def spoken(words: Words | None) -> bool:
    return any((text or "").strip() for text in (words or {}).values())


def require_reason(words: Words | None) -> None:
    if not spoken(words):
        raise Invalid(_("Give the reason: everyone can read it."))


def titled(thing: Model, name: str = "title") -> None:
    if not any(getattr(thing, attribute(name, language), None) for language in LANGUAGES):
        raise Invalid(_("Give it a name or a title, in one language at least."))
