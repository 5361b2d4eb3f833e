"""How long a small run takes beside what it cannot do without: `guiju run` on 1,000 rows and bare imports.

python benchmarks/startup.py [--rounds 7] [--work FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from compare import sample
from contenders import CONTENDERS, GUIJU
from measuring import in_turn

ROWS = 1000
IMPORTS = {
    "python alone": "pass",
    "import duckdb": "import duckdb; duckdb.connect().execute('SELECT 1')",
    "import all four": "import pytest, pytest_bdd, duckdb, openpyxl",
}


def main() -> None:
    """Measure in turn and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        measure(Path(folder).resolve(), options.rounds)


def measure(work: Path, rounds: int) -> None:
    """A run on each form of file, and the imports."""
    run = next(item for item in CONTENDERS if item.name == GUIJU)
    commands = {name: [sys.executable, "-c", code] for name, code in IMPORTS.items()}
    for form in ("parquet", "csv"):
        out = work / f"out-{form}"
        out.mkdir()
        commands[f"{GUIJU}, {form}"] = run.command(sample(ROWS, form, work), out, sys.executable)
    costs = in_turn(commands, rounds, work, dict.fromkeys(commands, run.exits))
    print(f"{ROWS} rows, medians of {rounds}\n{'':22}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}")
    for name, cost in costs.items():
        print(f"{name:22}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.peak:9.0f}")


if __name__ == "__main__":
    main()
