"""Letters from a register: exact chances, any order of the file, and nothing kept that is not needed."""

import csv
import hashlib
import io
import tracemalloc
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import calm
from zenne.methods.lottery import LotteryError, letters
from zenne.methods.lottery.cells import BadFile
from zenne.methods.lottery.register import Mailing, Weights, draw, rows

HEADER = "id,name,district,street"
# 1 to 15 and 31 to 45 live alone, the others by twos
PEOPLE = [
    (number, f"Name {number}", "ABC"[number % 3], f"Rue {number % 30 or 30}" if number > 15 else f"Quai {number}")
    for number in range(1, 61)
]
RESPONSE = Weights.read(b'district,response\nA,0.02\nB,4%\nC,"0,08"\n')


def file(people=PEOPLE, header=HEADER):
    return "\n".join([header, *(",".join(map(str, person)) for person in people), ""]).encode()


def drawn(data=None, letters=12, seed="s", **kept):
    data = file() if data is None else data
    return draw(lambda: io.BytesIO(data), Mailing(letters, seed, **kept))


# --- the design -------------------------------------------------------------------------------------------------------------------

SIZES = st.dictionaries(
    st.tuples(st.sampled_from("abcdefgh")),
    st.tuples(st.integers(1, 40), st.fractions(min_value=Fraction(1, 50), max_value=20, max_denominator=50)),
    min_size=1,
    max_size=8,
)


@calm
@given(SIZES, st.data())
def test_chances_add_up_to_the_letters_and_are_in_proportion_to_the_weights_up_to_certainty(sizes, data):
    units = sum(number for number, _ in sizes.values())
    wanted = data.draw(st.integers(1, units))
    strata = letters.plan(sizes, wanted, "seed")
    assert sum(stratum.share for stratum in strata) == wanted == sum(stratum.letters for stratum in strata)
    assert all(0 < stratum.chance <= 1 for stratum in strata)
    open_ones = [stratum for stratum in strata if stratum.chance < 1]
    assert len({stratum.chance / stratum.weight for stratum in open_ones}) <= 1
    for stratum in strata:
        assert stratum.share - 1 < stratum.letters < stratum.share + 1
        if stratum.chance == 1 and open_ones:
            assert stratum.weight * open_ones[0].chance / open_ones[0].weight >= 1


def test_rounding_gives_each_stratum_its_exact_share_on_average():
    """Every start from 0 to 1 is as likely: the share of starts that give the upper number is the part behind the point."""
    shares = {("a",): Fraction(5, 4), ("b",): Fraction(9, 4), ("c",): Fraction(1, 2)}
    sums = Counter()
    for number in range(4_000):
        for key, count in letters.rounded(shares, f"{number}").items():
            assert count in (int(shares[key]), int(shares[key]) + 1)
            sums[key] += count
    for key, share in shares.items():
        assert abs(sums[key] / 4_000 - share) < 0.03  # four standard deviations


def test_more_letters_than_people_are_refused():
    with pytest.raises(LotteryError, match="register-too-small"):
        drawn(letters=61)
    with pytest.raises(LotteryError, match="bad-letters"):
        drawn(letters=0)


def test_everybody_gets_one_where_there_are_as_many_letters():
    assert len(drawn(letters=60).ids) == 60
    assert len(drawn(letters=60, weights=RESPONSE).ids) == 60


# --- the draw ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kept", [{}, {"weights": RESPONSE}, {"one_per": "street"}, {"weights": RESPONSE, "one_per": "street"}]
)
def test_so_many_are_drawn_as_were_asked_and_how_often_each_is_drawn_is_its_chance(kept):
    """Over 250 seeds nobody is further from the own exact probability than 4.5 standard deviations."""
    times = 250
    counts, chances = Counter(), {}
    for number in range(times):
        found = drawn(seed=str(number), **kept)
        assert len(found.ids) == 12 == sum(group.letters for group in found.groups)
        counts.update(found.ids)
    for group in found.groups:
        assert group.smallest == group.largest
        for person in PEOPLE:
            if not group.key or person[2] == group.key[0]:
                chances[str(person[0])] = group.smallest
    assert sum(chances.values()) == 12
    for one, chance in chances.items():
        deviation = (times * chance * (1 - chance)) ** 0.5
        assert abs(counts[one] - times * chance) < 4.5 * deviation, one


def test_uniform_letters_go_to_the_smallest_hashes():
    found = drawn(letters=5, seed="2026")
    by_hand = sorted((hashlib.sha256(f"2026/letter/{one}".encode()).hexdigest(), str(one)) for one, *_ in PEOPLE)
    assert sorted(found.ids) == sorted(one for _, one in by_hand[:5])


@pytest.mark.parametrize("kept", [{}, {"weights": RESPONSE, "one_per": "street"}])
def test_order_of_the_register_means_nothing(kept):
    again = drawn(file(PEOPLE[::-1]), **kept)
    assert again.ids == drawn(**kept).ids
    assert drawn(seed="another", **kept).ids != again.ids


def test_nobody_gets_a_letter_whose_address_has_one():
    found = drawn(one_per="street")
    homes = {str(person[0]): person[3] for person in PEOPLE}
    assert len({homes[one] for one in found.ids}) == 12
    assert found.units == len(set(homes.values()))


def test_entries_without_an_address_stand_alone():
    people = [(number, "N", "A", "") for number in range(10)] + [(number, "N", "A", "Rue") for number in range(10, 20)]
    found = drawn(file(people), letters=11, one_per="street")
    assert (found.units, len(found.ids)) == (11, 11)


