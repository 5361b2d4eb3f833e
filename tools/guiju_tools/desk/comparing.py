"""Two periods of a desk compared: rows by their keys, changed definitions set apart from changed data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from guiju.content import find_packs
from guiju.engine.fold import SUSPECT
from guiju.engine.session import Limits, session
from guiju.errors import InputError, Place
from guiju.result import RequirementResult, Result
from guiju.run.desk.period import Period
from guiju.run.desk.period import period as named
from guiju.standard.load import load
from guiju_tools.desk.changes import Comparison, RequirementChange, StandardChange
from guiju_tools.desk.definitions import Definitions, Difference, differences, read_definitions
from guiju_tools.desk.moved_rows import Joined, Side, dataset_change, join, moves
from guiju_tools.desk.shelf import Kept, Shelf

LISTED = 1000
"""So many rows of each category of a requirement are listed; the counts are complete."""


@dataclass(frozen=True, slots=True)
class Past:
    """One standard in one period: the result without findings, and the definitions (None: not kept)."""

    kept: Kept
    result: Result
    definitions: Definitions | None


def compare(
    shelf: Shelf, before: Period, after: Period, *, pack: Path | None = None, limits: Limits | None = None
) -> Comparison:
    """Compare two periods, standard by standard.

    Raises:
        InputError: GJ-I349 when they have no standard in common; what is damaged.
    """
    first, second = shelf.standards(before), shelf.standards(after)
    shared = [name for name in second if name in first]
    if not shared:
        raise InputError(
            "GJ-I349",
            f"{before.title}和{after.title}没有可以比较的结果",
            place=Place(str(shelf.folder)),
            cause=f"{before.text} 有 {'、'.join(first) or '无'}；{after.text} 有 {'、'.join(second) or '无'}",
            hint="请先用 guiju run --period 核验这两期",
        )
    notes = [f"{name} 只有{before.title}核验过" for name in first if name not in second]
    notes += [f"{name} 只有{after.title}核验过" for name in second if name not in first]
    if before.months != after.months:
        notes.append("两期的长短不同，数目不宜直接比较")
    changes = [
        _standard(_past(shelf, before, name), _past(shelf, after, name), pack, limits or Limits())
        for name in shared
    ]
    return Comparison(before, after, tuple(changes), tuple(notes))


def _past(shelf: Shelf, when: Period, name: str) -> Past:
    kept = shelf.kept(when, name)
    if kept is None:
        raise ValueError(name)
    return Past(kept, kept.result(), read_definitions(kept.definitions))


def _standard(before: Past, after: Past, pack: Path | None, limits: Limits) -> StandardChange:
    titles = _titles(after.result, pack)
    notes = _notes(before, after)
    old = {item.id: item for item in before.result.requirements}
    new = {item.id: item for item in after.result.requirements}
    paired = [_paired(item, new.get(name), before, after, titles) for name, item in old.items()]
    changes = [*paired, *(RequirementChange(None, item) for name, item in new.items() if name not in old)]
    with session(_files(before, after), limits) as connection:
        joined = _joined(connection, before, after)
        moved = [_with_moves(item, joined) for item in changes]
        datasets = [dataset_change(item, name) for name, item in joined.items()]
    return StandardChange(
        before.result.standards[0], after.result.standards[0], tuple(moved), tuple(datasets), tuple(notes)
    )


def _titles(result: Result, pack: Path | None) -> dict[str, str]:
    """Titles of parameters and fields, where the standard is still at hand; only words hang on it."""
    titles: dict[str, str] = {}
    with suppress(InputError):
        standard = load(find_packs(pack), result.standards[0].id)
        titles |= {name: item.title for name, item in standard.parameters.items()}
        for name, dataset in standard.datasets.items():
            titles |= {f"{name}.{field}": item.title for field, item in dataset.fields.items()}
    return titles


def _notes(before: Past, after: Past) -> list[str]:
    notes = []
    old, new = before.result, after.result
    if before.definitions is None or after.definitions is None:
        which = before if before.definitions is None else after
        notes.append(
            f"{which.kept.period.title}没有留下逐行的记录，只比较数目；清单不全，也看不出判法有没有变"
        )
    if old.standards[0].judging_digest != new.standards[0].judging_digest:
        notes.append(
            f"标准的判法改过：{old.standards[0].version} 与 {new.standards[0].version} 的核验内容摘要不同"
        )
    if old.profile != new.profile:
        notes.append(f"地方适用参数由“{old.profile or '无'}”改为“{new.profile or '无'}”")
    if old.engine != new.engine:
        notes.append(f"核验程序由 {old.engine} 改为 {new.engine}")
    return notes


def _paired(
    before: RequirementResult,
    after: RequirementResult | None,
    old: Past,
    new: Past,
    titles: Mapping[str, str],
) -> RequirementChange:
    if after is None:
        return RequirementChange(before, None)
    for period, item in (("上期", before), ("本期", after)):
        if item.outcome in ("untested", "error"):
            return RequirementChange(before, after, note=f"{period}没有核验：{item.reason}")
    reasons = _reasons(before, after, old, new, titles)
    return RequirementChange(before, after, tuple(reasons))


def _reasons(
    before: RequirementResult, after: RequirementResult, old: Past, new: Past, titles: Mapping[str, str]
) -> list[Difference]:
    found = []
    if old.definitions and new.definitions:
        first = old.definitions.requirements.get(before.id)
        second = new.definitions.requirements.get(after.id)
        found = differences(first, second, titles) if first and second else []
    for period, item in (("上期", before), ("本期", after)):
        if item.outcome == "cantTell" and SUSPECT in item.reason:
            found.append(Difference("reading", f"{period}的读数可疑，没有确认"))
    return found


def _files(before: Past, after: Past) -> list[Path]:
    return [file for past in (before, after) for file in sorted(past.kept.folder.glob("rows-*.parquet"))]


def _joined(connection: duckdb.DuckDBPyConnection, before: Past, after: Past) -> dict[str, Joined]:
    if before.definitions is None or after.definitions is None:
        return {}
    old, new = before.definitions.datasets, after.definitions.datasets
    return {
        name: join(connection, name, _side(before, old[name]), _side(after, new[name]))
        for name in new
        if name in old and old[name]["keyed"] == new[name]["keyed"]
    }


def _side(past: Past, told: dict[str, object]) -> Side:
    return Side(past.kept.folder / str(told["file"]), told)


def _with_moves(item: RequirementChange, joined: Mapping[str, Joined]) -> RequirementChange:
    if item.before is None or item.after is None or item.reasons or item.note:
        return item
    found = joined.get(item.after.dataset)
    moved = moves(found, item.after.id, LISTED) if found else None
    if moved is None and item.after.indicator is None:
        return replace(item, note="没有逐行的记录，只比较数目")
    return replace(item, moves=moved)


def last_two(shelf: Shelf, names: Sequence[str]) -> tuple[Period, Period]:
    """The two periods that are named, or the last two that have results.

    Raises:
        InputError: GJ-I349 when there are not two.
    """
    if len(names) == 1:
        raise InputError(
            "GJ-I349", "比较要写两个期次", hint="写 guiju compare 2026-02 2026-03；都不写就比最近两期"
        )
    if names:
        first, second = sorted(named(name) for name in names)
        return first, second
    periods = shelf.periods()
    same = [item for item in periods if item.months == periods[-1].months]
    if len(same) < 2:  # noqa: PLR2004 - a comparison takes two
        raise InputError(
            "GJ-I349",
            "还没有两期结果，不能比较",
            place=Place(str(shelf.folder)),
            hint="至少核验两期以后再比较：guiju run --period",
        )
    return same[-2], same[-1]
