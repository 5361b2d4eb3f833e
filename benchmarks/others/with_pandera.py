"""pandera on an eager Polars frame: a check of the frame a rule, all failures collected."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pandera.polars as pa
import polars as pl

from others.expressions import expressions
from others.reading import read, wrong_credits
from others.told import tell


def check(name: str, broken: pl.Expr) -> pa.Check:
    """One rule as a check over the lazy frame that pandera hands out."""
    return pa.Check(lambda data: data.lazyframe.select((~broken).alias(name)), name=name)


def judge(file: str) -> dict[str, int]:
    """Failing rows by rule."""
    rows = read(file)
    broken = expressions(wrong_credits(rows))
    schema = pa.DataFrameSchema(checks=[check(*rule) for rule in broken.items()], unique=["task_code"])
    failed = dict.fromkeys([*broken, "IM-006"], 0)
    try:
        schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as found:
        for error in found.schema_errors:
            name = getattr(error.check, "name", None) or "IM-006"
            failed[name] += len(error.failure_cases)
    return failed


if __name__ == "__main__":
    tell(judge)
