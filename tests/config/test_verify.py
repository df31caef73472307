"""`zenne verify`: exit code and one line that says why, without a database; for votes and for draws by lot."""

import subprocess
import sys

import pytest

from tests.methods.lottery.test_bundle import made as draw_by_lot
from tests.methods.proofs.bundles import lines, made
from tests.methods.proofs.test_bundle import BALLOTS, RULE, dropped_ballot, unpacked
from zenne.config.cli import main
from zenne.methods.proofs.bundle import zipped


@pytest.fixture
def bundle():
    return made(RULE.plain(), lines(BALLOTS))


def test_bundle_that_holds_ends_with_0_and_says_what_to_compare(bundle, tmp_path, capsys):
    bundle.write(tmp_path / "vote.zip")
    assert main(["verify", str(tmp_path / "vote.zip")]) == 0
    said = capsys.readouterr().out
    assert f"root {bundle.root}" in said and f"rule {bundle.digest}" in said and "Compare root and rule" in said
    assert main(["verify", str(tmp_path / "vote.zip"), "--root", bundle.root.upper(), "--rule", bundle.digest]) == 0
    assert "Compare" not in capsys.readouterr().out


def test_bundle_that_was_changed_ends_with_1_and_the_reason(bundle, tmp_path, capsys):
    (tmp_path / "vote.zip").write_bytes(zipped(dropped_ballot(unpacked(bundle), bundle)))
    assert main(["verify", str(tmp_path / "vote.zip")]) == 1
    assert capsys.readouterr().out == "refused: ballots_dropped: there are 7 ballots, and 8 in the tree\n"


def test_root_that_is_no_hash_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["verify", "vote.zip", "--root", "abc"])
    assert ended.value.code == 2
    assert "64 hexadecimal digits" in capsys.readouterr().err


def test_no_database_is_asked(bundle, tmp_path):
    """A process of its own, whose database does not exist."""
    bundle.write(tmp_path / "vote.zip")
    command = [sys.executable, "-m", "zenne.config.cli", "verify", str(tmp_path / "vote.zip")]
    environ = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PATH": ""}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# --- draws by lot --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def lot(tmp_path):
    drawn = draw_by_lot()
    drawn.write(tmp_path / "draw.zip")
    return drawn, str(tmp_path / "draw.zip")


def test_draw_that_holds_ends_with_0_and_says_who_was_drawn(lot, capsys):
    drawn, path = lot
    assert main(["verify", path]) == 0
    said = capsys.readouterr().out
    assert "holds: the panel follows from the 12 people of the pool and the randomness (dice)" in said
    assert f"drawn {' '.join(drawn.drawn.outcome.selected)}\n" in said and "Compare the commitment" in said
    assert main(["verify", path, "--commitment", drawn.drawn.commitment.digest.upper()]) == 0
    assert "Compare" not in capsys.readouterr().out


def test_draw_that_was_changed_ends_with_1_and_the_reason(lot, tmp_path, capsys):
    drawn, path = lot
    files = {**drawn.files, "pool.csv": drawn.files["pool.csv"].replace(b"young", b"old", 1)}
    (tmp_path / "draw.zip").write_bytes(zipped(files))
    assert main(["verify", path]) == 1
    assert capsys.readouterr().out.startswith("refused: pool_changed: pool.csv has the SHA-256 ")


def test_what_was_published_of_a_vote_says_nothing_of_a_draw_nor_the_other_way_round(lot, bundle, tmp_path, capsys):
    bundle.write(tmp_path / "vote.zip")
    assert main(["verify", lot[1], "--root", "0" * 64]) == 1
    assert main(["verify", str(tmp_path / "vote.zip"), "--commitment", "0" * 64]) == 1
    assert capsys.readouterr().err.count("belong") == 2
