"""pointblank on an eager Polars frame: a step a rule, without extracts of failing rows."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pointblank as pb

from others.expressions import expressions
from others.reading import read, wrong_credits
from others.told import tell


def judge(file: str) -> dict[str, int]:
    """Failing rows by rule."""
    rows = read(file)
    broken = expressions(wrong_credits(rows))
    steps = pb.Validate(rows)
    for name, expression in broken.items():
        steps = steps.col_vals_expr(~expression, brief=name)
    steps = steps.rows_distinct("task_code", brief="IM-006")
    failed = steps.interrogate(collect_extracts=False, collect_tbl_checked=False).n_failed()
    return dict(zip([*broken, "IM-006"], failed.values(), strict=True))


if __name__ == "__main__":
    tell(judge)
