"""Verdicts that rest on spoiled values: undecided instead of failed.

A code that a spreadsheet has rounded breaks rules that the code itself kept. Nothing is known about the
code, so that nothing is said against the region: the rows count as undecided, and the reason says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import duckdb

from guiju.engine.fold import fold
from guiju.engine.judge import Judged, Judging
from guiju.engine.kinds.relations import FAILED, INAPPLICABLE, PASSED
from guiju.engine.plan import FALSE_SQL, Bit, IndicatorPlan, Relation, RowRule, any_of
from guiju.engine.tables import DatasetTable, Need
from guiju.export import identifier, literal
from guiju.result import UndecidedReason
from guiju.run.value_remarks import Texts, ValueRemarks

TAKEN_BACK = "taken_back"
"""A temporary table of the rows whose verdict was taken back: requirement, and `_rid`."""
_WHY = "的原值在导出时已经丢失或不能确定"
_Place = tuple[str, int]
"""File and sheet as findings name them, and the row's number."""


def without_spoiled(
    judging: Judging, judged: Sequence[Judged], met: Mapping[str, ValueRemarks]
) -> list[Judged]:
    """The verdicts, those that rest on spoiled values alone taken back; `met` is by dataset."""
    spoiled = {name: found.spoiled for name, found in met.items() if found.spoiled}
    judging.connection.execute(f"DROP TABLE IF EXISTS {TAKEN_BACK}")
    make_taken_back(judging.connection)
    for name, fields in spoiled.items():
        _keep(judging.connection, judging.context.tables[name], fields)
    return [_tempered(judging, item, spoiled) for item in judged] if spoiled else list(judged)


