"""A hash tree over rows (RFC 6962): a root that commits to all of them, and a short proof for each.

Leaves and inner nodes are hashed apart (0x00 and 0x01 before them), so that neither can stand for the other.
The leaves are kept as one flat array of 32 bytes each: ten million rows are 320 MB, and nothing else is held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

SIZE = 32
_LEAF, _NODE = b"\x00", b"\x01"
EMPTY = hashlib.sha256(b"").digest()


def leaf(nonce: bytes, content: bytes) -> bytes:
    """The leaf of one row: without its nonce nothing can be guessed from it."""
    return hashlib.sha256(_LEAF + nonce + content).digest()


def root(leaves: bytes) -> bytes:
    """The root over leaves laid end to end."""
    level = leaves
    while len(level) > SIZE:
        level = _above(level)
    return level or EMPTY


def _above(level: bytes) -> bytes:
    """The next level: pairs hashed, an odd last one carried up as it is."""
    view, made = memoryview(level), bytearray()
    whole = len(level) // (2 * SIZE) * 2 * SIZE
    for start in range(0, whole, 2 * SIZE):
        made += hashlib.sha256(_NODE + view[start : start + 2 * SIZE]).digest()
    made += view[whole:]
    return bytes(made)


def proofs(leaves: bytes, places: Sequence[int]) -> list[list[bytes]]:
    """For each place the hashes beside its way up, the lowest first."""
    found: list[list[bytes]] = [[] for _ in places]
    level, at = leaves, list(places)
    while len(level) > SIZE:
        count = len(level) // SIZE
        for number, place in enumerate(at):
            beside = place ^ 1
            if beside < count:
                found[number].append(level[beside * SIZE : (beside + 1) * SIZE])
            at[number] = place // 2
        level = _above(level)
    return found


def proved(start: bytes, place: int, count: int, proof: Sequence[bytes], wanted: bytes) -> bool:
    """Whether a leaf at a place (from 0) of `count` leaves leads to that root by that proof."""
    if not 0 <= place < count:
        return False
    node, rest = start, list(proof)
    while count > 1:
        if place ^ 1 < count:
            if not rest:
                return False
            beside = rest.pop(0)
            pair = node + beside if place % 2 == 0 else beside + node
            node = hashlib.sha256(_NODE + pair).digest()
        place, count = place // 2, (count + 1) // 2
    return not rest and node == wanted
