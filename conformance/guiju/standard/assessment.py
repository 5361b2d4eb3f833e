"""The self-assessment form (自评表) of a standard: one line for every requirement, by chapter and clause.

The file `self-assessment.yaml` holds what differs from the default; a requirement that it does not name has
its line all the same, so that no claim is ever without a place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from guiju.content import Pack
from guiju.errors import Place, StandardError
from guiju.standard.checked import checked
from guiju.standard.checks import DeclaredCheck, ExaminedCheck
from guiju.standard.model import MODALITY_WORDS, Clause, Requirement, Source, Standard

FILE = "self-assessment.yaml"
Role = Literal["requirement", "bonus", "deduction"]
_DEFAULT: Mapping[str, Any] = {
    "version": "1",
    "scoring": {
        "points": {"shall": "2", "should": "1", "may": "0"},
        "not-applicable": "leaves-base",
        "basis": "proposal",
        "source": [{"document": "起草组建议", "at": "默认分值", "mark": "seen"}],
    },
}
_WHOLE = 100
_CRITERIA = "符合得满分，部分符合酌情给分，不符合不得分"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form: a requirement, or a bonus or deduction of its own.

    `points` is the most that it can give (of a deduction: take away), a decimal text; `content` is what is
    assessed and `question` what is asked, where that is worded apart; `on_data` says that an export answers
    it too.
    """

    id: str
    role: Role
    clause: str
    modality: str
    content: str
    question: str
    points: str
    criteria: str
    evidence: tuple[str, ...]
    on_data: bool

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the most that may be scored."""
        most = Decimal(self.points)
        return (-most, Decimal(0)) if self.role == "deduction" else (Decimal(0), most)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one clause (二级指标)."""

    clause: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One chapter (一级指标); its score is cut to 0 below and to `most` above (a decimal text).

    `weight` is its weight of 100 among the chapters; empty where the form weighs none.
    """

    clause: str
    title: str
    most: str
    weight: str
    groups: tuple[Group, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for group in self.groups for line in group.lines)


@dataclass(frozen=True, slots=True)
class Scoring:
    """What 不涉及 does to the base, and the share at which a form passes (empty: none is set).

    `basis` is as that of requirements: ``proposal`` is the drafters' own.
    """

    not_applicable: Literal["leaves-base", "full"]
    pass_share: str
    basis: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one edition; `digest` (SHA-256, hex) changes with anything that a filler sees or scores."""

    standard: str
    standard_title: str
    standard_version: str
    title: str
    version: str
    guide: tuple[str, ...]
    scoring: Scoring
    blocks: tuple[Block, ...]
    digest: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for block in self.blocks for line in block.lines)


def read_form(packs: Sequence[Pack], standard: Standard) -> Form:
    """The form of a standard, from the pack that has its folder; without a file, the default form.

    Raises:
        StandardError: GJ-S141 a line for a requirement that there is not, GJ-S142 a line or chapter twice,
            GJ-S143 a chapter that there is not, GJ-S144 weights that leave a chapter out or are not 100.
    """
    for pack in packs:
        path = pack.standards / standard.id / FILE
        if path.is_file():
            label = path.relative_to(pack.root).as_posix()
            return make_form(standard, checked(path, "self-assessment", label), label)
    return make_form(standard, {}, FILE)


def make_form(standard: Standard, written: Mapping[str, Any], label: str) -> Form:
    """The form that a file's data make of a standard; see `read_form` for the errors."""
    data = {**_DEFAULT, "title": f"{standard.title}符合性自评表", **written}
    named = _once(data.get("lines", ()), "requirement", label)
    chapters = _once(data.get("blocks", ()), "clause", label)
    _known(standard, named, (*chapters, *(item["clause"] for item in data.get("adjustments", ()))), label)
    lines = {item.id: _line(item, named.get(item.id, {}), data["scoring"]) for item in standard.requirements}
    blocks = tuple(_blocks(standard, lines, chapters, data.get("adjustments", ())))
    _weighed(blocks, chapters, label)
    scoring = data["scoring"]
    sources = tuple(Source(**item) for item in scoring["source"])
    form = Form(
        standard.id,
        standard.title,
        standard.version,
        data["title"],
        data["version"],
        tuple(data.get("guide", ())),
        Scoring(scoring["not-applicable"], scoring.get("pass-share", ""), scoring["basis"], sources),
        blocks,
    )
    return Form(**{**_shallow(form), "digest": _digest(form)})


