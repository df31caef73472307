"""The making of letters behind the scenes, part by part: what a killed worker had made stays, and the next one goes on from there."""

import hashlib
import logging
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import salted_hmac

from zenne.core import clock
from zenne.core.setbacks import LOST_DATABASE
from zenne.people.uploads.models import private_storage

from . import printing, queries
from .enums import PrintingState
from .models import Invitation, PrintedPart, Printing

logger = logging.getLogger(__name__)
ATTEMPTS = 3


def make(pk: int) -> None:
    """Make what is missing of a printing, telling on the way how far it is. It ends whole, or says that it did not work."""
    found = _take(pk)
    if found is None:
        return
    try:
        _make(found)
    except LOST_DATABASE:
        raise
    except Exception:
        logger.exception("printing %s failed", pk)  # whatever it is: staff are told, and the log has the rest
        Printing.objects.filter(pk=pk, state=PrintingState.MAKING).update(state=PrintingState.FAILED)


def _take(pk: int) -> Printing | None:
    with transaction.atomic():
        found = Printing.objects.select_for_update().filter(pk=pk, state=PrintingState.MAKING).first()
        if found is None:
            return None
        found.attempt += 1
        if found.attempt > ATTEMPTS:
            Printing.objects.filter(pk=pk).update(state=PrintingState.FAILED)
            return None
        found.save(update_fields=["attempt"])
    found.lottery = queries.lotteries().get(pk=found.lottery_id)
    return found


def _make(found: Printing) -> None:
    numbers = list(queries.letters_of(found).values_list("number", flat=True))
    made = set(found.parts.values_list("position", flat=True))
    for position, part in enumerate(_batches(numbers), start=1):
        if position not in made:
            letters = list(queries.letters_of(found).filter(number__gte=part[0], number__lte=part[-1]))
            if not _keep(found, position, letters, clock.now()):
                return
    Printing.objects.filter(pk=found.pk, state=PrintingState.MAKING).update(
        state=PrintingState.READY, ready_at=clock.now()
    )


def _keep(found: Printing, position: int, letters: list[Invitation], now: datetime) -> bool:
    """Set one part and keep it. False when the printing is no longer this worker's to make: what was set is thrown away."""
    content = printing.set_letters(found.lottery, letters, kind=found.kind, now=found.made_at)
    key = salted_hmac("sortition.letters", f"{found.pk}.{position}.{found.attempt}").hexdigest()[:32]
    storage = private_storage()
    name = storage.save(f"letters/{key}.pdf", ContentFile(content))
    with transaction.atomic():
        held = Printing.objects.select_for_update().filter(pk=found.pk, state=PrintingState.MAKING).first()
        if held is not None and held.attempt == found.attempt:
            PrintedPart.objects.create(
                printing=held,
                position=position,
                first=letters[0].number,
                last=letters[-1].number,
                letters=len(letters),
                file=name,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
            held.done = min(held.total, held.done + len(letters))
            held.save(update_fields=["done"])
            return True
    storage.delete(name)
    return False


def _batches(numbers: list[int]) -> list[list[int]]:
    return [numbers[at : at + printing.BATCH] for at in range(0, len(numbers), printing.BATCH)]


def part_name(found: Printing, part: PrintedPart) -> str:
    return f"{found.kind}-{found.lottery_id}-{found.number}-{part.position:03d}-{part.first:05d}-{part.last:05d}.pdf"


class _Pipe:
    """What a zip is written into: it hands on what came and forgets it, so that no more than one piece is ever in memory."""

    def __init__(self) -> None:
        self.kept = bytearray()
        self.at = 0

    def write(self, data: bytes) -> int:
        self.kept += data
        self.at += len(data)
        return len(data)

    def tell(self) -> int:
        return self.at

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        out, self.kept = bytes(self.kept), bytearray()
        return out


def packed(found: Printing) -> Iterator[bytes]:
    """All parts as one zip, streamed, with a list of them that a printer can check against."""
    pipe = _Pipe()
    sheet: list[str] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[arg-type]  # it asks for write, tell and flush only
        for part in found.parts.order_by("position"):
            name = part_name(found, part)
            sheet.append(f"{part.sha256}  {name}\n")
            with part.file.open("rb") as file, archive.open(name, "w") as entry:
                while piece := _read(file):
                    entry.write(piece)
                    yield pipe.taken()
        archive.writestr("SHA256SUMS", "".join(sheet))
        yield pipe.taken()
    yield pipe.taken()


def _read(file: IO[bytes]) -> bytes:
    return file.read(256 * 1024)
