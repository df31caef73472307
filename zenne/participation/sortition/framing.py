"""What the worker does with a file of drawn letters: reads it, and writes it when told to. A killed worker's work is done again from its beginning."""

import logging
import secrets
from functools import partial
from itertools import islice

from django.db import transaction

from zenne.core import clock
from zenne.core.setbacks import LOST_DATABASE
from zenne.people.history.actions import record

from . import codes, reading
from .enums import ImportState, LotteryState
from .models import Import, Invitation, Lottery

logger = logging.getLogger(__name__)
BATCH = 1000


def read(pk: int) -> None:
    """READING → READ with what would be written, or FAULTY with the faults."""
    file = _of(pk)
    if file is None or file.state != ImportState.READING:
        return
    try:
        with file.file.open("rb") as opened:
            content = opened.read()
        today = clock.in_brussels(file.made_at).date()
        found = reading.read(content, file.lottery, today, tell=partial(_tell, pk))
    except LOST_DATABASE:
        raise
    except Exception:
        logger.exception(
            "file of letters %s was not read", pk
        )  # whatever it is: staff are told, and the log has the rest
        found = reading.Read()
        found.fault(0, "", "unreadable")
    faulty = bool(found.fault_count)
    with transaction.atomic():
        held = Import.objects.select_for_update(of=("self",)).select_related("lottery").get(pk=pk)
        if held.state != ImportState.READING:
            return
        held.state = ImportState.FAULTY if faulty else ImportState.READ
        held.faults, held.fault_count, held.done = found.faults, found.fault_count, held.total
        held.preview = {} if faulty else found.preview()
        if faulty:
            _delete_file(held)
        held.save()
        _note("lottery.file_read", file, letters=len(found.lines), faults=found.fault_count)


def write(pk: int) -> None:
    """WRITING → WRITTEN, and the lottery framed. In batches, so that everybody sees how far it is; what a killed worker left is taken out first."""
    file = _of(pk)
    if file is None or file.state != ImportState.WRITING:
        return
    try:
        _write(file)
    except LOST_DATABASE:
        raise
    except Exception:
        logger.exception("file of letters %s was not written", pk)
        with transaction.atomic():
            Invitation.objects.filter(lottery=file.lottery, lottery__state=LotteryState.DESIGNED).delete()
            faults = [{"line": 0, "column": "", "code": "unreadable", "value": ""}]
            Import.objects.filter(pk=pk, state=ImportState.WRITING).update(
                state=ImportState.FAULTY, faults=faults, fault_count=1
            )


def _write(file: Import) -> None:
    with file.file.open("rb") as opened:
        content = opened.read()
    today = clock.in_brussels(file.made_at).date()
    found = reading.read(content, file.lottery, today)
    Invitation.objects.filter(lottery=file.lottery).delete()
    lines = iter(enumerate(found.lines, start=1))
    while batch := [_invitation(file.lottery, number, line) for number, line in islice(lines, BATCH)]:
        Invitation.objects.bulk_create(batch)
        _tell(file.pk, batch[-1].number)
    with transaction.atomic():
        lottery = Lottery.objects.select_for_update(of=("self",)).get(pk=file.lottery_id)
        held = Import.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if held.state != ImportState.WRITING or lottery.state != LotteryState.DESIGNED:
            return
        held.state, held.done, held.ended_at = ImportState.WRITTEN, len(found.lines), clock.now()
        _delete_file(held)
        held.save()
        lottery.state = LotteryState.FRAMED
        lottery.save(update_fields=["state"])
        _note("lottery.framed", file, letters=len(found.lines), sha256=file.sha256)


def _invitation(lottery: Lottery, number: int, line: reading.Line) -> Invitation:
    salt = secrets.token_bytes(codes.SALT_BYTES)
    return Invitation(
        lottery=lottery,
        number=number,
        salt=salt,
        code_digest=codes.digest(codes.make(lottery.pk, number, salt)),
        language=line.language,
        name=line.name,
        address=line.address,
        household=line.household,
        features=line.features,
    )


def _of(pk: int) -> Import | None:
    rows = Import.objects.select_related("lottery__activity__phase__process__organisation", "made_by")
    return rows.filter(pk=pk).first()


def _tell(pk: int, done: int) -> None:
    Import.objects.filter(pk=pk).update(done=done)


def _delete_file(file: Import) -> None:
    stored, storage = file.file.name, file.file.storage
    file.file = ""
    transaction.on_commit(partial(storage.delete, stored), robust=True)


def _note(event: str, file: Import, **details: object) -> None:
    organisation = file.lottery.process.organisation
    record(
        event, by=file.made_by, now=clock.now(), about=file.lottery.activity, organisation=organisation, details=details
    )
