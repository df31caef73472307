"""From rows to figures: two queries over every measure at once, whatever their number, and suppression before anything is kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from zenne.core.clock import in_brussels
from zenne.methods.suppression import FEWEST, hidden
from zenne.people.accounts.enums import Purpose
from zenne.people.accounts.models import Consent, Person
from zenne.places.areas.models import Residence

from .enums import BANDS, ELSEWHERE, HERE, Period, Split, Trait
from .kinds import Measure, Scope, in_order

UNKNOWN = ""
PEOPLE = "people"
SPLITS = tuple(Split)
TRAITS = tuple(Trait)

Numbers = dict[str, int]
Shown = dict[str, int | None]  # None: hidden


@dataclass(frozen=True)
class Asked:
    """What to count. `district_of` is the commune whose districts are told apart; None tells communes apart."""

    scope: Scope
    period: Period
    now: datetime
    district_of: int | None = None


def _rows(asked: Asked, measure: Measure, params: list[Any], *, whole: bool = False) -> str:
    """The rows of one measure as SQL, limited to what the period and its comparison need, or the `whole` of them; its columns are named `s_…`."""
    rows = measure.rows(asked.scope).filter(**{f"{measure.moment}__lt": asked.now}).order_by()
    if asked.period != Period.ALL and not whole:
        rows = rows.filter(**{f"{measure.moment}__gte": asked.period.before(asked.now)})
    given = {"s_moment": F(measure.moment)}
    if measure.person:
        given["s_person"] = F(measure.person)
    given |= {f"s_{split}": F(column) for split, column in measure.splits.items()}
    sql, given_params = rows.values(**given).query.sql_with_params()
    params += given_params
    return str(sql)


def _folded(asked: Asked, key: str, measure: Measure, current: str, params: list[Any]) -> str:
    """The rows of one measure, counted by day and by all of its splits at once: a small table, from which the rest is made."""
    since = asked.period.since(asked.now)
    params += [key, *([since] if since else [])]
    rows = _rows(asked, measure, params)
    mine = [f"s_{split}" for split in measure.splits]
    inner = ", ".join(["(s_moment at time zone 'Europe/Brussels')::date as day", f"{current} as current", *mine])
    columns = ", ".join(
        f"s_{split}::text as {split}" if split in measure.splits else f"null::text as {split}" for split in SPLITS
    )
    grouped = ", ".join(["day", "current", *mine])
    return (
        f"select %s::text as measure, day, current, {columns}, number from (select {inner}, count(*) as number "  # noqa: S608
        f"from ({rows}) as counted group by {grouped}) as folded"
    )


def _acts(asked: Asked, part: Sequence[Measure], params: list[Any]) -> str:
    """Who did what when, in all measures; each goes by its place among them."""
    return " union all ".join(
        f"select {at} as measure, s_person as person, s_moment as moment, "  # noqa: S608 - every name in it is ours
        f"{'s_process' if Split.PROCESS in measure.splits else 'null::bigint'} as process "
        f"from ({_rows(asked, measure, params, whole=True)}) as counted"
        for at, measure in enumerate(part)
    )


@contextmanager
def in_memory() -> Iterator[None]:
    """Sums over many rows stay in memory: with what a session has by default they would be sorted on disk."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local work_mem = '64MB'")
        yield


@dataclass(frozen=True)
class Things:
    """What was contributed. `days`: measure -> day -> number, the comparison included. `splits`: split -> measure -> value -> number."""

    days: dict[str, dict[date, int]]
    splits: dict[str, dict[str, Numbers]]


def things(asked: Asked) -> Things:
    params: list[Any] = []
    current = "true" if asked.period == Period.ALL else "s_moment >= %s"
    folded = " union all ".join(_folded(asked, key, measure, current, params) for key, measure in in_order())
    columns = ", ".join(SPLITS)
    sets = ", ".join(f"(measure, {column})" for column in ("day", *SPLITS))
    sql = f"""
        with folded as ({folded})
        select measure, grouping(day, {columns}), day, {columns},
            sum(number) as whole, coalesce(sum(number) filter (where current), 0) as number
        from folded group by grouping sets ({sets})
    """  # noqa: S608 - every name in it is ours
    found = Things(defaultdict(dict), defaultdict(lambda: defaultdict(dict)))
    by_mask = _masks(("day", *SPLITS))
    for measure, mask, day, *rest in _run(sql, params):
        *values, whole, number = rest
        column = by_mask[mask]
        if column == "day":
            found.days[measure][day] = int(whole)
        elif number:
            found.splits[column][measure][values[SPLITS.index(Split(column))] or UNKNOWN] = int(number)
    return found


