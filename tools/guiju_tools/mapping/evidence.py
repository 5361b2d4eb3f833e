"""What the values of a column say about the field that it could be, and which values are not to be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from guiju.export import ABSENT, Reading, canonical
from guiju.standard.fields import Codelist, Dataset, Field
from guiju_tools.mapping.facts import ColumnFacts

_PERSON = re.compile(
    r"姓名|联系人|申请人|办事人|经办人|代理人|法定代表人|诉求人|来电人|举报人|投诉人|手机|电话|身份证|证件号|"
    r"住址|家庭|住所|通讯地址|通信地址|邮箱|微信|银行|账号|出生|签名|护照|(?<![a-z])(?:xm|sfz\w*|sjh\w*|lxr|lxdh|sqr\w*)(?![a-z])|"
    r"phone|mobile|e-?mail|id_?card|id_?no|person|contact|applicant",
    re.IGNORECASE,
)
_PERSONAL_VALUE = re.compile(r"1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx]")
_DURATION = re.compile(
    r"^[^0-9]{0,6}[0-9]+(?:\.[0-9]+)?[ 个(（]*(?:工作日|自然日|日历日|天|日|小时|分钟|个月|月|年)"
)
_LIMIT_OF = re.compile(r"limit_number\((\w+)\)")
_SHARE = 0.2
_SPECIFIC = 4
_LONGEST = 24
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NEAR_LABEL = 50


def durations(dataset: Dataset) -> frozenset[str]:
    """Fields of which others take a number of days or hours: their values are limits of time."""
    taken = [item.derived_from or "" for item in dataset.fields.values()]
    return frozenset(found[1] for text in taken if (found := _LIMIT_OF.match(text)))


def share_of_durations(column: ColumnFacts) -> float | None:
    """The share of distinct values that are limits of time; None where there are too few values to say."""
    values = [value for value, _ in column.values if any(letter.isdigit() for letter in value)]
    if not values or 2 * len(values) < len(column.values):
        return 0.0 if column.values else None
    return sum(1 for value in values if _DURATION.search(value)) / len(values)


def fit(field: Field, reading: Reading, codelist: Codelist | None, column: ColumnFacts) -> float | None:
    """The share of distinct values that the field could have; None where its form says nothing."""
    if not (codelist or field.pattern or field.type not in ("string", "set")):
        return None
    tried = [(value, canonical(reading, value)) for value, _ in column.values]
    given = [(raw, value) for raw, value in tried if value is not ABSENT and value is not None]
    if not given:
        return None
    return sum(_possible(field, codelist, value) for _, value in given) / len(given)


def specific(field: Field, codelist: Codelist | None, column: ColumnFacts) -> bool:
    """Whether fitting says much: a form or code list that other columns hardly meet by chance."""
    long = [value for value, _ in column.values if len(value) >= _SPECIFIC]
    enough = min(len(long), column.distinct) >= 1 and len(long) * 2 >= len(column.values)
    return enough and bool(field.pattern or codelist)


def unknown_codes(reading: Reading, codelist: Codelist, column: ColumnFacts) -> list[tuple[str, int]]:
    """Values that are no code of the list, with their counts."""
    found = []
    for raw, count in column.values:
        value = canonical(reading, raw)
        members = value if isinstance(value, list) else [value]
        if value is not ABSENT and value is not None and not set(map(str, members)) <= codelist.valid():
            found.append((raw, count))
    return found


def nearest_codes(text: str, codelist: Codelist) -> list[str]:
    """The codes with the labels most alike a text, as `代码（名称）`."""
    labels = {item.code: item.label for item in codelist.codes}
    close = process.extract(text, labels, scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR_LABEL)
    return [f"{code}（{label}）" for label, _, code in close]


def personal(field: Field | None, column: ColumnFacts) -> bool:
    """Whether values are about persons: by the field, by the heading, or by what they look like."""
    if (field is not None and field.sensitive) or _PERSON.search(column.heading):
        return True
    alike = sum(1 for value, _ in column.values if _PERSONAL_VALUE.fullmatch(value.strip()))
    return alike >= _SHARE * max(len(column.values), 1) and alike > 0


def samples(field: Field | None, column: ColumnFacts, limit: int = 3) -> tuple[str, ...]:
    """Values to show, shortened and on one line; none where they are about persons."""
    if personal(field, column):
        return ()
    return tuple(_short(value) for value, _ in column.values[:limit])


def shown(field: Field | None, column: ColumnFacts) -> str:
    """The samples in words."""
    if personal(field, column):
        return "（可能是个人信息，不显示）"
    return "、".join(samples(field, column)) or "（都是空白）"


def _short(value: str) -> str:
    plain = _CONTROLS.sub(" ", value)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _possible(field: Field, codelist: Codelist | None, value: object) -> bool:
    members: Sequence[object] = value if isinstance(value, list) else [value]
    if codelist is not None:
        return all(str(member) in codelist.valid() for member in members)
    if field.pattern is not None:
        return all(re.fullmatch(field.pattern, str(member)) is not None for member in members)
    if field.type in ("date", "date-time"):
        return bool(re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)))
    return not isinstance(value, str)
