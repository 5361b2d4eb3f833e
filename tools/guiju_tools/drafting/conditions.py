"""Conditions in words, such as 工单状态=已办结 且 办结时间 已填, and the expressions they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.standard.fields import Dataset, Field
from guiju_tools.drafting.headings import NO, YES
from guiju_tools.drafting.lexicon import Lexicon, Unknown

FORMS = "“字段=值”“字段≠值”“字段≥数”“字段 为 值、值”“字段 含 值”“字段 已填”“字段 未填”，几个之间写“且”"

_SIGNS = {"=": "=", "＝": "=", "≠": "<>", "≥": ">=", "≤": "<=", "＞": ">", "＜": "<", ">": ">", "<": "<"}
_SIGN_WORDS = {"=": "=", "<>": "≠", ">=": "≥", "<=": "≤", ">": ">", "<": "<"}
_ATOM = re.compile(r"(?P<field>[^=＝≠≥≤＞＜><]+?)\s*(?P<sign>>=|<=|[=＝≠≥≤＞＜><])\s*(?P<value>.+)")
_WORDED = re.compile(r"(?P<field>\S+)\s+(?P<word>为|含)\s*(?P<value>.+)")
_FILLED = re.compile(r"(?P<field>.+?)\s*(?P<word>已填|未填)")
_AND = re.compile(r"\s*[，；]?\s*且\s*")
_VALUE = r"'[^']*'|-?[0-9]+(?:\.[0-9]+)?|date '[^']*'|[a-z][a-z0-9_]*"
_SQL = (
    (re.compile(r"(?P<field>[a-z][a-z0-9_]*) is (?P<not>not )?null"), "null"),
    (re.compile(rf"(?P<field>[a-z][a-z0-9_]*) (?P<sign>=|<>|>=|<=|>|<) (?P<value>{_VALUE})"), "compare"),
    (re.compile(r"(?P<field>[a-z][a-z0-9_]*) in \((?P<value>'[^']*'(?:, '[^']*')*)\)"), "in"),
    (re.compile(r"has\((?P<field>[a-z][a-z0-9_]*), (?P<value>'[^']*')\)"), "has"),
    (re.compile(r"(?P<not>not )?(?P<field>[a-z][a-z0-9_]*)"), "boolean"),
)
_ORDERED = ("integer", "number", "date", "date-time")


@dataclass(frozen=True, slots=True)
class Atom:
    """One condition: a field, what is asked of it, and the values or the other field it is held against.

    `operator` is a comparison sign, `in`, `has`, `filled`, `blank`, `yes` or `no`; values are literals of
    expressions.
    """

    field: Field
    operator: str
    values: tuple[str, ...] = ()
    other: Field | None = None

    @property
    def expression(self) -> str:  # noqa: PLR0911 - one case an operator
        """The expression it stands for."""
        name = self.field.name
        match self.operator:
            case "filled":
                return f"{name} is not null"
            case "blank":
                return f"{name} is null"
            case "yes":
                return name
            case "no":
                return f"not {name}"
            case "in":
                return f"{name} in ({', '.join(self.values)})"
            case "has":
                return f"has({name}, {self.values[0]})"
            case _:
                return f"{name} {self.operator} {self.other.name if self.other else self.values[0]}"


def read_condition(lexicon: Lexicon, dataset: Dataset, text: str) -> tuple[Atom, ...]:
    """The conditions in a text.

    Raises:
        Unknown: a word that names nothing, or a form that is none of `FORMS`.
    """
    parts = [part.strip() for part in _AND.split(text.strip()) if part.strip()]
    return tuple(_atom(lexicon, dataset, part) for part in parts)


def expression_of(atoms: tuple[Atom, ...]) -> str:
    """The conditions as one expression."""
    return " and ".join(atom.expression for atom in atoms)


def _atom(lexicon: Lexicon, dataset: Dataset, part: str) -> Atom:
    if found := _ATOM.fullmatch(part):
        field = lexicon.field(dataset, found["field"].strip())
        sign = _SIGNS.get(found["sign"], found["sign"])
        return _compared(lexicon, dataset, field, sign, found["value"].strip())
    if found := _WORDED.fullmatch(part):
        field = lexicon.field(dataset, found["field"])
        words = [word.strip() for word in re.split("[、,，]", found["value"]) if word.strip()]
        values = tuple(lexicon.literal(field, word) for word in words)
        if found["word"] == "含":
            return _has(field, values)
        return Atom(field, "in", values) if len(values) > 1 else Atom(field, "=", values)
    if found := _FILLED.fullmatch(part):
        field = lexicon.field(dataset, found["field"])
        return Atom(field, "filled" if found["word"] == "已填" else "blank")
    raise Unknown(f"条件“{part}”看不懂；可以写：{FORMS}")


def _has(field: Field, values: tuple[str, ...]) -> Atom:
    if field.type != "set" or len(values) != 1:
        raise Unknown(f"“含”只用于多项取值的数据元，一次写一个值：{field.title}")
    return Atom(field, "has", values)


def _compared(lexicon: Lexicon, dataset: Dataset, field: Field, sign: str, word: str) -> Atom:
    if sign not in ("=", "<>") and field.type not in _ORDERED:
        raise Unknown(f"{field.title}没有大小，只能写“=”或“≠”")
    if field.type == "boolean" and sign == "=" and word in (YES, NO):
        return Atom(field, "yes" if word == YES else "no")
    if field.type == "set":
        raise Unknown(f"{field.title}可有多个值，请写“{field.title} 含 值”")
    if lexicon.knows_field(dataset, word) and word not in lexicon.codes(field).values():
        other = lexicon.field(dataset, word)
        if other.type != field.type:
            raise Unknown(f"{field.title}与{other.title}不是同一类值，不能相比")
        return Atom(field, sign, other=other)
    return Atom(field, sign, (lexicon.literal(field, word),))


def words_of(lexicon: Lexicon, dataset: Dataset, expression: str) -> str | None:
    """An expression as a condition in words; None where words do not reach that far."""
    parts = [_part_words(lexicon, dataset, part) for part in expression.split(" and ")]
    if any(part is None for part in parts):
        return None
    text = " 且 ".join(part for part in parts if part)
    try:
        back = expression_of(read_condition(lexicon, dataset, text))
    except Unknown:
        return None
    return text if back == expression else None


def _part_words(lexicon: Lexicon, dataset: Dataset, part: str) -> str | None:
    for pattern, form in _SQL:
        found = pattern.fullmatch(part)
        if found and found["field"] in dataset.fields:
            return _worded(lexicon, dataset, found, form)
    return None


def _worded(lexicon: Lexicon, dataset: Dataset, found: re.Match[str], form: str) -> str:
    field = dataset.fields[found["field"]]
    match form:
        case "null":
            return f"{field.title} {'已填' if found['not'] else '未填'}"
        case "boolean":
            return f"{field.title}={NO if found['not'] else YES}"
        case "in":
            return f"{field.title} 为 {'、'.join(_listed(lexicon, field, found['value']))}"
        case "has":
            return f"{field.title} 含 {lexicon.value_word(field, found['value'])}"
        case _:
            value = found["value"]
            other = dataset.fields.get(value)
            word = other.title if other else lexicon.value_word(field, value)
            return f"{field.title}{_SIGN_WORDS[found['sign']]}{word}"


def _listed(lexicon: Lexicon, field: Field, values: str) -> Iterator[str]:
    yield from (lexicon.value_word(field, value) for value in values.split(", "))