@dataclass(frozen=True)
class Cell:
    """One group of people, and how many `things` they did. `beside`: how many of them each other published table counts that this one does not
    (`methods.suppression`)."""

    people: int
    things: int
    beside: tuple[int, ...] = ()


Cells = dict[str, dict[str, dict[str, Cell]]]


@dataclass(frozen=True)
class People:
    """Who took part: all of them, the same before, their first days, and by trait: trait -> column -> value -> cell."""

    number: int
    before: int
    first_days: dict[date, int]
    traits: Cells


def people(asked: Asked) -> People:
    """Participants by what they said of themselves, where they consented to that being counted. Everybody else is unknown."""
    part = [(key, measure) for key, measure in in_order() if measure.takes_part and measure.person]
    places, longer = range(len(part)), _longer(asked)
    stretches = range(len(longer))
    params: list[Any] = []
    rows = _acts(asked, [measure for _key, measure in part], params)
    since, before = asked.period.since(asked.now), asked.period.before(asked.now)
    current = "true" if since is None else "moment >= %s"
    within = ", ".join(
        f"{'true' if begin is None else 'moment >= %s'} as in{each}" for each, begin in enumerate(longer)
    )
    params += [*([since] if since else []), before, *(begin for begin in longer if begin is not None)]
    of_person = [
        *(f"count(*) filter (where current and measure = {at}) as n{at}" for at in places),
        *(f"bool_or(in{each}) as in{each}" for each in stretches),
        *(
            f"bool_or(in{each} and not current and measure = {at}) as in{each}_{at}"
            for each in stretches
            for at in places
        ),
    ]
    counts = [
        "count(*) filter (where here)",
        "count(*) filter (where earlier)",
        *(f"count(*) filter (where in{each} and not here)" for each in stretches),
    ]
    for at in places:
        counts += [f"sum(n{at})", f"count(*) filter (where n{at} > 0)"]
        counts += [f"count(*) filter (where in{each}_{at})" for each in stretches]
    columns = ", ".join(TRAITS)
    sql = f"""
        with rows as ({rows}),
        acts as (
            select measure, person, moment, {current} as current, moment >= %s as near{", " if longer else ""}{within}
            from rows where person is not null
        ),
        who as (
            select person, bool_or(current) as here, bool_or(near and not current) as earlier,
                (min(moment) filter (where current) at time zone 'Europe/Brussels')::date as day, {", ".join(of_person)}
            from acts group by person
        ),
        {_known(asked, params)}
        select grouping(day, {columns}), day, {columns}, {", ".join(counts)}
        from known group by grouping sets ((), {", ".join(f"({column})" for column in ("day", *TRAITS))})
    """  # noqa: S608 - every name in it is ours
    return _read([key for key, _measure in part], len(longer), _run(sql, params))


def _longer(asked: Asked) -> list[datetime | None]:
    """When the longer periods begin, that are published too and hold this one."""
    periods = list(Period)
    return [each.since(asked.now) for each in periods[: periods.index(asked.period)]]


def _known(asked: Asked, params: list[Any]) -> str:
    """The people of `who` with what they said of themselves, where it may be counted."""
    year = in_brussels(asked.now).year
    params += [year, year, *([asked.district_of] if asked.district_of is not None else []), Purpose.STATISTICS.value]
    return f"""known as (
            select who.*, {_age()} as age, nullif(person.gender, '') as gender, {_place(asked)} as place
            from who left join (
                select person.* from {_table(Person)} person
                where exists (select from {_table(Consent)} said
                    where said.person_id = person.id and said.purpose = %s and said.withdrawn_at is null)
            ) as person on person.id = who.person
            left join {_table(Residence)} home on home.person_id = person.id
        )"""  # noqa: S608 - every name in it is ours


