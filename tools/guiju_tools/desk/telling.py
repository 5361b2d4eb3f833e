"""A comparison in words: the same on the terminal, on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.result import RequirementResult
from guiju_tools.desk.changes import (
    ADDED,
    BROKEN,
    CATEGORIES,
    GONE,
    MENDED,
    STATES,
    STILL,
    UNCLEAR,
    VOID,
    Comparison,
    DatasetChange,
    RequirementChange,
    RowChange,
    StandardChange,
)
from guiju_tools.desk.definitions import KINDS
from guiju_tools.report import words

SHOWN = 10
"""So many rows of each category stand on the page."""
_OTHERS = (VOID, UNCLEAR, GONE)
_KINDS = {**KINDS, "reading": "读数"}


def lines(comparison: Comparison) -> Iterator[str]:
    """What the terminal prints."""
    yield f"{comparison.before.title} → {comparison.after.title}（{words.NOTICE}）"
    yield from comparison.notes
    for standard in comparison.standards:
        yield f"{standard.after.title}：{sentence(standard)}"
        yield from (f"  {note}" for note in standard.notes)
        for change in standard.requirements:
            if not change.comparable:
                yield f"  {change.now.clause}  {change.now.id}  不可比：{reasons(change)}。{numbers(change)}"
        for change in standard.requirements:
            if moved(change):
                told = "，".join(filter(None, (_figures(change), others(change))))
                both = f"{side(change.before)} → {side(change.after)}"
                yield f"  {change.now.clause}  {change.now.id}  {both}  {told}"
        for one in standard.datasets:
            if one.added or one.gone or one.recoded:
                yield (
                    f"  {one.title}：{one.before}行 → {one.after}行，增加{one.added}，减少{one.gone}，"
                    f"疑似改了主键{one.recoded}"
                )


def _figures(change: RequirementChange) -> str:
    if change.moves is None:
        return ""
    return f"新出现{new(change)}，仍未改{count(change, STILL)}，已改好{count(change, MENDED)}"


def sentence(standard: StandardChange) -> str:
    """The figures of one standard in a sentence; rows count once for each requirement."""
    incomparable = sum(not item.comparable for item in standard.requirements)
    fresh = standard.count(BROKEN) + standard.count(ADDED)
    text = (
        f"新出现{fresh}行次（其中新增的记录{standard.count(ADDED)}），仍未改{standard.count(STILL)}行次，"
        f"已改好{standard.count(MENDED)}行次"
    )
    rest = [f"{name}{standard.count(key)}行次" for key, name in _names(_OTHERS) if standard.count(key)]
    return "，".join([text, *rest, f"不可比{incomparable}条要求"]) + "。"


def _names(categories: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(key, CATEGORIES[key]) for key in categories]


def moved(change: RequirementChange) -> bool:
    """Whether there is something to tell of a requirement that can be compared."""
    if not change.comparable:
        return False
    if change.before is None or change.after is None:
        return True
    if change.before.outcome != change.after.outcome or _value(change.before) != _value(change.after):
        return True
    states = change.moves.by_states if change.moves else {}
    return any("failed" in pair or (pair[0] != pair[1] and "absent" not in pair) for pair in states)


def _value(item: RequirementResult) -> tuple[int, int]:
    return (item.indicator.numerator, item.indicator.denominator) if item.indicator else (0, 0)


def side(item: RequirementResult | None) -> str:
    """One requirement in one period: outcome and rate, with exact figures."""
    if item is None:
        return "没有这条要求"
    title = words.outcome_of(item)
    if item.indicator is not None:
        return f"{title}，{words.share_words(item.indicator)}"
    counts = item.counts
    applicable = counts.passed + counts.failed + counts.undecided
    rate = f"（{100 * counts.failed / applicable:.2f}%）" if applicable else ""
    return f"{title}，{counts.failed}/{applicable} 行不符合{rate}" if applicable else title


def numbers(change: RequirementChange) -> str:
    """Both periods side by side."""
    return f"上期{side(change.before)}；本期{side(change.after)}"


def reasons(change: RequirementChange) -> str:
    """Why a requirement cannot be compared."""
    return "；".join(f"{_KINDS[item.kind]}：{item.words}" for item in change.reasons)


def new(change: RequirementChange) -> int | str:
    """Rows that fail now and did not, new ones included."""
    return change.moves.count(BROKEN) + change.moves.count(ADDED) if change.moves else "—"


def count(change: RequirementChange, category: str) -> int | str:
    """Rows of one category; a dash where rows are not compared."""
    return change.moves.count(category) if change.moves else "—"


def others(change: RequirementChange) -> str:
    """What is neither new, open nor mended; and notes."""
    told = [change.note] if change.note else []
    if change.before is None:
        told.append("上期没有这条要求")
    if change.after is None:
        told.append("本期没有这条要求")
    if change.moves:
        told += [
            f"{name}{change.moves.count(key)}" for key, name in _names(_OTHERS) if change.moves.count(key)
        ]
        told += [
            f"{STATES[old]}转为{STATES[now]}{number}"
            for (old, now), number in change.moves.by_states.items()
            if old != now and "failed" not in (old, now) and "absent" not in (old, now)
        ]
    return "，".join(told)


def shown(change: RequirementChange) -> list[RowChange]:
    """The rows that stand on the page."""
    listed = change.moves.listed if change.moves else ()
    return [row for key in CATEGORIES for row in [one for one in listed if one.category == key][:SHOWN]]


def dataset(one: DatasetChange) -> str:
    """How rows of a dataset are known, and what that means."""
    told = []
    if not one.keyed:
        told.append("没有主键，按内容识别：改过的行算减少一行、增加一行，不能说是改好")
    if one.repeated:
        told.append(f"{one.repeated}个主键不止一行，按主键合在一起比较")
    if one.recoded:
        told.append("主键不同而其他内容相同的，当作同一条记录")
    return "；".join(told)
