"""jsonschema: one schema of all rules that it can express, row by row."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collections import Counter

from jsonschema import Draft202012Validator

from others.reading import read
from others.schemas import SCHEMAS
from others.told import tell


def judge(file: str) -> dict[str, int]:
    """Failing rows by rule."""
    names = list(SCHEMAS)
    validator = Draft202012Validator({"allOf": list(SCHEMAS.values())})
    failed = Counter(dict.fromkeys(names, 0))
    for row in read(file).iter_rows(named=True):
        record = {name: value for name, value in row.items() if value is not None}
        failed.update({names[error.absolute_schema_path[1]] for error in validator.iter_errors(record)})
    return failed


if __name__ == "__main__":
    tell(judge)
