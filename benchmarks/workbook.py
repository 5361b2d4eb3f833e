"""How long a large workbook takes to load, beside calamine alone reading the same file.

    .venv/bin/python benchmarks/workbook.py --rows 200000 --columns 40 --rounds 3

Each contender is a process of its own, in turn, so that none profits from what another left in memory; the
file is written by yet another.
calamine alone parses the sheet and makes every cell a Python object, and drops it; ours looks through
the file first, finds the head, makes texts of the cells and has them all in a table of DuckDB.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

START = dt.datetime(2024, 1, 1)  # noqa: DTZ001 -- cells have no time zone
KINDS = 10


def write(path: Path, rows: int, columns: int) -> None:
    """A sheet of codes, names, numbers, days, moments, words and blanks, the same every time."""
    import xlsxwriter  # noqa: PLC0415 -- only where the file is made

    rng = random.Random(7)  # noqa: S311 -- the same file every time
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("办件")
        forms = [book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss")]
        sheet.write_row(0, 0, [f"第{column}项" for column in range(columns)])
        for row in range(1, rows + 1):
            for column in range(columns):
                _cell(sheet, forms, rng, row, column)


def _cell(sheet, forms, rng, row, column) -> None:  # noqa: ANN001 -- objects of a library without types
    match column % KINDS:
        case 0:
            sheet.write_string(row, column, f"1199000000{column:03d}{row:018d}")
        case 1 | 2:
            sheet.write_string(row, column, f"示例事项{rng.randrange(500)}")
        case 3:
            sheet.write_number(row, column, rng.randrange(100))
        case 4:
            sheet.write_number(row, column, rng.randrange(10_000) / 100)
        case 5:
            sheet.write_datetime(row, column, START + dt.timedelta(days=rng.randrange(365)), forms[0])
        case 6:
            sheet.write_datetime(
                row, column, START + dt.timedelta(seconds=rng.randrange(31_536_000)), forms[1]
            )
        case 7:
            sheet.write_string(row, column, rng.choice(["是", "否"]))
        case 8:
            sheet.write_string(row, column, f"{rng.randrange(1, 21):02d}")
        case _ if row % 2:
            sheet.write_string(row, column, f"示例窗口{row % 900}号")


def calamine(path: Path) -> int:
    """Every row as Python objects."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 -- what a process loads is timed with it

    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return sum(1 for _ in sheet.iter_rows()) - 1


def guiju(path: Path) -> int:
    """Every row as texts in DuckDB."""
    import duckdb  # noqa: PLC0415 -- as above

    from guiju.export import identifier, open_sources  # noqa: PLC0415 -- as above

    (source,) = open_sources([path])
    fields = {f"f{index}": heading for index, heading in enumerate(source.columns)}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        con.execute(f"SET temp_directory = '{folder}'")
        columns = ", ".join(f"{identifier(name)} VARCHAR" for name in fields)
        con.execute(f'CREATE TABLE t ("_part" INTEGER, "_row" BIGINT, {columns})')
        return source.load_into(con, "t", fields, 0)


CONTENDERS = {"calamine": calamine, "guiju": guiju}


def measured(name: str, path: Path) -> dict[str, float]:
    """One contender in this process: seconds, seconds of processors, peak memory in MB, rows."""
    began = time.perf_counter()
    rows = CONTENDERS[name](path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
        "rows": rows,
    }


def compared(path: Path, rounds: int) -> None:
    """Both, in turn, so many times; prints medians and ratios."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, results in found.items():
            command = [sys.executable, __file__, "--contender", name, "--file", str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
            results.append(json.loads(done.stdout))
    assert len({result["rows"] for results in found.values() for result in results}) == 1  # noqa: S101 -- a script
    medians = {
        name: {key: statistics.median(result[key] for result in results) for key in results[0]}
        for name, results in found.items()
    }
    base = medians["calamine"]
    print(f"{path.stat().st_size >> 20} MB, {base['rows']:.0f} rows, {rounds} rounds, medians")
    print(f"{'':10}{'seconds':>10}{'ratio':>8}{'cpu':>10}{'ratio':>8}{'peak MB':>10}")
    for name, result in medians.items():
        ratios = result["seconds"] / base["seconds"], result["cpu"] / base["cpu"]
        print(
            f"{name:10}{result['seconds']:>10.2f}{ratios[0]:>8.2f}"
            f"{result['cpu']:>10.2f}{ratios[1]:>8.2f}{result['peak']:>10.0f}"
        )


def main() -> None:
    """Write the file, unless one is given, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--columns", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--file", type=Path, help="a workbook that is there already")
    parser.add_argument("--contender", choices=CONTENDERS, help="only this one, in this process")
    parser.add_argument("--write", type=Path, help="only write the workbook there")
    given = parser.parse_args()
    if given.write:
        write(given.write, given.rows, given.columns)
        return
    if given.contender:
        print(json.dumps(measured(given.contender, given.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder) / "办件.xlsx"
        if not given.file:
            size = ["--rows", str(given.rows), "--columns", str(given.columns)]
            subprocess.run([sys.executable, __file__, "--write", str(path), *size], check=True)
        compared(path, given.rounds)


if __name__ == "__main__":
    main()
