"""Batches of paper ballots, and how they were read."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ..enums import BatchState
from ..models import PaperBatch, PaperEntry, Vote


def batches_of(vote: Vote) -> QuerySet[PaperBatch]:
    read = Count("entries", filter=Q(entries__round=1)), Count("entries", filter=Q(entries__round=2))
    found = vote.batches.select_related("district").annotate(read_once=read[0], read_twice=read[1])
    return found.order_by("number")


def unsettled(vote: Vote) -> QuerySet[PaperBatch]:
    """The batches that are still to be reconciled before anything is counted: all that reached a counter."""
    done = (BatchState.SETTLED, BatchState.SCRAPPED, BatchState.PRINTED)
    return vote.batches.exclude(state__in=done).order_by("number")


def differing(batch: PaperBatch) -> QuerySet[PaperEntry]:
    """First readings whose sheet was read in another way the second time, and that nobody has settled."""
    other = PaperEntry.objects.filter(batch=batch, position=OuterRef("position"))
    same = other.filter(round=2, void=OuterRef("void")).filter(
        Q(content=OuterRef("content")) | Q(content__isnull=True, void__gt="")
    )
    first = batch.entries.filter(round=1).filter(
        Exists(other.filter(round=2)), ~Exists(same), ~Exists(other.filter(round=3))
    )
    return first.order_by("position")


def is_read(batch: PaperBatch) -> bool:
    """Whether every sheet that came back was read twice and nothing differs."""
    twice = [batch.entries.filter(round=each).count() for each in (1, 2)]
    return batch.returned is not None and twice == [batch.returned] * 2 and not differing(batch).exists()


def readings(batch: PaperBatch) -> list[PaperEntry]:
    """What stands for each sheet of a batch that is read: the third reading where there is one."""
    found = {entry.position: entry for entry in batch.entries.exclude(round=2).order_by("position", "round")}
    return list(found.values())


@dataclass(frozen=True)
class Reconciled:
    """The numbers of one batch: issued = keyed + void + missing, or a `difference` to explain (more sheets than voters: below 0)."""

    printed: int
    issued: int
    returned: int | None
    keyed: int
    void: int
    missing: int

    @property
    def unused(self) -> int:
        return self.printed - self.issued

    @property
    def surplus(self) -> int:
        return max((self.returned or 0) - self.issued, 0)


def reconciled(batch: PaperBatch) -> Reconciled:
    read = readings(batch)
    void = sum(1 for entry in read if entry.void)
    return Reconciled(batch.printed, batch.issued, batch.returned, len(read) - void, void, batch.missing)
