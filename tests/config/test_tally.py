"""`zenne tally`: any result counted again from a file, without a database."""

import gzip
import json
import os
import subprocess
import sys

import pytest

from tests.data import real

FILE = """META
key;value
budget;100.5
currency;EUR
num_votes;3
vote_type;approval
min_project_score_threshold;2
PROJECTS
project_id;cost;votes;name
park;60.5;2;Park
pool;60;2;Pool
path;40;9;Path
VOTES
voter_id;vote
a;park,pool
b;park,pool
c;path
"""


def tally(*words, given=None):
    """As on a machine without any database: none is named, none could start."""
    return subprocess.run(
        [sys.executable, "-m", "zenne.config.cli", "tally", *map(str, words)],
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "ZENNE_DATA": "/nowhere"},
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(FILE)
    return path


def test_json_has_the_winners_in_order_and_money_in_units_of_currency(file):
    done = tally(file, "--rule", "greedy", "--json")
    answer = json.loads(done.stdout)
    seconds = answer.pop("seconds")
    assert answer == {"rule": "greedy", "selected": ["park", "path"], "cost": 100.5, "budget": 100.5, "rounds": 2}
    assert 0 <= seconds < 60
    assert done.returncode == 0


def test_what_a_reader_should_know_of_the_file_is_said_beside_the_result(file):
    done = tally(file, "--rule", "greedy")
    assert "threshold of 2, which is not applied; --minimum-support 2 does" in done.stderr
    assert "the column `votes` is not what the votes add up to for path" in done.stderr
    assert done.stdout.splitlines()[-1] == "2 of 3 projects, 100.5 of 100.5 EUR (greedy, ties by order, 3 votes)"


@pytest.mark.parametrize(
    ("words", "selected"),
    [
        (["--rule", "greedy", "--tie-break", "min-cost"], ["pool", "path"]),
        (["--rule", "greedy-cost"], ["pool", "path"]),
        (["--rule", "greedy", "--minimum-support", "2"], ["park"]),
        (["--rule", "equal-shares"], ["park"]),
        (["--rule", "equal-shares", "--completion", "add1u"], ["park", "path"]),
        (["--rule", "equal-shares", "--utility", "count", "--completion", "exhaustive"], ["pool", "path"]),
        (["--rule", "phragmen", "--tie-break", "lot:2026"], ["pool", "path"]),
    ],
)
def test_each_rule_by_its_name(file, words, selected):
    done = tally(file, *words, "--json")
    assert (json.loads(done.stdout)["selected"], done.returncode) == (selected, 0), done.stderr


def test_packed_file_and_standard_input_are_read_too(tmp_path):
    path = tmp_path / "vote.pb.gz"
    path.write_bytes(gzip.compress(FILE.encode()))
    assert json.loads(tally(path, "--rule", "greedy", "--json").stdout)["rounds"] == 2
    assert json.loads(tally("-", "--rule", "greedy", "--json", given=FILE).stdout)["rounds"] == 2


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (FILE.replace("a;park", "a;tram"), 3, "line 15: vote for 'tram', which is no project"),
        (FILE.replace("100.5", "much"), 3, "line 3: 'much' is no number"),
        ("", 3, "line 1: section META is missing"),
    ],
)
def test_malformed_file_ends_in_one_line_with_place_and_reason(tmp_path, content, code, said):
    path = tmp_path / "vote.pb"
    path.write_text(content)
    done = tally(path, "--rule", "greedy", "--json")
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr == f"zenne: {path}: {said}\n"


def test_refused_tie_names_the_projects(file):
    done = tally(file, "--rule", "greedy", "--tie-break", "refuse")
    assert (done.returncode, done.stderr) == (4, "zenne: a tie that the rule refuses to break: park, pool\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--rule", "magic"], 2, "invalid choice: 'magic'"),
        (["--rule", "greedy", "--tie-break", "coin"], 2, "'coin' is no tie rule"),
        (["--rule", "greedy", "--completion", "add1u"], 1, "belong to --rule equal-shares"),
    ],
)
def test_words_that_make_no_sense_are_told(file, words, code, said):
    done = tally(file, *words)
    assert done.returncode == code
    assert said in done.stderr


def test_file_that_is_not_there_or_cut_off_is_told(tmp_path):
    path = tmp_path / "vote.pb.gz"
    assert "No such file" in tally(path, "--rule", "greedy").stderr
    path.write_bytes(gzip.compress(FILE.encode())[:60])
    done = tally(path, "--rule", "greedy")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_real_election_of_assen_has_its_official_winners():
    done = tally(
        real("elections/Netherlands_Assen_2024.pb"), "--rule", "equal-shares", "--completion", "add1u", "--json"
    )
    answer = json.loads(done.stdout)
    assert sorted(answer["selected"], key=int) == ["2", "3", "5", "6", "9", "11", "12", "13", "14"]
    assert (answer["cost"], answer["budget"]) == (76700, 100000)
