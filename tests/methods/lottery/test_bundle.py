"""A whole draw: committed, drawn, bundled, judged, drawn again by its own script, and refused once anything was changed."""

import io
import json
import subprocess
import sys
import zipfile
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import few
from tests.methods.lottery.pools import distribution, instance, pool
from tests.methods.lottery.test_randomness import ROUNDS
from zenne.methods.lottery import Entry, LotteryError, Quota
from zenne.methods.lottery.bundle import ENTRIES, Bundle, committed
from zenne.methods.lottery.commitment import Commitment, published, sha256
from zenne.methods.lottery.distribution import Distribution
from zenne.methods.lottery.randomness import Dice, Drand, Typed
from zenne.methods.lottery.reading import Columns, read
from zenne.methods.lottery.verdict import Reason, verify
from zenne.methods.proofs.bundle import spelled, zipped

THROWS = "12345612345612345612"


def made(source=None, given=THROWS, algorithm="leximin", about=None, **changes):
    lottery = instance(**changes)
    commitment = Commitment.of(
        lottery,
        distribution(lottery),
        algorithm=algorithm,
        source=source or Dice(20, "2026-12-01T18:00:00Z"),
        about=about,
    )
    return Bundle(commitment.draw(given))


@pytest.fixture
def bundle():
    return made(
        pool=pool(homes=2), per_address=1, include=frozenset({"1"}), exclude=frozenset({"12"}), about={"title": "Été"}
    )


@pytest.fixture
def judge(tmp_path):
    def judged(data, **kept):
        path = tmp_path / "draw.zip"
        path.write_bytes(data if isinstance(data, bytes) else zipped(data))
        return verify(path, **kept)

    return judged


@pytest.fixture
def redraw(tmp_path):
    """What the script in the bundle says, run with nothing but Python."""

    def run(data, *published):
        path, script = tmp_path / "again.zip", tmp_path / "redraw.py"
        path.write_bytes(zipped(data))
        script.write_bytes(data["redraw.py"])
        return subprocess.run(
            [sys.executable, "-I", str(script), str(path), *published], capture_output=True, text=True, check=False
        )

    return run


# --- a draw that holds ----------------------------------------------------------------------------------------------------------


def test_bundle_holds_and_says_who_was_drawn(bundle, judge):
    verdict = judge(bundle.to_bytes(), commitment=bundle.drawn.commitment.digest)
    assert verdict.reason is Reason.HOLDS
    assert (verdict.people, verdict.source) == (12, "dice")
    assert verdict.selected == bundle.drawn.outcome.selected
    assert not bundle.drawn.commitment.instance.broken(verdict.selected)


def test_its_own_script_draws_the_same(bundle, redraw):
    done = redraw(bundle.files, bundle.drawn.commitment.digest)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Drawn: {' '.join(bundle.drawn.outcome.selected)}" in done.stdout
    assert bundle.drawn.commitment.digest in done.stdout


def test_script_is_under_80_lines_and_imports_the_standard_library_only(bundle):
    lines = bundle.files["redraw.py"].decode().splitlines()
    assert len(lines) < 80
    imported = {
        name for line in lines if line.startswith("import ") for name in line[7:].replace(".parse", "").split(", ")
    }
    assert imported <= sys.stdlib_module_names


@few
@given(st.text("123456", min_size=20, max_size=20), st.integers(2, 5), st.sampled_from([None, 1, 2]))
def test_any_draw_holds_and_is_the_same_bytes_every_time(judge, throws, size, limit):
    kept = {"pool": pool(homes=3), "per_address": limit, "size": min(size, 4 * (limit or 3))}
    first = made(given=throws, **kept)
    assert judge(first.to_bytes()).holds
    shuffled = {**kept, "pool": kept["pool"][::-1]}
    assert made(given=throws, **shuffled).to_bytes() == first.to_bytes()


def test_draw_by_a_round_of_the_beacon_holds(judge, redraw):
    drawn = made(source=Drand(1000), given=ROUNDS[1000].upper())
    assert judge(drawn.to_bytes()).source == "drand"
    done = redraw(drawn.files)
    assert done.returncode == 0 and ROUNDS[1000] in done.stdout and "/public/1000" in done.stdout


