"""Chance as SQL: integers that look random and depend on seed, dataset, field and row number alone.

Everything is mixed in 32 bits, in BIGINT arithmetic that cannot overflow for row numbers below 2**31, so the
same request gives the same data on every version of DuckDB and on any number of threads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

SPAN = 1 << 32
MASK = SPAN - 1
MOST_ROWS = (1 << 31) - 1
"""Row numbers above this would overflow the mixing."""

_SPREAD = 2654435761
_MIX = 73244475


def row_steps(row: str, salt: str) -> tuple[str, str, str]:
    """Three SQL expressions, each over the one before (named ``{0}``): a number of 32 bits for each row."""
    shift = _number(f"row/{salt}")
    first = f"({row} * {_SPREAD} + {shift}) & {MASK}"
    mixed = f"(xor({{0}}, {{0}} >> 16) * {_MIX}) & {MASK}"
    return first, mixed, mixed


def draw(base: str, salt: str) -> str:
    """SQL: a number of 32 bits for one purpose, from the row's own number `base`; its high bits are good."""
    factor = _number(f"factor/{salt}") >> 1 | 1
    return f"(({base} * {factor} + {_number(f'shift/{salt}')}) & {MASK})"


def below(number: str, count: str) -> str:
    """SQL: a drawn number brought down to 0 … count-1."""
    return f"(({number} * {count}) >> 32)"


def share(number: str, part: str) -> str:
    """SQL: true in the given share (decimal text) of draws."""
    return f"({number} < {_limit(part)})"


def _limit(part: str) -> int:
    whole, _, fraction = part.partition(".")
    scale = int("1" + "0" * len(fraction))
    return (int(whole or 0) * scale + int(fraction or 0)) * SPAN // scale


def thresholds(weights: Sequence[int]) -> list[int]:
    """The upper ends, in 32 bits, of the stretch that each weight is given."""
    total, reached, ends = sum(weights), 0, []
    for weight in weights:
        reached += weight
        ends.append(reached * SPAN // total)
    return ends


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
