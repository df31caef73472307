from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from zenne.core.clock import in_brussels
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..errors import AddressTaken
from ..kinds import kinds
from ..models import Activity, Description, Document, FrequentQuestion, Permission, Phase, Process, Theme
from ..rules import may_manage
from .processes import RESERVED

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def duplicate_process(process: Process, *, slug: str, begins: date, by: Person, now: datetime) -> Process:
    """A new draft with the same texts, phases, activities, rules, themes, questions and documents, moved in time.

    The first phase opens on `begins`, at the hour it had; everything else keeps its distance. Nothing that happened and nobody's name
    comes along: no news, followers, team, contact or contributions.
    """
    require(may_manage(by, process.organisation))
    if slug in RESERVED or Process.objects.filter(slug=slug).exists():
        raise AddressTaken()
    first = process.phases.order_by("opens_at", "id").first()
    days = (begins - in_brussels(first.opens_at).date()).days if first else 0
    copy = Process(organisation=process.organisation, folder=process.folder, slug=slug, created_at=now)
    copy.title, copy.summary, copy.i18n = process.title, process.summary, _without_contact(process.i18n)
    copy.cover, copy.area = process.cover, process.area
    copy.save()
    for phase in process.phases.all():
        _copy_phase(phase, copy, days)
    for model in (Description, Theme, FrequentQuestion, Document):
        for row in model.objects.filter(process=process):
            _again(row, process=copy)
    record(
        "process.duplicated",
        by=by,
        now=now,
        about=copy,
        organisation=process.organisation,
        details={"from": process.pk},
    )
    return copy


def shifted(moment: datetime | None, days: int) -> datetime | None:
    """The same hour on the clock in Brussels, so many days later: summer time begins and ends in between without a trace."""
    if moment is None:
        return None
    wall = in_brussels(moment)
    return datetime.combine(wall.date() + timedelta(days=days), wall.timetz())


def _copy_phase(phase: Phase, process: Process, days: int) -> None:
    activities = list(phase.activities.all())
    dates = {"opens_at": shifted(phase.opens_at, days), "closes_at": shifted(phase.closes_at, days)}
    new_phase = _again(phase, process=process, **dates)
    for activity in activities:
        dates = {"opens_at": shifted(activity.opens_at, days), "closes_at": shifted(activity.closes_at, days)}
        new = _again(activity, phase=new_phase, frozen_at=None, **dates)
        for permission in Permission.objects.filter(activity=activity):
            _again(permission, activity=new)
        kind = kinds.get(activity.kind)
        if kind and kind.duplicate:
            kind.duplicate(Activity.objects.get(pk=activity.pk), new)


def _again(row: Row, **values: object) -> Row:
    """The same row once more, with other values."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    new = type(row)(**{name: getattr(row, name) for name in names})
    for name, value in values.items():
        setattr(new, name, value)
    new.save()
    return new


def _without_contact(i18n: dict[str, str] | None) -> dict[str, str]:
    return {name: text for name, text in (i18n or {}).items() if not name.startswith("contact_")}
