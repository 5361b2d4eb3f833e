"""How the peak memory of a whole run grows with the rows of a CSV delivery.

    python benchmarks/run_memory.py [--rows 1000000 4000000 16000000] [--memory 2GB]

Invented 申请材料 of four narrow columns, written by DuckDB into a temporary folder (16 million rows take
about 800 MB), and for each size one `guiju run` in a process of its own. What is printed is the peak of
that process; the ratios are to the first size.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import duckdb
from measuring import Cost, run_once

ANSWERED = frozenset({0, 1, 4})
"""Met, not met, not all examined: any of them is a whole run."""
MATERIAL = """
COPY (
    SELECT '1199000000' || lpad((i // 8)::VARCHAR, 21, '0') AS "实施编码", i % 8 + 1 AS "材料序号",
        '示例材料' || i % 997 AS "材料名称", i % 2 + 1 AS "材料必要性"
    FROM range({rows}) numbered(i)
) TO '{path}' (HEADER)
"""


def write(path: Path, rows: int) -> None:
    """A delivery of so many rows, the same every time."""
    with duckdb.connect() as con:
        con.execute("SET threads = 1")
        con.execute(MATERIAL.format(rows=rows, path=path))


def measured(folder: Path, rows: int, memory: str) -> tuple[float, Cost]:
    """MiB of the delivery, and what its run costs; the files are gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "申请材料.csv"
        write(path, rows)
        command = [sys.executable, "-m", "guiju_tools", "run", "item-management", str(path)]
        limits = ["--memory", memory] if memory else []
        cost = run_once(
            [*command, "--out", str(Path(place) / "结果"), *limits], Path(place) / "run.log", ANSWERED
        )
        return path.stat().st_size / (1 << 20), cost


def main() -> None:
    """Measure every size in turn and print one line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 4_000_000, 16_000_000])
    parser.add_argument("--memory", default="", help="guiju run --memory")
    parser.add_argument("--folder", type=Path, help="where temporary files go")
    asked = parser.parse_args()
    first = 0.0
    print(f"{'rows':>12} {'CSV MiB':>9} {'wall s':>8} {'peak MiB':>9} {'rows ×':>7} {'peak ×':>7}")
    for rows in asked.rows:
        size, cost = measured(asked.folder, rows, asked.memory)
        first = first or cost.peak
        print(
            f"{rows:>12,} {size:>9.0f} {cost.wall:>8.1f} {cost.peak:>9.0f} "
            f"{rows / asked.rows[0]:>7.1f} {cost.peak / first:>7.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
