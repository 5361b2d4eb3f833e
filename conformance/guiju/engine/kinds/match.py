"""`match`: a record held against its partner, each field in its declared way.

`same` and `name` are compared in the normal form of names (width and blanks do not count); `name` allows a
situation in brackets behind the partner's name; `cited` asks that every instrument the partner cites is cited
here too, local additions allowed; `shown` is for reading only. Where several partners share the key, one that
agrees is enough; a row without a partner is not applicable here (a `reference` requirement asks for it).
Where it is unknown whether a record is a partner at all, and none agrees, the row is undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guiju.engine.kinds.facts import column
from guiju.engine.kinds.relations import FAILED, INAPPLICABLE, PASSED, UNDECIDED, complete, joined, keys
from guiju.engine.parts import Parts
from guiju.engine.plan import TRUE_SQL, Context, Relation, need, nodes_need, table_of, when_sql
from guiju.engine.tables import DatasetTable, Need
from guiju.export import identifier, literal
from guiju.rule import emit
from guiju.standard.checks import Comparison, MatchCheck, Way
from guiju.standard.fields import Field
from guiju.standard.model import Requirement

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
_BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
_CITED = "《[^《》]+》"
_TOLD = 3
"""How many of the partners' values a finding names."""


def plan_match(requirement: Requirement, check: MatchCheck, context: Context) -> Relation:
    """Compile: join on the keys, compare, and fold over the partners of a row."""
    table, other = table_of(context, check.dataset), table_of(context, check.to)
    judged = tuple(item for item in check.compare if item.how != "shown")
    need(table, frozenset((*check.on, *(item.field for item in judged))))
    need(other, frozenset((*check.on.values(), *(item.to for item in judged))))
    when = context.parse(check.dataset, check.when, requirement)
    nodes_need(table, when)
    to_when = context.parse_partner(check.to, check.to_when, requirement)
    nodes_need(other, to_when)
    ours, theirs = context.parts(table), context.parts(other)
    _, off, unknown = when_sql(context, when, ours.of(when))
    mine = _side(ours, tuple(check.on), [(item.field, item.how) for item in judged])
    partner = _side(theirs, tuple(check.on.values()), [(item.to, item.how) for item in judged])
    sides = _Sides(
        f'SELECT "_rid", {mine}, {off} AS off, {unknown} AS unknown FROM {identifier(table.view)}',
        _partners(partner, emit(to_when, context.env, theirs.of(to_when)), other),
        f"{joined(len(check.on), 'b', 'p')} AND {complete(len(check.on), 'p')}",
        [_test(item, table.dataset.fields[item.field], number) for number, item in enumerate(judged)],
    )
    fields = (*check.on, *(item.field for item in judged))
    read = tuple(Need(one.table, frozenset(one.fields), tuple(one.listed)) for one in (ours, theirs))
    told = _context(judged, table, other, sides)
    return Relation(
        requirement, table, fields, _states(sides), f"与“{other.dataset.title}”不一致", told, read
    )


def _partners(columns: str, condition: str, other: DatasetTable) -> str:
    """Rows that are partners (`found` is true) or of which that is unknown (NULL)."""
    rows = f"SELECT {columns}, {condition} AS found FROM {identifier(other.view)}"
    return rows if condition == TRUE_SQL else f"SELECT * FROM ({rows}) WHERE found IS DISTINCT FROM FALSE"


@dataclass(frozen=True, slots=True)
class _Sides:
    """The rows `b` and their partners `p` as queries, how they are joined, and the comparisons as SQL."""

    rows: str
    partners: str
    on: str
    tests: list[str]

    @property
    def joined(self) -> str:
        return f"b LEFT JOIN p ON {self.on}"

    @property
    def agrees(self) -> str:
        return " AND ".join(self.tests)


