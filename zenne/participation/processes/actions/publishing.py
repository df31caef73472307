from datetime import datetime

from django.db import transaction

from zenne.opendata.webhooks import actions as webhooks
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import TRANSITIONS, ProcessState
from ..errors import Incomplete, WrongState
from ..gaps import gaps_of
from ..models import Process
from ..notifications import process_reopened
from ..rules import may_manage
from .freezing import freeze_process
from .writing import locked


@transaction.atomic
def publish_process(process: Process, *, by: Person, now: datetime) -> Process:
    """Show a draft to everyone. Refused with the list of gaps until every promised language is there."""
    process = _moved(process, ProcessState.PUBLISHED, only_from=ProcessState.DRAFT, by=by)
    if found := gaps_of(process):
        raise Incomplete(found)
    process.published_at = now
    process.save(update_fields=["state", "published_at"])
    freeze_process(process, now=now)
    record("process.published", by=by, now=now, about=process, organisation=process.organisation)
    webhooks.announce("process.published", process.pk, organisation=process.organisation_id, now=now)
    return process


@transaction.atomic
def archive_process(process: Process, *, by: Person, now: datetime) -> Process:
    """Put a process to rest: it stays readable at its address, and nothing can be done in it any more."""
    process = _moved(process, ProcessState.ARCHIVED, only_from=ProcessState.PUBLISHED, by=by)
    freeze_process(process, now=now)
    process.archived_at = now
    process.save(update_fields=["state", "archived_at"])
    record("process.archived", by=by, now=now, about=process, organisation=process.organisation)
    return process


@transaction.atomic
def reopen_process(process: Process, *, by: Person, now: datetime) -> Process:
    """Take a process back out of the archive. Its windows are what they were."""
    process = _moved(process, ProcessState.PUBLISHED, only_from=ProcessState.ARCHIVED, by=by)
    process.archived_at = None
    process.save(update_fields=["state", "archived_at"])
    freeze_process(process, now=now)
    transaction.on_commit(lambda: process_reopened(process, now))
    record("process.reopened", by=by, now=now, about=process, organisation=process.organisation)
    return process


def _moved(process: Process, state: ProcessState, *, only_from: ProcessState, by: Person) -> Process:
    """The process, locked and with its new state set but not saved. Raises NotAllowed or WrongState."""
    process = locked(process)
    require(may_manage(by, process.organisation))
    if process.state != only_from or state not in TRANSITIONS[only_from]:
        raise WrongState()
    process.state = state
    return process