def _shallow(form: Form) -> dict[str, Any]:
    return {name: getattr(form, name) for name in form.__slots__}


def _digest(form: Form) -> str:
    text = json.dumps(asdict(form), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _once(items: Sequence[Mapping[str, Any]], key: str, label: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for item in items:
        if item[key] in found:
            raise StandardError("GJ-S142", f"{item[key]} 写了两次", place=Place(label), hint="请合成一处")
        found[item[key]] = item
    return found


def _known(standard: Standard, named: Mapping[str, Any], chapters: Sequence[str], label: str) -> None:
    for name in named:
        if standard.requirement(name) is None:
            raise StandardError(
                "GJ-S141", f"没有要求 {name}", place=Place(label), hint="请改正 lines 中的 requirement"
            )
    numbers = {clause.number for clause in standard.clauses}
    for number in chapters:
        if number not in numbers:
            raise StandardError("GJ-S143", f"没有第{number}章", place=Place(label), hint="请改正 clause")


def _weighed(blocks: Sequence[Block], chapters: Mapping[str, Mapping[str, Any]], label: str) -> None:
    """Weights are those of all chapters or of none; a chapter that is still without lines may have one."""
    weights = [int(item["weight"]) for item in chapters.values() if "weight" in item]
    missing = [block.clause for block in blocks if not block.weight]
    if weights and (missing or sum(weights) != _WHOLE):
        cause = f"第{'、'.join(missing)}章没有写" if missing else f"合计是{sum(weights)}"
        raise StandardError(
            "GJ-S144",
            "各章的权重不完整",
            place=Place(label),
            cause=cause,
            hint="请给每一章写 weight，合计100；不加权的都不写",
        )


def _line(item: Requirement, named: Mapping[str, Any], scoring: Mapping[str, Any]) -> Line:
    check = item.check
    question = check.question if isinstance(check, DeclaredCheck | ExaminedCheck) else ""
    return Line(
        item.id,
        "requirement",
        item.clause,
        MODALITY_WORDS[item.modality],
        item.text,
        question,
        named.get("points", scoring["points"][item.modality]),
        named.get("criteria", _CRITERIA),
        tuple(named.get("evidence", ())),
        item.on_data,
    )


def _blocks(
    standard: Standard,
    lines: Mapping[str, Line],
    chapters: Mapping[str, Mapping[str, Any]],
    adjustments: Sequence[Mapping[str, Any]],
) -> Iterator[Block]:
    titles = {clause.number: clause.title for clause in standard.clauses}
    for clause in standard.clauses:
        if "." in clause.number:
            continue
        mine = [line for line in lines.values() if line.clause.split(".")[0] == clause.number]
        more = [_adjustment(item) for item in adjustments if item["clause"] == clause.number]
        if not mine and not more:
            continue
        named = chapters.get(clause.number, {})
        groups = _groups(standard.clauses, mine, clause.title)
        if more:
            groups = (*groups, Group(clause.number, "加分和扣分", tuple(more)))
        most = named.get("most", str(sum((line.bounds[1] for line in (*mine, *more)), Decimal(0))))
        title, weight = named.get("title", titles[clause.number]), named.get("weight", "")
        yield Block(clause.number, title, most, weight, groups)


def _groups(clauses: Sequence[Clause], lines: Sequence[Line], chapter: str) -> tuple[Group, ...]:
    """Lines by their clause of the second level, in the order of the clause tree."""
    places = {clause.number: (order, clause.title) for order, clause in enumerate(clauses)}
    found: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda one: places.get(one.clause, (len(places), ""))[0]):
        found.setdefault(".".join(line.clause.split(".")[:2]), []).append(line)
    return tuple(
        Group(number, places.get(number, (0, ""))[1] or chapter, tuple(mine))
        for number, mine in found.items()
    )


def _adjustment(item: Mapping[str, Any]) -> Line:
    return Line(
        item["id"],
        item["kind"],
        item["clause"],
        "",
        item["content"],
        "",
        item["points"],
        item["criteria"],
        tuple(item.get("evidence", ())),
        on_data=False,
    )
