"""Who takes a free seat."""

from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import calm
from tests.methods.lottery.pools import fitting, instance, pool, quotas
from zenne.methods.lottery import Quota
from zenne.methods.lottery.drawing import reserve
from zenne.methods.lottery.replacement import missing, next_in

HALF = quotas(2, 2)  # of four seats two for each value


def test_first_of_the_reserve_with_whom_the_quotas_are_met_is_asked():
    given = instance(quotas=HALF)
    # 1 m old, 2 f young, 3 m young, 4 f old: whoever leaves must be replaced by the same kind
    found = next_in(given, ["2", "3", "4"], ["6", "7", "8", "9", "5", "1"])
    assert (found.id, found.place, found.missing) == ("9", 4, 0)


def test_nobody_who_fits_the_nearest_is_asked_and_the_first_of_equals():
    given = instance(quotas=HALF)
    found = next_in(
        given, ["2", "3", "4"], ["6", "8", "7"]
    )  # f young, f old, m young: two quotas off, one with m young
    assert found.id == "8" and found.missing == missing(given, ["2", "3", "4", "8"]) == 2
    assert next_in(given, ["2", "3", "4"], ["6", "7", "8"]).id == "7"


def test_whoever_was_asked_sits_or_is_excluded_is_passed_over():
    given = instance(exclude=frozenset({"5"}))
    assert next_in(given, ["2", "3", "4"], ["5", "2", "9", "1"], asked=["9"]).id == "1"


def test_limit_for_an_address_holds():
    given = instance(pool=pool(homes=2), per_address=1)  # 1 and 2 live together, 3 and 4, ...
    assert next_in(given, ["1", "3", "5"], ["2", "4", "6", "7"]).id == "7"
    assert next_in(given, ["1", "3", "5"], ["2", "4", "6"]) is None


def test_several_free_seats_are_filled_one_after_another_as_near_as_each_can():
    given = instance(quotas=HALF)
    seated, asked = ["1", "2"], []
    for _ in range(2):
        found = next_in(given, seated, ["5", "6", "7", "8"], asked)
        seated.append(found.id)
    assert missing(given, seated) == 0


@calm
@given(st.integers(0, 39), st.text(max_size=4), st.data())
def test_no_other_in_the_reserve_would_be_nearer_and_none_before_as_near(row, seed, data):
    given = instance(quotas=(*quotas(1, 3)[:2], Quota("gender", "f", 2, 2), Quota("gender", "m", 2, 2)))
    panels = fitting(given)
    panel = panels[row % len(panels)]
    left = data.draw(st.sampled_from(panel))
    seated = [one for one in panel if one != left]
    order = reserve({entry.id for entry in given.pool} - set(panel), seed)
    found = next_in(given, seated, order)
    distances = [missing(given, [*seated, one]) for one in order]
    assert found.missing == min(distances)
    assert found.place == distances.index(found.missing) + 1
