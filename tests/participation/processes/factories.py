"""Processes made through the real actions, complete in the languages their organisation promised."""

from datetime import UTC, datetime
from itertools import count

from django.core.files.base import ContentFile
from django.db.models import Model
from wagtail.documents import get_document_model

from tests.people.organisations.factories import member
from zenne.participation.processes import actions
from zenne.participation.processes.models import (
    Activity,
    Document,
    FrequentQuestion,
    News,
    Permission,
    Phase,
    Process,
    TeamMember,
    Theme,
)
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

BEFORE = datetime(2020, 5, 25, 8, 0, tzinfo=UTC)
OPENS = datetime(2020, 6, 4, 22, 0, tzinfo=UTC)  # 5 June 2020, 00:00 in Brussels
CLOSES = datetime(2020, 6, 21, 22, 0, tzinfo=UTC)  # 22 June 2020, 00:00 in Brussels
DURING = datetime(2020, 6, 12, 10, 0, tzinfo=UTC)
AFTER = datetime(2020, 6, 25, 10, 0, tzinfo=UTC)
WORDS = [{"type": "paragraph", "value": "<p>What we keep of these months.</p>"}]
_number = count(1)


def texts(**fields: str) -> dict[str, str]:
    """Each field in the three languages: texts(title="Call") gives title_fr "Call fr" and so on."""
    return {f"{name}_{code}": f"{text} {code}" for name, text in fields.items() for code in ("fr", "nl", "en")}


def manager_of(organisation: Organisation) -> Person:
    found = Person.objects.filter(memberships__organisation=organisation, memberships__role=Role.MANAGER).first()
    return found or member(organisation, Role.MANAGER)


def draft(organisation: Organisation, *, now: datetime = BEFORE, **values: object) -> Process:
    """A process with all its words and no phase yet."""
    by = manager_of(organisation)
    given = {"slug": f"process-{next(_number)}", **texts(title="Our squares", summary="Shade and water"), **values}
    process = actions.create_process(organisation=organisation, values=given, by=by, now=now)
    for language in organisation.languages:
        actions.write_description(process, language=language, body=WORDS, by=by, now=now)
    return process


def phase(
    process: Process,
    *,
    opens_at: datetime = OPENS,
    closes_at: datetime | None = CLOSES,
    now: datetime = BEFORE,
    **values: object,
) -> Phase:
    given = {**texts(title="Call"), "opens_at": opens_at, "closes_at": closes_at, **values}
    return actions.add_phase(process, values=given, by=manager_of(process.organisation), now=now)


def activity(of: Phase, *, kind: str = "information", now: datetime = BEFORE, **values: object) -> Activity:
    by = manager_of(of.process.organisation)
    return actions.add_activity(of, kind=kind, values={**texts(title="Ideas"), **values}, by=by, now=now)


def published(
    organisation: Organisation, *, kind: str = "information", now: datetime = BEFORE, **values: object
) -> Process:
    """A public process with one phase from 5 to 21 June 2020 and one activity in it."""
    process = draft(organisation, now=now, **values)
    activity(phase(process, now=now), kind=kind, now=now)
    return actions.publish_process(process, by=manager_of(organisation), now=now)


def only_activity(process: Process) -> Activity:
    return Activity.objects.select_related("phase__process__organisation").get(phase__process=process)


def allow(of: Activity, action: str, **values: object) -> Permission:
    """A permission as it stands in the database, without the verb."""
    return Permission.objects.create(activity=of, action=action, **values)


def news(
    process: Process, *, now: datetime = DURING, title: str = "We are off", body: str = "First ideas are in."
) -> News:
    by = manager_of(process.organisation)
    post = actions.write_news(process, values=texts(title=title, body=body), by=by, now=now)
    return actions.publish_news(post, by=by, now=now)


def make_for(organisation: Organisation) -> list[Model]:
    """One of every row that staff handle, for the test that tries to reach them from another organisation."""
    by, process = manager_of(organisation), published(organisation)
    values = {"slug": f"folder-{next(_number)}", **texts(title="Year")}
    folder = actions.create_folder(organisation=organisation, values=values, by=by, now=BEFORE)
    file = get_document_model().objects.create(title="Plan", file=ContentFile(b"plan", "plan.txt"))
    given: dict[type, dict[str, object]] = {
        Theme: texts(title="Water"),
        FrequentQuestion: texts(question="Who?", answer="All"),
        Document: {**texts(title="Plan"), "file": file},
        TeamMember: {"name": "An", **texts(task="Answers")},
    }
    parts = [actions.add_content(process, model, values=each, by=by, now=BEFORE) for model, each in given.items()]
    activity = only_activity(process)
    return [folder, process, activity.phase, activity, news(process), *parts]
