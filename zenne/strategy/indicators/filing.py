"""What the worker does with a file of measurements: reads it and says what would change; writes it when told to, step by step, each step whole.

A killed worker goes on where it was: how far it is goes with each step, and a value that stands already is the same, not new.
"""

import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from zenne.core import clock
from zenne.core.languages import DEFAULT
from zenne.core.setbacks import LOST_DATABASE
from zenne.people.history.actions import record

from . import graph, keeping, periods, reading
from .enums import OPEN, ImportState, MeasurementState
from .models import Import, Indicator
from .reading import Line

logger = logging.getLogger(__name__)
STEP = 5000
MOST_EXAMPLES = 100
NEW, CHANGED, REVISED, SAME = "new", "changed", "revised", "same"

# The index of the constraint that one stands answers for the whole and for an area alike, but for each in its own words.
STANDING = """
select spot.at, found.id, found.state, found.value, found.low, found.high, found.evidence, found.revision
from (
    select wanted.at, one.id
    from unnest(%s::bigint[], %s::bigint[], %s::date[], %s::date[]) with ordinality as wanted (indicator, area, start, "end", at)
    cross join lateral (
        select id from indicators_measurement where wanted.area = 0 and area_id is null
            and indicator_id = wanted.indicator and start = wanted.start and "end" = wanted."end" and state <> 'revised'
        union all
        select id from indicators_measurement where wanted.area <> 0 and area_id = wanted.area
            and indicator_id = wanted.indicator and start = wanted.start and "end" = wanted."end" and state <> 'revised'
    ) as one
) as spot join indicators_measurement as found on found.id = spot.id and found.state <> 'revised'
"""
INSERT = """
insert into indicators_measurement (indicator_id, area_id, start, "end", value, low, high, evidence, state, note, because, revision, supersedes_id,
    entered_at, entered_by_id, published_at, i18n)
select line.indicator, nullif(line.area, 0), line.start, line."end", line.value, line.low, line.high, line.evidence, %(state)s,
    line.note, case when line.revision > 0 then %(because)s else '' end, line.revision, nullif(line.supersedes, 0), %(now)s, %(by)s, %(published)s,
    line.i18n::jsonb
from unnest(%(indicator)s::bigint[], %(area)s::bigint[], %(start)s::date[], %(end)s::date[], %(value)s::numeric[], %(low)s::numeric[], %(high)s::numeric[],
    %(evidence)s::text[], %(note)s::text[], %(revision)s::int[], %(supersedes)s::bigint[], %(i18n)s::text[])
    as line (indicator, area, start, "end", value, low, high, evidence, note, revision, supersedes, i18n)
returning id
"""
CHANGE = """
update indicators_measurement as held set value = line.value, low = line.low, high = line.high, evidence = line.evidence, state = %(state)s,
    entered_at = %(now)s, entered_by_id = %(by)s, published_at = %(published)s
from unnest(%(pk)s::bigint[], %(value)s::numeric[], %(low)s::numeric[], %(high)s::numeric[], %(evidence)s::text[]) as line (pk, value, low, high, evidence)
where held.id = line.pk
"""


@dataclass(frozen=True)
class Standing:
    """The value that stands where a line would be written."""

    pk: int
    state: str
    value: object
    low: object
    high: object
    evidence: str
    revision: int


@dataclass
class Sorted:
    """The lines of one step, by what would become of them."""

    new: list[Line] = field(default_factory=list)
    changed: list[tuple[Line, Standing]] = field(default_factory=list)
    revised: list[tuple[Line, Standing]] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {NEW: len(self.new), CHANGED: len(self.changed), REVISED: len(self.revised), SAME: len(self.same)}


def sort(lines: Sequence[Line], enters_as: str, *, lock: bool = False) -> Sorted:
    """One question for all of them. Where the file's values are published at once, a value that waits is published even if it is the same."""
    params = [
        [line.indicator for line in lines],
        [line.area or 0 for line in lines],
        [line.start for line in lines],
        [line.end for line in lines],
    ]
    with connection.cursor() as cursor:
        cursor.execute(STANDING + (" for update of found" if lock else ""), params)
        standing = {at: Standing(*rest) for at, *rest in cursor.fetchall()}
    found = Sorted()
    for at, line in enumerate(lines, start=1):
        old = standing.get(at)
        if old is None:
            found.new.append(line)
            continue
        same = (old.value, old.low, old.high, old.evidence) == (line.value, line.low, line.high, line.evidence)
        waits = old.state in OPEN
        if same and not (waits and enters_as == MeasurementState.PUBLISHED):
            found.same.append(line)
        elif waits:
            found.changed.append((line, old))
        else:
            found.revised.append((line, old))
    return found


