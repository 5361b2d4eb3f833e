"""The pytest plugin: collects features, declares their tags, notes what each scenario came to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pytest_bdd.parser import Feature, Scenario

from guiju.bdd.answers import ExportSuite, Suite

MODULE = "from pytest_bdd import scenarios\nscenarios({path!r}, features_base_dir={base!r})\n"


class Plugin:
    """The plugin of one suite.

    `tag` is the kind of scenario that runs (export or example); `folder` takes the small modules through
    which pytest-bdd collects a feature.
    """

    def __init__(self, suite: Suite, tag: str, folder: Path) -> None:
        self._suite = suite
        self._tag = tag
        self._folder = folder
        self.reports: list[pytest.TestReport] = []

    @pytest.fixture
    def suite(self) -> Suite:
        """What the steps may ask."""
        return self._suite

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Collect a feature through a module that names it: pytest-bdd's public way in.

        The module's name is new each time: pytest keeps modules by name, and would serve an earlier suite's.
        """
        if file_path.suffix != ".feature":
            return None
        module = self._folder / f"test_{uuid4().hex}.py"
        text = MODULE.format(path=str(file_path), base=str(file_path.parent))
        module.write_text(text, encoding="utf-8")
        nodeid = f"{file_path.parent.name}/{file_path.name}"
        collector: pytest.Collector = pytest.Module.from_parent(parent, path=module, nodeid=nodeid)
        return collector

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_apply_tag(self, tag: str, function: Callable[..., Any]) -> bool:
        """Tags are ours: kept on the function, never turned into markers."""
        kept: set[str] = getattr(function, "guiju_tags", set())
        kept.add(tag)
        function.__dict__["guiju_tags"] = kept
        return True

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Keep the scenarios of this suite."""
        other = [item for item in items if self._tag not in tags_of(item)]
        items[:] = [item for item in items if self._tag in tags_of(item)]
        config.hook.pytest_deselected(items=other)

    def pytest_bdd_before_scenario(
        self, request: pytest.FixtureRequest, feature: Feature, scenario: Scenario
    ) -> None:
        """Note the requirement in the properties of the test, for junit.xml."""
        answers = self._suite.results if isinstance(self._suite, ExportSuite) else {}
        result = answers.get(requirement_id(scenario.name))
        properties = [("scenario", scenario.name), ("feature", feature.name)]
        if result is not None:
            properties += [
                ("requirement", result.id),
                ("clause", result.clause),
                ("modality", result.modality),
                ("outcome", result.outcome),
                ("reason", result.reason),
                ("failed", str(result.counts.failed)),
            ]
        request.node.user_properties.extend(properties)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what each scenario came to."""
        if report.when == "call" or report.outcome != "passed":
            self.reports.append(report)


def tags_of(item: pytest.Item) -> set[str]:
    """The tags of the scenario behind an item."""
    function = getattr(item, "function", None)
    tags: set[str] = getattr(function, "guiju_tags", set())
    return tags


def requirement_id(scenario_name: str) -> str:
    """The id that a scenario's name starts with."""
    found = re.match(r"[A-Z]{2,4}-[0-9]{3}(?= )", scenario_name)
    return found.group() if found else ""
