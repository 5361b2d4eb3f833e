"""Why rows could not be decided: values missing or unreadable, or a condition that does not hold."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from guiju.engine.kinds.facts import column, readable
from guiju.engine.picked import NOTHING_PICKED, Picked
from guiju.engine.plan import Relation, RowRule
from guiju.engine.records import Row
from guiju.engine.tables import DatasetTable, Need, reading
from guiju.export import identifier
from guiju.result import UndecidedReason

_ABSENT, _UNREADABLE, _FINE = 0, 1, 2


def undecided_reasons(
    connection: duckdb.DuckDBPyConnection, rule: RowRule, picked: Picked = NOTHING_PICKED
) -> tuple[UndecidedReason, ...]:
    """Undecided rows counted by reason, the commonest first; where rows were `picked`, all are among them."""
    names = rule.deciding
    listed = ", ".join(f"{_status(rule.table, name)} AS s{number}" for number, name in enumerate(names))
    asked = {*names, *map(rule.table.origin, names)}
    read = Need(rule.table, rule.read.fields | asked, rule.read.parts)
    among = f' AND "_rid" IN (SELECT "_rid" FROM {identifier(picked.opened)})' if picked.opened else ""
    texts = "" if picked.opened else picked.texts
    where = f"({rule.undecided}){among}"
    counted = f"SELECT {listed or '0 AS s0'}, count(*) FROM {rule.source} WHERE {where} GROUP BY ALL"
    rows = connection.execute(f"{reading([read], texts)}{counted}").fetchall()
    counts: dict[str, int] = {}
    for row in rows:
        reason = words(rule, dict(zip(names, row[:-1], strict=False)))
        counts[reason] = counts.get(reason, 0) + row[-1]
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(UndecidedReason(reason, count) for reason, count in ordered)


def undecided_partners(
    connection: duckdb.DuckDBPyConnection, relation: Relation, count: int
) -> tuple[UndecidedReason, ...]:
    """The undecided rows of a relation by reason, the commonest first."""
    if not relation.why:
        return (UndecidedReason("缺少用来对应的值，或对应的值不能比较", count),)
    rows = connection.execute(f"{relation.reading}{relation.why}").fetchall()
    return tuple(UndecidedReason(reason, count) for reason, count in rows)


def _status(table: DatasetTable, name: str) -> str:
    fields = table.dataset.fields
    origin = fields[table.origin(name)]
    return (
        f"CASE WHEN {column(origin, '__t')} IS NULL THEN {_ABSENT} "
        f"WHEN {column(fields[name])} IS NULL THEN {_UNREADABLE} ELSE {_FINE} END"
    )


def row_reason(rule: RowRule, row: Row) -> str:
    """Why one row could not be decided."""
    fields = rule.table.dataset.fields
    statuses = {}
    for name in rule.deciding:
        value = row.record.get(name)
        if row.record.get(rule.table.origin(name)) is None:
            statuses[name] = _ABSENT
        else:
            statuses[name] = _FINE if value is not None and readable(fields[name], value) else _UNREADABLE
    return words(rule, statuses)


def words(rule: RowRule, statuses: Mapping[str, int]) -> str:
    """The reason in words, out of the status of each field that the rule uses."""
    absent = _titles(rule, statuses, _ABSENT)
    unreadable = _titles(rule, statuses, _UNREADABLE)
    if absent:
        return f"缺少{'、'.join(absent)}"
    if unreadable:
        return f"{'、'.join(unreadable)}不能识别"
    if rule.condition:
        return f"不具备可判定的条件：{rule.condition}"
    return "所列的值不能识别，或不能确定地比较"


def _titles(rule: RowRule, statuses: Mapping[str, int], wanted: int) -> list[str]:
    table = rule.table
    found = [table.origin(name) for name, status in statuses.items() if status == wanted]
    return [table.dataset.fields[name].title for name in dict.fromkeys(found)]
