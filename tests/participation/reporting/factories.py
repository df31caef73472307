"""Reports made through the real actions, of a process with ideas."""

from datetime import timedelta

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from zenne.participation.processes.models import Process
from zenne.participation.reporting import actions, tasks
from zenne.participation.reporting.models import Report
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW


def values(**given: object) -> dict[str, object]:
    texts = {f"title_{code}": f"Rapport {code}" for code in ("fr", "nl", "en")}
    return {**texts, "frozen_at": NOW, "chapters": ["process", "figures", "ideas"], **given}


def report(process: Process | None = None, *, by: Person | None = None, **given: object) -> Report:
    """One that is being prepared."""
    process = process or ideas.call().process
    by = by or ideas.staff(process.organisation)
    return actions.create_report(process, values=values(**given), by=by, now=NOW + timedelta(minutes=1))


def made(process: Process | None = None, *, by: Person | None = None, **given: object) -> Report:
    """One that can be read before it is published, set by the real press."""
    prepared = report(process, by=by, **given)
    by = by or ideas.staff(prepared.process.organisation)
    actions.ask_for_report(prepared, by=by, now=NOW + timedelta(minutes=2))
    tasks.make(prepared.pk)
    prepared.refresh_from_db()
    assert prepared.state == "ready", prepared.failure
    return prepared


def published(process: Process | None = None, *, by: Person | None = None, **given: object) -> Report:
    ready = made(process, by=by, **given)
    by = by or ideas.staff(ready.process.organisation)
    return actions.publish_report(ready, by=by, now=NOW + timedelta(minutes=3))


def make_for(organisation: Organisation) -> list[Model]:
    return [report(ideas.process(organisation), by=ideas.staff(organisation))]
