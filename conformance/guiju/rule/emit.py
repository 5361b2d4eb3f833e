"""The DuckDB reading of an expression: SQL that never raises, whatever the data.

Columns: ``"f"`` the typed value (NULL when absent or unreadable), ``"f__t"`` the text (NULL when absent), for
stamps ``"f__lo"`` and ``"f__hi"`` instead of ``"f"``. A related value has ``"f__none"`` (there is none; NULL
where that is unknown) instead of a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guiju.rule import moments
from guiju.rule.first import FIRST
from guiju.rule.functions import FUNCTIONS, ON_CALENDAR, Function
from guiju.rule.kinds import NUMBERS, Kind
from guiju.rule.scope import Env, parameter_value
from guiju.rule.sql_text import DECIMAL, constant, quote
from guiju.rule.tree import (
    Arithmetic,
    Between,
    Call,
    Compare,
    Constant,
    FieldRef,
    IsNull,
    Logic,
    Member,
    Negate,
    Node,
    Not,
    ParameterRef,
    RelatedRef,
    walk,
)

_TYPES: Mapping[Kind, str] = {Kind.TEXT: "VARCHAR", Kind.INTEGER: "BIGINT", Kind.DECIMAL: DECIMAL}
_NOTHING: Mapping[Node, str] = {}


def emit(  # noqa: C901, PLR0911 -- one case a class of nodes
    node: Node, env: Env, known: Mapping[Node, str] = _NOTHING
) -> str:
    """A deterministic DuckDB expression with the meaning of `evaluate`.

    Args:
        node: a tree from `parse`.
        env: parameter values and as-of day; its calendar must have been loaded (`Calendar.load_into`).
        known: expressions that stand for sub-trees computed elsewhere, such as `costly` calls.
    """
    if node in known:
        return known[node]
    match node:
        case Constant():
            return constant(node.value)
        case FieldRef():
            return quote(node.name)
        case ParameterRef():
            value = parameter_value(node, env)
            return f"CAST(NULL AS {_TYPES[node.kind]})" if value is None else constant(value)
        case Not():
            return f"(NOT {emit(node.operand, env, known)})"
        case Logic():
            return _joined(f" {node.operator.upper()} ", node.operands, env, known)
        case Compare():
            return _compare(node, env, known)
        case Member():
            return _member(node, env, known)
        case Between():
            return f"({_compare(_low(node), env, known)} AND {_compare(_high(node), env, known)})"
        case IsNull():
            return _is_null(node, env, known)
        case Negate() | Arithmetic():
            return f"TRY({_arithmetic(node, env, known)})"
        case Call():
            return _call(node, env, known)


def costly(node: Node) -> tuple[Node, ...]:
    """The calls worth computing once per distinct value, in the order of the expression, without repeats."""
    calls = (item for item in walk(node) if _is_costly(item))
    return tuple(dict.fromkeys(calls))


def _is_costly(node: Node) -> bool:
    return isinstance(node, Call) and node.name in FUNCTIONS and FUNCTIONS[node.name].costly


def calls_workdays(node: Node) -> bool:
    """Whether the emitted SQL calls the macros of the calendar."""
    return any(isinstance(item, Call) and item.name in ON_CALENDAR for item in walk(node))


def _joined(sign: str, nodes: tuple[Node, ...], env: Env, known: Mapping[Node, str]) -> str:
    return f"({sign.join(emit(item, env, known) for item in nodes)})"


def _compare(node: Compare, env: Env, known: Mapping[Node, str]) -> str:
    if node.left.kind is Kind.STAMP:
        return f"({_SPANS[node.operator](_span(node.left), _span(node.right))})"
    kind = Kind.DECIMAL if Kind.DECIMAL in (node.left.kind, node.right.kind) else node.left.kind
    left, right = (_as(item, kind, env, known) for item in (node.left, node.right))
    return f"({left} {node.operator} {right})"


def _low(node: Between) -> Compare:
    return Compare(">=", node.operand, node.low)


def _high(node: Between) -> Compare:
    return Compare("<=", node.operand, node.high)


def _member(node: Member, env: Env, known: Mapping[Node, str]) -> str:
    kinds = {node.operand.kind, *(option.kind for option in node.options)}
    kind = Kind.DECIMAL if kinds == NUMBERS else node.operand.kind
    options = ", ".join(_as(option, kind, env, known) for option in node.options)
    return f"({_as(node.operand, kind, env, known)} IN ({options}))"


def _is_null(node: IsNull, env: Env, known: Mapping[Node, str]) -> str:
    if isinstance(node.operand, RelatedRef):
        return quote(node.operand.name + "__none")
    if isinstance(node.operand, FieldRef):
        return f"({quote(node.operand.name + '__t')} IS NULL)"
    return f"({emit(node.operand, env, known)} IS NULL)"


def _as(node: Node, kind: Kind, env: Env, known: Mapping[Node, str]) -> str:
    """An expression, widened where integers meet decimals."""
    sql = emit(node, env, known)
    return f"CAST({sql} AS {DECIMAL})" if kind is Kind.DECIMAL and node.kind is Kind.INTEGER else sql


def _arithmetic(node: Node, env: Env, known: Mapping[Node, str]) -> str:
    """A whole tree of sums and products: a fault anywhere in it leaves all of it without a value."""
    if node in known:
        return known[node]
    if isinstance(node, Negate):
        return f"({_zero(node.kind)} - {_operand(node.operand, node.kind, env, known)})"
    if not isinstance(node, Arithmetic):
        return emit(node, env, known)
    left = _operand(node.left, node.kind, env, known)
    right = _operand(node.right, node.kind, env, known)
    if node.operator == "*" and node.kind is Kind.DECIMAL:
        left, right = (_factor(item, env, known) for item in (node.left, node.right))
    if node.operator == "%":
        right = f"abs({right})"  # the same remainder; by -1 some versions of DuckDB raise and others do not
    if node.operator in ("//", "%"):
        right = f"nullif({right}, 0)"  # TRY alone would do, but it goes row by row once something raises
    return f"({left} {node.operator} {right})"


def _zero(kind: Kind) -> str:
    return f"CAST(0 AS {_TYPES[kind]})"


def _operand(node: Node, kind: Kind, env: Env, known: Mapping[Node, str]) -> str:
    sql = _arithmetic(node, env, known)
    return f"CAST({sql} AS {DECIMAL})" if kind is Kind.DECIMAL else sql


def _factor(node: Node, env: Env, known: Mapping[Node, str]) -> str:
    """A factor of a product that has six decimals: one side keeps none, so that none are lost."""
    sql = _arithmetic(node, env, known)
    return f"CAST({sql} AS DECIMAL(19,0))" if node.kind is Kind.INTEGER else f"CAST({sql} AS {DECIMAL})"


def guard_of(node: Node) -> Call | None:
    """What a call asks first, as a call of its own; None where it asks nothing."""
    if not isinstance(node, Call) or not _function(node).guard:
        return None
    return Call(Kind.BOOLEAN, _function(node).guard, node.arguments[:1])


def basis_of(node: Node) -> Call | None:
    """What a call reads in place of its first argument, as a call of its own; None where it reads that."""
    function = _function(node) if isinstance(node, Call) else None
    if not isinstance(node, Call) or function is None or function.basis is None:
        return None
    told = [
        item.value
        for place, item in enumerate(node.arguments)
        if place in function.written and isinstance(item, Constant)
    ]
    name = function.basis(*told)
    return Call(FIRST[name].result, name, node.arguments[:1])


def _function(node: Call) -> Function:
    return FIRST.get(node.name) or FUNCTIONS[node.name]


def _call(node: Call, env: Env, known: Mapping[Node, str]) -> str:
    function, basis = _function(node), basis_of(node)
    last = len(function.arguments) - 1
    arguments = [
        item.value
        if isinstance(item, Constant) and min(place, last) in function.written
        else _argument(item, env, known)
        for place, item in enumerate(node.arguments)
    ]
    if basis is not None:
        arguments[0] = emit(basis, env, known)
    sql = function.sql(env, *arguments)
    guard = guard_of(node)
    return f"({sql})" if guard is None else f"(CASE WHEN {emit(guard, env, known)} THEN {sql} END)"


def _argument(node: Node, env: Env, known: Mapping[Node, str]) -> str | moments.SpanSql:
    return _span(node) if node.kind is Kind.STAMP else emit(node, env, known)


def _span(node: Node) -> moments.SpanSql:
    """The two columns of a stamp; only fields are stamps."""
    name = node.name if isinstance(node, FieldRef) else ""
    return moments.SpanSql(quote(f"{name}__lo"), quote(f"{name}__hi"))


_SPANS: Mapping[str, Callable[[moments.SpanSql, moments.SpanSql], str]] = {
    "=": moments.same_sql,
    "<>": lambda left, right: f"NOT ({moments.same_sql(left, right)})",
    "<": lambda left, right: moments.before_sql(left, right, or_same=False),
    "<=": lambda left, right: moments.before_sql(left, right, or_same=True),
    ">": lambda left, right: moments.before_sql(right, left, or_same=False),
    ">=": lambda left, right: moments.before_sql(right, left, or_same=True),
}
