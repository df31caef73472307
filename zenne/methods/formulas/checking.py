"""Units of a formula: what is added up or compared is measured alike, and the result is in the unit that was promised.

A nought without a unit fits everywhere, so that `max(saved, 0)` can be written.
"""

from collections.abc import Iterable, Mapping

from .faults import FormulaFault, Place
from .reading import Call, Chain, Formula, Name, Node, Number
from .units import ONE, Unit


def check(formula: Formula, units: Mapping[str, Unit], *, wanted: Unit) -> None:
    """Go on, or raise FormulaFault: `unknown-name`, `mismatch` or `result`, at its place."""
    found = unit_of(formula, units)
    if found is not None and not found.measures_like(wanted):
        raise FormulaFault("result", formula.root.place, found=str(found), wanted=str(wanted))


def unit_of(formula: Formula, units: Mapping[str, Unit]) -> Unit | None:
    """In what a formula measures; None where it is nought in any unit. Only the powers of the answer mean something."""
    return _of(formula.root, units)


def _of(node: Node, units: Mapping[str, Unit]) -> Unit | None:
    if isinstance(node, Number):
        return None if node.value == 0 and node.unit == ONE else node.unit
    if isinstance(node, Name):
        if node.name not in units:
            raise FormulaFault("unknown-name", node.place, name=node.name)
        return units[node.name]
    if isinstance(node, Chain):
        parts = [(_of(part, units), part.place) for part in node.parts]
        if node.signs[0] in ("+", "-"):
            return _alike(zip((unit for unit, _place in parts), node.places, strict=True))
        return _product(node, [unit for unit, _place in parts])
    return _of_call(node, units)


def _alike(parts: Iterable[tuple[Unit | None, Place]]) -> Unit | None:
    found: Unit | None = None
    for unit, place in parts:
        if unit is None:
            continue
        if found is not None and not unit.measures_like(found):
            raise FormulaFault("mismatch", place, left=str(found), right=str(unit))
        found = found or unit
    return found


def _product(node: Chain, parts: list[Unit | None]) -> Unit | None:
    found = ONE
    for sign, unit in zip(node.signs, parts, strict=True):
        if unit is not None:
            found = found * unit if sign == "*" else found / unit
    return None if parts[0] is None and len(parts) > 1 and found == ONE else found


def _of_call(node: Call, units: Mapping[str, Unit]) -> Unit | None:
    parts = [(_of(argument, units), argument.place) for argument in node.arguments]
    first = parts[0][0]
    if node.function in ("sum", "mean", "min", "max"):
        return _alike(parts)
    if node.function == "change":
        return ONE
    if node.function == "share":
        _alike(parts)
        return ONE
    if node.function == "ratio":
        return (first or ONE) / (parts[1][0] or ONE)
    if len(parts) == 3:
        _so_many_of(parts[2], parts[1][0] or ONE)
    else:
        _so_many_of(parts[1], ONE)
    return first


def _so_many_of(number: tuple[Unit | None, Place], whole: Unit) -> None:
    """`per(leaks, network, 100[km])`: the number is in a unit of the whole; a bare one will do where the whole is counted in base units."""
    unit, place = number
    if unit is None or unit == ONE:
        if whole.scale != 1:
            raise FormulaFault("needs-unit", place, wanted=str(whole))
    elif not unit.measures_like(whole):
        raise FormulaFault("mismatch", place, left=str(whole), right=str(unit))
