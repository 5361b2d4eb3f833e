"""A check as the choices a drafter would have made; 专家编写 where no choices say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from guiju_tools.drafting import headings as h
from guiju_tools.drafting.choices import HOW_WORDS, PARAMETER, read_check
from guiju_tools.drafting.conditions import words_of
from guiju_tools.drafting.headings import Data
from guiju_tools.drafting.lexicon import Lexicon

_ASSERT = re.compile(r"(?P<field>[a-z][a-z0-9_]*) (?P<sign><=|>=) (?P<other>:?[a-z][a-z0-9_]*)")
_NOT_NULL = re.compile(r"(?P<field>[a-z][a-z0-9_]*) is not null")
_ASPECTS = {"presence": h.PRESENCE, "code": h.CODE, "form": h.FORM}


def cells_of(lexicon: Lexicon, check: Data) -> dict[str, str]:
    """The check's cells; they read back to exactly this check, or say 专家编写 and nothing more."""
    for teller in _TELLERS.get(check["kind"], ()):
        told = _told(lexicon, check, teller)
        cells = {heading: text for heading, text in (told or {}).items() if text}
        if cells and read_check(lexicon, cells)[0] == check:
            return cells
    dataset = check.get("dataset", "")
    known = lexicon.dataset_word(dataset) if dataset in lexicon.standard.datasets else ""
    return {h.WAY: h.EXPERT, h.DATASET: known} if known else {h.WAY: h.EXPERT}


_Teller = Callable[[Lexicon, Data], dict[str, str] | None]


def _told(lexicon: Lexicon, check: Data, teller: _Teller) -> dict[str, str] | None:
    try:
        told = teller(lexicon, check)
        if told is None or "dataset" not in check:
            return told
        dataset = lexicon.standard.datasets[check["dataset"]]
        told[h.DATASET] = lexicon.dataset_word(dataset.id)
        for key, heading in (("when", h.WHEN), ("decidable", h.DECIDABLE)):
            words = words_of(lexicon, dataset, check[key]) if check.get(key) else ""
            if words is None:
                return None
            told.setdefault(heading, words)
    except KeyError:  # names what is not there: lint says so
        return None
    return told


def _schema(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    dataset = lexicon.standard.datasets[check["dataset"]]
    return {h.WAY: _ASPECTS[check["aspect"]], h.FIELDS: lexicon.titles(dataset, check["fields"])}


def _unique(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    dataset = lexicon.standard.datasets[check["dataset"]]
    return {h.WAY: h.UNIQUE, h.FIELDS: lexicon.titles(dataset, check["fields"])}


def _filled(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    dataset = lexicon.standard.datasets[check["dataset"]]
    found = [_NOT_NULL.fullmatch(part) for part in check["assert"].split(" and ")]
    names = [one["field"] for one in found if one is not None]
    if len(names) < len(found):
        return None
    return {h.WAY: h.PRESENCE, h.FIELDS: lexicon.titles(dataset, names)}


def _ordered(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    dataset = lexicon.standard.datasets[check["dataset"]]
    found = _ASSERT.fullmatch(check["assert"])
    if found is None:
        return None
    other = found["other"]
    against = (
        f"{PARAMETER}{lexicon.standard.parameters[other[1:]].title}"
        if other.startswith(":")
        else dataset.fields[other].title
    )
    way = h.NOT_AFTER if found["sign"] == "<=" else h.NOT_BEFORE
    return {h.WAY: way, h.FIELDS: dataset.fields[found["field"]].title, h.AGAINST: against}


def _meets(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    reached = words_of(lexicon, lexicon.standard.datasets[check["dataset"]], check["assert"])
    return None if reached is None else {h.WAY: h.MEETS, h.REACHED: reached}


def _indicator(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    dataset = lexicon.standard.datasets[check["dataset"]]
    reached = words_of(lexicon, dataset, check["numerator"])
    denominator = check["denominator"]
    when = "" if denominator == "true" else words_of(lexicon, dataset, denominator)
    if reached is None or when is None:
        return None
    threshold = check["threshold"]
    if threshold.startswith(":"):
        threshold = f"{PARAMETER}{lexicon.standard.parameters[threshold[1:]].title}"
    return {h.WAY: h.SHARE, h.REACHED: reached, h.WHEN: when, h.AGAINST: threshold}


def _reference(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    return _paired(lexicon, check, h.SAME, check["to"], check["fields"], check["to"]["fields"])


def _match(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    told = _paired(lexicon, check, h.SAME, check["to"], list(check["on"]), list(check["on"].values()))
    mine = lexicon.standard.datasets[check["dataset"]]
    theirs = lexicon.standard.datasets[check["to"]["dataset"]]
    parts = []
    for one in check["compare"]:
        title, other = mine.fields[one["field"]].title, theirs.fields[one["to"]].title
        how = "" if one["how"] == "same" else f"（{HOW_WORDS[one['how']]}）"
        parts.append(f"{title}{how}" if title == other else f"{title}={other}{how}")
    return {**told, h.COMPARED: "、".join(parts)}


def _coverage(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    return _paired(lexicon, check, h.COVERED, check["by"], check["fields"], check["by"]["fields"])


def _paired(
    lexicon: Lexicon, check: Data, way: str, other: Data, names: list[str], partners: list[str]
) -> dict[str, str]:
    mine = lexicon.titles(lexicon.standard.datasets[check["dataset"]], names)
    theirs = lexicon.titles(lexicon.standard.datasets[other["dataset"]], partners)
    word = lexicon.dataset_word(other["dataset"])
    return {h.WAY: way, h.FIELDS: mine, h.OTHER: word, h.AGAINST: "" if mine == theirs else theirs}


def _sequence(lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    dataset = lexicon.standard.datasets[check["dataset"]]
    told = {h.WAY: h.ORDER, h.FIELDS: lexicon.titles(dataset, check["stages"])}
    return {**told, h.TIES: h.TIE_WORDS[check["ties"]], h.MISSING: h.MISSING_WORDS[check["missing"]]}


def _examined(_lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    return {h.WAY: h.EXAMINED, h.QUESTION: check["question"], h.METHOD: check.get("method", "")}


def _declared(_lexicon: Lexicon, check: Data) -> dict[str, str] | None:
    return {h.WAY: h.DECLARED, h.QUESTION: check["question"]}


_TELLERS: Mapping[str, tuple[_Teller, ...]] = {
    "schema": (_schema,),
    "unique": (_unique,),
    "record": (_filled, _ordered, _meets),
    "indicator": (_indicator,),
    "reference": (_reference,),
    "match": (_match,),
    "coverage": (_coverage,),
    "sequence": (_sequence,),
    "examined": (_examined,),
    "declared": (_declared,),
}
