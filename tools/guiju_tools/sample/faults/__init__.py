"""Faults for sample data: alterations that know a record schema, but none of the requirements."""

from guiju_tools.sample.faults.offer import operators
from guiju_tools.sample.faults.operator import UNCHANGED, Operator, Record, Unchanged, planted
from guiju_tools.sample.faults.rows import RowOperator, row_operators

__all__ = [
    "UNCHANGED",
    "Operator",
    "Record",
    "RowOperator",
    "Unchanged",
    "operators",
    "planted",
    "row_operators",
]