def read(pk: int) -> None:
    """READING → READ with what would change, or FAULTY where nothing of it can be read."""
    file = _of(pk)
    if file is None or file.state != ImportState.READING:
        return
    preview: dict[str, object] = {}
    try:
        found = reading.read(_content(file), file.organisation, tell=partial(_tell, pk))
        if not found.broken:
            preview = _preview(found, file)
    except LOST_DATABASE:
        raise
    except Exception:
        logger.exception("file of measurements %s was not read", pk)  # staff are told, and the log has the rest
        found = reading.Read(broken=True)
        found.fault(0, "", "not-readable")
    with transaction.atomic():
        held = Import.objects.select_for_update(of=("self",)).get(pk=pk)
        if held.state != ImportState.READING:
            return
        held.state = ImportState.FAULTY if found.broken else ImportState.READ
        held.faults, held.fault_count, held.preview = found.faults, found.fault_count, preview
        held.total, held.done = len(found.lines), 0
        if found.broken:
            delete_file(held)
            held.ended_at = clock.now()
        held.save()


def _preview(found: reading.Read, file: Import) -> dict[str, object]:
    """What would change: in all, by indicator, and the first changes one by one."""
    totals: Counter[str] = Counter()
    by_indicator: dict[int, Counter[str]] = {}
    examples: list[dict[str, object]] = []
    for lines in reading.batches(found.lines, STEP):
        ordered = sort(lines, file.enters_as)
        totals.update(ordered.counts())
        kinds = [(NEW, line, None) for line in ordered.new]
        kinds += [(CHANGED, line, old) for line, old in ordered.changed]
        kinds += [(REVISED, line, old) for line, old in ordered.revised]
        for kind, line, old in [*kinds, *((SAME, line, None) for line in ordered.same)]:
            by_indicator.setdefault(line.indicator, Counter())[kind] += 1
            if kind != SAME and len(examples) < MOST_EXAMPLES and (kind != NEW or len(examples) < MOST_EXAMPLES // 2):
                examples.append(_example(kind, line, old))
    slugs = dict(Indicator.objects.filter(pk__in=by_indicator).values_list("pk", "slug"))
    rows = sorted(by_indicator.items(), key=lambda item: (-item[1][REVISED], slugs[item[0]]))
    return {
        "totals": dict(totals),
        "indicators": [{"slug": slugs[pk], **counts} for pk, counts in rows[:MOST_EXAMPLES]],
        "indicator_count": len(rows),
        "examples": [{**each, "indicator": slugs[int(str(each["indicator"]))]} for each in examples],
        "ignored": found.ignored,
        "rounded": found.rounded,
    }


def _example(kind: str, line: Line, old: Standing | None) -> dict[str, object]:
    return {
        "row": line.row,
        "kind": kind,
        "indicator": line.indicator,
        "period": periods.written((line.start, line.end)),
        "area": line.area,
        "before": None if old is None else str(old.value),
        "after": str(line.value),
    }


def write(pk: int) -> list[int]:
    """WRITING → WRITTEN. The latest published value of each indicator that has a new one: those who asked hear of it."""
    file = _of(pk)
    if file is None or file.state != ImportState.WRITING:
        return []
    try:
        return _write(file)
    except LOST_DATABASE:
        raise
    except Exception:
        logger.exception("file of measurements %s was not written to its end", pk)
        faults = [{"row": 0, "column": "", "code": "stopped", "value": ""}]
        rows = Import.objects.filter(pk=pk, state=ImportState.WRITING)
        rows.update(state=ImportState.FAULTY, faults=faults, fault_count=1, ended_at=clock.now())
        return []


def _write(file: Import) -> list[int]:
    lines = reading.read(_content(file), file.organisation).lines
    used = graph.used({line.indicator for line in lines})
    news: dict[int, int] = {}
    for step in reading.batches(lines[file.done :], STEP):
        with transaction.atomic():
            held = Import.objects.select_for_update(of=("self",)).get(pk=file.pk)
            if held.state != ImportState.WRITING:
                return []
            ordered = sort(step, file.enters_as, lock=True)
            published = _put(ordered, file, clock.now())
            keeping.published(published, used=used)
            news |= _latest(published)
            held.done += len(step)
            held.outcome = dict(Counter(held.outcome) + Counter(ordered.counts()))
            held.save(update_fields=["done", "outcome"])
    with transaction.atomic():
        held = Import.objects.select_for_update(of=("self",)).get(pk=file.pk)
        held.state, held.ended_at = ImportState.WRITTEN, clock.now()
        delete_file(held)
        held.save()
        details = {"name": held.name, "sha256": held.sha256, **held.outcome}
        record(
            "measurements.imported",
            by=held.made_by,
            now=clock.now(),
            about=held,
            organisation=held.organisation,
            details=details,
        )
    return sorted(news.values())


def _put(ordered: Sorted, file: Import, now: datetime) -> list[int]:
    """Write one step; the numbers of what is published now. A value that was published already is revised, whatever the others enter as."""
    published: list[int] = []
    enters = file.enters_as == MeasurementState.PUBLISHED
    with connection.cursor() as cursor:
        if ordered.new:
            rows = [(line, 0, 0) for line in ordered.new]
            cursor.execute(INSERT, _inserted(rows, file, now, file.enters_as))
            published += [pk for (pk,) in cursor.fetchall()] if enters else []
        if ordered.changed:
            lines = [line for line, _old in ordered.changed]
            keys = [old.pk for _line, old in ordered.changed]
            params = {"pk": keys, "state": file.enters_as, **_common(file, now, enters), **_columns(lines)}
            cursor.execute(CHANGE, params)
            published += keys if enters else []
        if ordered.revised:
            keys = [old.pk for _line, old in ordered.revised]
            cursor.execute("update indicators_measurement set state = 'revised' where id = any(%s)", [keys])
            rows = [(line, old.revision + 1, old.pk) for line, old in ordered.revised]
            cursor.execute(INSERT, _inserted(rows, file, now, MeasurementState.PUBLISHED))
            published += [pk for (pk,) in cursor.fetchall()]
    return published


def _common(file: Import, now: datetime, published: bool) -> dict[str, object]:
    return {"now": now, "by": file.made_by_id, "published": now if published else None}


def _columns(lines: Sequence[Line]) -> dict[str, list[object]]:
    return {name: [getattr(line, name) for line in lines] for name in ("value", "low", "high", "evidence")}


def _inserted(rows: Sequence[tuple[Line, int, int]], file: Import, now: datetime, state: str) -> dict[str, object]:
    """Notes are in the first language of the organisation; the reason of the revisions in all that it was given in."""
    lines, language = [line for line, _revision, _old in rows], file.organisation.languages[0]
    why = {key: text for key, text in (file.i18n or {}).items() if key.startswith("because_") and text}
    said = []
    for line, revision, _old in rows:
        words = dict(why) if revision else {}
        if line.note and language != DEFAULT:
            words[f"note_{language}"] = line.note
        said.append(json.dumps(words, ensure_ascii=False) if words else None)
    return {
        **_common(file, now, state == MeasurementState.PUBLISHED),
        **_columns(lines),
        "state": str(state),
        "because": file.because,
        "indicator": [line.indicator for line in lines],
        "area": [line.area or 0 for line in lines],
        "start": [line.start for line in lines],
        "end": [line.end for line in lines],
        "note": [line.note if language == DEFAULT else "" for line in lines],
        "revision": [revision for _line, revision, _old in rows],
        "supersedes": [old for _line, _revision, old in rows],
        "i18n": said,
    }


def _latest(published: Sequence[int]) -> dict[int, int]:
    """Of these, which is now the latest of the whole of its indicator."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select indicator_id, measurement_id from indicators_latest where measurement_id = any(%s) and area_id is null",
            [list(published)],
        )
        return dict(cursor.fetchall())


def _of(pk: int) -> Import | None:
    return Import.objects.select_related("organisation", "made_by").filter(pk=pk).first()


def _content(file: Import) -> bytes:
    with file.file.open("rb") as opened:
        return bytes(opened.read())


def _tell(pk: int, done: int) -> None:
    Import.objects.filter(pk=pk, state=ImportState.READING).update(done=done)


def delete_file(file: Import) -> None:
    stored, storage = file.file.name, file.file.storage
    file.file = ""
    if stored:
        transaction.on_commit(partial(storage.delete, stored), robust=True)
