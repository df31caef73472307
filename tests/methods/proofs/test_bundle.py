"""The bundle: the same bytes every time, refused with the right reason once anything was changed, and recounted by its own script."""

import io
import json
import subprocess
import sys
import zipfile
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.ballots.strategies import contents
from tests.methods.calm import few
from tests.methods.proofs.bundles import bundles, frozen, lines, made
from zenne.methods.ballots import content
from zenne.methods.ballots.content import Kind, Malformed, canonical
from zenne.methods.ballots.rule import Base, Form, Method, Option, Quorum, Rule, Threshold, Tie, TieRule
from zenne.methods.proofs.bundle import ENTRIES, Bundle, zipped
from zenne.methods.proofs.families import script
from zenne.methods.proofs.verdict import Reason, verify

RULE = Rule(Method.APPROVAL, (Option("a", title={"en": "Trees"}), Option("b"), Option("c")), Form(Kind.APPROVAL))
BALLOTS = [content.approval(said) for said in ("a", "ab", "b", "a", "c", "", "ac")] + [
    content.null(Kind.APPROVAL, "torn")
]


@pytest.fixture
def bundle():
    return made(RULE.plain(), lines(BALLOTS))


@pytest.fixture
def judge(tmp_path):
    """Judge bytes, or files packed as a bundle packs them."""

    def judged(data, **published):
        path = tmp_path / "bundle.zip"
        path.write_bytes(data if isinstance(data, bytes) else zipped(data))
        return verify(path, **published)

    return judged


def unpacked(bundle):
    return dict(bundle.files)


# --- whole bundles -------------------------------------------------------------------------------------------------------------


@few
@given(made_one=bundles(), chance=st.randoms(use_true_random=False))
def test_counting_twice_gives_the_same_bytes_and_they_hold(made_one, chance, judge):
    again = Bundle.of(
        rule_text=made_one.rule_text,
        ballots=chance.sample(made_one.lines, len(made_one.lines)),
        electorates=made_one.electorates,
        about=made_one.about,
    )
    assert again.to_bytes() == made_one.to_bytes()
    verdict = judge(again.to_bytes(), root=again.root, rule=again.digest)
    assert (verdict.reason, verdict.root, verdict.rule) == (Reason.HOLDS, again.root, again.digest)


def test_bundle_says_who_won_and_how(bundle):
    result = json.loads(bundle.files["result.json"])
    assert result["tally"][""]["winners"] == ["a"]
    assert result["tally"][""]["turnout"]["reasons"] == {"torn": 1}
    assert (result["root"], result["size"]) == (bundle.root, 8)


def test_rule_without_a_tally_makes_no_bundle():
    with pytest.raises(Malformed, match="has no tally"):
        Bundle.of(rule_text='{"rule":{}}', ballots=[])


def test_ballot_that_the_rule_does_not_allow_makes_no_bundle():
    with pytest.raises(Malformed, match=r"ballots\.jsonl, line 1: There is no option 'z'"):
        made(RULE.plain(), lines([content.approval("z")]))


# --- what was changed is named -------------------------------------------------------------------------------------------------


def changed_ballot(files, bundle):
    line = bundle.lines[0]
    other = {"a": "b", "b": "a", "c": "b"}
    data = json.loads(line)
    choices = data["ballot"].get("choices") or ["a"]
    data["ballot"] = {"kind": "approval", "choices": [other[choices[0]]]}
    return files | {"ballots.jsonl": canonical(data) + b"\n" + b"".join(one + b"\n" for one in bundle.lines[1:])}


def added_ballot(files, bundle):
    more = Bundle.of(rule_text=bundle.rule_text, ballots=[*bundle.lines, *lines([content.approval("b")], start=99)])
    return files | {"ballots.jsonl": more.files["ballots.jsonl"]}


def dropped_ballot(files, bundle):
    return files | {"ballots.jsonl": b"".join(one + b"\n" for one in bundle.lines[1:])}


def reordered_ballots(files, bundle):
    return files | {"ballots.jsonl": b"".join(one + b"\n" for one in reversed(bundle.lines))}


def doubled_ballot(files, bundle):
    return files | {"ballots.jsonl": bundle.lines[0] + b"\n" + files["ballots.jsonl"]}


def other_rule(files, bundle):
    text = bundle.rule_text.replace('"winners":1', '"winners":2')
    return files | {"vote.json": Bundle(text, bundle.lines, bundle.electorates, bundle.about).files["vote.json"]}


def rule_text_only(files, _bundle):
    return files | {"vote.json": files["vote.json"].replace(rb"\"winners\":1", rb"\"winners\":2")}


