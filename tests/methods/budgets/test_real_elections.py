"""Real elections: the same winners as the library pabutools for every file, and the official ones where the file says them.

`expected.json` holds what pabutools 1.2.3 selected, ties by the order of the file (made by `oracle.py`). Where a Python that has it is named
by ZENNE_ORACLE, or this one has it, some elections are counted by it anew.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.data import real
from tests.methods.elections import NAMES, election
from zenne.methods.budgets import Completion, Utility, elections, equal_shares, greedy, phragmen

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "expected.json").read_text())
COUNTS = {
    "greedy": greedy,
    "greedy-cost": lambda *election: greedy(*election, per_cost=True),
    "equal-shares": equal_shares,
    "equal-shares count": lambda *election: equal_shares(*election, utility=Utility.COUNT),
    "equal-shares points": lambda *election: equal_shares(*election, utility=Utility.POINTS),
    "add1u": lambda *election: equal_shares(*election, completion=Completion.ADD1U),
    "phragmen": phragmen,
}
#: greedy by votes or points, with the threshold that the file names
OFFICIALLY_GREEDY = (
    "Poland_Czestochowa_2025_Grabowka.pb",
    "Poland_Katowice_2021.pb.gz",
    "Poland_Krakow_2022.pb.gz",
    "Poland_Krakow_2024_Bienczyce.pb",
    "Poland_Lodz_2022.pb.gz",
    "Poland_Poznan_2026_large.pb.gz",
    "Poland_Warszawa_2020_Praga-Poludnie.pb.gz",
    "Poland_Warszawa_2023_Mokotow.pb.gz",
    "Poland_Warszawa_2023_Wesola.pb",
    "Poland_Warszawa_2026_Bemowo.pb",
    "Poland_Wroclaw_2015_150_-_500.pb.gz",
    "Poland_Wroclaw_2017_Rejon_nr_11_750.pb",
)


@pytest.mark.parametrize("name", NAMES)
def test_every_real_election_has_the_winners_that_pabutools_finds(name):
    instance, profile = elections.from_pabulib(election(name))
    for count, winners in EXPECTED[name].items():
        assert sorted(COUNTS[count](instance, profile).selected) == winners.split(" " if winners else None), count


@pytest.mark.parametrize("name", OFFICIALLY_GREEDY)
def test_official_winners_of_greedy_cities_are_found_again(name):
    ours = election(name)
    threshold = int(ours.meta.get("min_project_score_threshold", 0))
    instance, profile = elections.from_pabulib(ours, minimum_support=threshold)
    assert set(greedy(instance, profile).selected) == ours.official


@pytest.mark.parametrize("name", ["Netherlands_Assen_2024.pb", "Poland_Swiecie_2023.pb"])
def test_official_winners_of_cities_with_equal_shares_are_found_again(name):
    """Both counted with cost utilities, each share raised by one euro or zloty at a time, and kept the rest."""
    ours = election(name)
    outcome = equal_shares(*elections.from_pabulib(ours), completion=Completion.ADD1U)
    assert set(outcome.selected) == ours.official


@pytest.mark.parametrize(
    "name", ["Netherlands_Assen_2024.pb", "Poland_Krakow_2024_Bienczyce.pb", "Switzerland_Zurich_D5.pb"]
)
def test_pabutools_itself_agrees_today(name):
    python = os.environ.get("ZENNE_ORACLE") or (sys.executable if find_spec("pabutools") else None)
    if not python:
        pytest.skip(
            "pabutools is not here: name a Python that has it in ZENNE_ORACLE (it is GPL and pulls a proprietary solver)"
        )
    answer = subprocess.run(
        [python, HERE / "oracle.py", real(f"elections/{name}")], capture_output=True, text=True, check=True
    )
    instance, profile = elections.from_pabulib(election(name))
    for count, found in json.loads(answer.stdout).items():
        assert set(COUNTS[count](instance, profile).selected) == set(found["selected"]), count
