"""A first timing: `guiju run` beside a hand-written DuckDB script in mask form, on the real items repeated.

    python benchmarks/first_timing.py REAL.jsonl [--rows 1000 1000000] [--rounds 3] [--work FOLDER]

The real rows are repeated under new codes into one Parquet file. Both sides judge the same row rules on the
same file, and their counts and first row numbers are compared before any time is printed. Times are whole
processes, interleaved A B A B, medians; memory is the peak of the process. The file is written by a process
of its own, for a started process's peak counts from the size of the one that starts it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
MAPPING = "guangdong-items-2021"
BY_HAND = HERE / "by_hand_items.py"


def repeat(real: Path, rows: int, target: Path) -> None:
    """Write the real rows `rows` times over, each with a new main-item number and its own row in the file."""
    import duckdb  # noqa: PLC0415 - only the writing process may grow

    con = duckdb.connect()
    con.execute("CREATE TABLE lines (n BIGINT, doc VARCHAR)")
    listed = [line for line in real.read_text(encoding="utf-8").splitlines() if line.strip()]
    con.execute("INSERT INTO lines SELECT unnest(?), unnest(?)", [list(range(len(listed))), listed])
    names = list(json.loads(listed[0]))[1:]
    columns = ", ".join(f"doc ->> '$.{name}' AS \"{name}\"" for name in names)
    con.execute(f"CREATE TABLE items AS SELECT n, {columns} FROM lines ORDER BY n")
    number = "lpad(CAST(copy % 1000 AS VARCHAR), 3, '0')"
    copies = -(-rows // len(listed))
    kept = ", ".join(f'"{name}"' for name in names if name not in ("TASK_CODE", "CATAID"))
    con.execute(
        f"COPY (SELECT substr(TASK_CODE, 1, 25) || {number} || substr(TASK_CODE, 29) AS TASK_CODE, "
        f"substr(CATAID, 1, 6) || {number} || substr(CATAID, 10) AS CATAID, {kept} "
        f"FROM range({copies}) t(copy), items ORDER BY copy, n LIMIT {rows}) TO '{target}' (FORMAT parquet)"
    )
    con.close()


def guiju(file: Path, out: Path) -> list[str]:
    """The command under test: one process, all reports written."""
    base = [sys.executable, "-m", "guiju_tools", "run", "item-management", str(file)]
    return [*base, "--mapping", MAPPING, "--out", str(out), "--findings", "10"]


def by_hand(file: Path, out: Path) -> list[str]:
    """The script written by hand: counts and first rows as JSON."""
    return [sys.executable, str(BY_HAND), str(file), str(out / "by-hand.json")]


def timed(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, cpu seconds and peak MB of one process."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1, 4):
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(out: Path) -> int:
    """How many requirements both sides judged alike; stops at the first difference."""
    result = json.loads((out / "内部" / "result.json").read_text(encoding="utf-8"))
    hand = json.loads((out / "by-hand.json").read_text(encoding="utf-8"))
    ours = {item["id"]: item for item in result["requirements"]}
    for name, told in hand.items():
        counts = ours[name]["counts"]
        rows = sorted(finding["row"] for finding in ours[name]["findings"])[:10]
        mine = {key: counts[key] for key in ("inapplicable", "failed", "undecided")} | {"rows": rows}
        if mine != told:
            raise SystemExit(f"{name} differs: guiju {mine}, by hand {told}")
    return len(hand)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real", type=Path)
    parser.add_argument("--rows", type=int, nargs="+", default=[1000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--write", nargs=2, metavar=("ROWS", "FILE"), help="only write the repeated rows")
    options = parser.parse_args()
    if options.write:
        repeat(options.real, int(options.write[0]), Path(options.write[1]))
        return
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        for rows in options.rows:
            measure(options.real, rows, options.rounds, Path(folder))


def measure(real: Path, rows: int, rounds: int, folder: Path) -> None:
    """One size: build the file, run both sides in turn, compare, print medians and ratios."""
    file, out = folder / f"items-{rows}.parquet", folder / f"out-{rows}"
    out.mkdir()
    subprocess.run([sys.executable, __file__, str(real), "--write", str(rows), str(file)], check=True)
    commands = {"guiju run": guiju(file, out / "guiju"), "by hand": by_hand(file, out)}
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(timed(command))
    (out / "guiju" / "by-hand.json").write_bytes((out / "by-hand.json").read_bytes())
    same = compare(out / "guiju")
    print(
        f"\n{rows} rows ({file.stat().st_size / 1e6:.0f} MB Parquet), "
        f"{same} row rules with equal counts and rows"
    )
    print(f"{'':12}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}")
    medians = {
        name: [statistics.median(part) for part in zip(*runs, strict=True)] for name, runs in found.items()
    }
    for name, (wall, cpu, peak) in medians.items():
        print(f"{name:12}{wall:9.2f}{cpu:9.2f}{peak:9.0f}")
    ratios = [ours / theirs for ours, theirs in zip(medians["guiju run"], medians["by hand"], strict=True)]
    print(f"{'ratio':12}" + "".join(f"{ratio:9.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
