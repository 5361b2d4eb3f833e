"""Opinions in the registry with their answers, in the order of clauses: what the table lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guiju_tools.opinions.reading import Answered, Opinion
from guiju_tools.registry.adding import add_entries
from guiju_tools.registry.store import Store

ANSWERS = ("采纳", "部分采纳", "未采纳")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the opinion and what became of it (empty where nothing did yet)."""

    no: str
    clause: str
    opinion: str
    reason: str
    unit: str
    answer: str
    why: str


def collect(store: Store, standard: str, opinions: Sequence[Opinion], who: str) -> int:
    """Register opinions; gives how many were new.

    Raises:
        InputError: GJ-I523 one does not fit.
    """
    entries = [
        {
            "kind": "opinion",
            "body": {
                "no": one.number(standard),
                "standard": standard,
                "clause": one.clause,
                "unit": one.unit,
                "opinion": one.opinion,
                "reason": one.reason,
                "source": one.place,
            },
        }
        for one in opinions
    ]
    return sum(number is not None for number in add_entries(store, entries, who))


def answer(store: Store, answers: Sequence[Answered], by: str, date: str, who: str) -> tuple[int, list[str]]:
    """Register answers; gives how many were new, and what is wrong with the others (nothing is added then).

    An opinion that has its answer keeps it; another answer to it is told.
    """
    known = {entry.subject for entry in store.entries("opinion")}
    given = {entry.subject: entry.body for entry in store.entries("answer")}
    faults, entries = [], []
    for one in answers:
        if one.no not in known:
            faults.append(f"{one.place}：没有登记过意见 {one.no}")
        elif one.answer not in ANSWERS:
            faults.append(f"{one.place}：“{one.answer}”不是{'、'.join(ANSWERS)}之一")
        elif one.answer != ANSWERS[0] and not one.reason:
            faults.append(f"{one.place}：{one.answer}的，要写明理由")
        elif one.no in given and (given[one.no]["answer"], given[one.no]["reason"]) != (
            one.answer,
            _why(one),
        ):
            faults.append(
                f"{one.place}：意见 {one.no} 已登记为{given[one.no]['answer']}，不能改成{one.answer}"
            )
        else:
            body = {"opinion": one.no, "answer": one.answer, "date": date, "by": by, "reason": _why(one)}
            entries.append({"kind": "answer", "body": body})
    if faults:
        return 0, faults
    return sum(number is not None for number in add_entries(store, entries, who)), []


def _why(one: Answered) -> str:
    return one.reason or "采纳"


def lines(store: Store, standard: str) -> list[Line]:
    """The opinions on one standard, in the order of clauses, then of units."""
    answers = {entry.subject: entry.body for entry in store.entries("answer")}
    found = []
    for entry in store.entries("opinion"):
        body = entry.body
        if body["standard"] == standard:
            told = answers.get(entry.subject, {})
            words = (body["clause"], body["opinion"], body.get("reason", ""), body["unit"])
            found.append(Line(entry.subject, *words, told.get("answer", ""), told.get("reason", "")))
    return sorted(found, key=lambda line: (_order(line.clause), line.unit, line.no))


def _order(clause: str) -> tuple[tuple[int, str], ...]:
    """Clauses by their numbers; what has none (总体 …) comes first."""
    parts = re.findall(r"[0-9]+|[A-Z]", clause)
    return tuple((int(part), "") if part.isdigit() else (1000, part) for part in parts)


def counted(found: Sequence[Line]) -> str:
    """The sentence above the table."""
    units = len({line.unit for line in found})
    counts = "，".join(f"{word} {sum(line.answer == word for line in found)} 条" for word in ANSWERS)
    waiting = sum(not line.answer for line in found)
    return f"共收到 {units} 个单位的意见 {len(found)} 条：{counts}，未处理 {waiting} 条。"
