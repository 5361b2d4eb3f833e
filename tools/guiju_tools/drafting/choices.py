"""From what a drafter chose, a way of examining and what it needs, to the check of a requirement."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from guiju.standard.fields import Dataset, Field
from guiju_tools.drafting import headings as h
from guiju_tools.drafting.conditions import expression_of, read_condition
from guiju_tools.drafting.headings import Cells, Data, Problem
from guiju_tools.drafting.lexicon import Lexicon, Unknown

PARAMETER = "参数："
_SHARE = re.compile(r"0|1|0\.[0-9]{1,6}|1\.0{1,6}")
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,4}))?[%％]")
_COMPARED = re.compile(r"(?P<field>[^=＝（(]+)(?:[=＝](?P<to>[^（(]+))?(?:[（(](?P<how>[^）)]+)[）)])?")
HOW_WORDS: Mapping[str, str] = {"same": "相同", "name": "按名称", "cited": "按依据", "shown": "只并列"}
_ASPECTS = {h.PRESENCE: "presence", h.CODE: "code", h.FORM: "form"}
_ORDERED = ("integer", "number", "date", "date-time")


class Choices:
    """The choices of one requirement being read; faults are gathered by heading, not raised."""

    def __init__(self, lexicon: Lexicon, cells: Cells) -> None:
        self.lexicon = lexicon
        self.cells = cells
        self.problems: list[Problem] = []

    def text(self, heading: str) -> str:
        """What is written there."""
        return self.cells.get(heading, "").strip()

    def wrong(self, heading: str, said: str) -> None:
        """Note a fault."""
        self.problems.append(Problem(heading, said))

    def tried(self, heading: str, make: Callable[[], Any]) -> Any:
        """What `make` gives; a fault and None where a word is unknown."""
        try:
            return make()
        except Unknown as fault:
            self.wrong(heading, str(fault))
            return None


def read_check(lexicon: Lexicon, cells: Cells) -> tuple[Data | None, list[Problem]]:
    """The check that the cells describe, or None and everything that is wrong with them."""
    choices = Choices(lexicon, cells)
    way = h.WAYS.get(choices.text(h.WAY))
    if way is None:
        choices.wrong(h.WAY, f"请从这些里选：{'、'.join(h.WAYS)}")
        return None, choices.problems
    name = choices.text(h.WAY)
    for heading in h.CHECK_HEADINGS[1:]:
        if heading in way.needs and not choices.text(heading):
            choices.wrong(heading, f"核验方式“{name}”要写{heading}")
        elif choices.text(heading) and heading not in (*way.needs, *way.takes):
            choices.wrong(heading, f"核验方式“{name}”不用这一项，请清空")
    if choices.problems:
        return None, choices.problems
    check = _MAKERS[name](choices)
    return (None, choices.problems) if choices.problems else (check, [])


def _row(choices: Choices) -> tuple[Dataset | None, tuple[Field, ...]]:
    dataset = choices.tried(h.DATASET, lambda: choices.lexicon.dataset(choices.text(h.DATASET)))
    if dataset is None:
        return None, ()
    fields = choices.tried(h.FIELDS, lambda: choices.lexicon.fields(dataset, choices.text(h.FIELDS)))
    return dataset, fields or ()


def _condition(choices: Choices, heading: str, dataset: Dataset | None) -> str:
    text = choices.text(heading)
    if not text or dataset is None:
        return ""
    atoms = choices.tried(heading, lambda: read_condition(choices.lexicon, dataset, text))
    return expression_of(atoms) if atoms else ""


def _with_when(choices: Choices, dataset: Dataset | None, check: Data) -> Data:
    when = _condition(choices, h.WHEN, dataset)
    return {**check, "when": when} if when else check


def _schema(choices: Choices) -> Data:
    dataset, fields = _row(choices)
    aspect = _ASPECTS[choices.text(h.WAY)]
    for field in fields:
        if aspect == "code" and not choices.lexicon.codes(field):
            choices.wrong(h.FIELDS, f"{field.title}没有代码表，不能选“{h.CODE}”")
    return _with_when(
        choices,
        dataset,
        {
            "kind": "schema",
            "dataset": dataset.id if dataset else "",
            "aspect": aspect,
            "fields": [field.name for field in fields],
        },
    )


def _presence(choices: Choices) -> Data:
    """A structure check where the dataset requires the fields; where it does not, a check of each record."""
    dataset, fields = _row(choices)
    if choices.problems:
        return {}
    if all(field.required for field in fields):
        return _schema(choices)
    check: Data = {"kind": "record", "dataset": dataset.id if dataset else ""}
    if when := _condition(choices, h.WHEN, dataset):
        check["when"] = when
    return {**check, "assert": " and ".join(f"{field.name} is not null" for field in fields)}


def _unique(choices: Choices) -> Data:
    dataset, fields = _row(choices)
    names = [field.name for field in fields]
    return _with_when(
        choices, dataset, {"kind": "unique", "dataset": dataset.id if dataset else "", "fields": names}
    )


def _ordered(choices: Choices) -> Data:
    dataset, fields = _row(choices)
    sign = "<=" if choices.text(h.WAY) == h.NOT_AFTER else ">="
    check: Data = {"kind": "record", "dataset": dataset.id if dataset else ""}
    if dataset is None or not fields:
        return check
    if len(fields) != 1 or fields[0].type not in _ORDERED:
        choices.wrong(h.FIELDS, "只写一个数据元，是日期、时间或者数")
        return check
    against = choices.tried(h.AGAINST, lambda: _held_against(choices, dataset, fields[0]))
    for key, heading in (("when", h.WHEN), ("decidable", h.DECIDABLE)):
        if expression := _condition(choices, heading, dataset):
            check[key] = expression
    return {**check, "assert": f"{fields[0].name} {sign} {against}"}


def _held_against(choices: Choices, dataset: Dataset, field: Field) -> str:
    word = choices.text(h.AGAINST)
    if word.startswith(PARAMETER) or not choices.lexicon.knows_field(dataset, word):
        return f":{choices.lexicon.parameter(word.removeprefix(PARAMETER).strip())}"
    other = choices.lexicon.field(dataset, word)
    numbers = ("integer", "number")
    if other.type != field.type and not (other.type in numbers and field.type in numbers):
        raise Unknown(f"{field.title}与{other.title}不是同一类值，不能比早晚或大小")
    return other.name


def _meets(choices: Choices) -> Data:
    dataset = choices.tried(h.DATASET, lambda: choices.lexicon.dataset(choices.text(h.DATASET)))
    check: Data = {"kind": "record", "dataset": dataset.id if dataset else ""}
    for key, heading in (("when", h.WHEN), ("decidable", h.DECIDABLE), ("assert", h.REACHED)):
        if expression := _condition(choices, heading, dataset):
            check[key] = expression
    return check


def _indicator(choices: Choices) -> Data:
    dataset = choices.tried(h.DATASET, lambda: choices.lexicon.dataset(choices.text(h.DATASET)))
    numerator = _condition(choices, h.REACHED, dataset)
    denominator = _condition(choices, h.WHEN, dataset) or "true"
    threshold = choices.tried(h.AGAINST, lambda: _threshold(choices))
    return {
        "kind": "indicator",
        "dataset": dataset.id if dataset else "",
        "numerator": numerator,
        "denominator": denominator,
        "operator": ">=",
        "threshold": threshold,
    }


def _threshold(choices: Choices) -> str:
    word = choices.text(h.AGAINST)
    if _SHARE.fullmatch(word):
        return word
    if found := _PERCENT.fullmatch(word):
        digits = f"{int(found[1]):03d}{found[2] or ''}"
        share = f"{int(digits[0])}.{digits[1:]}"
        if _SHARE.fullmatch(share):
            return share
        raise Unknown("比例不能超过100%")
    return f":{choices.lexicon.parameter(word.removeprefix(PARAMETER).strip())}"


def _pairs(choices: Choices) -> tuple[Dataset | None, Dataset | None, list[str], list[str]]:
    """The two datasets and the fields by which their records belong together."""
    dataset, fields = _row(choices)
    other = choices.tried(h.OTHER, lambda: choices.lexicon.dataset(choices.text(h.OTHER)))
    if dataset is None or other is None or not fields:
        return dataset, other, [], []
    words = choices.text(h.AGAINST) or "、".join(field.title for field in fields)
    partners = choices.tried(h.AGAINST, lambda: choices.lexicon.fields(other, words)) or ()
    if partners and len(partners) != len(fields):
        choices.wrong(h.AGAINST, f"要与“{h.FIELDS}”一一对应：那里有{len(fields)}个，这里有{len(partners)}个")
    return dataset, other, [field.name for field in fields], [field.name for field in partners]


def _same(choices: Choices) -> Data:
    dataset, other, names, partners = _pairs(choices)
    ids = (dataset.id if dataset else "", other.id if other else "")
    if not choices.text(h.COMPARED):
        told: Data = {"kind": "reference", "dataset": ids[0], "fields": names}
        return _with_when(choices, dataset, {**told, "to": {"dataset": ids[1], "fields": partners}})
    check: Data = {"kind": "match", "dataset": ids[0], "to": {"dataset": ids[1]}}
    check["on"] = dict(zip(names, partners, strict=False))
    if dataset is not None and other is not None:
        compared = choices.tried(h.COMPARED, lambda: _compared(choices, dataset, other))
        check["compare"] = compared or []
    return _with_when(choices, dataset, check)


def _compared(choices: Choices, dataset: Dataset, other: Dataset) -> list[Data]:
    ways = h.turned(HOW_WORDS)
    found = []
    for part in filter(None, (part.strip() for part in re.split("[、，,;；\n]+", choices.text(h.COMPARED)))):
        read = _COMPARED.fullmatch(part)
        how = (read["how"] or "相同") if read else ""
        if read is None or how not in ways:
            raise Unknown(
                f"“{part}”看不懂；写“数据元”或“数据元=对方的数据元（按名称）”，比法：{'、'.join(ways)}"
            )
        mine = choices.lexicon.field(dataset, read["field"].strip())
        theirs = choices.lexicon.field(other, (read["to"] or mine.title).strip())
        found.append({"field": mine.name, "to": theirs.name, "how": ways[how]})
    return found


def _covered(choices: Choices) -> Data:
    dataset, other, names, partners = _pairs(choices)
    by = {"dataset": other.id if other else "", "fields": partners}
    told = {"kind": "coverage", "dataset": dataset.id if dataset else "", "fields": names, "by": by}
    return _with_when(choices, dataset, told)


def _sequence(choices: Choices) -> Data:
    dataset, fields = _row(choices)
    if fields and (len(fields) < 2 or any(field.type not in ("date", "date-time") for field in fields)):  # noqa: PLR2004
        choices.wrong(h.FIELDS, "按先后列出两个以上的日期或时间")
    check: Data = {"kind": "sequence", "dataset": dataset.id if dataset else ""}
    check["stages"] = [field.name for field in fields]
    for key, heading, words in (("ties", h.TIES, h.TIE_WORDS), ("missing", h.MISSING, h.MISSING_WORDS)):
        check[key] = h.turned(words).get(choices.text(heading), "")
        if not check[key]:
            choices.wrong(heading, f"请从这些里选：{'、'.join(words.values())}")
    return _with_when(choices, dataset, check)


def _examined(choices: Choices) -> Data:
    method = choices.text(h.METHOD)
    told = {"kind": "examined", "question": choices.text(h.QUESTION)}
    return {**told, "method": method} if method else told


def _declared(choices: Choices) -> Data:
    return {"kind": "declared", "question": choices.text(h.QUESTION)}


_MAKERS: Mapping[str, Callable[[Choices], Data]] = {
    h.PRESENCE: _presence,
    h.CODE: _schema,
    h.FORM: _schema,
    h.UNIQUE: _unique,
    h.NOT_AFTER: _ordered,
    h.NOT_BEFORE: _ordered,
    h.MEETS: _meets,
    h.SHARE: _indicator,
    h.SAME: _same,
    h.COVERED: _covered,
    h.ORDER: _sequence,
    h.EXAMINED: _examined,
    h.DECLARED: _declared,
}
