"""Suites run in process, shut off from the environment: our ini, our plugins, nobody's conftest."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from guiju.bdd import export_steps
from guiju.bdd.answers import ExampleSuite, ExportSuite, Suite
from guiju.bdd.plugin import Plugin
from guiju.content import Pack
from guiju.result import RequirementResult
from guiju.standard.model import Standard
from guiju.standard.scenarios import without_examples

INI = Path(__file__).with_name("pytest.ini")
UNUSED = (
    *("cacheprovider", "terminal", "capture", "logging", "warnings", "recwarn", "monkeypatch", "tmpdir"),
    *("doctest", "unittest", "pastebin", "faulthandler", "unraisableexception", "threadexception"),
    *("setuponly", "setupplan", "stepwise", "debugging", "legacypath", "subtests"),
)
"""Plugins of pytest that no scenario uses; each step looks through the fixtures of all of them."""


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """What one scenario came to: passed, failed, skipped (xfail is a skip with its reason)."""

    name: str
    outcome: str
    message: str


@dataclass(frozen=True, slots=True)
class SuiteReport:
    """What a suite came to; `fault` says why it cannot be relied on, empty when it can."""

    scenarios: tuple[ScenarioOutcome, ...]
    fault: str = ""

    def count(self, outcome: str) -> int:
        """Number of scenarios with that outcome."""
        return sum(item.outcome == outcome for item in self.scenarios)

    @property
    def failed(self) -> tuple[ScenarioOutcome, ...]:
        """Scenarios that failed."""
        return tuple(item for item in self.scenarios if item.outcome == "failed")


def run_exports(
    standard: Standard, results: Sequence[RequirementResult], junit: Path | None = None
) -> SuiteReport:
    """Run the export scenarios over the answers of a run; the ids asked must be the ids judged on data."""
    suite = ExportSuite(standard, {item.id: item for item in results})
    features = {name: without_examples(text) for name, text in standard.features.items()}
    report = _run(suite, features, "export", export_steps, junit)
    wanted = [item.id for item in standard.requirements if item.on_data]
    if not report.fault and sorted(suite.asked) != sorted(wanted):
        differing = "、".join(sorted(set(wanted) ^ set(suite.asked)) or ["重复的场景"])
        return SuiteReport(report.scenarios, f"场景与所选要求不一致：{differing}")
    return report


def run_examples(standard: Standard, packs: Sequence[Pack]) -> SuiteReport:
    """Run the example scenarios of a standard."""
    from guiju.bdd import example_steps  # noqa: PLC0415 - a run of exports has no use for them
    from guiju.run.examples import Bench  # noqa: PLC0415 - as above

    suite = ExampleSuite(standard, Bench(standard, packs))
    return _run(suite, standard.features, "example", example_steps, None)


def _run(
    suite: Suite, features: Mapping[str, str], tag: str, steps: ModuleType, junit: Path | None
) -> SuiteReport:
    with tempfile.TemporaryDirectory(prefix="guiju-suite-") as folder, _cleared():
        root = Path(folder)
        written = root / suite.standard.id
        modules = root / "modules"
        for made in (written, modules):
            made.mkdir()
        _write(written, features)
        plugin = Plugin(suite, tag, modules)
        status = pytest.main(_arguments(root, written, junit), plugins=[plugin, steps])
    return SuiteReport(tuple(_outcome(report) for report in plugin.reports), _fault(int(status), plugin))


def _write(folder: Path, features: Mapping[str, str]) -> None:
    for name, text in features.items():
        (folder / name).write_text(text, encoding="utf-8")


def _arguments(root: Path, features: Path, junit: Path | None) -> list[str]:
    arguments = [
        "-c",
        str(INI),
        f"--rootdir={root}",
        "--noconftest",
        "--assert=plain",
        "--import-mode=importlib",
    ]
    arguments += ["-p", "pytest_bdd.plugin", *(f"-pno:{name}" for name in UNUSED)]
    if junit is not None:
        arguments.append(f"--junitxml={junit}")
    return [*arguments, str(features)]


@contextmanager
def _cleared() -> Iterator[None]:
    """Without any PYTEST_* of the environment, and without plugins that load themselves."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PYTEST_")}
    for name in kept:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(kept)


def _outcome(report: pytest.TestReport) -> ScenarioOutcome:
    properties = dict(report.user_properties)
    name = str(properties.get("scenario", report.nodeid))
    return ScenarioOutcome(name, report.outcome, _message(report))


def _message(report: pytest.TestReport) -> str:
    text = report.longreprtext if report.failed else ""
    if isinstance(report.longrepr, tuple):
        text = str(report.longrepr[2])
    return str(getattr(report, "wasxfail", "")) or text


def _fault(status: int, plugin: Plugin) -> str:
    if status in (int(pytest.ExitCode.OK), int(pytest.ExitCode.TESTS_FAILED)) and plugin.reports:
        return ""
    if status == int(pytest.ExitCode.NO_TESTS_COLLECTED) or not plugin.reports:
        return "没有收集到任何场景"
    return f"场景没有跑完（pytest 状态 {status}）"
