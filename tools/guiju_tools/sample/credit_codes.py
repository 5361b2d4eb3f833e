"""Credit codes of invented organisations: area 990000, which no region has, both check characters right."""

from __future__ import annotations

from collections.abc import Sequence

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_AREA = "11990000"
_DIGITS = 8
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_ALPHABET = "0123456789X"
_MODULUS = 31
_ORGANISATION_MODULUS = 11
_WEIGHTS = tuple(pow(3, power, _MODULUS) for power in range(17))

MOST = 10**_DIGITS - 1
"""The largest number that an organisation can have."""


def credit_code(number: int) -> str:
    """The credit code (GB 32100, with a code of GB 11714 inside) of an invented organisation."""
    digits = f"{number:0{_DIGITS}d}"
    total = sum(int(char) * weight for char, weight in zip(digits, _ORGANISATION_WEIGHTS, strict=True))
    body = _AREA + digits + _ORGANISATION_ALPHABET[-total % _ORGANISATION_MODULUS]
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return body + _ALPHABET[-total % _MODULUS]


def credit_code_steps(number: str) -> tuple[str, str, str]:
    """`credit_code` as SQL over an integer below 10**8: the inner check value, the outer one, the text.

    The second expression names the first as ``{0}``; the third names them as ``{0}`` and ``{1}``.
    """
    eleven = _ORGANISATION_MODULUS
    inner = f"({eleven} - ({_sum(number, _ORGANISATION_WEIGHTS)}) % {eleven}) % {eleven}"
    known = sum(int(char) * weight for char, weight in zip(_AREA, _WEIGHTS, strict=False))
    start = len(_AREA)
    place_of_x = _ALPHABET.index("X")
    check = f"(CASE WHEN {{0}} = 10 THEN {place_of_x} ELSE {{0}} END) * {_WEIGHTS[start + _DIGITS]}"
    total = f"{known} + {_sum(number, _WEIGHTS[start : start + _DIGITS])} + {check}"
    outer = f"({_MODULUS} - ({total}) % {_MODULUS}) % {_MODULUS}"
    text = (
        f"concat('{_AREA}', substr(CAST({10**_DIGITS} + {number} AS VARCHAR), 2), "
        f"substr('{_ORGANISATION_ALPHABET}', {{0}} + 1, 1), substr('{_ALPHABET}', {{1}} + 1, 1))"
    )
    return inner, outer, text


def _sum(number: str, weights: Sequence[int]) -> str:
    terms = (
        f"({number} // {10 ** (_DIGITS - 1 - place)} % 10) * {weight}" for place, weight in enumerate(weights)
    )
    return " + ".join(terms)
