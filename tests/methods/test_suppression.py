"""What is hidden in a table of small groups, and that nothing hidden can be worked out again."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from zenne.methods.suppression import FEWEST, hidden


def test_groups_of_ten_and_more_are_all_shown():
    assert hidden({"young": 10, "old": 480, "nobody": 0}) == frozenset()


def test_group_below_ten_is_hidden_with_the_next_smallest_so_that_the_total_does_not_give_it_away():
    assert hidden({"a": 3, "b": 25, "c": 12, "d": 90}) == {"a", "c"}


def test_two_small_groups_that_are_together_below_ten_take_a_third_with_them():
    assert hidden({"a": 2, "b": 3, "c": 40, "d": 50}) == {"a", "b", "c"}


def test_two_small_groups_of_ten_together_hide_nobody_else():
    assert hidden({"a": 4, "b": 6, "c": 40}) == {"a", "b"}


def test_empty_group_is_shown_and_hides_nothing():
    assert hidden({"a": 0, "b": 4, "c": 8}) == {"b", "c"}


def test_equal_groups_are_taken_in_the_order_given():
    assert hidden({"a": 5, "c": 20, "b": 20}, order=["a", "b", "c"]) == {"a", "b"}


def test_whole_table_below_ten_is_hidden():
    assert hidden({"a": 2, "b": 3}) == {"a", "b"}


def test_a_group_that_another_table_gives_by_subtraction_is_hidden_too():
    """Twenty in the shorter table, twenty-three in the longer one: three are in the longer one alone."""
    assert hidden({"a": 20, "b": 40, "c": 30}, beside=[{"a": 3, "b": 15, "c": 0}]) == {"a", "b"}
    assert hidden({"a": 20, "b": 40}, beside=[{"a": 10, "b": 0}]) == frozenset()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_no_small_group_stands_between_two_tables(cells):
    people = {at: number for at, (number, _other) in enumerate(cells)}
    other = {at: number for at, (_number, number) in enumerate(cells)}
    gone = hidden(people, beside=[other])
    shown = [at for at in people if people[at] and at not in gone]
    assert all(not 0 < other[at] < FEWEST and people[at] >= FEWEST for at in shown)
    together = sum(other[at] for at in gone)
    assert not shown or together == 0 or together >= FEWEST


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 60), max_size=8))
def test_no_small_group_is_ever_shown(people):
    gone = hidden(people)
    assert all(not 0 < number < FEWEST for key, number in people.items() if key not in gone)
    assert all(people[key] for key in gone)


@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_who_knows_the_total_and_what_is_shown_cannot_work_out_a_hidden_group(numbers):
    """Every way to fill the hidden cells is tried: a cell that has one value in all of them would be given away."""
    people = dict(enumerate(numbers))
    gone = sorted(hidden(people))
    total = sum(numbers[key] for key in gone)
    if not gone or total < FEWEST:  # a whole table below ten: its total is hidden as well
        return
    ways = [way for way in product(range(1, total + 1), repeat=len(gone)) if sum(way) == total]
    assert all(len({way[at] for way in ways}) > 1 for at in range(len(gone)))