def other_title(files, _bundle):
    return files | {"vote.json": files["vote.json"].replace(b'"en": "Trees"', b'"en": "Cars"')}


def other_winner(files, _bundle):
    result = json.loads(files["result.json"])
    result["tally"][""]["winners"] = ["c"]
    return files | {"result.json": spelled(result)}


def other_root(files, bundle):
    return files | {"tree.json": files["tree.json"].replace(bundle.root.encode(), b"0" * 64)}


def other_root_in_result(files, bundle):
    return files | {"result.json": files["result.json"].replace(bundle.root.encode(), b"0" * 64)}


def other_script(files, _bundle):
    return files | {"recount.py": b'print("The published result follows from these ballots.")\n'}


def other_readme(files, _bundle):
    return files | {"README.txt": files["README.txt"] + b"Trust us.\n"}


def spelled(data):
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


TAMPERED = [
    (changed_ballot, Reason.BALLOT_CHANGED),
    (added_ballot, Reason.BALLOTS_ADDED),
    (dropped_ballot, Reason.BALLOTS_DROPPED),
    (reordered_ballots, Reason.BALLOTS_REORDERED),
    (doubled_ballot, Reason.BALLOT_TWICE),
    (other_rule, Reason.RULE_CHANGED),
    (rule_text_only, Reason.RULE_CHANGED),
    (other_title, Reason.OPTIONS_CHANGED),
    (other_winner, Reason.RESULT_CHANGED),
    (other_root, Reason.ROOT_CHANGED),
    (other_root_in_result, Reason.ROOT_CHANGED),
    (other_script, Reason.RECOUNT_REPLACED),
    (other_readme, Reason.README_REPLACED),
]


@pytest.mark.parametrize(("tamper", "reason"), TAMPERED, ids=[tamper.__name__ for tamper, _reason in TAMPERED])
def test_what_was_changed_is_named(tamper, reason, bundle, judge):
    files = unpacked(bundle)
    tampered = tamper(files, bundle)
    assert tampered != files
    verdict = judge(tampered)
    assert (verdict.reason, bool(verdict.detail)) == (reason, True)


def test_bundle_forged_as_a_whole_holds_together_but_has_not_the_published_root_or_rule(bundle, judge):
    """What a bundle alone cannot show, and what the two published numbers are for."""
    forged = made(RULE.plain(), [*bundle.lines, *lines([content.approval("b")] * 9, start=50)])
    assert forged.result["tally"][""]["winners"] == ["b"]
    assert judge(forged.to_bytes()).holds
    assert judge(forged.to_bytes(), root=bundle.root).reason is Reason.ROOT_CHANGED
    ruled = made(RULE.plain() | {"winners": 2}, bundle.lines)
    assert judge(ruled.to_bytes(), root=bundle.root).holds
    assert judge(ruled.to_bytes(), root=bundle.root, rule=bundle.digest).reason is Reason.RULE_CHANGED


@few
@given(original=bundles(most=6, plain=True), data=st.data())
def test_ballots_that_are_not_the_published_ones_are_always_refused(original, data, judge):
    """Whoever changes, adds or drops ballots and computes everything again, consistently, has another root."""
    kept = data.draw(st.lists(st.sampled_from(original.lines), unique=True)) if original.lines else []
    method, ids = Method(original.tally.rule.method), original.tally.rule.ids
    more = lines(data.draw(st.lists(contents(method, ids), max_size=3)), start=1000)
    if {*kept, *more} == {*original.lines}:
        return
    forged = Bundle.of(rule_text=original.rule_text, ballots=[*kept, *more], electorates=original.electorates)
    assert judge(forged.to_bytes(), root=original.root).reason is Reason.ROOT_CHANGED


@few
@given(data=st.data())
def test_any_byte_that_was_changed_is_refused(data, bundle, judge):
    packed = bytearray(bundle.to_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(packed) - 1))
        what = data.draw(st.sampled_from(["flip", "drop", "insert"]))
        if what == "flip":
            packed[at] ^= data.draw(st.integers(1, 255))
        elif what == "drop":
            del packed[at]
        else:
            packed.insert(at, data.draw(st.integers(0, 255)))
    if bytes(packed) != bundle.to_bytes():
        assert not judge(bytes(packed), root=bundle.root, rule=bundle.digest).holds


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)


