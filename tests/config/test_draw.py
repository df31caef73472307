"""`zenne draw`: a panel from two files, without a database."""

import json
import os
import subprocess
import sys

import pytest

from tests.data import real
from zenne.config.cli import main

POOL = "id,gender,age,address\n" + "".join(
    f"p{number},{'fm'[number % 2]},{'old' if number % 3 else 'young'},Rue {number // 2}\n" for number in range(20)
)
QUOTAS = "category,feature,min,max\ngender,f,3,3\ngender,m,3,3\nage,old,3,4\nage,young,2,3\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pool.csv").write_text(POOL)
    (tmp_path / "quotas.csv").write_text(QUOTAS)
    return tmp_path


@pytest.fixture
def draw(place, capsys):
    """The words of a draw -> exit code, what it said, what it complained of."""

    def run(*words):
        code = main(["draw", "pool.csv", "quotas.csv", "--size", "6", "--seed", "s", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def counted(selected):
    rows = {line.split(",")[0]: line.split(",") for line in POOL.splitlines()[1:]}
    return [
        sum(rows[one][at] == value for one in selected) for at, value in ((1, "f"), (1, "m"), (2, "old"), (2, "young"))
    ]


@pytest.mark.parametrize("algorithm", ["leximin", "maximin", "nash", "legacy"])
def test_json_has_who_was_drawn_and_how_likely_it_was(draw, algorithm):
    code, out, err = draw("--algorithm", algorithm, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert set(answer) == {"selected", "quotas", "probabilities", "seconds"}
    assert answer["quotas"] == "met"
    women, men, old, young = counted(answer["selected"])
    assert (women, men) == (3, 3) and 3 <= old <= 4 and 2 <= young <= 3
    assert set(answer["probabilities"]) == {"min", "max"}
    assert 0 <= answer["probabilities"]["min"] <= 6 / 20 <= answer["probabilities"]["max"] <= 1
    assert 0 <= answer["seconds"] < 60


def test_equal_seeds_give_equal_panels_and_the_order_of_rows_means_nothing(draw, place):
    first = json.loads(draw("--json")[1])["selected"]
    head, *rows = POOL.splitlines()
    (place / "pool.csv").write_text("\n".join([head, *rows[::-1]]))
    assert json.loads(draw("--json")[1])["selected"] == first
    others = {tuple(json.loads(draw("--seed", str(number), "--json")[1])["selected"]) for number in range(5)}
    assert len(others) > 1


def test_dialect_of_sortition_algorithms_gives_the_same_panel(draw, place):
    first = draw("--json")[1]
    rows = [line + ",0,6" for line in QUOTAS.splitlines()[1:]]
    (place / "quotas.csv").write_text("\n".join(["feature,value,min,max,min_flex,max_flex", *rows]))
    assert json.loads(draw("--json")[1])["selected"] == json.loads(first)["selected"]


def test_table_names_the_drawn_with_their_features_and_what_to_check(draw):
    code, out, _ = draw()
    lines = out.splitlines()
    assert code == 0 and lines[0].split() == ["id", "age", "gender"] and len(lines) == 10
    assert (
        lines[7].startswith("6 of 20, odds from 30.0000% to 30.0000%")
        and "leximin" in lines[7]
        and "the best of its kind" in lines[7]
    )
    assert lines[8].startswith("ticket ") and lines[9].startswith("commitment ")


def test_limits_hold(draw):
    words = ["--per-address", "1", "--include", "p3", "--include", "p4", "--exclude", "p0", "--json"]
    for seed in "abcde":
        selected = json.loads(draw(*words, "--seed", seed)[1])["selected"]
        assert {"p3", "p4"} <= set(selected) and "p0" not in selected
        assert len({int(one[1:]) // 2 for one in selected}) == 6
    code, _, err = draw("--per-address", "1", "--address-column", "home")
    assert (code, err) == (3, "zenne: pool.csv:1:22: there is no column 'home'\n")


def test_impossible_quotas_are_told_with_the_smallest_changes_and_drawn_only_with_leave(draw, place):
    (place / "quotas.csv").write_text(QUOTAS.replace("old,3,4", "old,3,3").replace("young,2,3", "young,0,2"))
    code, out, err = draw("--json")
    assert (code, out) == (4, "")
    assert "no panel meets these quotas; --relax would change as little as can be:" in err
    assert "zenne:   age, old: maximum 3 -> 4\n" in err
    assert "zenne:   age, young: maximum 2 -> 3\n" in err  # as small
    code, out, err = draw("--json", "--relax")
    answer = json.loads(out)
    assert (code, answer["quotas"], len(answer["relaxed"])) == (0, "relaxed", 1)
    assert "they were relaxed" in err and len(answer["selected"]) == 6


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("pool.csv", b"", "pool.csv:1:1: the file is empty"),
        ("pool.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "pool.csv:3:1: this is no text; save the table as CSV"),
        ("pool.csv", POOL.replace("p3,m", "p2,m").encode(), "pool.csv:5:1: the id 'p2' stands already on line 4"),
        (
            "pool.csv",
            POOL.replace("p3,m", "p3,x").encode(),
            "pool.csv:5:4: 'x' is no value of 'gender' that has quotas",
        ),
        (
            "pool.csv",
            b"id,gender,age\n1,f,old\n",
            "pool.csv:2:1: only 1 people can be drawn, and the panel has 6 seats",
        ),
        ("quotas.csv", QUOTAS.replace("3,4", "5,4").encode(), "quotas.csv:4:9: the minimum 5 is above the maximum 4"),
        ("quotas.csv", b"category,feature,min\n", "quotas.csv:1:21: there is no column 'max'"),
    ],
)
def test_fault_of_a_file_is_told_with_its_place_and_ends_with_3(draw, place, name, data, told):
    (place / name).write_bytes(data)
    code, out, err = draw("--json")
    assert (code, out) == (3, "")
    assert f"zenne: {told}\n" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--include", "p99"], "there is nobody with the id 'p99' (--include)"),
        (["--include", "p1", "--exclude", "p1"], "'p1' cannot be both included and excluded"),
        (["--size", "21"], "pool.csv:21:1: only 20 people can be drawn, and the panel has 21 seats"),
        (["--per-address", "1", "--size", "12"], "only 10 people can be drawn, and the panel has 12 seats"),
        ([f"--include=p{number}" for number in range(7)], "more people are included than the panel has seats"),
        (["--per-address", "1", "--include", "p2", "--include", "p3"], "those who are included cannot sit together"),
        (["--size", "0"], "a panel of 0 cannot be drawn"),
        (["--seed", ""], "the seed is a printable text of at most 1000 characters"),
        (["--id-column", "number"], "pool.csv:1:22: there is no column 'number'"),
    ],
)
def test_what_cannot_be_asked_is_told(draw, words, told):
    code, out, err = draw(*words)
    assert (code, out, err) == (3, "", f"zenne: {told}\n")


def test_file_that_is_not_there_is_told(draw, place):
    (place / "pool.csv").unlink()
    assert draw()[0] == 1
    assert draw("--address-column", "x")[0] == 1


def test_bundle_of_a_draw_is_verified_and_never_overwritten(draw, place, capsys):
    code, out, _ = draw("--bundle", "draw.zip")
    commitment = out.splitlines()[-1].split()[1]
    assert code == 0
    assert main(["verify", "draw.zip", "--commitment", commitment]) == 0
    assert "The seed was typed" in capsys.readouterr().out
    before = (place / "draw.zip").read_bytes()
    assert draw("--bundle", "draw.zip", "--seed", "t")[0] == 1
    assert (place / "draw.zip").read_bytes() == before


def test_no_database_is_asked(place):
    """A process of its own, whose database does not exist."""
    words = ["draw", "pool.csv", "quotas.csv", "--size", "6", "--seed", "s", "--json"]
    environ = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "ZENNE_DATA": "/nowhere"}
    command = [sys.executable, "-m", "zenne.config.cli", *words]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["selected"]) == 6


def test_real_pool_with_flexible_limits_beside_is_drawn(capsys):
    """Scotland's climate assembly, as the tests of sortition-algorithms have it."""
    folder = real("sortition/sf_scotland_22")
    words = ["--size", "22", "--seed", "s", "--id-column", "nationbuilder_id", "--json"]
    assert main(["draw", str(folder / "candidates.csv"), str(folder / "features.csv"), *words]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (len(answer["selected"]), answer["quotas"]) == (22, "met")
