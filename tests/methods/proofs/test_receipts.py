"""Receipts: the line of a ballot, its code, and the proof that it lies in the box."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import few
from zenne.methods.ballots.content import Malformed, approval, ranking
from zenne.methods.proofs import receipts

NONCE = "0123456789abcdef" * 2


def test_code_of_a_receipt_is_the_hash_of_the_line_that_is_published():
    content = ranking(["b", "a"])
    line = receipts.line(content, channel="online", district=None, nonce=NONCE)
    expected = (
        '{"ballot":{"choices":["b","a"],"kind":"ranking"},"channel":"online","district":null,"nonce":"NONCE"}'.replace(
            "NONCE", NONCE
        )
    )
    assert line.decode() == expected
    code = receipts.leaf(content, channel="online", district=None, nonce=NONCE)
    assert code == hashlib.sha256(b"\x00" + line).hexdigest()


def test_nonce_that_is_not_random_enough_is_refused():
    with pytest.raises(Malformed, match="32 to 64"):
        receipts.line(approval(["a"]), channel="online", district=None, nonce="1234")


@few
@given(st.integers(1, 30), st.randoms(use_true_random=False))
def test_every_receipt_is_proven_whatever_the_order_ballots_came_in(size, chance):
    codes = [receipts.leaf(approval(["a"]), channel="online", district=None, nonce=f"{at:032x}") for at in range(size)]
    shuffled = chance.sample(codes, size)
    tree = receipts.box(shuffled)
    assert tree.root == receipts.box(codes).root
    assert all(receipts.inclusion(tree, code).holds() for code in codes)


def test_code_that_is_not_in_the_box_has_no_proof():
    tree = receipts.box(["11" * 32, "22" * 32])
    assert receipts.inclusion(tree, "33" * 32) is None
    assert receipts.inclusion(tree, "00" * 32) is None


def test_proof_with_another_root_or_with_nonsense_does_not_hold():
    proof = receipts.inclusion(receipts.box(["11" * 32, "22" * 32]), "11" * 32)
    assert not replace(proof, root="00" * 32).holds()
    assert not replace(proof, root="no root").holds()
    assert not replace(proof, path=("22" * 31,)).holds()