@few
@given(entry=st.sampled_from(["vote.json", "tree.json", "result.json"]), data=st.data())
def test_any_value_that_was_exchanged_in_any_file_is_refused(entry, data, bundle, judge):
    files = unpacked(bundle)
    inside = held = json.loads(files[entry])
    trail = []
    while True:
        keys = sorted(inside) if isinstance(inside, dict) else range(len(inside))
        trail.append(data.draw(st.sampled_from(keys)))
        if not (isinstance(inside[trail[-1]], dict | list) and inside[trail[-1]] and data.draw(st.booleans())):
            break
        inside = inside[trail[-1]]
    new = data.draw(JSON)
    if trail[0] == "about" or json.dumps(inside[trail[-1]]) == json.dumps(new):
        return  # what is said about a vote is said, not proven
    inside[trail[-1]] = new
    assert not judge(files | {entry: spelled(held)}, root=bundle.root, rule=bundle.digest).holds


# --- hostile files -------------------------------------------------------------------------------------------------------------


def packed(entries, **how):
    made_zip = io.BytesIO()
    with zipfile.ZipFile(made_zip, "w", **how) as hostile:
        for name, data in entries:
            hostile.writestr(zipfile.ZipInfo(name) if not how else name, data)
    return made_zip.getvalue()


def test_zip_bomb_is_refused_before_it_is_opened(bundle, judge):
    files = unpacked(bundle) | {"vote.json": b" " * 50_000_000}
    bomb = packed(files.items(), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    verdict = judge(bomb)
    assert (verdict.reason, "unpacks to 50000000 bytes" in verdict.detail) == (Reason.UNREADABLE, True)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["../vote.json"], "has no file '../vote.json'"),
        (["/etc/passwd"], "has no file '/etc/passwd'"),
        ([*ENTRIES, "virus.exe"], "has no file 'virus.exe'"),
        (ENTRIES[1:], "lacks vote.json"),
        ([], "lacks"),
    ],
)
def test_files_that_a_bundle_never_has_are_refused(names, words, bundle, judge):
    files = unpacked(bundle)
    verdict = judge(packed([(name, files.get(name, b"")) for name in names]))
    assert (verdict.reason, words in verdict.detail) == (Reason.UNREADABLE, True)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(bundle, judge):
    files = unpacked(bundle)
    verdict = judge(packed([*files.items(), ("vote.json", files["vote.json"])]))
    assert (verdict.reason, verdict.detail) == (Reason.UNREADABLE, "two files have the same name")


def test_what_hides_between_the_files_of_a_zip_is_refused(bundle, judge):
    whole = bundle.to_bytes()
    assert judge(b"#!/bin/sh\n" + whole).reason is not Reason.HOLDS
    assert judge(whole + b"more").reason is not Reason.HOLDS


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_same_files_packed_by_somebody_else_are_told_from_what_was_changed_in_them(compression, bundle, judge):
    assert judge(packed(unpacked(bundle).items(), compression=compression)).reason is Reason.REPACKED
    files = dropped_ballot(unpacked(bundle), bundle)
    assert judge(packed(files.items(), compression=compression)).reason is Reason.BALLOTS_DROPPED


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all" * 9])
def test_what_is_no_zip_is_refused(data, judge):
    assert judge(data).reason is Reason.UNREADABLE


def test_file_that_is_not_there_is_refused(tmp_path):
    assert verify(tmp_path / "none.zip").reason is Reason.UNREADABLE
    assert verify(tmp_path).reason is Reason.UNREADABLE


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"[" * 100_000, "no JSON"),
        (b"x" * 300_000, "longer than"),
        (b"1" * 10_000, "no JSON"),
        (
            b'{"ballot":{"kind":"approval","choices":null},"channel":"online","district":null,"nonce":"%s"}'
            % (b"0" * 32),
            "one spelling",
        ),
        (
            b'{"ballot":{"choices":["z"],"kind":"approval"},"channel":"online","district":null,"nonce":"%s"}'
            % (b"0" * 32),
            "no option 'z'",
        ),
        (
            b'{"ballot":{"choices":["a"],"kind":"approval"},"channel":"online","district":9,"nonce":"%s"}'
            % (b"0" * 32),
            "no district 9",
        ),
        (
            b'{"ballot":{"choices":["a"],"kind":"approval"},"channel":"","district":null,"nonce":"%s"}' % (b"0" * 32),
            "a channel",
        ),
        (b'{"ballot":{"choices":["a"],"kind":"approval"},"channel":"online","district":null,"nonce":"1"}', "32 to 64"),
        (b'{"channel":"online"}', "a line has"),
        (b"\xff", "no JSON"),
    ],
)
def test_line_that_is_no_ballot_is_refused_with_its_number(line, words, judge):
    """Also when tree and root were computed again."""
    forged = Bundle(frozen(RULE.plain()), (line,))
    files = {
        "vote.json": made(RULE.plain(), [], electorates={}, about={}).files["vote.json"],
        "ballots.jsonl": line + b"\n",
        "recount.py": b"",
        "README.txt": b"",
    }
    files["tree.json"] = spelled({"root": forged.root, "size": 1})
    result = {"root": forged.root, "size": 1, "rule_sha256": forged.digest, "tally": {}}
    verdict = judge(files | {"result.json": spelled(result)})
    assert verdict.reason is Reason.BALLOT_MALFORMED
    assert verdict.detail.startswith("ballots.jsonl, line 1: ")
    assert words in verdict.detail