def _states(sides: _Sides) -> str:
    return (
        f"WITH b AS ({sides.rows}), p AS ({sides.partners}), "
        f'm AS (SELECT b."_rid", any_value(b.off) AS off, any_value(b.unknown) AS unknown, '
        f"count(p.k0) AS partners, bool_or(p.found AND {sides.agrees}) AS agrees, "
        f"bool_or(p.k0 IS NOT NULL AND (p.found IS NULL OR ({sides.agrees}) IS NULL)) AS open "
        f'FROM {sides.joined} GROUP BY b."_rid") '
        f'SELECT "_rid", CASE WHEN off OR (partners = 0 AND NOT unknown) THEN {INAPPLICABLE} '
        f"WHEN unknown THEN {UNDECIDED} WHEN agrees THEN {PASSED} WHEN open THEN {UNDECIDED} "
        f"ELSE {FAILED} END AS state FROM m"
    )


def _side(parts: Parts, on: tuple[str, ...], values: list[tuple[str, Way]]) -> str:
    """Keys, and each value as it is (``v0`` …) and as it is compared (``w0`` …), made before the join."""
    fields = parts.table.dataset.fields
    parts.fields |= {*on, *(name for name, _ in values)}
    listed = "".join(
        f", {column(fields[name])} AS v{number}, {_compared(parts, fields[name], how)} AS w{number}"
        for number, (name, how) in enumerate(values)
    )
    return f"{keys(parts.table, on)}{listed}"


def _compared(parts: Parts, field: Field, how: Way) -> str:
    if field.type != "string":
        return column(field)
    sql = normal_name(column(field))
    sql = f"regexp_extract_all({sql}, '{_CITED}')" if how == "cited" else sql
    return parts.fact(field.name, sql)


def _test(item: Comparison, field: Field, number: int) -> str:
    mine, theirs = f"b.w{number}", f"p.w{number}"
    return f"({_WAYS[item.how if field.type == 'string' else 'same'](mine, theirs)})"


def normal_name(value: str) -> str:
    """SQL: a name without blanks, full-width letters, digits and brackets as ASCII."""
    blanks = "".join(f"\\x{{{ord(char):x}}}" for char in _BLANKS)
    narrow = f"translate({value}, '{_WIDE}', '{_NARROW.replace(chr(39), chr(39) * 2)}')"
    folded = f"regexp_replace({narrow}, '[{blanks}]+', '', 'g')"
    odd = f"regexp_matches({value}, '[{blanks}\\x{{FF01}}-\\x{{FF5E}}]')"
    return f"CASE WHEN {odd} THEN {folded} ELSE {value} END"


def _same(mine: str, theirs: str) -> str:
    return f"{mine} = {theirs}"


def _name(mine: str, theirs: str) -> str:
    suffix = f"substr({mine}, length({theirs}) + 1)"
    bracketed = f"starts_with({mine}, {theirs}) AND regexp_full_match({suffix}, '\\(.+\\)')"
    return f"{mine} = {theirs} OR ({bracketed})"


def _cited(mine: str, theirs: str) -> str:
    return f"CASE WHEN len({theirs}) > 0 THEN list_has_all({mine}, {theirs}) END"


_WAYS: dict[str, Callable[[str, str], str]] = {"same": _same, "name": _name, "cited": _cited}


def _context(judged: tuple[Comparison, ...], table: DatasetTable, other: DatasetTable, sides: _Sides) -> str:
    """What the partners say instead, per field; of many values the first few and how many there are."""
    lists = ", ".join(
        f"list_sort(list(DISTINCT '“' || CAST(p.v{number} AS VARCHAR) || '”') "
        f"FILTER (p.found AND ({test}) IS FALSE)) AS l{number}"
        for number, test in enumerate(sides.tests)
    )
    told = ", ".join(
        f"CASE WHEN len(l{number}) > 0 THEN "
        f"{literal(f'{table.dataset.fields[item.field].title}：对照“{other.dataset.title}”为')} "
        f"|| array_to_string(l{number}[1:{_TOLD}], '、') "
        f"|| CASE WHEN len(l{number}) > {_TOLD} THEN '等' || len(l{number}) || '个' ELSE '' END END"
        for number, item in enumerate(judged)
    )
    return (
        f"WITH b AS ({sides.rows}), p AS ({sides.partners}), "
        f'l AS (SELECT b."_rid", {lists} FROM {sides.joined} '
        f'WHERE b."_rid" IN (SELECT "_rid" FROM wanted) GROUP BY b."_rid") '
        f"SELECT \"_rid\", concat_ws('；', {told}) AS text FROM l"
    )
