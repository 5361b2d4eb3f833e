"""A root commits to every leaf and its place; a proof holds for that leaf and no other."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju_tools.bundle.tree import EMPTY, SIZE, leaf, proofs, proved, root


def by_the_book(leaves):
    """RFC 6962, section 2.1, written as it is told there."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else EMPTY
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:half]) + by_the_book(leaves[half:])).digest()


LEAVES = st.integers(0, 70).map(lambda count: [leaf(b"n", str(number).encode()) for number in range(count)])


@settings(deadline=None)
@given(LEAVES)
def test_the_root_is_that_of_the_rfc(leaves):
    assert root(b"".join(leaves)) == by_the_book(leaves)


@settings(deadline=None)
@given(LEAVES.filter(bool), st.data())
def test_proofs_hold_for_their_leaf_alone(leaves, data):
    place = data.draw(st.integers(0, len(leaves) - 1))
    (proof,) = proofs(b"".join(leaves), [place])
    top = root(b"".join(leaves))
    assert proved(leaves[place], place, len(leaves), proof, top)
    assert not proved(leaf(b"m", str(place).encode()), place, len(leaves), proof, top)
    assert not proved(leaves[place], place, len(leaves), [*proof, bytes(SIZE)], top)
    if len(leaves) > 1:
        other = (place + 1) % len(leaves)
        assert not proved(leaves[place], other, len(leaves), proof, top)
        assert not proved(leaves[place], place, len(leaves), proof[:-1], top)


def test_a_place_beyond_the_leaves_is_not_proved():
    assert not proved(bytes(SIZE), 1, 1, [], bytes(SIZE))
