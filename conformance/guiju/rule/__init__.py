"""Expressions: SQL-like text, a typed tree, and two readers of it, in Python and in DuckDB.

Logic has three values: a blank, an unreadable value, a division by zero or an overflow makes what depends on
it unknown (None, NULL), and `and`, `or`, `not` carry that on as Kleene's logic does.
"""

from guiju.rule.calendar import Calendar
from guiju.rule.describe import describe
from guiju.rule.emit import basis_of, calls_workdays, costly, emit, guard_of
from guiju.rule.evaluate import UNKNOWN, evaluate, unmet
from guiju.rule.kinds import Kind
from guiju.rule.parse import parse
from guiju.rule.related import related_fields, related_scope, scope_name
from guiju.rule.scope import Env, Scope
from guiju.rule.sense import sense
from guiju.rule.trace import Step, trace
from guiju.rule.tree import Node, children, fields_of, nulls_tested, parameters_of, related_of

__all__ = [
    "UNKNOWN",
    "Calendar",
    "Env",
    "Kind",
    "Node",
    "Scope",
    "Step",
    "basis_of",
    "calls_workdays",
    "children",
    "costly",
    "describe",
    "emit",
    "evaluate",
    "fields_of",
    "guard_of",
    "nulls_tested",
    "parameters_of",
    "parse",
    "related_fields",
    "related_of",
    "related_scope",
    "scope_name",
    "sense",
    "trace",
    "unmet",
]