def test_signature_of_another_round_draws_nothing():
    with pytest.raises(LotteryError, match="bad-signature"):
        made(source=Drand(1000), given=ROUNDS[1001])


def test_what_was_committed_is_checked_with_sha256sum(bundle, tmp_path):
    for name, data in committed(bundle.drawn.commitment).items():
        (tmp_path / name).write_bytes(data)
    names = ["commitment.json", "pool.csv", "quotas.csv", "distribution.csv"]
    done = subprocess.run(["sha256sum", *names], cwd=tmp_path, capture_output=True, text=True, check=True)
    own, *parts = [line.split()[0] for line in done.stdout.splitlines()]
    terms = json.loads((tmp_path / "commitment.json").read_text())
    assert own == bundle.drawn.commitment.digest
    assert parts == [terms["pool"], terms["quotas"], terms["distribution"]]


def test_odds_of_everybody_are_in_the_bundle_and_add_up(bundle):
    rows = [line.split(",") for line in bundle.files["odds.csv"].decode().splitlines()[1:]]
    tickets = {one: int(number) for one, number in rows}
    assert sum(tickets.values()) == 4 * 1_000_000
    assert (tickets["1"], tickets["12"]) == (1_000_000, 0)
    odds = json.loads(bundle.files["result.json"])["odds"]
    able = [number for one, number in tickets.items() if one != "12"]
    assert (odds["people"], odds["never"], sum(odds["histogram"])) == (11, able.count(0), 11)
    assert Fraction(odds["smallest"]) == Fraction(min(able), 1_000_000)


def test_reserve_is_everybody_else_who_may_be_drawn(bundle):
    result = json.loads(bundle.files["result.json"])
    assert sorted(result["reserve"] + result["selected"] + ["12"]) == sorted(one.id for one in pool())


def test_files_of_the_bundle_are_read_as_any_pool(bundle):
    files, fixed = bundle.files, bundle.drawn.commitment.instance
    again = read(
        files["pool.csv"],
        files["quotas.csv"],
        size=4,
        columns=Columns(address="address"),
        per_address=1,
        include=["1"],
        exclude=["12"],
    )
    assert again == fixed


# --- what is shown --------------------------------------------------------------------------------------------------------------


def test_nothing_is_published_that_the_draw_does_not_need():
    people = (
        Entry("1", {"gender": "f", "age": "old", "income": "5000"}, "Rue de la Senne 1"),
        Entry("2", {"gender": "m", "age": "old", "income": "1000"}, "Rue de la Senne 1"),
        Entry("3", {"gender": "m", "age": "young", "income": "1000"}, "Alone 9"),
    )
    shown = published(instance(pool=people, size=2, per_address=1))
    assert [(one.features, one.address) for one in shown.pool] == [
        ({"age": "old", "gender": "f"}, "h1"),
        ({"age": "old", "gender": "m"}, "h1"),
        ({"age": "young", "gender": "m"}, ""),
    ]
    assert published(shown) == shown
    assert all(not one.address for one in published(instance(pool=people, size=2)).pool)


def test_names_of_streets_are_nowhere_in_the_bundle(bundle):
    assert b"Senne" not in bundle.to_bytes()


def test_category_with_the_name_of_another_column_is_refused():
    people = tuple(Entry(str(number), {"id": "x"}) for number in range(3))
    lottery = instance(pool=people, quotas=(Quota("id", "x", 0, 3),), size=2)
    with pytest.raises(LotteryError, match="reserved-category"):
        Commitment.of(lottery, Distribution.of([["0", "1"]], [1]), algorithm="leximin", source=Typed())


def test_panel_that_the_quotas_forbid_is_never_committed():
    lottery = instance()
    with pytest.raises(LotteryError) as refused:
        Commitment.of(lottery, Distribution.of([["2", "6", "10", "4"]], [1]), algorithm="nash", source=Typed())
    assert (refused.value.code, refused.value.parameters["line"]) == ("panel-unfit", 2)


def test_another_commitment_gives_another_seed():
    assert made().drawn.outcome.seed != made(about={"title": "another"}).drawn.outcome.seed


