"""Expressions in `sample.yaml`: the language of the requirements, over the values of the row being made."""

from __future__ import annotations

from dataclasses import replace

from guiju.export import identifier
from guiju.rule import Env, Kind, Scope, emit, parse
from guiju.rule.tree import FieldRef, IsNull, Node, walk
from guiju.standard.model import Parameter
from guiju_tools.sample.loom import Loom, Path
from guiju_tools.sample.plan import Plan


def expression_sql(loom: Loom, path: Path, text: str, kind: Kind | None = Kind.INTEGER) -> str:
    """DuckDB's reading of an expression of the given kind; what it names is made first.

    The number of rows of a table of words is the parameter ``:<table>_rows``.

    Raises:
        StandardError: GJ-S201 to GJ-S219 for an expression that cannot be read.
    """
    tree = parse(text, _scope(loom.plan, path[-1]), kind)
    known = {node: sql for node in walk(tree) if (sql := _known(loom, path, node))}
    sql = emit(tree, Env(_sizes(loom.plan, path[-1])), known)
    for node in walk(tree):
        if isinstance(node, FieldRef) and node.kind is Kind.STAMP:
            for end in ("lo", "hi"):
                sql = sql.replace(identifier(f"{node.name}__{end}"), known[node])
    return sql


def _known(loom: Loom, path: Path, node: Node) -> str:
    match node:
        case FieldRef():
            return loom.column(path, node.name)
        case IsNull(operand=FieldRef(name=name)):
            return f"({loom.column(path, name)} IS NULL)"
        case _:
            return ""


def _scope(plan: Plan, dataset_id: str) -> Scope:
    inside = f"datasets.{dataset_id}"
    place = replace(plan.hints.place, inside=inside)
    sizes = {
        name: Parameter(name, name, "integer", "fixed", value)
        for name, value in _sizes(plan, dataset_id).items()
    }
    known = plan.read.setdefault(dataset_id, {})
    return Scope(plan.scope(dataset_id), sizes, plan.standard.codelists, place, known)


def _sizes(plan: Plan, dataset_id: str) -> dict[str, str]:
    return {f"{name}_rows": str(table.rows) for name, table in plan.hints.tables_of(dataset_id).items()}
