"""Writers that are killed at random moments, eight at once; run as a script of its own.

Arguments: the registry, a folder for what was acknowledged, rounds, and a seed. Prints what was lost.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from guiju_tools.registry.chain import broken
from guiju_tools.registry.store import New, open_store

WRITERS = 8


def write(registry: str, told: Path, name: str) -> None:
    """Add entries until killed; what was added is noted after the commit."""
    with open_store(registry, make=True) as store, told.open("a", encoding="utf-8") as file:
        for number in range(100_000):
            subject = f"{name}-{number}"
            store.add([New("training", subject, {"text": subject}), New("safeguard", subject, {})], name)
            file.write(f"{subject}\n")
            file.flush()


def main(registry: str, folder: str, rounds: int, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    for number in range(rounds):
        children = []
        for writer in range(WRITERS):
            name = f"{number}-{writer}"
            child = os.fork()
            if not child:
                write(registry, Path(folder) / f"{name}.txt", name)
                os._exit(1)
            children.append(child)
        for child in children:
            time.sleep(chance.uniform(0.0, 0.12))
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
    told = [line for path in Path(folder).glob("*.txt") for line in path.read_text("utf-8").splitlines()]
    with open_store(registry) as store:
        entries = list(store.entries())
        faults = list(broken(entries))
    pairs: dict[str, int] = {}
    for entry in entries:
        pairs[entry.subject] = pairs.get(entry.subject, 0) + 1
    lost = [subject for subject in told if pairs.get(subject) != 2]
    half = [subject for subject, count in pairs.items() if count != 2]
    figures = {"killed": rounds * WRITERS, "acknowledged": len(told), "lost": len(lost), "half": len(half)}
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return 1 if lost or half or faults or not told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
