"""From the seed to the panel and the reserve: uniform, repeatable, and by hand."""

import hashlib
import subprocess
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import calm
from zenne.methods.lottery import drawing
from zenne.methods.lottery.distribution import TICKETS, Distribution

SEED = hashlib.sha256(b"a seed").hexdigest()
THREE = Distribution.of([["1", "2"], ["1", "3"], ["2", "4"]], [5, 3, 2])


def chi_square(counts, expected):
    return sum((counts[key] - number) ** 2 / number for key, number in expected.items())


def test_ticket_is_what_a_shell_says():
    line = """h=$(printf '%s' "$0/ticket/0" | sha256sum); echo $(( 0x${h:0:15} % 1000000 ))"""
    by_hand = subprocess.run(["bash", "-c", line, SEED], capture_output=True, text=True, check=True)
    assert drawing.ticket(SEED) == int(by_hand.stdout)


def test_tickets_are_uniform():
    """Ten thousand fixed seeds over a hundred equal parts: 99 degrees of freedom, 99.9 % lie below 148.2."""
    counts = Counter(drawing.ticket(f"{number}") * 100 // TICKETS for number in range(10_000))
    assert chi_square(counts, dict.fromkeys(range(100), 100)) < 148.2


def test_panels_are_drawn_as_often_as_they_have_tickets():
    """Two degrees of freedom: 99.9 % lie below 13.8."""
    counts = Counter(drawing.panel(THREE, f"seed {number}") for number in range(5_000))
    assert chi_square(counts, {0: 2500, 1: 1500, 2: 1000}) < 13.8


def test_number_beyond_the_last_whole_million_is_drawn_again(monkeypatch):
    """With a limit of half the numbers about every second draw is repeated; nothing is out of range."""
    monkeypatch.setattr(drawing, "LIMIT", 16**15 // 2)
    seeds = [f"{number}" for number in range(200)]
    first = [int(hashlib.sha256(f"{seed}/ticket/0".encode()).hexdigest()[:15], 16) for seed in seeds]
    kept = [drawing.ticket(seed) == number % TICKETS for seed, number in zip(seeds, first, strict=True)]
    assert kept == [number < 16**15 // 2 for number in first]


@calm
@given(st.text(max_size=8), st.sets(st.sampled_from("56789")), st.randoms(use_true_random=False))
def test_equal_seeds_give_equal_panels_and_reserves_whatever_the_order_of_the_pool(seed, more, chance):
    pool = ["1", "2", "3", "4", *sorted(more)]
    found = drawing.draw(THREE, pool, seed)
    assert drawing.draw(THREE, chance.sample(pool, len(pool)), seed) == found
    assert found.selected == THREE.panels[found.row]
    assert sorted([*found.selected, *found.reserve]) == sorted(pool)


def test_reserve_is_in_the_order_of_its_hashes():
    found = drawing.draw(THREE, ["1", "2", "3", "4", "5"], SEED)
    lots = [hashlib.sha256(f"{SEED}/reserve/{one}".encode()).hexdigest() for one in found.reserve]
    assert lots == sorted(lots)


def test_everybody_comes_first_in_the_reserve_about_as_often():
    firsts = Counter(drawing.reserve("abcde", str(number))[0] for number in range(2_000))
    assert chi_square(firsts, dict.fromkeys("abcde", 400)) < 18.5  # four degrees of freedom, 99.9 %
