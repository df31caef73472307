"""`zenne draw-letters`: who gets a letter, from a register that stays where it is."""

import json
import stat

import pytest

from zenne.config.cli import main

REGISTER = "id,name,district,street\n" + "".join(
    f"{number},Name {number},{'AB'[number % 2]},Rue {number // 3}\n" for number in range(300)
)


@pytest.fixture
def letters(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "register.csv").write_text(REGISTER)
    (tmp_path / "weights.csv").write_text("district,response\nA,5%\nB,10%\n")

    def run(*words):
        code = main(["draw-letters", "register.csv", "--letters", "30", "--seed", "s", "--output", "out.csv", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    run.place = tmp_path
    return run


def test_drawn_lines_are_written_as_they_stand_for_their_owner_only(letters):
    code, out, err = letters()
    rows = (letters.place / "out.csv").read_text().splitlines()
    assert (code, err) == (0, "")
    assert rows[0] == "id,name,district,street"
    assert len(rows) == 31 and set(rows) <= set(REGISTER.splitlines())
    assert stat.S_IMODE((letters.place / "out.csv").stat().st_mode) == 0o600
    assert out.splitlines()[1].split() == ["everybody", "300", "30", "10.0000%"]
    assert "30 letters from 300 (entries) in out.csv" in out


def test_json_has_the_exact_chances_of_each_group(letters):
    code, out, _ = letters("--weights", "weights.csv", "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["letters"], answer["people"], answer["units"], answer["seed"]) == (30, 300, 300, "s")
    assert [(one["group"], one["people"], one["letters"]) for one in answer["groups"]] == [
        ({"district": "A"}, 150, 20),
        ({"district": "B"}, 150, 10),
    ]
    assert answer["groups"][0]["probabilities"] == {"min": 20 / 150, "max": 20 / 150}


def test_one_letter_goes_to_an_address(letters):
    assert letters("--one-per", "street")[0] == 0
    rows = (letters.place / "out.csv").read_text().splitlines()[1:]
    assert len({row.split(",")[3] for row in rows}) == 30


def test_equal_seeds_give_equal_letters(letters):
    letters()
    letters("--output", "again.csv")
    letters("--output", "other.csv", "--seed", "t")
    first, again, other = ((letters.place / name).read_text() for name in ("out.csv", "again.csv", "other.csv"))
    assert first == again != other


def test_letters_that_were_drawn_are_not_drawn_over(letters):
    letters()
    before = (letters.place / "out.csv").read_text()
    code, out, err = letters("--seed", "another")
    assert (code, out, err) == (1, "", "zenne: out.csv: exists already; nothing was drawn\n")
    assert (letters.place / "out.csv").read_text() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--letters", "301"],
            "301 letters are asked for, and the register has 300 people or addresses to send one to",
        ),
        (["--letters", "0"], "0 letters cannot be drawn"),
        (["--id-column", "number"], "register.csv:1:24: there is no column 'number'"),
        (["--one-per", "home"], "register.csv:1:24: there is no column 'home'"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_written(letters, words, told):
    assert letters(*words) == (3, "", f"zenne: {told}\n")
    assert sorted(path.name for path in letters.place.iterdir()) == ["register.csv", "weights.csv"]


def test_fault_of_the_register_or_the_weights_is_told_with_its_place(letters):
    (letters.place / "weights.csv").write_text("district,response\nA,5\nB,10%\n")
    assert (
        letters("--weights", "weights.csv")[2] == "zenne: weights.csv:2:3: '5' is not a share above 0 and at most 1\n"
    )
    (letters.place / "register.csv").write_text(REGISTER + "5,Twin,A,Rue\n")
    assert letters()[2] == "zenne: register.csv:302:1: the id '5' stands already on line 7\n"


def test_file_that_is_not_there_is_told(letters):
    (letters.place / "register.csv").unlink()
    assert letters()[0] == 1
    assert letters("--weights", "none.csv")[0] == 1
