"""Exact arithmetic with bounds: 64-bit integers, decimals of 32 digits before and 6 after the point.

What leaves the bounds, and what is divided by zero, has no value. Quotients go towards zero, and a remainder
has the sign of the dividend, as in SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal

LEAST, MOST = -(2**63), 2**63 - 1
_EXACT = Context(prec=100)
_LARGEST = Decimal("99999999999999999999999999999999.999999")


def _quotient(left: int, right: int) -> int | None:
    if right == 0:
        return None
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def _remainder(left: int, right: int) -> int | None:
    """The remainder by the size of the divisor, which for the least integer leaves the bounds."""
    quotient = None if abs(right) > MOST else _quotient(left, right)
    return None if quotient is None else left - quotient * right


_INTEGER: Mapping[str, Callable[[int, int], int | None]] = {
    "+": int.__add__,
    "-": int.__sub__,
    "*": int.__mul__,
    "//": _quotient,
    "%": _remainder,
}
_DECIMAL: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
}


def integer(operator: str, left: int, right: int) -> int | None:
    """A result of two integers, or None."""
    result = _INTEGER[operator](left, right)
    return result if result is not None and LEAST <= result <= MOST else None


def decimal(operator: str, left: int | Decimal, right: int | Decimal) -> Decimal | None:
    """A result of two numbers at least one of which is a decimal, or None."""
    result = _DECIMAL[operator](Decimal(left), Decimal(right))
    return result if abs(result) <= _LARGEST else None
