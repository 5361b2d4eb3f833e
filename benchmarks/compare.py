"""Measure `guiju run` beside what else could judge the same rules on the same invented file.

    python benchmarks/compare.py [--rows 10000 1000000 10000000] [--formats parquet csv] [--rounds 3]

Times are of whole processes, medians of interleaved rounds (A B C, A B C); memory is the peak of each.
Before any time is printed, the scripts written by hand must agree with `guiju run` on every rule: rows that
do not apply, fail or cannot be decided, the numbers of the first failing rows, numerators and denominators.
For other tools, what differs is printed; they get an environment of their own in the work folder.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path

from agreement import by_guiju, by_hand, differences, failed_alike
from contenders import BY_MASK, CONTENDERS, GUIJU, HERE, Contender, taking_part, too_slow
from measuring import Cost, in_turn

FAULTS, SEED = "0.005", "1"


def main() -> None:
    """Measure and print."""
    options = arguments()
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)
        measure_all(options, options.work.resolve())
        return
    with tempfile.TemporaryDirectory() as folder:
        measure_all(options, Path(folder))


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000, 10_000_000])
    parser.add_argument("--formats", nargs="+", choices=("parquet", "csv"), default=["parquet", "csv"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--work", type=Path, help="keep files here: samples and the other tools are not made twice"
    )
    parser.add_argument("--only", nargs="+", choices=[item.name for item in CONTENDERS], default=[])
    return parser.parse_args()


def measure_all(options: argparse.Namespace, work: Path) -> None:
    """Every size and form."""
    for rows in options.rows:
        for form in options.formats:
            part = taking_part(options.only, rows, form)
            python = other_python(work) if any(item.other for item in part) else sys.executable
            file, out = sample(rows, form, work), work / f"out-{rows}-{form}"
            print(measure(part, file, out, options.rounds, python))
            if left := too_slow(options.only, rows, form):
                print(f"not run at this size: {left}")


def sample(rows: int, form: str, work: Path) -> Path:
    """The invented file, made in a process of its own; only the implementation list is kept."""
    folder = work / f"sample-{rows}-{form}"
    file = folder / f"实施清单.{form}"
    if not file.exists():
        base = [sys.executable, "-m", "guiju_tools", "sample", "item-management", "--rows", str(rows)]
        base += ["--faults", FAULTS, "--seed", SEED, "--format", form, "--out", str(folder)]
        subprocess.run(base, check=True, stdout=subprocess.DEVNULL)
        for other in folder.iterdir():
            if other != file:
                other.unlink()
    return file


def other_python(work: Path) -> str:
    """The Python of an environment that has the other tools."""
    folder = work / "other-tools"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        wanted = str(HERE / "requirements.txt")
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", wanted], check=True)
        (folder / "ready").touch()
    return str(python)


def measure(part: list[Contender], file: Path, out: Path, rounds: int, python: str) -> str:
    """One file: run all in turn, compare what they say, and only then tell the times."""
    out.mkdir(exist_ok=True)
    commands = {item.name: item.command(file, out, python) for item in part}
    costs = in_turn(commands, rounds, out, {item.name: item.exits for item in part})
    said = agreement(part, out)
    size = f"{file.stat().st_size / 1e6:.1f} MB"
    return "\n".join([f"\n{file.parent.name}, {size}, medians of {rounds}", *table(costs), *said])


def agreement(part: list[Contender], out: Path) -> list[str]:
    """What each one judged and left out; ends the comparison where a hand script differs from `guiju run`."""
    ours = by_guiju(out / part[0].answer)
    said = []
    for item in part[1:]:
        if item.other:
            alike, differing, missing = failed_alike(ours, out / item.answer, item.why)
            said.append(f"{item.name}: {len(alike)} rules with our number of failing rows")
            said += [f"  differs: {line}" for line in differing]
            said.append(f"  rules left out: {', '.join(missing)}")
        elif differing := differences(ours, by_hand(out / item.answer)):
            raise SystemExit("\n".join([f"{item.name} and guiju run differ:", *differing]))
        else:
            said.append(f"{item.name}: {len(ours)} rules with the same counts and first rows")
        said.append(f"  left out: {item.leaves_out}")
    return said


def table(costs: Mapping[str, Cost]) -> list[str]:
    """Seconds and memory, with ratios to `guiju run` and to the script by hand."""
    lines = [f"{'':22}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}   {'to guiju run':>20}   {'to by hand':>20}"]
    yardstick = costs.get(BY_MASK)
    for name, cost in costs.items():
        ratios = f"   {ratio(cost, costs[GUIJU])}" + (f"   {ratio(cost, yardstick)}" if yardstick else "")
        lines.append(f"{name:22}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.peak:9.0f}{ratios}")
    return [*lines, f"{'':47}   {'wall   cpu   peak':>20}   {'wall   cpu   peak':>20}"]


def ratio(cost: Cost, other: Cost) -> str:
    """Wall, cpu and peak as multiples of another's."""
    pairs = ((cost.wall, other.wall), (cost.cpu, other.cpu), (cost.peak, other.peak))
    return "".join(f"{mine / theirs:>6.2f} " for mine, theirs in pairs)[:-1]


if __name__ == "__main__":
    main()
