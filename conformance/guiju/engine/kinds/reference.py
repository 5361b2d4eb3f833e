"""`reference` and `coverage`: a row has its partner in another dataset (or a listed reason why not)."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.engine.kinds.facts import column
from guiju.engine.kinds.relations import (
    FAILED,
    INAPPLICABLE,
    PASSED,
    UNDECIDED,
    base,
    complete,
    joined,
    key_names,
    keys,
    states,
)
from guiju.engine.plan import Context, Relation, need, nodes_need, table_of, when_sql
from guiju.engine.tables import DatasetTable, Need
from guiju.export import identifier
from guiju.standard.checks import CoverageCheck, ExceptionList, ReferenceCheck
from guiju.standard.model import Requirement


def plan_reference(requirement: Requirement, check: ReferenceCheck, context: Context) -> Relation:
    """Compile: a left join to the distinct keys of the other table; a blank refers to nothing."""
    table, other = table_of(context, check.dataset), table_of(context, check.to)
    need(other, frozenset(check.to_fields))
    query = _partner_query(
        requirement,
        check.dataset,
        check.fields,
        check.when,
        context,
        INAPPLICABLE,
        [_keys_of(other, check.to_fields)],
    )
    said = f"在“{other.dataset.title}”中找不到对应的{_titles(other, check.to_fields)}"
    read = (_when_need(requirement, check, context), Need(other, frozenset(check.to_fields)))
    return Relation(requirement, table, check.fields, query, said, others=read)


def plan_coverage(requirement: Requirement, check: CoverageCheck, context: Context) -> Relation:
    """Compile: a partner in `by`, or a line with a reason on the exception list (none delivered: none)."""
    table, other = table_of(context, check.dataset), table_of(context, check.by)
    need(other, frozenset(check.by_fields))
    partners = [_keys_of(other, check.by_fields)]
    read = [_when_need(requirement, check, context), Need(other, frozenset(check.by_fields))]
    listed = check.exceptions
    if listed is not None and listed.dataset in context.tables:
        partners.append(_excepted(context.tables[listed.dataset], listed))
        named = frozenset((*listed.fields, listed.reason))
        read.append(Need(context.tables[listed.dataset], named))
    query = _partner_query(requirement, check.dataset, check.fields, check.when, context, UNDECIDED, partners)
    said = f"在“{other.dataset.title}”中没有对应记录"
    if listed is not None:
        said += f"，也不在“{context.standard.datasets[listed.dataset].title}”中（须写明理由）"
    return Relation(requirement, table, check.fields, query, said, others=tuple(read))


def _when_need(requirement: Requirement, check: ReferenceCheck | CoverageCheck, context: Context) -> Need:
    table = table_of(context, check.dataset)
    return Need(table, nodes_need(table, context.parse(check.dataset, check.when, requirement)))


def _partner_query(
    requirement: Requirement,
    dataset: str,
    fields: Sequence[str],
    condition: str,
    context: Context,
    unknown_key: int,
    partners: list[str],
) -> str:
    table = table_of(context, dataset)
    need(table, frozenset(fields))
    when = context.parse(dataset, condition, requirement)
    count = len(fields)
    names = ", ".join(key_names(count))
    union = " UNION ALL ".join(partners)
    return (
        f"WITH rows AS ({base(table, fields, when_sql(context, when))}), "
        f"known AS (SELECT DISTINCT {names}, TRUE AS hit FROM ({union}) WHERE {complete(count)}), "
        f"b AS (SELECT *, {complete(count)} AS whole FROM rows) "
        f'SELECT b."_rid", {states(unknown_key, "k.hit", PASSED, FAILED)} AS state '
        f"FROM b LEFT JOIN known k ON {joined(count, 'b', 'k')}"
    )


def _keys_of(table: DatasetTable, names: Sequence[str]) -> str:
    return f"SELECT {keys(table, names)} FROM {identifier(table.view)}"


def _excepted(table: DatasetTable, listed: ExceptionList) -> str:
    need(table, frozenset((*listed.fields, listed.reason)))
    reason = column(table.dataset.fields[listed.reason], "__t")
    return f"{_keys_of(table, listed.fields)} WHERE {reason} IS NOT NULL"


def _titles(table: DatasetTable, names: Sequence[str]) -> str:
    return "、".join(table.dataset.fields[name].title for name in names)
