"""Between formulas and indicators: which name means which indicator, and whether a formula can stand."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.methods.formulas import Circle, Formula, FormulaFault, Unit, check, order, read, unit
from zenne.people.organisations.models import Organisation

from . import wording
from .enums import PUBLIC, Nature
from .errors import Unclear
from .models import Indicator


def name_of(slug: str) -> str:
    """How a formula writes the address of an indicator."""
    return slug.replace("-", "_")


def usable(organisation: Organisation) -> QuerySet[Indicator]:
    """What formulas of an organisation may name: its own indicators that are numbers, and those of others that are public."""
    return Indicator.objects.filter(
        Q(organisation=organisation) | Q(state__in=PUBLIC, organisation__opened_at__isnull=False),
        nature=Nature.QUANTITATIVE,
    )


def named(organisation: Organisation, names: Iterable[str]) -> dict[str, Indicator]:
    """The indicators that a formula of an organisation names, by name."""
    slugs = {name.replace("_", "-"): name for name in names}
    return {slugs[found.slug]: found for found in usable(organisation).filter(slug__in=slugs).order_by("pk")}


def parsed(text: str) -> Formula:
    """Raises Unclear with the words of the fault and its place."""
    try:
        return read(text)
    except FormulaFault as fault:
        raise Unclear(wording.fault(fault), "expression") from fault


def unit_of(text: str) -> Unit:
    try:
        return unit(text)
    except FormulaFault as fault:
        raise Unclear(wording.fault(fault), "unit") from fault


def inputs(indicator: Indicator) -> dict[str, Indicator]:
    """What a computed indicator is computed from, by name."""
    return named(indicator.organisation, parsed(indicator.expression).names) if indicator.computed else {}


def dependents(indicator: Indicator) -> list[Indicator]:
    """The indicators that are computed from it at once, whoever keeps them."""
    name = name_of(indicator.slug)
    found = Indicator.objects.filter(expression__contains=name).select_related("organisation").order_by("pk")
    return [each for each in found if name in read(each.expression).names]


def require_sound(indicator: Indicator) -> None:
    """Go on, or raise Unclear: its formula can be read, all it names exists, its units fit, and it goes round in no circle."""
    formula = parsed(indicator.expression)
    known = named(indicator.organisation, formula.names - {name_of(indicator.slug)})
    known[name_of(indicator.slug)] = indicator
    units = {name: unit_of(found.unit) for name, found in known.items()}
    try:
        check(formula, units, wanted=unit_of(indicator.unit))
    except FormulaFault as fault:
        raise Unclear(wording.fault(fault), "expression") from fault
    _require_no_circle(indicator, formula)


def require_unit_fits(indicator: Indicator) -> None:
    """Go on, or raise Unclear where a formula that uses the indicator would no longer stand with its new unit."""
    for other in dependents(indicator):
        formula = read(other.expression)
        known = named(other.organisation, formula.names)
        known[name_of(indicator.slug)] = indicator
        try:
            check(formula, {name: unit(found.unit) for name, found in known.items()}, wanted=unit(other.unit))
        except FormulaFault as fault:
            facts = {"name": str(other), "words": wording.fault(fault)}
            raise Unclear(_("The formula of “%(name)s” would no longer stand. %(words)s") % facts, "unit") from fault


def _require_no_circle(indicator: Indicator, formula: Formula) -> None:
    """Walks only what can be reached from it: a formula elsewhere costs nothing."""
    needs = {name_of(indicator.slug): set(formula.names)}
    waiting = set(formula.names) - needs.keys()
    while waiting:
        slugs = [name.replace("_", "-") for name in waiting]
        found = Indicator.objects.filter(slug__in=slugs).exclude(expression="").values_list("slug", "expression")
        step = {name_of(slug): set(read(expression).names) for slug, expression in found}
        needs |= step
        waiting = {name for names in step.values() for name in names} - needs.keys()
    try:
        order(needs)
    except Circle as circle:
        raise Unclear(wording.circle(circle), "expression") from circle
