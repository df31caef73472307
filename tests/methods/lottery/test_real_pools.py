"""Real and published pools: quotas met, and the minimum of LEXIMIN as published (Nature 2021 and its replication).

Where a Python that has the library sortition-algorithms is named by ZENNE_DRAW_ORACLE, its maximin is asked too (it is GPL; its LEXIMIN needs a proprietary solver).
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.data import real
from zenne.methods.lottery import Fair, Instance
from zenne.methods.lottery.leximin import leximin
from zenne.methods.lottery.maximin import maximin
from zenne.methods.lottery.nash import nash
from zenne.methods.lottery.panels import feasible
from zenne.methods.lottery.reading import Columns, read

HERE = Path(__file__).parent
FOLDER = "sortition"


def pool(name: str) -> Instance:
    if name == "sf_scotland_22":
        people, quotas, column = "candidates.csv", "features.csv", "nationbuilder_id"
    else:
        people, quotas, column = "respondents.csv", "categories.csv", "pool_member_identifier"
    folder = real(f"{FOLDER}/{name}")
    content = (folder / people).read_bytes()
    if name == "example_small_20":  # it has no numbers
        head, *rows = content.decode().splitlines()
        content = "\n".join([f"{column},{head}", *(f"{at},{row}" for at, row in enumerate(rows))]).encode()
    return read(content, (folder / quotas).read_bytes(), size=int(name.rsplit("_", 1)[1]), columns=Columns(column))


def check(fair: Fair, instance: Instance) -> None:
    assert not any(instance.broken(panel) for panel in fair.panels)
    assert sum(fair.weights) == pytest.approx(1)
    assert sum(fair.probabilities.values()) == pytest.approx(instance.size)
    assert fair.certified
    assert fair.minimum == pytest.approx(fair.bound, rel=1e-4)


@pytest.mark.parametrize(("name", "published"), [("example_small_20", 0.1), ("sf_scotland_22", 1 / 11)])
def test_leximin_reaches_the_published_minimum(name, published):
    instance = pool(name)
    fair = leximin(instance)
    check(fair, instance)
    assert fair.minimum == pytest.approx(published, rel=0.01)


@pytest.mark.slow
def test_geneva_reaches_the_published_minimum():
    """360 people, 279 types, seven categories whose minima are their maxima. Maximin has the minimum of leximin, and is quicker."""
    instance = pool("geneva_30")
    fair = maximin(instance)
    check(fair, instance)
    assert fair.minimum == pytest.approx(0.065, rel=0.01)


def test_nash_lifts_the_geometric_mean_over_that_of_leximin():
    instance = pool("sf_scotland_22")
    fair = nash(instance)
    assert fair.certified
    assert not any(instance.broken(panel) for panel in fair.panels)
    assert min(fair.probabilities.values()) < 1 / 11


@pytest.mark.parametrize("name", ["example_small_20", "sf_scotland_22", "geneva_30"])
def test_some_panel_meets_the_quotas(name):
    instance = pool(name)
    assert not instance.broken(feasible(instance))


def test_the_library_finds_the_same_minimum_today():
    python = os.environ.get("ZENNE_DRAW_ORACLE")
    if not python:
        pytest.skip(
            "sortition-algorithms is not here: name a Python that has it in ZENNE_DRAW_ORACLE (it is GPL and 423 MB large)"
        )
    instance = pool("sf_scotland_22")
    asked = subprocess.run(
        [python, HERE / "oracle.py", "maximin"], input=instance.canonical, capture_output=True, text=True, check=True
    )
    assert json.loads(asked.stdout.splitlines()[-1])["minimum"] == pytest.approx(maximin(instance).minimum, rel=2e-3)
