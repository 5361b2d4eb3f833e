"""A thousand random changes to a bundle: each is noticed and has a name."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from guiju.content import find_packs
from guiju.errors import InputError
from guiju_tools.bundle.verifying import Expected, verify

CHANGES = 1000
RUNS = 10


def change(content: bytes, chance: random.Random) -> bytes:
    """One random change: a bit, a byte, bytes taken out, put in, or exchanged."""
    at = chance.randrange(len(content))
    way = chance.randrange(5)
    if way == 0:
        flipped = content[at] ^ (1 << chance.randrange(8))
        return content[:at] + bytes([flipped]) + content[at + 1 :]
    if way == 1:
        return content[:at] + content[at + chance.randrange(1, 40) :]
    if way == 2:
        return content[:at] + chance.randbytes(chance.randrange(1, 40)) + content[at:]
    if way == 3:
        return content + chance.randbytes(chance.randrange(1, 40))
    other = chance.randrange(len(content))
    first, second = sorted((at, other))
    return (
        content[:first]
        + content[second : second + 1]
        + content[first + 1 : second]
        + content[first : first + 1]
        + content[second + 1 :]
    )


def told(path: Path, expected: Expected) -> list[str]:
    """What is said of a file: the kinds of faults, or the code by which it is refused."""
    try:
        return [fault.kind for fault in verify(path, expected).faults]
    except InputError as error:
        return ["refused"] if error.code == "GJ-I503" else []


@pytest.mark.parametrize("seed", range(RUNS))
def test_random_changes_are_noticed(handed, tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    content = handed.path.read_bytes()
    expected = Expected(find_packs(), (handed.keys.signer,), "2024-03")
    path, noticed = tmp_path / "改.zip", 0
    for _ in range(CHANGES // RUNS):
        other = change(content, chance)
        if other == content:
            continue
        path.write_bytes(other)
        assert told(path, expected), (seed, noticed)
        noticed += 1
    assert noticed > CHANGES // RUNS // 2
