"""The check character of the unified social credit code (统一社会信用代码), GB 32100-2015, MOD 31-3."""

from __future__ import annotations

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ONE = "[0-9A-HJ-NPQRTUWXY]"
_FORM = f"{_ONE}{{2}}[0-9]{{6}}{_ONE}{{10}}"
_PATTERN = re.compile(_FORM)
_MODULUS = 31
_WEIGHTS = (*(pow(3, power, _MODULUS) for power in range(17)), 1)
_LENGTH = len(_WEIGHTS)


def credit_code_valid(text: str) -> bool:
    """Whether a text has the form of a credit code and its last character is the right one."""
    if not _PATTERN.fullmatch(text):
        return False
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(text, _WEIGHTS, strict=True))
    return total % _MODULUS == 0


def credit_code_valid_sql(text: str) -> str:
    """`credit_code_valid` in DuckDB: the weighted sum is only taken of texts of the right form."""
    terms = " + ".join(
        f"(instr('{_ALPHABET}', substr({text}, {place}, 1)) - 1) * {weight}"
        for place, weight in enumerate(_WEIGHTS, start=1)
    )
    form = f"strlen({text}) = {_LENGTH} AND regexp_full_match({text}, '{_FORM}')"
    return f"CASE WHEN {form} THEN ({terms}) % {_MODULUS} = 0 WHEN {text} IS NOT NULL THEN FALSE END"
