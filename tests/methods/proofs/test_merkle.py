"""The tree of RFC 9162: built row by row here, by the recursive definition of the RFC in this test."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import few
from zenne.methods.proofs.merkle import Tree, included, inner_hash, leaf_hash

SIZES = range(70)


def leaves(count):
    return tuple(leaf_hash(bytes([at])) for at in range(count))


def mth(hashes):
    """RFC 9162, section 2.1.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hashlib.sha256(b"\x01" + mth(hashes[:split]) + mth(hashes[split:])).digest()


def path(index, hashes):
    """RFC 9162, section 2.1.3.1, word for word."""
    if len(hashes) == 1:
        return []
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    if index < split:
        return [*path(index, hashes[:split]), mth(hashes[split:])]
    return [*path(index - split, hashes[split:]), mth(hashes[:split])]


NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # pragma: allowlist secret
ONE_EMPTY_LEAF = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"  # pragma: allowlist secret
EIGHT_LEAVES = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"  # pragma: allowlist secret


def test_hashes_of_the_logs_known_to_everybody():
    """Test vectors of Certificate Transparency's reference implementation: the empty tree, one empty leaf, and eight leaves."""
    assert Tree(()).root.hex() == NOTHING
    assert leaf_hash(b"").hex() == ONE_EMPTY_LEAF
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    tree = Tree(tuple(leaf_hash(bytes.fromhex(text)) for text in inputs))
    assert tree.root.hex() == EIGHT_LEAVES


@pytest.mark.parametrize("size", SIZES)
def test_root_and_paths_are_those_of_the_rfc(size):
    tree = Tree(leaves(size))
    assert tree.root == mth(tree.leaves)
    assert [list(tree.proof(at)) for at in range(size)] == [path(at, tree.leaves) for at in range(size)]


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven_at_its_place_and_at_no_other(size):
    tree = Tree(leaves(size))
    for at, leaf in enumerate(tree.leaves):
        places = [
            place
            for place in range(size)
            if included(leaf, index=place, size=size, path=tree.proof(at), root=tree.root)
        ]
        assert places == [at]


@few
@given(st.integers(1, 40), st.data())
def test_proof_that_was_changed_anywhere_is_refused(size, data):
    tree = Tree(leaves(size))
    at = data.draw(st.integers(0, size - 1))
    proof, leaf, root = list(tree.proof(at)), tree.leaves[at], tree.root
    which = data.draw(st.sampled_from(["leaf", "root", "node", "longer", "shorter", "index"]))
    index = at
    if which == "leaf":
        leaf = flipped(leaf, data)
    elif which == "root":
        root = flipped(root, data)
    elif which == "longer":
        proof.insert(data.draw(st.integers(0, len(proof))), leaf_hash(b"more"))
    elif which == "index":
        index = data.draw(st.integers(-2, size + 2).filter(lambda place: place != at))
    elif not proof:
        return
    elif which == "node":
        place = data.draw(st.integers(0, len(proof) - 1))
        proof[place] = flipped(proof[place], data)
    else:
        proof.pop(data.draw(st.integers(0, len(proof) - 1)))
    assert not included(leaf, index=index, size=size, path=proof, root=root)


def flipped(digest, data):
    at = data.draw(st.integers(0, len(digest) * 8 - 1))
    return (int.from_bytes(digest) ^ (1 << at)).to_bytes(len(digest))


def test_inner_node_never_passes_for_a_ballot():
    one, two = leaves(2)
    assert leaf_hash(one + two) != inner_hash(one, two)


def test_leaf_that_is_not_there_has_no_proof():
    with pytest.raises(IndexError):
        Tree(leaves(3)).proof(3)
