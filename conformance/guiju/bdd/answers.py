"""What the steps of one suite may ask: answers of the run, and the bench for examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.errors import StandardError
from guiju.result import RequirementResult
from guiju.run.examples import Bench, Example, ExampleAnswer
from guiju.standard.model import Standard


@dataclass(slots=True)
class Suite:
    """One suite while it runs. `asked` collects the ids whose answers were read, in order."""

    standard: Standard
    results: Mapping[str, RequirementResult]
    bench: Bench | None = None
    asked: list[str] = field(default_factory=list)

    def answer(self, requirement_id: str) -> RequirementResult:
        """The run's answer for one requirement.

        Raises:
            StandardError: GJ-S410 when the run did not select it.
        """
        self.asked.append(requirement_id)
        if requirement_id not in self.results:
            raise StandardError("GJ-S414", f"本次核验没有选 {requirement_id}", hint="请检查场景的标识")
        return self.results[requirement_id]

    def judge(self, requirement_id: str, example: Example) -> ExampleAnswer:
        """The bench's answer for an example."""
        if self.bench is None:
            raise StandardError("GJ-S415", "示例只在自测中核验", hint="请运行 guiju selftest")
        return self.bench.judge(requirement_id, example)
