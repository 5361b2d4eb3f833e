"""`unique`: no two applicable records share a key; a record that lacks part of it is undecided."""

from __future__ import annotations

from guiju.engine.kinds.relations import (
    FAILED,
    INAPPLICABLE,
    PASSED,
    UNDECIDED,
    base,
    complete,
    joined,
    key_names,
    states,
)
from guiju.engine.plan import TRUE_SQL, Context, Relation, Shortcut, need, nodes_need, table_of, when_sql
from guiju.engine.tables import Need
from guiju.engine.views import View
from guiju.export import identifier
from guiju.standard.checks import UniqueCheck
from guiju.standard.model import Requirement


def plan_unique(requirement: Requirement, check: UniqueCheck, context: Context) -> Relation:
    """Compile: groups of more than one row, joined back to their rows."""
    table = table_of(context, check.dataset)
    need(table, frozenset(check.fields))
    when = context.parse(check.dataset, check.when, requirement)
    used = nodes_need(table, when)
    count = len(check.fields)
    conditions = when_sql(context, when)
    rows = base(table, check.fields, conditions)
    names = ", ".join(key_names(count))
    applied = f"FROM rows WHERE NOT off AND NOT unknown AND {complete(count)} GROUP BY {names}"
    twice = f"SELECT {names}, TRUE AS hit {applied} HAVING count(*) > 1"
    query = (
        f"WITH rows AS ({rows}), twice AS ({twice}), "
        f"b AS (SELECT *, {complete(count)} AS whole FROM rows) "
        f'SELECT b."_rid", {states(UNDECIDED, "t.hit", FAILED, PASSED)} AS state '
        f"FROM b LEFT JOIN twice t ON {joined(count, 'b', 't')}"
    )
    named = f"({rows})"
    shortcut = None
    if isinstance(table.values, View):
        kept = f"repeated_{requirement.id}"
        shortcut = _shortcut(rows, count, kept, always=conditions[0] == TRUE_SQL)
        named = identifier(kept)
    told = (
        f"WITH named AS (SELECT * FROM {named} WHERE NOT off AND NOT unknown), "
        f'mine AS (SELECT * FROM named WHERE "_rid" IN (SELECT "_rid" FROM wanted)) '
        f"SELECT m.\"_rid\", '与第' || array_to_string(list_sort(min(o.\"_row\", 5)), '、') || '行' || "
        f"CASE WHEN count(*) > 5 THEN '等' || count(*) || '行' ELSE '' END || '相同' AS text "
        f'FROM mine m JOIN named o ON {joined(count, "m", "o")} AND m."_rid" <> o."_rid" GROUP BY m."_rid"'
    )
    titles = "、".join(table.dataset.fields[name].title for name in check.fields)
    others = (Need(table, used),)
    return Relation(requirement, table, check.fields, query, f"{titles}重复", told, others, shortcut)


def _shortcut(rows: str, count: int, kept: str, *, always: bool) -> Shortcut:
    """Short hashes are grouped first, and only the rows whose hash comes more than once are compared.

    Rows without a hash are counted as one group; where the rule `always` applies, they all lack a key.
    """
    names = ", ".join(key_names(count))
    hashes = identifier(f"{kept}_hashes")
    whole = f"NOT off AND NOT unknown AND {complete(count)}"
    hashed = f"SELECT CASE WHEN {whole} THEN hash({names}) END AS h FROM ({rows})"
    grouped = f"SELECT h, count(*) AS n FROM ({hashed}) GROUP BY h HAVING n > 1 OR h IS NULL"
    alike = f"SELECT * FROM ({rows}) WHERE hash({names}) IN (SELECT h FROM {hashes})"
    again = f"SELECT {names} FROM suspects GROUP BY {names} HAVING count(*) > 1"
    repeated = (
        f"WITH alike AS MATERIALIZED ({alike}), suspects AS (SELECT * FROM alike WHERE {whole}) "
        f"SELECT * FROM suspects SEMI JOIN ({again}) USING ({names})"
    )
    if always:
        others = f"SELECT {UNDECIDED} AS state, n FROM {hashes} WHERE h IS NULL"
    else:
        others = (
            f"SELECT CASE WHEN off THEN {INAPPLICABLE} ELSE {UNDECIDED} END AS state, count(*) AS n "
            f"FROM ({rows}) WHERE NOT ({whole}) GROUP BY state"
        )
    failed = f"SELECT {FAILED} AS state, count(*) AS n FROM {identifier(kept)}"
    return Shortcut(
        {f"{kept}_hashes": grouped, kept: repeated},
        f"{others} UNION ALL {failed}",
        f'SELECT "_rid" FROM {identifier(kept)}',
    )
