"""Judge one implementation list by hand: `python by_hand FORM FILE TARGET` writes what it found as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb

from by_hand import by_mask, by_rule
from by_hand.beside import UNIQUE, add_values, indicators, unique
from by_hand.source import open_source

FORMS = {"mask": by_mask.judge, "rule": by_rule.judge}


def main(form: str, file: str, target: str) -> None:
    """Judge and write."""
    connection = duckdb.connect()
    source = open_source(connection, file, Path(target).with_suffix(".parquet"))
    told = FORMS[form](connection, source) | {UNIQUE: unique(connection, source)}
    add_values(connection, source, told)
    answer = {
        "rules": {name: asdict(item) for name, item in told.items()},
        "indicators": indicators(connection, source),
    }
    Path(target).write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
