"""What the steps of a suite may ask: the answers of a run, or a bench on which examples are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guiju.errors import StandardError
from guiju.result import RequirementResult
from guiju.standard.model import Standard

if TYPE_CHECKING:
    from guiju.run.examples import Bench


@dataclass(slots=True)
class ExportSuite:
    """The export scenarios of a standard while they run.

    `asked` collects the ids whose answers were read, in order.
    """

    standard: Standard
    results: Mapping[str, RequirementResult]
    asked: list[str] = field(default_factory=list)

    def answer(self, requirement_id: str) -> RequirementResult:
        """The run's answer for one requirement.

        Raises:
            StandardError: GJ-S414 when the run did not select it.
        """
        self.asked.append(requirement_id)
        if requirement_id not in self.results:
            raise StandardError("GJ-S414", f"本次核验没有选 {requirement_id}", hint="请检查场景的标识")
        return self.results[requirement_id]


@dataclass(slots=True)
class ExampleSuite:
    """The example scenarios of a standard while they run."""

    standard: Standard
    bench: Bench


Suite = ExportSuite | ExampleSuite
