"""What an indicator is: defined, changed, frozen, retired."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import FIRST_DAY, LAST_DAY
from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, missing, say
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .. import computing, expressions, freezing, kinds, tasks
from ..enums import TRANSITIONS, Direction, IndicatorState, MeasurementState, Nature
from ..errors import Unclear
from ..models import Definition, Indicator, Level, Target
from ..models.indicator import PLACES
from ..rules import may_define
from .way import Values, Words, locked, note, public_reason, require_clean

Aim = tuple[date, Decimal | int | str]
TEXTS = frozenset(
    attribute(field, language) for field in ("name", "meaning", "owner", "source") for language in LANGUAGES
)
FIELDS = TEXTS | {
    "slug",
    "nature",
    "unit",
    "decimals",
    "direction",
    "least",
    "most",
    "tolerance",
    "frequency",
    "owner_person",
    "source_url",
    "evidence",
    "expression",
    "series",
    "series_of",
    "baseline_value",
    "baseline_on",
    "baseline_evidence",
}
# What values already published were counted by: it cannot change under them.
STAYS = ("slug", "nature", "unit")


@transaction.atomic
def define(
    organisation: Organisation,
    *,
    values: Values,
    targets: Iterable[Aim] = (),
    levels: Mapping[int, Words] | None = None,
    by: Person | None,
    now: datetime,
) -> Indicator:
    """A new indicator, for its own staff until it is activated. `values` are those of FIELDS: `slug`, `name_fr`, `unit`, `frequency`, …; `levels` are the words
    of each value of a qualitative one. Raises Unclear with the field that cannot stand."""
    require(may_define(by, organisation))
    indicator = Indicator(organisation=organisation, created_at=now, changed_at=now)
    _take(indicator, values)
    if Indicator.objects.filter(slug=indicator.slug).exists():
        raise Unclear(_("Another indicator has this address already."), "slug")
    indicator.save()
    _set_levels(indicator, levels)
    _set_targets(indicator, targets)
    _require_sound(indicator)
    note("indicator.defined", indicator, by, now, slug=indicator.slug)
    return indicator


@transaction.atomic
def change(
    indicator: Indicator,
    *,
    values: Values,
    targets: Iterable[Aim] | None = None,
    levels: Mapping[int, Words] | None = None,
    because: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Indicator:
    """Change what an indicator is. Once it is frozen, whatever stands in its definition changes only with a public reason, as a new definition."""
    indicator = locked(indicator)
    require(may_define(by, indicator.organisation))
    before = {name: getattr(indicator, name) for name in FIELDS}
    frozen = freezing.canonical(indicator) if indicator.definitions.exists() else None
    _take(indicator, values)
    _require_stays(indicator, before)
    indicator.version, indicator.changed_at = indicator.version + 1, now
    indicator.save()
    if levels is not None:
        _set_levels(indicator, levels)
    if targets is not None:
        _set_targets(indicator, targets)
    _require_sound(indicator)
    if indicator.state in (IndicatorState.ACTIVE, IndicatorState.RETIRED):
        _require_promised(indicator)
    if indicator.unit != before["unit"]:
        expressions.require_unit_fits(indicator)
    if frozen is not None and freezing.canonical(indicator) != frozen:
        _freeze_again(indicator, public_reason(indicator.organisation, because), by, now)
    if indicator.state == IndicatorState.ACTIVE and indicator.expression != before["expression"]:
        _compute_all(indicator)
    names = sorted(name for name, value in before.items() if getattr(indicator, name) != value)
    note("indicator.changed", indicator, by, now, fields=names)
    return indicator


@transaction.atomic
def activate(indicator: Indicator, *, by: Person | None, now: datetime) -> Indicator:
    """Everybody sees it from now on. Needs every language that its organisation promises."""
    indicator = locked(indicator)
    require(may_define(by, indicator.organisation))
    _step(indicator, IndicatorState.ACTIVE)
    _require_promised(indicator)
    indicator.changed_at = now
    say(indicator, "retired_because", None)
    indicator.save()
    if indicator.computed:
        _compute_all(indicator)
    note("indicator.activated", indicator, by, now)
    return indicator


@transaction.atomic
def retire(indicator: Indicator, *, because: Words, by: Person | None, now: datetime) -> Indicator:
    """It is measured no more, and says why. All its values stay."""
    indicator = locked(indicator)
    require(may_define(by, indicator.organisation))
    _step(indicator, IndicatorState.RETIRED)
    used = [each for each in expressions.dependents(indicator) if each.state == IndicatorState.ACTIVE]
    if used:
        names = ", ".join(str(each) for each in used)
        raise Invalid(_("Other indicators are computed from it: %(names)s.") % {"names": names})
    say(indicator, "retired_because", public_reason(indicator.organisation, because))
    indicator.changed_at = now
    indicator.save()
    note("indicator.retired", indicator, by, now)
    return indicator


@transaction.atomic
def freeze(indicator: Indicator, *, because: Words, by: Person | None, now: datetime) -> Definition:
    """Freeze what an indicator is: definition, formula, baseline, targets, and those of all it is computed from. Doing it twice changes nothing.

    The rule is that of whoever decides the money: the app above asks its own before it calls.
    """
    return _freeze(locked(indicator), public_reason(indicator.organisation, because), by, now)


@transaction.atomic
def delete_draft(indicator: Indicator, *, by: Person | None, now: datetime) -> None:
    """Throw away what was never activated, measured or frozen."""
    indicator = locked(indicator)
    require(may_define(by, indicator.organisation))
    used = expressions.dependents(indicator)
    if (
        indicator.state != IndicatorState.DEFINED
        or indicator.measurements.exists()
        or indicator.definitions.exists()
        or used
    ):
        require(Refused(Reason.WRONG_STATE))
    note("indicator.deleted", indicator, by, now, slug=indicator.slug)
    indicator.delete()


def _compute_all(indicator: Indicator) -> None:
    computing.touch_all(indicator)
    transaction.on_commit(partial(tasks.compute_soon), robust=True)


def _freeze(indicator: Indicator, because: dict[str, str], by: Person | None, now: datetime) -> Definition:
    """Inputs first, so that their checksums stand in it. The walk ends: a formula goes round in no circle."""
    for each in sorted(expressions.inputs(indicator).values(), key=lambda found: found.pk):
        _freeze(locked(each), because, by, now)
    before = freezing.current(indicator)
    made = freezing.write(indicator, because, by, now)
    if made != before:
        note("indicator.frozen", indicator, by, now, number=made.number, sha256=made.sha256)
    return made


def _freeze_again(indicator: Indicator, because: dict[str, str], by: Person | None, now: datetime) -> None:
    """A frozen indicator changed: it has a new definition, and so has every frozen one that is computed from it."""
    _freeze(indicator, because, by, now)
    for each in expressions.dependents(indicator):
        if each.definitions.exists():
            _freeze_again(locked(each), because, by, now)


def _take(indicator: Indicator, values: Values) -> None:
    if unknown := sorted(set(values) - FIELDS):
        raise TypeError(f"an indicator has no {', '.join(unknown)}")
    for name, value in values.items():
        setattr(indicator, name, value.strip() if isinstance(value, str) else value)
    require_clean(indicator, exclude=("organisation", "owner_person"))
    if indicator.owner_person is not None and not _works_there(indicator.owner_person, indicator.organisation):
        raise Unclear(_("This person does not work for the organisation."), "owner_person")
    _require_fitting(indicator)


def _works_there(person: Person, organisation: Organisation) -> bool:
    return organisation.memberships.filter(person=person).exists() or person.is_superuser


def _require_stays(indicator: Indicator, before: Mapping[str, object]) -> None:
    changed = [name for name in STAYS if getattr(indicator, name) != before[name]]
    if (
        changed
        and indicator.measurements.filter(state__in=(MeasurementState.PUBLISHED, MeasurementState.REVISED)).exists()
    ):
        raise Unclear(
            _("Values are published already: this cannot change under them. Retire the indicator and define another."),
            changed[0],
        )
    if indicator.slug != before["slug"] and (
        indicator.definitions.exists() or expressions.dependents(Indicator(slug=str(before["slug"])))
    ):
        raise Unclear(_("A formula or a frozen definition knows it by this address."), "slug")


def _require_fitting(indicator: Indicator) -> None:
    """What one field cannot say of another; asked before anything is saved."""
    if not any(getattr(indicator, attribute("name", language)) for language in LANGUAGES):
        raise Unclear(_("Give it a name."), attribute("name", indicator.organisation.languages[0]))
    if indicator.expression and indicator.series:
        raise Unclear(_("Either a formula or a series, not both."), "series")
    if indicator.nature == Nature.QUALITATIVE and (indicator.unit or indicator.followed):
        named = next(name for name in ("unit", "expression", "series") if getattr(indicator, name))
        raise Unclear(_("A level with words has no unit, no formula and no series."), named)
    if indicator.direction == Direction.WITHIN and (indicator.least is None or indicator.most is None):
        raise Unclear(_("Give both bounds."), "least" if indicator.least is None else "most")
    if indicator.least is not None and indicator.most is not None and indicator.least > indicator.most:
        raise Unclear(_("The upper bound lies below the lower one."), "most")
    if (indicator.baseline_value is None) != (indicator.baseline_on is None):
        missing_one = "baseline_on" if indicator.baseline_on is None else "baseline_value"
        raise Unclear(_("A baseline has a value and a day."), missing_one)
    if indicator.tolerance < 0:
        raise Unclear(_("Not below nought."), "tolerance")
    if indicator.decimals > PLACES:
        raise Unclear(_("Six at most."), "decimals")
    expressions.unit_of(indicator.unit)
    if indicator.series:
        _require_series(indicator)


def _require_sound(indicator: Indicator) -> None:
    """What depends on others: its levels, and the indicators that its formula names."""
    if indicator.nature == Nature.QUALITATIVE and indicator.levels.count() < 2:
        raise Unclear(_("Give at least two levels, each with a number and words."), "levels")
    if indicator.expression:
        expressions.require_sound(indicator)


def _require_series(indicator: Indicator) -> None:
    found = kinds.series(indicator.series)
    if found is None:
        raise Unclear(_("There is no series “%(key)s”.") % {"key": indicator.series}, "series")
    ours, theirs = expressions.unit_of(indicator.unit), expressions.unit_of(found.unit)
    if not ours.measures_like(theirs):
        facts = {"found": found.unit or "1", "wanted": indicator.unit or "1"}
        raise Unclear(_("The series counts %(found)s, the indicator %(wanted)s.") % facts, "unit")


def _require_promised(indicator: Indicator) -> None:
    lacking = missing(indicator, ("name", "meaning"), indicator.organisation.languages)
    if lacking:
        field, language = lacking[0]
        words = _("Everybody will read it: give it in every language that your organisation promises.")
        raise Unclear(words, attribute(field, language))


def _set_targets(indicator: Indicator, targets: Iterable[Aim]) -> None:
    found: dict[date, Target] = {}
    for day, value in targets:
        target = Target(indicator=indicator, day=day, value=value)
        require_clean(target, exclude=("indicator",))
        if day in found:
            raise Unclear(_("Two targets have the same day."), "targets")
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Unclear(_("Give days between 1900 and 2199."), "targets")
        if indicator.baseline_on is not None and day <= indicator.baseline_on:
            raise Unclear(_("A target lies after the day of the baseline."), "targets")
        found[day] = target
    kept = {target.day: target for target in indicator.targets.all()}
    indicator.targets.exclude(day__in=found).delete()
    for day, target in sorted(found.items()):
        old = kept.get(day)
        if old is None:
            target.save()
        elif old.value != target.value:
            old.value = target.value
            old.save(update_fields=["value"])


def _set_levels(indicator: Indicator, levels: Mapping[int, Words] | None) -> None:
    levels = levels or {}
    used = set(indicator.measurements.order_by().values_list("value", flat=True).distinct()) if indicator.pk else set()
    if {int(value) for value in used} - set(levels) and indicator.nature == Nature.QUALITATIVE:
        raise Unclear(_("A level that was given already cannot go."), "levels")
    indicator.levels.exclude(value__in=levels).delete()
    for value, words in sorted(levels.items()):
        if not any((words.get(language) or "").strip() for language in LANGUAGES):
            raise Unclear(_("Give at least two levels, each with a number and words."), "levels")
        level = indicator.levels.filter(value=value).first() or Level(indicator=indicator, value=value)
        say(level, "words", words)
        require_clean(level, exclude=("indicator",))
        level.save()


def _step(indicator: Indicator, to: IndicatorState) -> None:
    if to not in TRANSITIONS[IndicatorState(indicator.state)]:
        require(Refused(Reason.WRONG_STATE))
    indicator.state = to