# --- tampering --------------------------------------------------------------------------------------------------------------------


def line_of(name, number, change):
    def changed(files):
        lines = files[name].decode().split("\n")
        lines[number] = change(lines[number])
        files[name] = "\n".join(lines).encode()

    return changed


def swap(name):
    def changed(files):
        lines = files[name].decode().split("\n")
        lines[1], lines[2] = lines[2], lines[1]
        files[name] = "\n".join(lines).encode()

    return changed


def result(key, change):
    def changed(files):
        told = json.loads(files["result.json"])
        told[key] = change(told[key])
        files["result.json"] = spelled(told)

    return changed


def terms(key, value):
    """The commitment is changed, and the result made to fit it."""

    def changed(files):
        told = json.loads(files["commitment.json"])
        told[key] = value
        files["commitment.json"] = spelled(told)
        outcome = json.loads(files["result.json"])
        outcome["commitment"] = sha256(files["commitment.json"].decode())
        files["result.json"] = spelled(outcome)

    return changed


def appended(name):
    def changed(files):
        files[name] += b"\n# more"

    return changed


def dropped(name, number):
    def changed(files):
        lines = files[name].decode().split("\n")
        del lines[number]
        files[name] = "\n".join(lines).encode()

    return changed


TAMPERINGS = {
    "a person is another": (line_of("pool.csv", 3, lambda row: row.replace("old", "young") if "old" in row else row.replace("young", "old")), "pool_changed"),
    "a person is gone": (dropped("pool.csv", 5), "pool_changed"),
    "a person is added": (line_of("pool.csv", 5, lambda row: f"{row}\n99,old,f,"), "pool_changed"),
    "a number is another": (line_of("pool.csv", 5, lambda row: "77" + row[row.index(",") :]), "pool_changed"),
    "the pool is in another order": (swap("pool.csv"), "pool_reordered"),
    "a quota is wider": (line_of("quotas.csv", 1, lambda row: row[:-1] + "4"), "quotas_changed"),
    "a quota is gone": (dropped("quotas.csv", 2), "quotas_changed"),
    "the quotas are in another order": (swap("quotas.csv"), "quotas_reordered"),
    "a panel has a ticket more": (line_of("distribution.csv", 1, lambda row: row.replace(",", "0,", 1)), "distribution_changed"),
    "a panel is gone": (dropped("distribution.csv", 2), "distribution_changed"),
    "a member of a panel is another": (line_of("distribution.csv", 1, lambda row: row[:-1] + "9"), "distribution_changed"),
    "the panels are in another order": (swap("distribution.csv"), "distribution_reordered"),
    "the panel is smaller": (terms("size", 3), "terms_changed"),
    "somebody need not be in": (terms("include", []), "terms_changed"),
    "somebody may be in": (terms("exclude", []), "terms_changed"),
    "more of one address": (terms("per_address", 2), "terms_changed"),
    "another title": (terms("about", {"title": "x"}), "seed_changed"),
    "another draw": (terms("draw", 2), "seed_changed"),
    "another algorithm": (terms("algorithm", "nash"), "seed_changed"),
    "another announcement": (terms("source", {"kind": "dice", "throws": 20, "announced": ""}), "seed_changed"),
    "more throws announced": (terms("source", {"kind": "dice", "throws": 21, "announced": ""}), "randomness_changed"),
    "a source that is none": (terms("source", {"kind": "me"}), "malformed"),
    "another format": (terms("format", "zenne-lottery-2"), "malformed"),
    "the size is a word": (terms("size", "4"), "malformed"),
    "another commitment": (result("commitment", lambda _: "0" * 64), "commitment_changed"),
    "a die turned": (result("given", lambda one: one[:-1] + "3"), "randomness_changed"),
    "no die": (result("given", lambda _: None), "randomness_changed"),
    "another randomness": (result("randomness", lambda one: one[::-1]), "randomness_changed"),
    "another seed": (result("seed", lambda one: one[::-1]), "seed_changed"),
    "another ticket": (result("ticket", lambda one: one + 1), "panel_changed"),
    "another line": (result("line", lambda one: one + 1), "panel_changed"),
    "somebody else is drawn": (result("selected", lambda own: [*own[:-1], "11"] if "11" not in own else [*own[:-1], "9"]), "panel_changed"),
    "the drawn are in another order": (result("selected", lambda own: own[::-1]), "panel_changed"),
    "somebody comes first in the reserve": (result("reserve", lambda own: [own[-1], *own[:-1]]), "reserve_reordered"),
    "somebody is gone from the reserve": (result("reserve", lambda own: own[:-1]), "reserve_changed"),
    "the reserve holds who is drawn": (result("reserve", lambda own: [*own[:-1], "1"]), "reserve_changed"),
    "better odds in the result": (result("odds", lambda own: own | {"smallest": "1/2"}), "odds_changed"),
    "better odds in the list": (line_of("odds.csv", 2, lambda row: row + "0"), "odds_changed"),
    "another script": (appended("redraw.py"), "redraw_replaced"),
    "another text": (appended("README.txt"), "readme_replaced"),
    "the commitment in another spelling": (lambda files: files.update({"commitment.json": files["commitment.json"] + b" "}), "commitment_changed"),
    "the result in another spelling": (lambda files: files.update({"result.json": files["result.json"] + b" "}), "malformed"),
    "no text": (lambda files: files.update({"pool.csv": b"\xff"}), "malformed"),
    "no JSON": (lambda files: files.update({"commitment.json": b"{"}), "malformed"),
    "a file more": (lambda files: files.update({"more.txt": b""}), "unreadable"),
    "a file less": (lambda files: files.pop("odds.csv"), "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(TAMPERINGS))
def test_tampering_is_refused_with_its_reason(what, bundle, judge):
    change, reason = TAMPERINGS[what]
    files = dict(bundle.files)
    change(files)
    assert files != bundle.files
    verdict = judge(files)
    assert (verdict.reason, bool(verdict.detail)) == (reason, True)


def test_script_refuses_as_well(bundle, redraw):
    """But for the files it does not read, whoever tampers cannot please the script."""
    pleased = []
    for what in (
        *("a person is another", "a quota is wider", "a member of a panel is another", "the panel is smaller"),
        *("another seed", "another ticket", "somebody else is drawn", "somebody comes first in the reserve"),
        *("somebody is gone from the reserve", "better odds in the list", "a die turned", "another commitment"),
    ):
        files = dict(bundle.files)
        TAMPERINGS[what][0](files)
        done = redraw(files)
        if done.returncode == 0 or not done.stderr.startswith("REFUSED: "):
            pleased.append((what, done.stderr))
    assert pleased == []


def test_draw_that_was_forged_as_a_whole_is_refused_by_the_published_commitment(bundle, judge, redraw):
    forged = made(include=frozenset({"2"}))
    assert judge(forged.to_bytes()).holds
    digest = bundle.drawn.commitment.digest
    assert judge(forged.to_bytes(), commitment=digest).reason is Reason.COMMITMENT_CHANGED
    assert "not the commitment that was published" in redraw(forged.files, digest).stderr


def test_unfit_panel_that_somebody_committed_to_is_refused(judge):
    """A forger who writes the whole bundle anew, past `Commitment.of`."""
    lottery = published(instance())
    unfit = Distribution.of([["2", "6", "10", "4"]], [1])
    forged = Commitment(lottery, unfit, "leximin", Dice(20))
    verdict = judge(Bundle(forged.draw(THROWS)).to_bytes())
    assert verdict.reason is Reason.PANEL_UNFIT
    assert "line 2 of distribution.csv" in verdict.detail


def test_zip_that_was_packed_again_is_told(bundle, judge):
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ENTRIES:
            packed.writestr(name, bundle.files[name])
    assert judge(again.getvalue()).reason is Reason.REPACKED
    assert judge(bundle.to_bytes() + b"more").reason in (Reason.REPACKED, Reason.UNREADABLE)


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip"])
def test_what_is_no_bundle_is_unreadable(data, judge):
    assert judge(data).reason is Reason.UNREADABLE


def test_file_that_is_not_there_is_unreadable(tmp_path):
    assert verify(tmp_path / "none.zip").reason is Reason.UNREADABLE