def test_ballots_cut_off_in_a_line_are_refused(bundle, judge):
    files = unpacked(bundle)
    assert judge(files | {"ballots.jsonl": files["ballots.jsonl"][:-5]}).reason is Reason.MALFORMED


# --- the script inside ---------------------------------------------------------------------------------------------------------

SCRIPTS = [("ballots", part) for part in ("sums", "borda", "schulze", "runoff")]


def recount(bundle, tmp_path, capsys, *, root="", files=None):
    """Run the script that the bundle carries, in this process: exit code and what it said."""
    path = tmp_path / "bundle.zip"
    path.write_bytes(zipped(files or unpacked(bundle)))
    arguments, sys.argv = sys.argv, ["recount.py", str(path), *([root] if root else [])]
    try:
        exec(compile(bundle.files["recount.py"], "recount.py", "exec"), {"__name__": "__main__"})  # noqa: S102
        code = 0
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = arguments
    return code, capsys.readouterr().out


@pytest.mark.parametrize("parts", SCRIPTS)
def test_script_is_short_and_needs_the_standard_library_only(parts):
    text = script(*parts).decode()
    rows = text.splitlines()
    assert len(rows) < 80 and max(map(len, rows)) <= 120
    used = {name for row in rows if row.startswith("import ") for name in row.removeprefix("import ").split(", ")}
    used |= {row.split()[1] for row in rows if row.startswith("from ")}
    assert used and used <= sys.stdlib_module_names


@few
@given(one=bundles())
def test_script_agrees_with_the_kernel(one, tmp_path, capsys):
    code, said = recount(one, tmp_path, capsys, root=one.root)
    assert code == 0, (said, one.result)


def test_script_runs_as_an_outsider_runs_it(bundle, tmp_path):
    """A clean Python, the folder it was unpacked in, the published root."""
    with zipfile.ZipFile(io.BytesIO(bundle.to_bytes())) as whole:
        whole.extractall(tmp_path)
    command = [sys.executable, "-I", "recount.py", ".", bundle.root]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "8 ballots; chosen: a" in done.stdout
    command[-1] = "0" * 64
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "REFUSED" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "tamper",
    [
        changed_ballot,
        added_ballot,
        dropped_ballot,
        reordered_ballots,
        doubled_ballot,
        other_rule,
        rule_text_only,
        other_title,
        other_winner,
        other_root,
    ],
)
def test_script_refuses_what_was_changed(tamper, bundle, tmp_path, capsys):
    code, _said = recount(bundle, tmp_path, capsys, files=tamper(unpacked(bundle), bundle))
    assert str(code).startswith("REFUSED: ")


def test_script_counts_each_district(tmp_path, capsys):
    options = (Option("a", 1), Option("b", 1), Option("c", 2), Option("d", 2))
    rule = Rule(
        Method.YES_NO,
        options,
        Form(Kind.YES_NO),
        winners=None,
        tie=Tie(TieRule.LOT, "7"),
        quorum=Quorum(share=Fraction(1, 3)),
        threshold=Threshold(Fraction(1, 2), Base.EXPRESSED, strict=True),
    )
    north = lines([content.yes_no({"a": "yes", "b": "no"})] * 3, district=1)
    south = lines([content.yes_no({"c": "yes", "d": "yes"})] * 2, start=10, district=2)
    everywhere = lines([content.yes_no({"b": "yes", "d": "abstain"})], start=20)
    one = made(rule.plain(), [*north, *south, *everywhere], electorates={"1": 9, "2": 10})
    assert [outcome["winners"] for outcome in one.result["tally"].values()] == [["a"], []]
    code, said = recount(one, tmp_path, capsys)
    assert (code, "1 4 ballots; chosen: a" in said, "2 3 ballots; chosen: nobody" in said) == (0, True, True)
