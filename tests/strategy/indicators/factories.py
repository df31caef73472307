"""Indicators of a Region, made through the real actions."""

from datetime import UTC, date, datetime

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.strategy.indicators import actions, periods
from zenne.strategy.indicators.enums import MeasurementState
from zenne.strategy.indicators.models import Import, Indicator, Measurement

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
BECAUSE = {"fr": "Le budget est décidé.", "nl": "Het budget is beslist.", "en": "The money was decided."}
WORDS = {
    f"{field}_{language}": f"{field} {language}" for field in ("name", "meaning") for language in ("fr", "nl", "en")
}
_count = iter(range(1, 10_000))


def staff(organisation: Organisation, role: Role = Role.MANAGER) -> Person:
    return ideas.staff(organisation, role)


def indicator(organisation: Organisation | None = None, *, active: bool = True, **given: object) -> Indicator:
    """A yearly number of which more is better, without a unit, if nothing else is said."""
    organisation = organisation or organisations.organisation()
    targets, levels = given.pop("targets", ()), given.pop("levels", None)
    values = {"slug": f"figure-{next(_count)}", **WORDS, **given}
    made = actions.define(organisation, values=values, targets=targets, levels=levels, by=None, now=NOW)
    return actions.activate(made, by=None, now=NOW) if active else made


def year(number: int) -> dict[str, date]:
    return {"start": date(number, 1, 1), "end": date(number, 12, 31)}


def month(number: int, of: int) -> dict[str, date]:
    start, end = periods.read(f"{number}-{of:02}")
    return {"start": start, "end": end}


def measured(
    indicator: Indicator, value: object, period: dict[str, date] | None = None, **given: object
) -> Measurement:
    """A published value, of 2025 if nothing else is said."""
    made = actions.measure(indicator, value=value, **(period or year(2025)), **given, by=None, now=NOW)
    return actions.publish(made, by=None, now=NOW)


def make_for(organisation: Organisation) -> list[Model]:
    made = indicator(organisation, targets=[(date(2030, 12, 31), 10)])
    level = indicator(organisation, nature="qualitative", levels={0: {"fr": "non"}, 1: {"fr": "oui"}})
    definition = actions.freeze(made, because=BECAUSE, by=None, now=NOW)
    value = measured(made, 4)
    file = Import.objects.create(
        organisation=organisation,
        name="values.csv",
        sha256="0" * 64,
        made_at=NOW,
        state="discarded",
        enters_as=MeasurementState.PROVISIONAL,
    )
    return [made, level.levels.first(), made.targets.get(), definition, value, made.latest.get(), file]
