"""`unique`: no two applicable records share a key; a record that lacks part of it is undecided."""

from __future__ import annotations

from guiju.engine.kinds.relations import FAILED, PASSED, UNDECIDED, base, complete, joined, key_names, states
from guiju.engine.plan import Context, Relation, need, nodes_need, table_of, when_sql
from guiju.engine.tables import Need
from guiju.standard.checks import UniqueCheck
from guiju.standard.model import Requirement


def plan_unique(requirement: Requirement, check: UniqueCheck, context: Context) -> Relation:
    """Compile: groups of more than one row, joined back to their rows."""
    table = table_of(context, check.dataset)
    need(table, frozenset(check.fields))
    when = context.parse(check.dataset, check.when, requirement)
    used = nodes_need(table, when)
    count = len(check.fields)
    rows = base(table, check.fields, when_sql(context, when))
    names = ", ".join(key_names(count))
    applied = f"FROM rows WHERE NOT off AND NOT unknown AND {complete(count)} GROUP BY {names}"
    twice = f"SELECT {names}, TRUE AS hit {applied} HAVING count(*) > 1"
    query = (
        f"WITH rows AS ({rows}), twice AS ({twice}), "
        f"b AS (SELECT *, {complete(count)} AS whole FROM rows) "
        f'SELECT b."_rid", {states(UNDECIDED, "t.hit", FAILED, PASSED)} AS state '
        f"FROM b LEFT JOIN twice t ON {joined(count, 'b', 't')}"
    )
    told = (
        f"WITH rows AS ({rows}), named AS (SELECT * FROM rows WHERE NOT off AND NOT unknown), "
        f'mine AS (SELECT * FROM named WHERE "_rid" IN (SELECT "_rid" FROM wanted)) '
        f"SELECT m.\"_rid\", '与第' || array_to_string(list_sort(min(o.\"_row\", 5)), '、') || '行' || "
        f"CASE WHEN count(*) > 5 THEN '等' || count(*) || '行' ELSE '' END || '相同' AS text "
        f'FROM mine m JOIN named o ON {joined(count, "m", "o")} AND m."_rid" <> o."_rid" GROUP BY m."_rid"'
    )
    titles = "、".join(table.dataset.fields[name].title for name in check.fields)
    return Relation(requirement, table, check.fields, query, f"{titles}重复", told, (Need(table, used),))
