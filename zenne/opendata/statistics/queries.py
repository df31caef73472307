"""What other apps read: the board of a scope, in the words of the current language. Everything in it is already suppressed.

board = queries.board(Scope.process(process.pk), Period.ALL, now=now)
board.table("theme").rows[0].values          # numbers in the order of board.table("theme").columns; None is "fewer than 10"
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.numbers import whole_number
from zenne.people.accounts.enums import Gender
from zenne.places.areas.models import Area
from zenne.places.areas.queries import by_name, without_outlines

from . import clocks, figures, sheets, visiting
from .boards import Board, Column, Row, Table, Total
from .comparing import comparisons
from .counting import PEOPLE, UNKNOWN, shown_people
from .enums import BANDS, ELSEWHERE, HERE, PageKind, Period, ScopeKind, Split, Step, Trait
from .keeping import kept_figures
from .kinds import Name, Scope, in_order, measures

TIME, FIRST_TIME = "time", "first_time"


def board(scope: Scope, period: Period = Period.ALL, *, now: datetime) -> Board:
    """The numbers of a scope, counted now or a short while ago (`counted_at`), with words in the current language."""
    found, counted_at = kept_figures(scope, period, now)
    places = _places(found)
    area = next((place for place in places if place.pk == found["ground"]), None)
    step = Step(found["step"])
    seen = visiting.seen(scope, _first_day(period, now))
    tables = [
        _time(found, step, period, now),
        _first_time(found, step, period, now),
        *_splits(found, scope, places),
        *_traits(found, places),
        *_visits(seen, step, period, now),
    ]
    return Board(
        scope=scope,
        period=period,
        counted_at=counted_at,
        step=step,
        first=date.fromisoformat(found["first"]) if found["first"] else None,
        area=str(area or ""),
        totals=tuple(_totals(found, seen, period, now)),
        tables=tuple(table for table in tables if table.rows),
        comparisons=tuple(comparisons(found, area, [place for place in places if area and place.parent_id == area.pk])),
        clocks=tuple(clocks.kept(scope, found["clocks"], now)),
    )


def _totals(found: Mapping[str, Any], seen: visiting.Seen, period: Period, now: datetime) -> Iterable[Total]:
    totals = found["totals"]
    yield Total(PEOPLE, _("People who took part"), "users", **totals[PEOPLE])
    for key, measure in in_order():
        numbers = totals.get(key, {"number": 0, "other": 0})
        if numbers["number"] or not measure.optional:
            yield Total(key, str(measure.label), measure.icon, **numbers)
    since, before = _first_day(period, now), in_brussels(period.before(now)).date()
    number = sum(views for day, views in seen.days.items() if since is None or day >= since)
    earlier = sum(views for day, views in seen.days.items() if day >= before and (since is None or day < since))
    yield Total("visits", _("Visits"), "eye", number, earlier)


def _first_day(period: Period, now: datetime) -> date | None:
    since = period.since(now)
    return in_brussels(since).date() if since else None


def _used(numbers: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Column]]:
    """The measures that have something here, in their order, as columns."""
    return [(key, Column(key, str(measure.label))) for key, measure in in_order() if numbers.get(key)]


def _steps(begun: Iterable[str], step: Step, period: Period, now: datetime) -> list[date]:
    """Every step from the first to today (or to where it all ended), those in which nothing happened included."""
    since = period.since(now)
    days = [date.fromisoformat(day) for day in begun]
    if since:
        days.append(figures.begin_of(in_brussels(since).date(), step))
    if not days:
        return []
    at, last, found = min(days), in_brussels(now).date() if since else figures.last_day(max(days), now), []
    while at <= last:
        found.append(at)
        longer = {Step.DAY: timedelta(days=1), Step.WEEK: timedelta(days=7), Step.MONTH: timedelta(days=32)}[step]
        at = figures.begin_of(at + longer, step)
    return found


def step_label(day: date, step: Step) -> str:
    """What a day, week or month is called."""
    if step == Step.MONTH:
        return date_format(day, "F Y")
    return date_format(day, "j F Y") if step == Step.DAY else _("week of %(day)s") % {"day": date_format(day, "j F Y")}


def _first_word(step: Step) -> str:
    return {Step.DAY: _("Day"), Step.WEEK: _("Week"), Step.MONTH: _("Month")}[step]


def _time(found: Mapping[str, Any], step: Step, period: Period, now: datetime) -> Table:
    numbers = found["time"]
    used = _used(numbers)
    begun = _steps({day for key, _column in used for day in numbers[key]}, step, period, now) if used else []
    rows = [
        Row(
            day.isoformat(), step_label(day, step), tuple(numbers[key].get(day.isoformat(), 0) for key, _column in used)
        )
        for day in begun
    ]
    return Table(TIME, _("Over time"), _first_word(step), tuple(column for _key, column in used), tuple(rows))


def _first_time(found: Mapping[str, Any], step: Step, period: Period, now: datetime) -> Table:
    numbers = found[FIRST_TIME]
    rows = [
        Row(day.isoformat(), step_label(day, step), (numbers.get(day.isoformat(), 0),))
        for day in (_steps(numbers, step, period, now) if numbers else [])
    ]
    column = Column(PEOPLE, _("People"))
    return Table(
        FIRST_TIME, _("People who took part for the first time"), _first_word(step), (column,), tuple(rows), True
    )


def _places(found: Mapping[str, Any]) -> list[Area]:
    """The area that the figures are about, its parts, and those that the figures name: by name."""
    named = [
        *(numbers for split in (Split.COMMUNE, Split.DISTRICT) for numbers in found["splits"].get(split, {}).values()),
        *found["traits"].get(Trait.PLACE, {}).values(),
    ]
    keys = sorted({number for numbers in named for key in numbers if (number := whole_number(key))})
    ground = found["ground"]
    return list(
        by_name(
            without_outlines(
                Area.objects.filter(Q(pk__in=keys) | Q(pk=ground) | Q(parent=ground) if ground else Q(pk__in=keys))
            )
        )
    )


def _splits(found: Mapping[str, Any], scope: Scope, places: Iterable[Area]) -> Iterable[Table]:
    district = any(found["splits"].get(Split.DISTRICT, {}).values()) and found["by_district"]
    shown = [Split.PROCESS if scope.kind == ScopeKind.ORGANISATION else Split.THEME]
    shown += [Split.DISTRICT if district else Split.COMMUNE, Split.CHANNEL, Split.LANGUAGE]
    for split in shown:
        counted = found["splits"].get(split, {})
        numbers = {key: values for key, values in counted.items() if split in measures[key].splits}
        used = _used(numbers)
        keys = {value for key, _column in used for value in numbers[key]}
        if not keys - {UNKNOWN}:
            continue
        names = _names_of(split, keys, places)
        order = sorted(
            keys, key=lambda value: (value == UNKNOWN, -numbers[used[0][0]].get(value, 0), names[value].label)
        )
        rows = [
            Row(
                value,
                str(names[value].label),
                tuple(numbers[key].get(value, 0) for key, _column in used),
                names[value].category,
            )
            for value in order
        ]
        yield Table(str(split), _title(split), _first_of(split), tuple(column for _key, column in used), tuple(rows))


def _title(split: Split) -> str:
    return {
        Split.PROCESS: _("By project"),
        Split.THEME: _("By theme"),
        Split.COMMUNE: _("By commune that the ideas are about"),
        Split.DISTRICT: _("By district that the ideas are about"),
        Split.CHANNEL: _("By way of sending"),
        Split.LANGUAGE: _("By language"),
    }[split]


def _first_of(split: Split) -> str:
    return {
        Split.PROCESS: _("Project"),
        Split.THEME: _("Theme"),
        Split.COMMUNE: _("Commune"),
        Split.DISTRICT: _("District"),
        Split.CHANNEL: _("Way of sending"),
        Split.LANGUAGE: _("Language"),
    }[split]


def _names_of(split: Split, keys: Iterable[str], places: Iterable[Area]) -> dict[str, Name]:
    wanted = sorted(set(keys) - {UNKNOWN})
    names: dict[str, Name] = {}
    for _key, measure in in_order():
        if split in measure.names:
            names |= measure.names[split](wanted)
    if split in (Split.COMMUNE, Split.DISTRICT):
        names |= {key: Name(label) for key, label in _areas(places).items() if key in wanted}
    if split == Split.LANGUAGE:
        names |= {code: Name(language_name(code)) for code in wanted}
    unknown = {Split.COMMUNE: _("No place"), Split.DISTRICT: _("No place"), Split.THEME: _("No theme")}
    return {**{key: Name(key) for key in wanted}, **names, UNKNOWN: Name(unknown.get(split, _("Unknown")))}


def _areas(places: Iterable[Area]) -> dict[str, str]:
    return {str(area.pk): str(area) for area in places}


def language_name(code: str) -> str:
    """A language in the language of the page."""
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return code


def _traits(found: Mapping[str, Any], places: Iterable[Area]) -> Iterable[Table]:
    titles = {
        Trait.AGE: (_("Those who took part, by age"), _("Age")),
        Trait.GENDER: (_("Those who took part, by gender"), _("Gender")),
        Trait.PLACE: (_("Those who took part, by where they live"), pgettext("of a person", "Home")),
    }
    for trait, (title, first) in titles.items():
        columns = found["traits"].get(trait, {})
        people = columns.get(PEOPLE, {})
        if not set(people) - {UNKNOWN}:
            continue
        used = [(PEOPLE, Column(PEOPLE, _("People"))), *_used({key: columns[key] for key in columns if key != PEOPLE})]
        names = _trait_names(trait, places)
        order = sorted(people, key=lambda value: _place_in(trait, value, people, names))
        rows = [Row(value, names[value], tuple(columns[key].get(value, 0) for key, _column in used)) for value in order]
        yield Table(f"people-{trait}", title, first, tuple(column for _key, column in used), tuple(rows), True)


def _place_in(trait: Trait, value: str, people: Mapping[str, int | None], names: Mapping[str, str]) -> tuple[Any, ...]:
    if value in (HERE, ELSEWHERE, UNKNOWN):
        return (1, (HERE, ELSEWHERE, UNKNOWN).index(value))
    if trait == Trait.AGE:
        return (0, int(value))
    if trait == Trait.GENDER:
        return (0, list(Gender.values).index(value))
    return (0, -(people[value] or 0), names[value])


def _trait_names(trait: Trait, places: Iterable[Area]) -> dict[str, str]:
    """What the values of a trait are called; also those that stand for no answer."""
    names = {UNKNOWN: _("Not known"), HERE: _("Here, district not known"), ELSEWHERE: _("In another commune")}
    if trait == Trait.AGE:
        return names | {str(first): band_name(first) for first in BANDS}
    if trait == Trait.GENDER:
        return names | {gender.value: str(gender.label) for gender in Gender}
    return names | _areas(places)


def band_name(first: int) -> str:
    """20 to 29 years; under 20; 70 and over."""
    at = BANDS.index(first)
    if at == 0:
        return _("Under %(age)d years") % {"age": BANDS[1]}
    if at == len(BANDS) - 1:
        return _("%(age)d years and over") % {"age": first}
    return _("%(first)d to %(last)d years") % {"first": first, "last": BANDS[at + 1] - 1}


def _visits(seen: visiting.Seen, step: Step, period: Period, now: datetime) -> Iterable[Table]:
    """Visits over time, by kind of page and by language. Visitors of a day or week below ten are not told."""
    since = _first_day(period, now)
    views: dict[date, int] = {}
    visitors: dict[date, int] = {}
    for numbers, into in ((seen.days, views), (seen.visitors, visitors)):
        for day, number in numbers.items():
            if since is None or day >= since:
                begin = figures.begin_of(day, step)
                into[begin] = into.get(begin, 0) + number
    begun = _steps((day.isoformat() for day in views), step, period, now) if views else []
    rows = [
        Row(day.isoformat(), step_label(day, step), (views.get(day, 0), shown_people(visitors.get(day, 0))))
        for day in begun
    ]
    both = (Column("visits", _("Visits")), Column("visitors", _("Visitors, each counted once a day")))
    yield Table("visits", _("Visits over time"), _first_word(step), both, tuple(rows), True)
    one = (Column("visits", _("Visits")),)
    pages = {page.value: str(page.label) for page in PageKind}
    split: dict[str, tuple[dict[str, int], dict[str, str]]] = {
        "visits-page": (seen.pages, pages),
        "visits-language": (seen.languages, {}),
    }
    titles = {
        "visits-page": (_("Visits by kind of page"), _("Page")),
        "visits-language": (_("Visits by language of the page"), _("Language")),
    }
    for key, (numbers_of, known) in split.items():
        ordered = sorted(numbers_of, key=lambda value: (-numbers_of[value], value))
        lines = tuple(Row(value, known.get(value) or language_name(value), (numbers_of[value],)) for value in ordered)
        yield Table(key, *titles[key], one, lines)


SHEETS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def sheet(board: Board, key: str, kind: str) -> tuple[str, str] | None:
    """One table as a file: its text and its content type. None where there is no such table or kind."""
    table = next((table for table in board.tables if table.key == key), None)
    if table is None or kind not in SHEETS:
        return None
    return (sheets.as_csv(table) if kind == "csv" else sheets.as_json(board, table)), SHEETS[kind]


def as_file(found: tuple[str, str], name: str) -> HttpResponse:
    """The answer that brings a sheet to somebody's own disk."""
    text, content_type = found
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def period_asked(text: str) -> Period:
    """The period that an address names; from the beginning where it names none."""
    return Period(text) if text in Period.values else Period.ALL
