"""What of a feature file is generated: the title of a rule and its export scenario, in one fixed form."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.standard.scenarios import export_steps
from guiju_tools.lint.view import Item, View
from guiju_tools.lint.written import Scenario

EXPORT = "export"
EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The generated part of one requirement: the rule's title and the words of its export scenario."""

    id: str
    title: str
    scenario: str
    steps: tuple[tuple[str, str], ...]

    def rule_lines(self) -> list[str]:
        """The rule without scenarios."""
        return [f"  @{self.id}", f"  规则: {self.title}"]

    def export_lines(self) -> list[str]:
        """The export scenario."""
        steps = [f"      {keyword} {text}" for keyword, text in self.steps]
        return [f"    @{EXPORT}", f"    场景: {self.scenario}", *steps]

    def agrees(self, scenario: Scenario) -> bool:
        """Whether a scenario is the export scenario wanted."""
        plain = not (
            scenario.described
            or scenario.outline
            or any(step.rows or step.docstring for step in scenario.steps)
        )
        tags = [tag.name for tag in scenario.tags]
        steps = tuple((step.keyword, step.text) for step in scenario.steps)
        return plain and tags == [EXPORT] and scenario.name == self.scenario and steps == self.steps


def title_of(item: Item) -> str:
    """Clause number and text, on one line."""
    return f"{item.model.clause} {''.join(item.model.text.split(chr(10))).strip()}"


def wanted(view: View, item: Item) -> Wanted | None:
    """What is to be generated for a requirement; None without data to examine or without its dataset."""
    dataset = view.dataset(getattr(item.model.check, "dataset", ""))
    if dataset is None:
        return None
    steps = export_steps(item.model.id, dataset.title, item.model.check.kind)
    return Wanted(item.model.id, title_of(item), f"{item.model.id} 试点地区导出的{dataset.title}", steps)
