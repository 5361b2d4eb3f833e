"""The ledger (整改台账) carried forward: new rows added, mended ones noted, what people typed left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from guiju.engine.fold import SUSPECT
from guiju.engine.session import Limits, session
from guiju.export import literal
from guiju.result import RequirementResult, Result
from guiju.run.desk.definitions import FILE as DEFINITIONS
from guiju.run.desk.period import Period, is_period, period
from guiju_tools.desk.definitions import Definitions, differences, read_definitions
from guiju_tools.desk.ledger_book import AGAIN, MENDED, TODO, Book, Line, open_book
from guiju_tools.desk.moved_rows import Side
from guiju_tools.desk.shelf import Shelf
from guiju_tools.report.by_owner import NOBODY

ROWS_EACH = 500
"""So many rows of one requirement get a line of their own in one period; the others share one."""
WHOLE, REST, NO_REST = "", "*", "（已没有另外的行）"
_NOTED = re.compile(r"【([0-9Q-]+)】")
_WORDS = {"failed": "仍不符合", "undecided": "无法判定", "absent": "数据中没有这条记录，请确认"}


@dataclass(frozen=True, slots=True)
class Now:
    """What is known of one requirement in this period.

    `states` are those of the keys that the ledger lists, `fresh` failing keys that it does not list,
    `failing` the number of all failing keys; `changed` says why it cannot be held against the last period.
    """

    requirement: RequirementResult
    states: Mapping[str, str]
    fresh: Sequence[str]
    failing: int
    changed: str = ""


@dataclass(slots=True)
class Ledger:
    """The ledger of one desk; nothing is written before `put`."""

    book: Book
    shelf: Shelf

    def carry(self, result: Result, kept: Path, when: Period) -> str:
        """Carry the ledger forward with one standard's result; returns what was done, in words.

        Args:
            result: with its findings.
            kept: the folder with the kept rows of that run.
            when: the period.
        """
        last = self._last()
        if last is not None and when < last:
            return f"已更新到{last.title}，{when.title}较早，没有改动"
        told = {"new": 0, "mended": 0, "again": 0}
        before = self._before(result, when)
        for item in _now(result, kept, self.book, before):
            _check(self.book, item, when, told)
            _check_rest(self.book, item, when)
            _add(self.book, item, result, when, told)
        return (
            f"{result.standards[0].title}：新增{told['new']}条，"
            f"复核已整改{told['mended']}条，重新出现{told['again']}条"
        )

    def put(self) -> None:
        """Put the ledger in place."""
        self.book.put()

    def _last(self) -> Period | None:
        texts = [line.texts["发现期次"] + line.texts["复核结果"] for line in self.book.lines.values()]
        named = [line.texts["发现期次"] for line in self.book.lines.values()]
        named += [name for text in texts for name in _NOTED.findall(text)]
        return max((period(name) for name in named if is_period(name)), default=None)

    def _before(self, result: Result, when: Period) -> Definitions | None:
        periods = self.shelf.before(when, 1)
        kept = self.shelf.kept(periods[0], result.standards[0].id) if periods else None
        return read_definitions(kept.definitions) if kept else None


def open_ledger(folder: Path, shelf: Shelf) -> Ledger:
    """The ledger of a desk, or a new one.

    Raises:
        InputError: GJ-I318 and GJ-I319: held open or damaged; told before anything runs.
    """
    return Ledger(open_book(folder), shelf)


def line_id(requirement: str, key: str) -> str:
    """The id of a line."""
    return f"{requirement}|{key}"


def _now(result: Result, kept: Path, book: Book, before: Definitions | None) -> list[Now]:
    definitions = read_definitions(kept / DEFINITIONS)
    if definitions is None:
        return []
    files = sorted(kept.glob("rows-*.parquet"))
    listed = _listed(book)
    found = []
    with session(files, Limits()) as connection:
        for item in result.requirements:
            told = definitions.datasets.get(item.dataset)
            side = Side(kept / told["file"], told) if told else None
            bit = side.bit(item.id) if side else None
            changed = _changed(item.id, before, definitions)
            keys = listed.get(item.id, [])
            if side is None or bit is None:
                found.append(Now(item, {}, (), 0, changed))
            elif keys or _wanted(item):
                found.append(Now(item, *_states(connection, side, bit, keys), changed))
    return found


def _listed(book: Book) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for name in book.lines:
        requirement, _, key = name.partition("|")
        keys.setdefault(requirement, []).append(key)
    return keys


def _changed(name: str, before: Definitions | None, now: Definitions) -> str:
    if before is None or name not in before.requirements or name not in now.requirements:
        return ""
    found = differences(before.requirements[name], now.requirements[name], {})
    return "；".join(item.words for item in found)


def _states(
    connection: duckdb.DuckDBPyConnection, side: Side, bit: tuple[int, int], keys: Sequence[str]
) -> tuple[dict[str, str], list[str], int]:
    """States of the listed keys, the first failing keys that are not listed, and how many keys fail."""
    mask, place = bit
    failed, undecided = (f"({name}{mask} >> {place}) & 1 = 1" for name in ("failed", "undecided"))
    rows = f"read_parquet({literal(str(side.file))})"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE listed AS SELECT unnest(?::VARCHAR[]) AS key", [list(keys)]
    )
    told = connection.execute(
        f"SELECT l.key, CASE WHEN count(r.key) = 0 THEN 'absent' WHEN bool_or({failed}) THEN 'failed' "
        f"WHEN bool_or({undecided}) THEN 'undecided' ELSE 'passed' END "
        f"FROM listed l LEFT JOIN {rows} r ON r.key = l.key GROUP BY l.key"
    ).fetchall()
    failing = f"SELECT key, min((part, row)) AS place FROM {rows} WHERE {failed} GROUP BY key"
    fresh = connection.execute(
        f"SELECT key FROM ({failing}) ANTI JOIN listed USING (key) ORDER BY place LIMIT {ROWS_EACH}"
    ).fetchall()
    ((number,),) = connection.execute(f"SELECT count(*) FROM ({failing})").fetchall()
    return dict(told), [row[0] for row in fresh], number


def _wanted(item: RequirementResult) -> bool:
    """Whether what is found goes into the ledger: a 应 that is not met, on a source that was read."""
    return item.outcome == "failed" and item.modality == "shall" and not item.advisory


def _check(book: Book, item: Now, when: Period, told: dict[str, int]) -> None:
    """Note on every line of a requirement what has become of it."""
    requirement = item.requirement
    for name, line in list(book.lines.items()):
        owner, _, key = name.partition("|")
        if owner == requirement.id and key != REST:
            _check_line(book, line, item, _state(item, key), when, told)


def _state(item: Now, key: str) -> str:
    """The state of a line; empty where this period says nothing of it."""
    outcome = item.requirement.outcome
    if outcome in ("untested", "error") or SUSPECT in item.requirement.reason:
        return ""
    if key == WHOLE:
        return {"failed": "failed", "cantTell": "undecided"}.get(outcome, "passed")
    return item.states.get(key, "absent")


def _check_line(book: Book, line: Line, item: Now, state: str, when: Period, told: dict[str, int]) -> None:
    status = line.texts["状态"]
    if not state:
        word = "没有核验" if item.requirement.outcome in ("untested", "error") else "读数可疑，没有复核"
    elif state == "passed" and item.changed and status != MENDED:
        word = f"不可比，没有复核：{item.changed}"
    elif state == "passed":
        word = "已符合" if status in (MENDED, TODO, "") else f"已符合（原状态：{status}）"
        if status == MENDED:
            return
        told["mended"] += 1
        book.set(line, "状态", MENDED)
    else:
        word = _WORDS[state]
        if state == "failed" and status == MENDED:
            word = "又不符合"
            told["again"] += 1
            book.set(line, "状态", AGAIN)
    if line.texts["发现期次"] != when.text or state != "failed":
        _note(book, line, f"【{when.text}】{word}", when)


def _note(book: Book, line: Line, note: str, when: Period) -> None:
    """Add a note; an earlier one of the same period by us makes way, what people typed stays."""
    kept = [
        one for one in line.texts["复核结果"].split("\n") if one and not one.startswith(f"【{when.text}】")
    ]
    book.set(line, "复核结果", "\n".join([*kept, note]))


def _add(book: Book, item: Now, result: Result, when: Period, told: dict[str, int]) -> None:
    """Add lines for what is new."""
    requirement = item.requirement
    if not _wanted(requirement):
        return
    owners = {finding.key: finding.owner for finding in requirement.findings}
    explained = {finding.key: finding.explained for finding in requirement.findings if finding.explained}
    keys = _fresh(book, item)
    for key in keys:
        name = line_id(requirement.id, key)
        if name in book.lines:
            continue
        texts = _texts(requirement, result, when) | {
            "不符合项（行的主键）": key or "（整条要求）",
            "责任单位": owners.get(key) or NOBODY,
            "复核结果": f"【{when.text}】有例外说明 {explained[key]}" if key in explained else "",
        }
        book.add(name, texts)
        told["new"] += 1
    left = max(0, item.failing - _failing(item) - len(keys))
    name = line_id(requirement.id, REST)
    if left > 0 and name not in book.lines:
        book.add(name, _texts(requirement, result, when) | {"责任单位": NOBODY})
    if name in book.lines:
        book.set(
            book.lines[name], "不符合项（行的主键）", f"另有{left}条，见不符合项清单" if left else NO_REST
        )


def _fresh(book: Book, item: Now) -> Sequence[str]:
    """The keys that get a line of their own.

    None where rows of earlier periods share a line: which of those that have no line are new is not known.
    """
    rest = book.lines.get(line_id(item.requirement.id, REST))
    if rest is not None and rest.texts["不符合项（行的主键）"] != NO_REST:
        return []
    return item.fresh if item.failing else [WHOLE]


def _failing(item: Now) -> int:
    """How many of the listed rows fail."""
    return sum(state == "failed" for key, state in item.states.items() if key not in (WHOLE, REST))


def _check_rest(book: Book, item: Now, when: Period) -> None:
    """Close the shared line of a requirement under which no row fails any more."""
    line = book.lines.get(line_id(item.requirement.id, REST))
    judged = item.requirement.outcome in ("passed", "inapplicable", "cantTell") and not item.failing
    if line is not None and judged and not item.changed and line.texts["状态"] != MENDED:
        book.set(line, "不符合项（行的主键）", NO_REST)
        book.set(line, "状态", MENDED)
        _note(book, line, f"【{when.text}】已符合", when)


def _texts(requirement: RequirementResult, result: Result, when: Period) -> dict[str, str]:
    return {
        "标准": result.standards[0].title,
        "条款": requirement.clause,
        "要求": requirement.text,
        "状态": TODO,
        "发现期次": when.text,
    }
