"""Who may do what. Managers define, publish and revise; editors measure and validate."""

from zenne.participation.processes.rules import Visitor, may_edit, may_manage
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.rules import works_for

from .enums import OPEN, PUBLIC, IndicatorState, MeasurementState
from .models import Indicator, Measurement


def may_see(person: Visitor, indicator: Indicator) -> bool:
    """What is being defined is for its own staff."""
    return indicator.state in PUBLIC or works_for(person, indicator.organisation)


def may_define(person: Person | None, organisation: Organisation) -> Answer:
    """None is the platform itself: the command line, the demonstration."""
    return ALLOWED if person is None else may_manage(person, organisation)


def may_measure(person: Person | None, indicator: Indicator) -> Answer:
    """Type in, change or validate a value: not of what is retired, and not where values come by themselves."""
    answer = ALLOWED if person is None else may_edit(person, indicator.organisation)
    if not answer:
        return answer
    if indicator.state == IndicatorState.RETIRED or indicator.followed:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED


def may_import(person: Person | None, organisation: Organisation) -> Answer:
    return ALLOWED if person is None else may_edit(person, organisation)


def may_publish(person: Person | None, measurement: Measurement) -> Answer:
    answer = may_define(person, measurement.indicator.organisation)
    if not answer:
        return answer
    return ALLOWED if measurement.state in OPEN else Refused(Reason.WRONG_STATE)


def may_revise(person: Person | None, measurement: Measurement) -> Answer:
    """A published value, by a row of its own; what comes by itself is revised by what it comes from."""
    answer = may_define(person, measurement.indicator.organisation)
    if not answer:
        return answer
    stands = measurement.state == MeasurementState.PUBLISHED and not measurement.indicator.followed
    return ALLOWED if stands else Refused(Reason.WRONG_STATE)
