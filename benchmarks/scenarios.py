"""What export scenarios cost: one process with one scenario beside one with many, each reading ready answers.

    python benchmarks/scenarios.py [--count 500] [--rounds 3]

The generated standard is one shipped requirement under many ids. Nothing is judged: what is timed is what the
Gherkin side of a run adds to it, from the features' text to the outcome of every scenario.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from measuring import in_turn

from guiju.bdd.runner import run_exports
from guiju.content import own_pack
from guiju.result import Counts, RequirementResult
from guiju.standard.load import load
from guiju.standard.model import Requirement, Standard

HEAD = "# language: zh-CN\n功能: 生成的要求\n"
RULE = """
  @{id}
  规则: {clause} {text}

    @export
    场景: {id} 试点地区导出的实施清单
      假如 试点地区导出的"实施清单"
      当 核验"{id}"
      那么 每条适用的记录都符合
"""


def generated(count: int) -> Standard:
    """A standard of so many requirements, each with its export scenario."""
    shipped = load((own_pack(),), "item-management")
    model = next(item for item in shipped.requirements if item.on_data)
    made = tuple(
        replace(model, id=f"IM-{number:03d}", clause=f"4.{number}") for number in range(1, count + 1)
    )
    rules = [RULE.format(id=item.id, clause=item.clause, text=item.text) for item in made]
    return replace(shipped, requirements=made, features={"01-generated.feature": HEAD + "".join(rules)})


def answer(item: Requirement) -> RequirementResult:
    """A ready answer: passed."""
    return RequirementResult(
        standard="item-management",
        id=item.id,
        name=item.name,
        clause=item.clause,
        modality=item.modality,
        text=item.text,
        basis=item.basis,
        sources=(),
        mark="verified",
        advisory=False,
        key=False,
        method=item.check.kind,
        dataset="implementation-item",
        dataset_title="实施清单",
        outcome="passed",
        reason="",
        remedy="",
        counts=Counts(passed=1),
    )


def run_in_process(count: int) -> None:
    """Run the generated scenarios and say how long they took."""
    standard = generated(count)
    answers: Sequence[RequirementResult] = [answer(item) for item in standard.requirements]
    started = time.monotonic()
    report = run_exports(standard, answers)
    if report.fault or report.count("passed") != count:
        raise SystemExit(f"not all scenarios passed: {report.fault}")
    print(f"{count} scenarios in {time.monotonic() - started:.2f} s, in process")


def main() -> None:
    """Measure both in turn."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", type=int, help="run so many scenarios in this process")
    options = parser.parse_args()
    if options.run:
        run_in_process(options.run)
        return
    sizes = {f"{size} scenarios": size for size in (1, options.count)}
    commands = {name: [sys.executable, __file__, "--run", str(size)] for name, size in sizes.items()}
    with tempfile.TemporaryDirectory() as folder:
        one, many = in_turn(commands, options.rounds, Path(folder), {}).values()
    wall, cpu = many.wall - one.wall, many.cpu - one.cpu
    print(f"{options.count} export scenarios instead of 1, whole processes, medians of {options.rounds}:")
    print(f"  {wall:.2f} s wall and {cpu:.2f} s cpu more, {1000 * cpu / (options.count - 1):.2f} ms cpu each")


if __name__ == "__main__":
    main()
