"""What looks like a person's number in a text that is to leave the house."""

from __future__ import annotations

import re
from collections.abc import Iterator

_APART = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_KINDS = {
    "手机号码": re.compile(_APART.format(r"(?:\+?86[- ]?)?[01][0-9]{2}[- ]?[0-9]{4}[- ]?[0-9]{4}")),
    "公民身份号码": re.compile(
        _APART.format(r"[0-9]{6}(?:1[89]|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx]")
    ),
    "银行卡号": re.compile(_APART.format(r"6[0-9]{15}(?:[0-9]{3})?")),
}


def personal_numbers(text: str) -> Iterator[tuple[str, int]]:
    """What in a text could be a person's number: the kind, and where it begins (0-based, in letters)."""
    for kind, pattern in _KINDS.items():
        for found in pattern.finditer(text):
            yield kind, found.start()
