"""dataframely: one schema with a rule each, filtered once."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import dataframely as dy
import polars as pl

from others.expressions import expressions
from others.reading import read, wrong_credits
from others.told import tell


def judge(file: str) -> dict[str, int]:
    """Failing rows by rule."""
    rows = read(file)
    broken = {
        name.replace("-", "_"): expression for name, expression in expressions(wrong_credits(rows)).items()
    }
    columns = {name: dy.Any() for name in rows.columns}
    rules = {name: dy.rule()(lambda _, broken=expression: ~broken) for name, expression in broken.items()}
    once = pl.col("task_code").is_null() | ~pl.col("task_code").is_duplicated()
    schema = type("Items", (dy.Schema,), columns | rules | {"IM_006": dy.rule()(lambda _: once)})
    _, failure = schema.filter(rows)
    counts = failure.counts()
    return {name.replace("_", "-"): counts.get(name, 0) for name in (*broken, "IM_006")}


if __name__ == "__main__":
    tell(judge)
