"""Peak memory over 1, 4 and 16 million rows of text: it must not grow with the rows.

Each case is a process of its own that opens an invented file as a run does, binds it, loads it under the
run's locked connection, and reads every value once. `--million 1 4` measures fewer rows, `--cases` fewer
kinds of files.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from measuring import run_once, tell

MILLION = 1_000_000
HEADINGS = (
    "办件编码,实施编码,事项名称,申请人类型,受理时间,办结时间,"
    "承诺时限,办理结果,办理部门,是否网办,收费金额,备注"
)
BLOCK = 10_000


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of file: its name, its encoding, and what stands above, within and below the records."""

    suffix: str = ".csv"
    encoding: str = "utf-8"
    above: str = ""
    every_thousandth: str = ""
    below: str = ""


CASES = {
    "utf-8": Case(),
    "gb18030": Case(encoding="gb18030"),
    "titles": Case(above="某地办件明细表\n统计时间：2024年\n\n"),
    "dirty": Case(
        above="某地办件明细表\n\n", every_thousandth="\n少,了,几,列\n", below="\n(1 rows affected)\n"
    ),
    "json-lines": Case(suffix=".jsonl"),
}
DATA = ("utf-8", "gb18030", "titles", "dirty", "json-lines")


def row(number: int) -> list[str]:
    """One invented record."""
    day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    note = f'"办理说明，第{number % 97}类\n材料齐全"' if number % 50 == 0 else f"办理说明第{number % 97}类"
    return [
        f"1199000{number:024}",
        f"1199000000000000{number % 900:015}",
        f"示例事项{number % 900}",
        "法人" if number % 3 else "自然人",
        f"{day} 09:{number % 60:02}:00",
        f"{day} 16:{number % 60:02}:00",
        str(number % 30),
        "准予许可",
        f"示例部门{number % 40}",
        "是" if number % 2 else "否",
        f"{number % 500}.10",
        note,
    ]


def texts(case: Case, rows: int) -> Iterator[str]:
    """The file's text in blocks of lines."""
    if case.suffix == ".jsonl":
        keys = HEADINGS.split(",")
        made: Iterator[str] = (
            json.dumps(dict(zip(keys, row(number), strict=True)), ensure_ascii=False) + "\n"
            for number in range(rows)
        )
    else:
        yield f"{case.above}{HEADINGS}\n"
        made = (",".join(row(number)) + "\n" + odd(case, number) for number in range(rows))
    while block := list(islice(made, BLOCK)):
        yield "".join(block)
    yield case.below


def odd(case: Case, number: int) -> str:
    """What stands behind every thousandth record."""
    return case.every_thousandth if number % 1000 == 999 else ""


def write(case: Case, rows: int, folder: Path) -> Path:
    """Write one file."""
    path = folder / f"办件{case.suffix}"
    with path.open("w", encoding=case.encoding, newline="") as file:
        file.writelines(texts(case, rows))
    return path


def read(path: Path) -> None:
    """Open, bind, load and read a file as a run does; prints how many rows there are."""
    from guiju.engine.session import Limits, session  # noqa: PLC0415 -- the parent process stays small
    from guiju.engine.tables import load_table  # noqa: PLC0415 -- as above
    from guiju.export import identifier, make_reading, open_sources, recognise  # noqa: PLC0415 -- as above
    from guiju.rule import Env, Scope  # noqa: PLC0415 -- as above
    from guiju.standard.fields import Dataset, Field  # noqa: PLC0415 -- as above

    fields = {
        f"f{place}": Field(f"f{place}", title, "string") for place, title in enumerate(HEADINGS.split(","))
    }
    dataset = Dataset("case", "办件", fields)
    bindings = recognise(open_sources([path]), {"case": dataset}, None)
    files = [file for binding in bindings for file in binding.source.reads]
    with session(files, Limits()) as connection:
        readings = {name: make_reading(field) for name, field in fields.items()}
        table = load_table(connection, dataset, bindings, readings, Scope(fields), Env())
        values = ", ".join(f"max({identifier(name)})" for name in fields)
        connection.execute(f'SELECT {values}, max("_row") FROM {identifier(table.raw)}').fetchall()
    sys.stdout.write(f"{table.rows} rows\n")


def main() -> None:
    """Measure and print one line for each case and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", type=float, nargs="+", default=[1, 4, 16], help="how many million rows")
    parser.add_argument("--cases", nargs="+", choices=DATA, default=DATA)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.read:
        read(told.read)
        return
    sys.stdout.write(f"{'case':<12}{'rows':>12}{'file MB':>10}{'seconds':>10}{'cpu':>8}{'peak MB':>10}\n")
    with tempfile.TemporaryDirectory(prefix="guiju-benchmark-") as folder:
        for name in told.cases:
            for million in told.million:
                measure(name, int(million * MILLION), Path(folder))


def measure(name: str, rows: int, folder: Path) -> None:
    """Write, read in a process of its own, print, and delete."""
    tell(f"  writing {name}, {rows} rows")
    path = write(CASES[name], rows, folder)
    size = path.stat().st_size >> 20
    tell(f"  reading {name}, {rows} rows")
    cost = run_once([sys.executable, __file__, "--read", str(path)], folder / "log.txt")
    tell("")
    path.unlink()
    sys.stdout.write(f"{name:<12}{rows:>12}{size:>10}{cost.wall:>10.1f}{cost.cpu:>8.1f}{cost.peak:>10.0f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
