"""A requirement as the cells of its row, and the cells back as the requirement's data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from guiju_tools.drafting import headings as h
from guiju_tools.drafting.choices import read_check
from guiju_tools.drafting.chosen import cells_of
from guiju_tools.drafting.headings import Cells, Data, Problem
from guiju_tools.drafting.lexicon import Lexicon

_ORDER = (
    *("id", "name", "clause", "modality", "text", "basis", "source", "key"),
    *("tolerance", "undecided-max", "check", "remedy"),
)
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SHARE = re.compile(r"0|1|0\.[0-9]{1,6}|1\.0{1,6}")
_PLAIN = ((h.CLAUSE, "clause"), (h.TEXT, "text"), (h.REMEDY, "remedy"), (h.NAME, "name"))
_WORDED = ((h.MODALITY, "modality", h.MODALITIES), (h.BASIS, "basis", h.BASES))
_SHARES = ((h.TOLERANCE, "tolerance"), (h.UNDECIDED, "undecided-max"))


def row_of(lexicon: Lexicon, data: Data) -> dict[str, str]:
    """The cells of a requirement, blank ones left out."""
    cells = {h.ID: data["id"], **{heading: data[key] for heading, key in _PLAIN}}
    cells |= {heading: words[data[key]] for heading, key, words in _WORDED}
    cells |= {heading: data[key]["share"] for heading, key in _SHARES if key in data}
    cells |= {h.KEY: h.YES} if data.get("key") else {}
    for number, source in enumerate(data["source"], 1):
        texts = (source["document"], source["at"], h.MARKS[source["mark"]])
        cells |= dict(zip(h.source_headings(number), texts, strict=True))
    cells |= cells_of(lexicon, data["check"])
    return {heading: text for heading, text in cells.items() if text}


def requirement_of(
    lexicon: Lexicon, cells: Cells, old: Data, *, check: bool = True
) -> tuple[Data, list[Problem]]:
    """The requirement that the cells describe, and everything that is wrong with them.

    Args:
        lexicon: the names of the standard.
        cells: the whole row; its id stands under `ID`.
        old: the requirement as it is, empty for a new one; what has no cell stays as it is there.
        check: whether the check is read from the cells; otherwise the old one stays.
    """
    reading = _Reading(cells)
    data: Data = {**old, "id": cells[h.ID]}
    for heading, key in _PLAIN:
        data[key] = reading.needed(heading)
    for heading, key, words in _WORDED:
        data[key] = reading.chosen(heading, words)
    data["source"] = reading.sources()
    reading.switch(data)
    for heading, key in _SHARES:
        reading.share(data, heading, key)
    if not _NAME.fullmatch(data["name"]) and data["name"]:
        reading.wrong(h.NAME, "用小写英文字母、数字和“-”，如 closed-in-time")
    if check:
        made, found = read_check(lexicon, cells)
        reading.problems += found
        data["check"] = made or {}
    return {key: data[key] for key in _ORDER if key in data}, reading.problems


class _Reading:
    """Cells being read; what is wrong is gathered."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.problems: list[Problem] = []

    def text(self, heading: str) -> str:
        return self.cells.get(heading, "").strip()

    def wrong(self, heading: str, said: str) -> None:
        self.problems.append(Problem(heading, said))

    def needed(self, heading: str) -> str:
        if not self.text(heading):
            self.wrong(heading, f"没有写{heading}")
        return self.text(heading)

    def chosen(self, heading: str, words: Mapping[str, str]) -> str:
        name = h.turned(words).get(self.text(heading), "")
        if not name:
            self.wrong(heading, f"请从这些里选：{'、'.join(words.values())}")
        return name

    def sources(self) -> list[Data]:
        found: list[Data] = []
        number = 1
        while any(heading in self.cells for heading in h.source_headings(number)):
            document, at, mark = h.source_headings(number)
            if any(map(self.text, (document, at, mark))):
                found.append(
                    {
                        "document": self.needed(document),
                        "at": self.text(at),
                        "mark": self.chosen(mark, h.MARKS),
                    }
                )
            number += 1
        if not found:
            self.wrong(h.DOCUMENT.format(1), "没有写来源；没有现成依据的，写“起草组建议”，核对选“二手转述”")
        return found

    def switch(self, data: Data) -> None:
        word = self.text(h.KEY)
        if word not in ("", h.YES, h.NO):
            self.wrong(h.KEY, f"只能是{h.YES}、{h.NO}或空着")
        if word == h.YES:
            data["key"] = True
        elif data.get("key"):
            del data["key"]

    def share(self, data: Data, heading: str, key: str) -> None:
        word = self.text(heading)
        if word and not _SHARE.fullmatch(word):
            self.wrong(heading, "写成0到1之间的小数，如 0.05")
        if word:
            data[key] = {"share": word}
        else:
            data.pop(key, None)


def short_name(cells: Cells, check: Mapping[str, Any], taken: Callable[[str], bool], fallback: str) -> str:
    """An English short name out of the check; another one where it is taken."""
    stem = _stem(cells.get(h.WAY, ""), check) or fallback.lower()
    stem = re.sub("[^a-z0-9]+", "-", stem).strip("-")
    number, name = 1, stem
    while taken(name):
        number += 1
        name = f"{stem}-{number}"
    return name


def _stem(way: str, check: Mapping[str, Any]) -> str:  # noqa: PLR0911 - one case a way
    fields = check.get("fields") or check.get("stages") or []
    endings = {h.PRESENCE: "filled", h.CODE: "coded", h.FORM: "well-formed", h.UNIQUE: "unique"}
    other = (check.get("to") or check.get("by") or {}).get("dataset", "")
    match way:
        case h.PRESENCE if not fields:
            return f"{check['dataset']}-{check['assert'].partition(' ')[0]}-filled"
        case h.PRESENCE | h.CODE | h.FORM | h.UNIQUE:
            return f"{check['dataset']}-{fields[0]}-{endings[way]}"
        case h.NOT_AFTER | h.NOT_BEFORE:
            mine, sign, theirs = check["assert"].split(" ")
            return f"{mine}-{'not-after' if sign == '<=' else 'not-before'}-{theirs}"
        case h.SAME | h.COVERED:
            joint = "covered-by" if way == h.COVERED else "as-in"
            return f"{check['dataset']}-{joint}-{other}"
        case h.ORDER:
            return f"{fields[0]}-to-{fields[-1]}-in-order"
        case h.MEETS | h.SHARE:
            first = re.findall("[a-z][a-z0-9_]*", check.get("assert") or check["numerator"])[0]
            return f"{check['dataset']}-{first}-{'share' if way == h.SHARE else 'met'}"
        case _:
            return ""
