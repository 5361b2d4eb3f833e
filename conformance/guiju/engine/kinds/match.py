"""`match`: a record held against its partner, each field in its declared way.

`same` and `name` are compared in the normal form of names (width and blanks do not count); `name` allows a
situation in brackets behind the partner's name; `cited` asks that every instrument the partner cites is cited
here too, local additions allowed; `shown` is for reading only. Where several partners share the key, one that
agrees is enough; a row without a partner is not applicable here (a `reference` requirement asks for it).
"""

from __future__ import annotations

from collections.abc import Callable

from guiju.engine.kinds.facts import column
from guiju.engine.kinds.relations import FAILED, INAPPLICABLE, PASSED, UNDECIDED, complete, joined, keys
from guiju.engine.plan import Context, Relation, need, nodes_need, table_of, when_sql
from guiju.engine.tables import DatasetTable, Need
from guiju.export import identifier, literal
from guiju.standard.checks import Comparison, MatchCheck
from guiju.standard.fields import Field
from guiju.standard.model import Requirement

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
_BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
_CITED = "《[^《》]+》"


def plan_match(requirement: Requirement, check: MatchCheck, context: Context) -> Relation:
    """Compile: join on the keys, compare, and fold over the partners of a row."""
    table, other = table_of(context, check.dataset), table_of(context, check.to)
    judged = tuple(item for item in check.compare if item.how != "shown")
    need(table, frozenset((*check.on, *(item.field for item in judged))))
    need(other, frozenset((*check.on.values(), *(item.to for item in judged))))
    when = context.parse(check.dataset, check.when, requirement)
    theirs = frozenset((*check.on.values(), *(item.to for item in judged)))
    read = (Need(table, nodes_need(table, when)), Need(other, theirs))
    count = len(check.on)
    rows = _side(table, tuple(check.on), tuple(item.field for item in judged), when_sql(context, when))
    partners = _side(other, tuple(check.on.values()), tuple(item.to for item in judged), None)
    tests = [
        _test(item, table.dataset.fields[item.field], f"b.v{number}", f"p.v{number}")
        for number, item in enumerate(judged)
    ]
    joined_rows = f"b LEFT JOIN p ON {joined(count, 'b', 'p')} AND {complete(count, 'p')}"
    query = (
        f"WITH b AS ({rows}), p AS ({partners}), "
        f'm AS (SELECT b."_rid", any_value(b.off) AS off, any_value(b.unknown) AS unknown, '
        f"bool_or(p.found) AS found, bool_or({' AND '.join(tests)}) AS agrees, "
        f'bool_or(({" AND ".join(tests)}) IS NULL AND p.found) AS open FROM {joined_rows} GROUP BY b."_rid") '
        f'SELECT "_rid", CASE WHEN off OR (found IS NULL AND NOT unknown) THEN {INAPPLICABLE} '
        f"WHEN unknown THEN {UNDECIDED} WHEN agrees THEN {PASSED} WHEN open THEN {UNDECIDED} "
        f"ELSE {FAILED} END AS state FROM m"
    )
    fields = (*check.on, *(item.field for item in judged))
    told = _context(judged, table, other, rows, partners, joined_rows, tests)
    return Relation(requirement, table, fields, query, f"与“{other.dataset.title}”不一致", told, read)


def _side(
    table: DatasetTable, on: tuple[str, ...], values: tuple[str, ...], when: tuple[str, str, str] | None
) -> str:
    fields = table.dataset.fields
    listed = "".join(f", {column(fields[name])} AS v{number}" for number, name in enumerate(values))
    if when is None:
        return f"SELECT {keys(table, on)}{listed}, TRUE AS found FROM {identifier(table.view)}"
    _, off, unknown = when
    return (
        f'SELECT "_rid", {keys(table, on)}{listed}, {off} AS off, {unknown} AS unknown '
        f"FROM {identifier(table.view)}"
    )


def _test(item: Comparison, field: Field, mine: str, theirs: str) -> str:
    if field.type != "string":
        return f"({mine} = {theirs})"
    return f"({_WAYS[item.how](mine, theirs)})"


def normal_name(value: str) -> str:
    """SQL: a name without blanks, full-width letters, digits and brackets as ASCII."""
    blanks = "".join(f"\\x{{{ord(char):x}}}" for char in _BLANKS)
    narrow = f"translate({value}, '{_WIDE}', '{_NARROW.replace(chr(39), chr(39) * 2)}')"
    return f"regexp_replace({narrow}, '[{blanks}]+', '', 'g')"


def _same(mine: str, theirs: str) -> str:
    return f"{mine} = {theirs} OR {normal_name(mine)} = {normal_name(theirs)}"


def _name(mine: str, theirs: str) -> str:
    first, second = normal_name(mine), normal_name(theirs)
    suffix = f"substr({first}, length({second}) + 1)"
    bracketed = f"starts_with({first}, {second}) AND regexp_full_match({suffix}, '\\(.+\\)')"
    return f"{_same(mine, theirs)} OR ({bracketed})"


def _cited(mine: str, theirs: str) -> str:
    wanted = f"regexp_extract_all({normal_name(theirs)}, '{_CITED}')"
    given = f"regexp_extract_all({normal_name(mine)}, '{_CITED}')"
    return f"CASE WHEN len({wanted}) > 0 THEN list_has_all({given}, {wanted}) END"


_WAYS: dict[str, Callable[[str, str], str]] = {"same": _same, "name": _name, "cited": _cited}


def _context(
    judged: tuple[Comparison, ...],
    table: DatasetTable,
    other: DatasetTable,
    rows: str,
    partners: str,
    joined_rows: str,
    tests: list[str],
) -> str:
    beside = f"：对照“{other.dataset.title}”为“"
    told = ", ".join(
        f"CASE WHEN ({test}) IS FALSE THEN {literal(table.dataset.fields[item.field].title + beside)} "
        f"|| CAST(p.v{number} AS VARCHAR) || '”' END"
        for number, (item, test) in enumerate(zip(judged, tests, strict=True))
    )
    said = f"concat_ws('；', {told})"
    return (
        f"WITH b AS ({rows}), p AS ({partners}) "
        f"SELECT b.\"_rid\", string_agg({said}, '；' ORDER BY {said}) AS text "
        f'FROM {joined_rows} WHERE b."_rid" IN (SELECT "_rid" FROM wanted) GROUP BY b."_rid"'
    )
