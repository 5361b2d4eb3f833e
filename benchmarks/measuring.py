"""Whole processes in turn: wall seconds, cpu seconds and peak memory of each, medians over rounds."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process cost: wall seconds, user and system seconds, peak MiB."""

    wall: float
    cpu: float
    peak: float


def run_once(command: Sequence[str], log: Path, allowed: frozenset[int] = frozenset({0})) -> Cost:
    """Run one process to its end; its output goes to the file `log`.

    The starting process has to stay small: a started one's peak counts from the size of its parent.
    """
    with log.open("wb") as written:
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise SystemExit(
            f"exit {process.returncode}: {' '.join(command)}\n{log.read_text(errors='replace')[-2000:]}"
        )
    peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure on its own."""
    return Cost(
        *(statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak"))
    )


def in_turn(
    commands: Mapping[str, Sequence[str]], rounds: int, logs: Path, allowed: Mapping[str, frozenset[int]]
) -> dict[str, Cost]:
    """Medians of every command, run A B C … A B C …, so that what disturbs the machine disturbs all."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(rounds):
        for name, command in commands.items():
            log = logs / f"{name.replace(' ', '-')}.log"
            found[name].append(run_once(command, log, allowed.get(name, frozenset({0}))))
            tell(f"  round {turn + 1} of {rounds}: {name}")
    tell("")
    return {name: median(costs) for name, costs in found.items()}


def tell(words: str) -> None:
    """How far it is, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r{words:60}\r", end="", file=sys.stderr, flush=True)
