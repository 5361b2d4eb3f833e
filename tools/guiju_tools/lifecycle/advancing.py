"""A standard taken from one stage to the next: the gate asked, the step noted, an edition frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place
from guiju.standard.edition import canonical
from guiju_tools.lifecycle.facts import Facts
from guiju_tools.lifecycle.gates import Line, examine, read_gates
from guiju_tools.lifecycle.log import STAGES, append, stage_now
from guiju_tools.whole_file import put

PUBLISHED = "60"
_NEXT = {
    "00": ("10",),
    "10": ("20",),
    "20": ("30",),
    "30": ("40", "20"),
    "40": ("50", "20"),
    "50": ("60", "20"),
    "60": ("90",),
    "90": ("60", "20", "95"),
    "95": (),
}
_BACK = [{"kind": "decision"}]
"""Going back, or on as before after a review, asks for nothing but a decision."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is asked for: to which stage, when (YYYY-MM-DD), by whom, in what words, why in spite."""

    to: str
    date: str
    by: str
    what: str
    override: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the gate says: the stage now, every criterion, and whether all are met."""

    now: str
    lines: tuple[Line, ...]

    @property
    def open(self) -> bool:
        """Whether every criterion is met."""
        return all(line.met for line in self.lines)


def ask(facts: Facts, to: str) -> Asked:
    """Hold the gate of a stage against the facts.

    Raises:
        InputError: GJ-I542 that stage does not follow the present one.
    """
    now = stage_now(facts.log)
    if to not in _NEXT[now]:
        onward = "、".join(f"{code}（{STAGES[code]}）" for code in _NEXT[now]) or "没有"
        raise InputError(
            "GJ-I542",
            f"不能由 {now}（{STAGES[now]}）进入 {to}",
            cause=f"之后可以进入：{onward}",
            hint="请按阶段的次序进行；用 guiju lifecycle show 查看现在的阶段",
        )
    criteria: Sequence[Mapping[str, Any]] = _BACK if to < now else read_gates(facts.pack).get(to, [])
    return Asked(now, tuple(examine(list(criteria), facts)))


def advance(facts: Facts, step: Step) -> tuple[Asked, Path | None]:
    """Take a standard to a stage; gives what the gate said, and the frozen edition where one was published.

    Raises:
        InputError: GJ-I542 as `ask`; GJ-I543 the gate is shut and nobody decided otherwise; GJ-I544 there is
            another edition of that number; GJ-I540 and GJ-I541 as `append`.
    """
    asked = ask(facts, step.to)
    if not asked.open and not step.override:
        raise InputError(
            "GJ-I543",
            f"没有满足进入 {step.to}（{STAGES[step.to]}）的条件，没有进入",
            cause=_unmet(asked),
            hint="请补齐以后再来；确有决定要越过的，用 --override 写明由谁决定、理由，它会一直显示",
        )
    edition = _freeze(facts) if step.to == PUBLISHED and asked.now != "90" else None
    append(facts.pack, facts.standard.id, _entry(facts, step, asked))
    return asked, edition


def _unmet(asked: Asked) -> str:
    found = (line for line in asked.lines if not line.met)
    return "；".join(f"{line.criterion}：要求{line.required}，实际{line.found}" for line in found)


def _entry(facts: Facts, step: Step, asked: Asked) -> dict[str, Any]:
    standard = facts.standard
    told = {
        "stage": step.to,
        "kind": "stage",
        "date": step.date,
        "what": step.what or f"进入{STAGES[step.to]}阶段",
        "by": step.by,
        "version": standard.version,
        "judging": standard.judging_digest,
        "text": standard.text_digest,
        "gate": [line.document() for line in asked.lines],
    }
    return told | ({"override": step.override} if step.override and not asked.open else {})


def _freeze(facts: Facts) -> Path:
    """Write the edition under `standards/editions`, where it is never altered again."""
    standard = facts.standard
    path = facts.pack.standards / "editions" / f"{standard.id}-{standard.version}.json"
    content = canonical(standard.document)
    if path.exists():
        if path.read_bytes() == content:
            return path
        raise InputError(
            "GJ-I544",
            f"版本 {standard.version} 已经发布过，内容不同",
            place=Place(path.relative_to(facts.pack.root).as_posix()),
            hint="已发布的版本不改；请换一个版本号（guiju diff 会建议）",
        )
    try:
        return put(path, content)
    except OSError as error:
        raise InputError(
            "GJ-I545",
            "版本文档写不下，没有发布",
            place=Place(str(path)),
            cause=error.strerror or str(error),
            hint="请检查标准包所在的文件夹是否可写",
        ) from error