def test_address_too_large_for_its_weight_gets_a_letter_for_certain_and_the_rest_shares_the_others():
    people = [(number, "N", "A", "Home") for number in range(30)] + [
        (number, "N", "A", f"R {number}") for number in range(30, 40)
    ]
    found = drawn(file(people), letters=3, one_per="street")
    assert [(group.smallest, group.largest) for group in found.groups] == [(Fraction(1, 30), Fraction(2, 10))]
    assert sum(int(one) < 30 for one in found.ids) == 1


def test_lines_come_out_as_they_stand_in_the_register():
    people = [(1, "Élise", "A", "x"), (2, '"Zoë, ""Z"""', "B", "y"), (3, "Ann", "C", "z")]
    data = "\ufeff".encode() + file(people).replace(b"\n", b"\r\n")
    found = drawn(data, letters=3)
    assert list(rows(lambda: io.BytesIO(data), found)) == [
        HEADER.split(","),
        ["1", "Élise", "A", "x"],
        ["2", 'Zoë, "Z"', "B", "y"],
        ["3", "Ann", "C", "z"],
    ]
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_register_that_changes_under_the_hands_is_refused():
    found = drawn()
    with pytest.raises(LotteryError, match="file-changed"):
        list(rows(lambda: io.BytesIO(file(PEOPLE[1:])), found))
    versions = iter([file(), file(), file(PEOPLE[1:])])
    with pytest.raises(LotteryError, match="file-changed"):
        draw(lambda: io.BytesIO(next(versions)), Mailing(12, "s"))


def test_memory_grows_with_the_letters_not_with_the_register():
    """What is kept of an entry are eight bytes, and eight more while they are sorted."""
    peaks = []
    for people in (500, 3_000):
        data = file([(number, "A long name of somebody", "A", f"Street {number}") for number in range(people)])
        tracemalloc.start()
        drawn(data, letters=30)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 2_500 * 30


# --- faults -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", (1, 1, "empty-file")),
        (b"\n\n", (1, 1, "empty-file")),
        (b"name,district,street\n", (1, 21, "missing-column")),
        (b"id,id,district\n", (1, 1, "duplicate-column")),
        (file([(1, "N", "A")]), (2, 1, "too-few-cells")),
        (file([(1, "N", "A", "x", "y")]), (2, 1, "too-many-cells")),
        (file([(1, "N", "A", "x"), ("", "N", "A", "x")]), (3, 1, "empty-cell")),
        (file([(1, "N", "A", "x"), (2, "N", "D", "x")]), (3, 5, "unknown-group")),
        (file([(1, "N", "A", "x"), (2, "N", "A", "x"), (1, "N", "A", "x")]), (4, 1, "duplicate-id")),
        (file([(1, "N", "A", '"x')]), (2, 1, "bad-quotes")),
        (file() + b"\xe9", (62, 1, "not-utf-8")),
        (file() + b"61,\0", (62, 4, "binary-file")),
        (file() + b"x" * 10_000_000, (62, 1, "line-too-long")),
    ],
)
def test_fault_of_the_register_has_its_line_and_column(data, fault):
    with pytest.raises(BadFile) as refused:
        drawn(data, letters=1, weights=RESPONSE)
    first = refused.value.faults[0]
    assert (first.line, first.column, first.code) == fault


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", (1, 1, "empty-file")),
        (b"district,share\n", (1, 15, "missing-column")),
        (b"response\n0.5\n", (1, 9, "missing-column")),
        (b"district,response\n", (2, 1, "no-rows")),
        (b"district,response\nA,0\n", (2, 3, "not-a-share")),
        (b"district,response\nA,1.01\n", (2, 3, "not-a-share")),
        (b"district,response\nA,x\n", (2, 3, "not-a-share")),
        (b"district,weight\nA,-1\n", (2, 3, "not-above-zero")),
        (b"district,weight\nA,1e999\n", (2, 3, "not-above-zero")),
        (b"district,weight\nA,1\nA,2\n", (3, 1, "duplicate-group")),
    ],
)
def test_fault_of_the_weights_has_its_line_and_column(data, fault):
    with pytest.raises(BadFile) as refused:
        Weights.read(data)
    first = refused.value.faults[0]
    assert (first.line, first.column, first.code) == fault


def test_weights_may_go_by_several_columns_and_be_given_as_such():
    found = Weights.read(b"age;district;weight\nyoung;A;2\nold;A;0,5\n")
    assert found.columns == ("age", "district")
    assert found.of == {("young", "A"): 2, ("old", "A"): Fraction(1, 2)}


@calm
@given(st.binary(max_size=80))
def test_any_bytes_are_a_register_or_faults(data):
    try:
        found = drawn(b"id,x\n" + data, letters=1)
        assert len(found.ids) == 1
    except LotteryError as fault:
        assert fault.code in ("bad-file", "register-too-small")


def test_two_groups_that_read_alike_are_kept_apart():
    weights = Weights.read(b'a,b,weight\n"x, y",z,1\nx,"y, z",3\n')
    made = io.StringIO()
    csv.writer(made).writerows([["id", "a", "b", "home"], ["1", "x, y", "z", "h1"], ["2", "x", "y, z", "h2"]])
    found = drawn(made.getvalue().encode(), letters=1, weights=weights, one_per="home")
    assert [(group.key, group.smallest) for group in found.groups] == [
        (("x", "y, z"), Fraction(3, 4)),
        (("x, y", "z"), Fraction(1, 4)),
    ]