def _read(keys: Sequence[str], others: int, rows: Iterable[tuple[Any, ...]]) -> People:
    number, before = 0, 0
    days: dict[date, int] = {}
    traits: Cells = {trait: defaultdict(dict) for trait in TRAITS}
    by_mask = _masks(("day", *TRAITS)) | {2 ** (len(TRAITS) + 1) - 1: ""}
    for mask, day, *rest in rows:
        values, (here, earlier, *parts) = rest[: len(TRAITS)], rest[len(TRAITS) :]
        column = by_mask[mask]
        if column == "":
            number, before = here, earlier
        elif column == "day":
            if day is not None:
                days[day] = here
        elif here:
            value = values[TRAITS.index(Trait(column))] or UNKNOWN
            traits[column][PEOPLE][value] = Cell(here, here, tuple(parts[:others]))
            for at, key in enumerate(keys):
                done, who, *beside = parts[others + at * (2 + others) :][: 2 + others]
                traits[column][key][value] = Cell(who, int(done), tuple(beside))
    return People(number, before, days, traits)


def beside_its_processes(asked: Asked, traits: Cells) -> Cells:
    """The cells of an organisation, with how many people of each took part elsewhere than in one of its processes: for each process, whose own
    table is published too."""
    part = [(key, measure) for key, measure in in_order() if measure.takes_part and measure.person]
    params: list[Any] = []
    rows = _acts(asked, [measure for _key, measure in part], params)
    since = asked.period.since(asked.now)
    params += [since] if since else []
    columns = ", ".join(TRAITS)
    sql = f"""
        with rows as ({rows}),
        acts as (
            select distinct measure, person, process from rows
            where person is not null {"and moment >= %s" if since else ""}
        ),
        who as (
            select distinct null::int as measure, person, process from acts
            union all
            select measure, person, min(process) from acts group by measure, person
            having count(distinct process) = 1 and count(process) = count(*)
        ),
        {_known(asked, params)}
        select measure, process, grouping({columns}), {columns}, count(*) from known
        where process is not null group by measure, process, grouping sets ({", ".join(f"({each})" for each in TRAITS)})
    """  # noqa: S608 - every name in it is ours
    inside: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    by_mask = _masks(TRAITS)
    for measure, process, mask, *values, number in _run(sql, params):
        trait = by_mask[mask]
        column = PEOPLE if measure is None else part[measure][0]
        inside[trait, column, values[TRAITS.index(Trait(trait))] or UNKNOWN][process] = number
    processes = sorted({process for numbers in inside.values() for process in numbers})
    return {
        trait: {
            column: {
                value: replace(
                    cell,
                    beside=cell.beside
                    + tuple(cell.people - inside[trait, column, value].get(process, 0) for process in processes),
                )
                for value, cell in cells.items()
            }
            for column, cells in of_trait.items()
        }
        for trait, of_trait in traits.items()
    }


def shown(counts: Mapping[str, Cell]) -> Shown:
    """Things by group of people, those of small groups hidden, and as many others as it takes."""
    others = max((len(cell.beside) for cell in counts.values()), default=0)
    beside = [{value: cell.beside[at] for value, cell in counts.items()} for at in range(others)]
    gone = hidden({value: cell.people for value, cell in counts.items()}, beside=beside, order=sorted(counts))
    return {value: None if value in gone else cell.things for value, cell in sorted(counts.items())}


def shown_people(number: int) -> int | None:
    return None if 0 < number < FEWEST else number


def _age() -> str:
    """The first age of the band that a year of birth falls into. A year alone is right to within one year of age."""
    bands = ", ".join(str(first) for first in BANDS)
    return (
        f"case when person.birth_year is null then null when %s - person.birth_year < {BANDS[0]} then '{BANDS[0]}' "
        f"else (array[{bands}])[width_bucket(%s - person.birth_year, array[{bands}])]::text end"
    )


def _place(asked: Asked) -> str:
    if asked.district_of is None:
        return "home.commune_id::text"
    return f"case when home.commune_id = %s then coalesce(home.district_id::text, '{HERE}') when home.commune_id is not null then '{ELSEWHERE}' end"


def _table(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _masks(columns: Iterable[str]) -> dict[int, str]:
    """What `grouping(a, b, c)` answers for a grouping by one of them alone: a bit is set for each column that is not in it."""
    names = list(columns)
    full = 2 ** len(names) - 1
    return {full - 2 ** (len(names) - 1 - at): name for at, name in enumerate(names)}


def _run(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