def make_taken_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of rows whose verdict was taken back, where it is not there yet."""
    connection.execute(f'CREATE TEMP TABLE IF NOT EXISTS {TAKEN_BACK} (requirement VARCHAR, "_rid" BIGINT)')


def _keep(connection: duckdb.DuckDBPyConnection, table: DatasetTable, fields: Texts) -> None:
    """A table of the rows that have a spoiled value, by field."""
    rows = _rows(table)
    columns = '"_rid" BIGINT, field VARCHAR, "_part" INTEGER, "_row" BIGINT'
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {rows} ({columns})")
    for name, texts in fields.items():
        connection.execute(
            f'INSERT INTO {rows} SELECT "_rid", ?, "_part", "_row" FROM {identifier(table.raw)} '
            f"WHERE {identifier(name)} IN (SELECT unnest(?))",
            [name, list(texts)],
        )


def _rows(table: DatasetTable) -> str:
    return identifier(f"spoiled_{table.dataset.id}")


def _tempered(judging: Judging, item: Judged, spoiled: Mapping[str, Texts]) -> Judged:
    planned = item.planned
    if isinstance(planned, Relation | IndicatorPlan) and planned.partners:
        return _by_partners(judging, item, planned, spoiled)
    if not isinstance(planned, RowRule | Relation) or not item.counts.failed:
        return item
    mine = _spoiled_fields(planned.table, planned.fields, spoiled)
    titles = _beyond(_others(planned), spoiled)
    if titles:
        _note(judging.connection, planned, _failing(planned, frozenset()))
        return _taken_back(judging, item, titles, None)
    if not mine:
        return item
    rows = _taken(judging.connection, planned, frozenset(mine))
    return _taken_back(judging, item, [planned.table.dataset.fields[name].title for name in mine], rows)


def _by_partners(
    judging: Judging, item: Judged, planned: Relation | IndicatorPlan, spoiled: Mapping[str, Texts]
) -> Judged:
    """Where partners have spoiled values no row is judged by them; else those that have some are not.

    What is not found may be there under a value that was lost: rows that pass are taken back as well.
    """
    titles = _beyond(planned.partners, spoiled)
    if isinstance(planned, IndicatorPlan):
        return _open_share(item, titles or _own_keys(planned, spoiled))
    mine = [] if titles else _spoiled_fields(planned.table, planned.fields, spoiled)
    if not titles and not mine:
        return item
    among = f'SELECT "_rid" FROM {_rows(planned.table)} WHERE field IN ({", ".join(map(literal, mine))})'
    where = f"state IN ({', '.join(map(str, planned.resting))})"
    where += f' AND "_rid" IN ({among})' if mine else ""
    _note(judging.connection, planned, f'SELECT "_rid" FROM ({planned.states}) WHERE {where}')
    told = titles or [planned.table.dataset.fields[name].title for name in mine]
    return _states_taken_back(judging, item, planned, told)


def _own_keys(planned: IndicatorPlan, spoiled: Mapping[str, Texts]) -> list[str]:
    """Titles of the fields by which rows find their partners, where some are spoiled: these find none."""
    table = planned.table
    keys = [here for one in planned.check.related for here, _ in one.on]
    return [table.dataset.fields[name].title for name in _spoiled_fields(table, keys, spoiled)]


def _open_share(item: Judged, titles: Sequence[str]) -> Judged:
    """An indicator whose related values rest on spoiled ones says nothing."""
    if not titles or item.outcome not in ("passed", "failed"):
        return item
    said = f"{'、'.join(dict.fromkeys(titles))}{_WHY}，不据以认定：{item.reason}"
    return replace(item, outcome="cantTell", reason=said)


def _states_taken_back(judging: Judging, item: Judged, planned: Relation, titles: Sequence[str]) -> Judged:
    """The verdict without the rows that were noted, whatever their state was."""
    noted = f'SELECT "_rid" FROM {TAKEN_BACK} WHERE requirement = {literal(planned.requirement.id)}'
    found = judging.connection.execute(
        f'{planned.reading}SELECT s.state, r."_part", r."_row" FROM ({planned.states}) s '
        f'JOIN {identifier(planned.table.raw)} r ON r."_rid" = s."_rid" WHERE s."_rid" IN ({noted})'
    ).fetchall()
    if not found:
        return item
    were = Counter(state for state, _, _ in found)
    places = {(planned.table.parts[part], row) for _, part, row in found}
    counts = replace(
        item.counts,
        failed=item.counts.failed - were[FAILED],
        passed=item.counts.passed - were[PASSED],
        inapplicable=item.counts.inapplicable - were[INAPPLICABLE],
        undecided=item.counts.undecided + len(found),
    )
    why = UndecidedReason(f"{'、'.join(dict.fromkeys(titles))}{_WHY}", len(found))
    findings = tuple(one for one in item.findings if (one.part, one.row) not in places)
    left = replace(item, counts=counts, findings=findings, undecided=(why, *item.undecided))
    return _folded_again(judging, left)


def _beyond(needs: Iterable[Need], spoiled: Mapping[str, Texts]) -> list[str]:
    """Titles of the fields of other tables that have spoiled values."""
    return [
        need.table.dataset.fields[name].title
        for need in needs
        for name in _spoiled_fields(need.table, need.fields, spoiled)
    ]


def _others(planned: RowRule | Relation) -> list[Need]:
    """What a relation reads of other tables."""
    if isinstance(planned, RowRule):
        return []
    return [need for need in planned.others if need.table.dataset.id != planned.table.dataset.id]


def _spoiled_fields(table: DatasetTable, names: Iterable[str], spoiled: Mapping[str, Texts]) -> list[str]:
    """The delivered fields with spoiled values among those that `names` are or derive from."""
    there = spoiled.get(table.dataset.id, {})
    return sorted({table.origin(name) for name in names if table.origin(name) in there})


def _taken(
    connection: duckdb.DuckDBPyConnection, planned: RowRule | Relation, mine: frozenset[str]
) -> list[_Place]:
    """The failing rows that fail for nothing but spoiled values."""
    table = planned.table
    names = ", ".join(map(literal, sorted(mine)))
    rows = f'SELECT DISTINCT "_rid", "_part", "_row" FROM {_rows(table)} WHERE field IN ({names})'
    _note(connection, planned, f'SELECT "_rid" FROM ({rows}) WHERE "_rid" IN ({_failing(planned, mine)})')
    found = connection.execute(
        f'SELECT "_part", "_row" FROM ({rows}) WHERE "_rid" IN '
        f'(SELECT "_rid" FROM {TAKEN_BACK} WHERE requirement = ?) ORDER BY ALL',
        [planned.requirement.id],
    ).fetchall()
    return [(table.parts[part], row) for part, row in found]


def _note(connection: duckdb.DuckDBPyConnection, planned: RowRule | Relation, rows: str) -> None:
    """Keep the ids of rows whose verdict is taken back."""
    name = literal(planned.requirement.id)
    connection.execute(f'INSERT INTO {TAKEN_BACK} {planned.reading}SELECT {name}, "_rid" FROM ({rows})')


def _failing(planned: RowRule | Relation, mine: frozenset[str]) -> str:
    """A query of failing rows; of a row rule those that fail for nothing but the fields in `mine`."""
    if isinstance(planned, Relation):
        return f'SELECT "_rid" FROM ({planned.states}) WHERE state = {FAILED}'
    table = planned.table
    still = any_of(*(_still(table, bit, mine) for bit in planned.bits))
    among = f'"_rid" IN (SELECT "_rid" FROM {_rows(table)})'
    return f'SELECT "_rid" FROM {planned.source} WHERE {among} AND ({planned.broken}) AND NOT ({still})'


def _still(table: DatasetTable, bit: Bit, mine: frozenset[str]) -> str:
    """That a row fails by this bit although its spoiled values are left out."""
    origin = table.origin(bit.field)
    if not bit.field:
        return FALSE_SQL
    if origin not in mine:
        return bit.sql
    spoiled = f'SELECT "_rid" FROM {_rows(table)} WHERE field = {literal(origin)}'
    return f'({bit.sql}) AND "_rid" NOT IN ({spoiled})'


def _taken_back(
    judging: Judging, item: Judged, titles: Sequence[str], places: Sequence[_Place] | None
) -> Judged:
    """The verdict without the rows at those places; without any failing row where no places are given."""
    count = item.counts.failed if places is None else len(places)
    if not count:
        return item
    counts = replace(item.counts, failed=item.counts.failed - count, undecided=item.counts.undecided + count)
    taken = None if places is None else set(places)
    findings = tuple(one for one in item.findings if taken is not None and (one.part, one.row) not in taken)
    why = UndecidedReason(f"{'、'.join(dict.fromkeys(titles))}{_WHY}", count)
    left = replace(item, counts=counts, findings=findings, undecided=(why, *item.undecided))
    return _folded_again(judging, left)


def _folded_again(judging: Judging, item: Judged) -> Judged:
    planned = item.planned
    if not isinstance(planned, RowRule | Relation) or judging.suspects(planned):
        return item
    if isinstance(planned, RowRule) and planned.lacking:
        return item
    confirmed = planned.requirement.id in judging.confirmed
    folded = fold(planned.requirement, item.counts, confirmed=confirmed)
    reason = f"{folded.reason}；{item.undecided[0].reason}的{item.undecided[0].count}条不据以认定"
    absent = planned.absent if isinstance(planned, RowRule) else ()
    more = f"；没有交来、因而未核验的列：{'、'.join(absent)}" if absent else ""
    return replace(item, outcome=folded.outcome, reason=reason + more)
