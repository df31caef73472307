"""Public randomness: real rounds of drand's quicknet, dice, and what is refused."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from zenne.methods.lottery import LotteryError, randomness
from zenne.methods.lottery.randomness import QUICKNET, Dice, Drand, Typed, seed, source_of

# rounds as published; they stand in the tests of many clients of drand
ROUNDS = {
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",  # pragma: allowlist secret
    1001: "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41",  # pragma: allowlist secret
    657413: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",  # pragma: allowlist secret
}
RANDOMNESS = {
    1000: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",  # pragma: allowlist secret
    657413: "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",  # pragma: allowlist secret
}


@pytest.mark.parametrize("number", sorted(RANDOMNESS))
def test_published_round_gives_the_published_randomness(number):
    assert Drand(number).randomness(f" {ROUNDS[number].upper()}\n") == RANDOMNESS[number]


def test_checking_a_signature_lets_nobody_call_deeper_than_before():
    before = sys.getrecursionlimit()
    for loaded in [name for name in sys.modules if name.partition(".")[0] == "py_ecc"]:
        del sys.modules[loaded]  # what it does, it does when it is imported
    Drand(1000).randomness(ROUNDS[1000])
    assert sys.getrecursionlimit() == before


@pytest.mark.parametrize(
    "given",
    [
        ROUNDS[1001],  # of another round
        "",
        ROUNDS[1000][:-1],
        ROUNDS[1000] + "00",
        "zz" + ROUNDS[1000][2:],
        "00" * 48,
        "c0" + "00" * 47,  # infinity
        "a0" + ROUNDS[1000][2:],  # not on the curve, or the other point
        "94" + ROUNDS[1000][2:],  # the other of the two points with this x
        "ff" * 48,
        "80" + "00" * 46 + "04",  # on the curve (x = 4), outside the group of prime order
        "94385d48ab9d338824a523ff7d310fbeeac0184598d56b49f27857bcd3ef91f6ead1c7ef99c9beee47784ebba5c635de",  # pragma: allowlist secret - the right one plus a point of small order
    ],
)
def test_what_the_beacon_did_not_sign_is_refused(given):
    with pytest.raises(LotteryError) as refused:
        Drand(1000).randomness(given)
    assert (refused.value.code, refused.value.parameters) == ("bad-signature", {"round": 1000})


def test_hash_of_the_chain_is_that_of_its_parameters():
    assert QUICKNET.fingerprint() == QUICKNET.hash


def test_round_of_a_moment_is_the_first_that_is_published_then_or_later():
    genesis = datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
    assert Drand(1).published == genesis
    assert Drand.at(genesis).round == 1
    assert Drand.at(datetime(2020, 1, 1, tzinfo=UTC)).round == 1
    assert Drand.at(genesis.replace(second=28)).round == 2
    assert Drand.at(genesis.replace(second=30)).round == 2
    noon = Drand.at(datetime(2027, 3, 1, 12, 0, 1, 500000, tzinfo=UTC))
    assert 0 <= (noon.published - datetime(2027, 3, 1, 12, 0, 1, 500000, tzinfo=UTC)).total_seconds() < 3
    assert noon.address.endswith(f"/public/{noon.round}")


def test_dice_are_read_as_they_fell_however_they_are_written_down():
    assert Dice(20).randomness("12345 61234\n56123, 45612") == "12345612345612345612"


@pytest.mark.parametrize(
    ("given", "code", "parameters"),
    [
        ("1234561234561234561", "wrong-number-of-throws", {"throws": 19, "announced": 20}),
        ("123456123456123456123", "wrong-number-of-throws", {"throws": 21, "announced": 20}),
        ("12345612345612345670", "bad-throw", {"position": 19, "throw": "7"}),
        ("1234561234561234561x", "bad-throw", {"position": 20, "throw": "x"}),
        ("", "wrong-number-of-throws", {"throws": 0, "announced": 20}),
    ],
)
def test_throws_that_are_none_or_too_few_or_too_many_are_refused(given, code, parameters):
    with pytest.raises(LotteryError) as refused:
        Dice(20).randomness(given)
    assert (refused.value.code, refused.value.parameters) == (code, parameters)


@pytest.mark.parametrize("throws", [19, 0, 1001])
def test_fewer_than_twenty_throws_can_be_tried_out_and_are_no_source(throws):
    with pytest.raises(LotteryError, match="bad-number-of-throws"):
        Dice(throws)


def test_seed_is_what_sha256sum_says():
    commitment, found = "ab" * 32, "1234"
    by_hand = subprocess.run(
        ["sha256sum"], input=f"zenne/lottery/1/{commitment}/{found}", capture_output=True, text=True, check=True
    )
    assert seed(commitment, found) == by_hand.stdout.split()[0]
    assert len({seed("a", "b"), seed("b", "a"), seed("a", "c"), hashlib.sha256(b"ab").hexdigest()}) == 4


@pytest.mark.parametrize("source", [Drand(7), Dice(25, "2026-12-01T18:00:00Z"), Typed()])
def test_source_is_read_from_what_was_committed(source):
    assert source_of(source.plain()) == source


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"kind": "oracle"},
        {"kind": "drand", "chain": QUICKNET.hash, "round": 0},
        {"kind": "drand", "chain": QUICKNET.hash, "round": True},
        {"kind": "drand", "chain": QUICKNET.hash, "round": 2**63},
        {"kind": "drand", "chain": "00" * 32, "round": 7},
        {"kind": "dice", "throws": 20},
        {"kind": "dice", "throws": 20, "announced": "", "more": 1},
        {"kind": "typed", "seed": "x"},
    ],
)
def test_source_that_is_none_is_refused(data):
    with pytest.raises(LotteryError, match="bad-source"):
        source_of(data)


@pytest.mark.parametrize("given", ["", "a\nb", "x" * 1001])
def test_typed_seed_is_one_printable_line(given):
    with pytest.raises(LotteryError, match="bad-seed"):
        randomness.Typed().randomness(given)
