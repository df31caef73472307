"""Formulas: what can be written, what is wrong and where, units, values with intervals, order and circles."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zenne.methods.formulas import (
    MOST_DEPTH,
    ONE,
    Circle,
    FormulaFault,
    Known,
    Nothing,
    check,
    evaluate,
    order,
    read,
    unit,
    unit_of,
)


class Table:
    """Readings from a dictionary: name -> value, or (name, steps back) -> value; lists are the values within the period."""

    def __init__(self, values):
        self.values = values

    def at(self, name, back):
        found = self.values.get((name, *back) if back else name)
        return found if found is None or isinstance(found, Known) else Known.exact(found)

    def within(self, name, back):
        return [Known.exact(each) for each in self.values.get(name, [])]


def value(text, **values):
    found = evaluate(read(text), Table(values))
    return found.value if isinstance(found, Known) else found.code


# What can be written


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("24 / 4 / 3", 2),
        ("-(2 + 3) * -2", 10),
        ("2.5 * 4", 10),
        ("50% * 8", 4),
        ("1[kWh] / 1[MWh]", Fraction(1, 1000)),
        ("a * 2 +\n  b", 11),
        ("sum(a, b, 1)", 9),
        ("mean(a, b)", 4),
        ("min(a, b)", 3),
        ("max(a, b, 0)", 5),
        ("ratio(a, b)", Fraction(3, 5)),
        ("share(a, a + b)", Fraction(3, 8)),
        ("per(a, b, 1000)", 600),
        ("per(a / b, 10)", 6),
    ],
)
def test_a_formula_is_computed_exactly(text, result):
    assert value(text, a=3, b=5) == result


def test_a_function_of_one_name_goes_over_all_its_values_in_the_period():
    months = [1, 2, 3, 6]

    assert [value(f"{name}(m)", m=months) for name in ("sum", "mean", "min", "max")] == [12, 3, 1, 6]


def test_change_compares_with_the_same_period_before():
    table = Table({"use": 75, ("use", "year"): 100, ("use", "year", "year"): 200})

    assert evaluate(read("change(use, year)"), table).value == Fraction(-1, 4)
    assert evaluate(read("change(change(use, year), year)"), table).value == Fraction(-1, 2)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "empty", 1, 1),
        ("  \n ", "empty", 1, 1),
        ("a +", "unfinished", 1, 4),
        ("(a", "unfinished", 1, 3),
        ("a +\n* b", "expected", 2, 1),
        ("a b", "expected", 1, 3),
        ("a)", "expected", 1, 2),
        ("a ; b", "sign", 1, 3),
        ("__import__('os')", "sign", 1, 12),
        ("median(a, b)", "function", 1, 1),
        ("ratio(a)", "arguments", 1, 1),
        ("change(a, decade)", "period", 1, 11),
        ("sum(a + b)", "needs-name", 1, 5),
        ("per(a, b)", "needs-number", 1, 8),
        ("5[m//]", "unit", 1, 5),
        ("(" * 40 + "a" + ")" * 40, "too-deep", 1, MOST_DEPTH + 1),
        ("-" * 100 + "a", "too-deep", 1, MOST_DEPTH),
        ("1+" * 1500 + "1", "too-long", 1, 1),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(text, code, line, column):
    with pytest.raises(FormulaFault) as found:
        read(text)

    assert (found.value.code, *found.value.place) == (code, line, column)


@given(st.text(alphabet="ab1+-*/(),%[].\n summeanperchange", max_size=60))
def test_whatever_is_written_there_is_a_formula_or_a_fault_and_a_value_or_a_reason(text):
    try:
        formula = read(text)
    except FormulaFault:
        return
    assert isinstance(evaluate(formula, Table({"a": 2, "b": 0})), Known | Nothing)


def test_a_long_chain_needs_no_depth():
    assert value("+".join("1" * 900)) == 900


# Units


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("kWh", "MJ", True),
        ("kWh", "kW", False),
        ("kW h", "kWh", True),
        ("m3", "l", True),
        ("ha", "m²", True),
        ("EUR/m2/year", "EUR/(month m2)", True),
        ("%", "", True),
        ("tCO2e", "kgCO2", True),
        ("t", "tCO2e", False),
        ("person", "idea", False),
        ("people", "person", True),
        ("°C", "°F", False),
        ("M€", "EUR", True),
    ],
)
def test_units_measure_alike_by_their_powers(one, other, alike):
    assert unit(one).measures_like(unit(other)) is alike


def test_scales_are_exact():
    assert unit("kWh").scale / unit("MJ").scale == Fraction(36, 10)
    assert unit("%").scale == Fraction(1, 100)
    assert unit("person/(1000 m2)").scale == Fraction(1, 1000)


@pytest.mark.parametrize(
    ("text", "column"), [("m//", 3), ("(m", 3), ("m)", 2), ("EUR+USD", 4), ("/", 1), ("0", 1), ("m" * 70, 61)]
)
def test_a_unit_that_cannot_be_read_is_told_at_its_place(text, column):
    with pytest.raises(FormulaFault) as found:
        unit(text)

    assert (found.value.code, found.value.place.column) == ("unit", column)


UNITS = {"cost": unit("EUR"), "energy": unit("kWh"), "area": unit("m2"), "people": unit("person"), "net": unit("km")}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("cost / energy", "EUR/MWh"),
        ("sum(cost, 5[EUR])", "kEUR"),
        ("max(cost, 0)", "EUR"),
        ("change(cost, year)", "%"),
        ("share(cost, cost + 1[kEUR])", "%"),
        ("per(cost, people, 1000)", "EUR"),
        ("per(people, net, 100[km])", "person"),
        ("energy / area * 10", "kWh/m2"),
        ("mean(energy) * 2", "MJ"),
    ],
)
def test_the_unit_of_a_formula_follows_from_its_names(text, result):
    check(read(text), UNITS, wanted=unit(result))


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("cost + energy", "mismatch", 6),
        ("cost + 5", "mismatch", 6),
        ("min(cost, people)", "mismatch", 11),
        ("share(cost, energy)", "mismatch", 13),
        ("per(people, net, 100)", "needs-unit", 18),
        ("per(people, net, 100[EUR])", "mismatch", 18),
        ("cost * 2", "result", 1),
        ("costs", "unknown-name", 1),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(text, code, column):
    with pytest.raises(FormulaFault) as found:
        check(read(text), UNITS, wanted=ONE)

    assert (found.value.code, found.value.place.column) == (code, column)


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_units_multiply_and_divide_back(one, other):
    assert unit_of(read(f"{one} * {other} / {other}"), UNITS).measures_like(UNITS[one])


# No value, with the reason


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("a + gone", "no-value", 5),
        ("sum(gone)", "no-value", 5),
        ("change(a, year)", "no-earlier-value", 8),
        ("a / (b - b)", "division-by-zero", 3),
        ("ratio(a, 0 * b)", "division-by-zero", 10),
    ],
)
def test_what_cannot_be_computed_says_why_and_where(text, code, column):
    found = evaluate(read(text), Table({"a": 1, "b": 2}))

    assert (found.code, found.place.column) == (code, column)


def test_a_change_from_nought_is_no_number():
    found = evaluate(read("change(a, year)"), Table({"a": 1, ("a", "year"): 0}))

    assert found.code == "division-by-zero"


# Intervals

spans = st.tuples(st.integers(-20, 20), st.integers(0, 10), st.integers(0, 10), st.integers(0, 10))


@given(spans, spans, st.sampled_from("+-*/"))
def test_the_interval_of_a_result_holds_every_result_of_values_within_the_intervals(one, other, sign):
    def known(span):
        middle, below, above, _at = span
        return Known(Fraction(middle), Fraction(middle - below), Fraction(middle + above))

    left, right = known(one), known(other)
    found = evaluate(read(f"a {sign} b"), Table({"a": left, "b": right}))
    if isinstance(found, Nothing):
        assert right.value == 0
        return
    if sign == "/" and right.low <= 0 <= right.high:
        assert found.low == found.high == found.value
        return

    def within(known, at):
        return known.low + (known.high - known.low) * Fraction(at, 10)

    a, b = within(left, one[3]), within(right, other[3])
    result = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else a}[sign]
    assert found.low <= result <= found.high
    assert found.low <= found.value <= found.high


# Order


def test_everything_comes_after_what_it_needs():
    assert order({"c": {"a", "b"}, "b": {"a", "outside"}, "a": set()}) == ["a", "b", "c"]


@given(st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 9), max_size=4), max_size=10))
def test_an_order_or_a_whole_circle(needs):
    named = {str(key): {str(each) for each in values} for key, values in needs.items()}
    try:
        found = order(named)
    except Circle as circle:
        assert circle.names[0] == circle.names[-1]
        assert all(after in named[before] for before, after in zip(circle.names, circle.names[1:], strict=False))
    else:
        assert sorted(found) == sorted(named)
        assert all(found.index(need) < found.index(key) for key in named for need in named[key] & named.keys())


def test_a_circle_is_named_in_full_from_where_it_begins():
    with pytest.raises(Circle) as found:
        order({"start": {"a"}, "a": {"b"}, "b": {"c"}, "c": {"a"}})

    assert found.value.names == ("a", "b", "c", "a")


def test_a_long_row_needs_no_depth():
    assert len(order({str(at): {str(at + 1)} for at in range(5000)})) == 5000
