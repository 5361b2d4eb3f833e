"""Personal data where none is asked for: known by the heading, or by what sampled values look like.

Values are looked at and forgotten: whatever is told names headings and counts, never a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from guiju.export.values.reading import normal_text

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_IDENTITY = re.compile(
    "(?<![0-9A-Za-z])[1-8][0-9]{5}(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    "[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
_MOBILE = re.compile("(?<![0-9])(?:\\+?86[- ]?)?1[3-9][0-9]{9}(?![0-9])")
_CARD = re.compile("(?<![0-9A-Za-z])62[0-9]{14,17}(?![0-9A-Za-z])")
_SHARE = 5
"""A column is told when one in so many sampled values looks like that."""

_HEADINGS = (
    (
        "证件号码",
        re.compile("身份证|证件号|公民身份号码|id_?card|cert_?(no|num|key)|identity", re.IGNORECASE),
    ),
    ("手机号", re.compile("手机|移动电话|mobile|cell_?phone", re.IGNORECASE)),
    (
        "姓名",
        re.compile(
            "^(申请人|办事人|诉求人|来电人|联系人|取号人|当事人|法人代表)(姓名|名称)?$|姓名|applicant_?name",
            re.IGNORECASE,
        ),
    ),
    ("银行卡号", re.compile("银行(卡|账|帐)|卡号$|bank_?card", re.IGNORECASE)),
    ("住址", re.compile("住址|户籍地|家庭地址|(申请人|诉求人|联系人)地址|home_?address", re.IGNORECASE)),
)


def kind_of_heading(heading: str) -> str:
    """What kind of personal data a heading speaks of; empty for none, and for a yes or no."""
    heading = heading.strip()
    if heading.startswith("是否"):
        return ""
    return next((kind for kind, pattern in _HEADINGS if pattern.search(heading)), "")


def is_identity_number(text: str) -> bool:
    """Whether a text holds an 18-digit identity number: a day that was, and the right check digit."""
    return any(_right(match) for match in _IDENTITY.finditer(text))


def is_bank_card(text: str) -> bool:
    """Whether a text holds a card number of 16 to 19 digits with the right check digit."""
    return any(_luhn(match[0]) for match in _CARD.finditer(text))


def is_mobile_number(text: str) -> bool:
    """Whether a text holds a mobile number."""
    return _MOBILE.search(text) is not None


KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("证件号码", is_identity_number),
    ("银行卡号", is_bank_card),
    ("手机号", is_mobile_number),
)


def kind_of_values(texts: Sequence[str]) -> str:
    """What kind of personal data most likely stands in a column; empty for none."""
    filled = [clean for clean in map(normal_text, texts) if clean]
    for kind, test in KINDS:
        found = sum(map(test, filled))
        if found and found * _SHARE >= len(filled):
            return kind
    return ""


def personal_counts(texts: Sequence[str], *, phones: bool) -> list[tuple[str, int]]:
    """How many texts hold personal data, by kind; mobile numbers only where `phones` asks for them."""
    counted = [
        (kind, sum(map(test, map(normal_text, texts)))) for kind, test in KINDS if phones or kind != "手机号"
    ]
    return [(kind, count) for kind, count in counted if count]


def _right(match: re.Match[str]) -> bool:
    number = match[0].upper()
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17]


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
