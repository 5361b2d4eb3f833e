"""The example scenarios of a standard, read once: tables, and what is expected of the judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guiju.run.examples import Example, InlineTable, cell, without_rows
from guiju.run.expected import Expected, NothingFailed, OutcomeExpected, RowExpected
from guiju.standard.fields import Dataset
from guiju.standard.model import Standard
from guiju_tools.lint.generated import EXAMPLE
from guiju_tools.lint.steps import Said, said
from guiju_tools.lint.written import Scenario, read_feature


@dataclass(frozen=True, slots=True)
class Case:
    """One example scenario of one requirement."""

    name: str
    requirement: str
    example: Example
    expected: tuple[Expected, ...]


def cases_of(standard: Standard) -> dict[str, tuple[Case, ...]]:
    """The example scenarios by requirement.

    Raises:
        StandardError: GJ-S383 a feature that is no Gherkin.
    """
    found: dict[str, list[Case]] = {}
    for name, text in standard.features.items():
        for scenario in read_feature(text, name).scenarios:
            if scenario.tagged(EXAMPLE):
                case = _case(scenario, standard)
                found.setdefault(case.requirement, []).append(case)
    return {name: tuple(cases) for name, cases in found.items()}


def _case(scenario: Scenario, standard: Standard) -> Case:
    example, expected, judged = Example(), list[Expected](), ""
    for one in said(scenario):
        if one.what == "judge":
            judged = one.name
        else:
            _given(example, one, standard)
            expected += _expected(one)
    return Case(scenario.name, judged, example, tuple(expected))


def _given(example: Example, one: Said, standard: Standard) -> None:
    match one.what:
        case "table":
            heading, *rows = one.step.rows
            cells = tuple(tuple(cell(text) for text in row) for row in rows)
            example.tables[one.name] = InlineTable(one.name, heading, cells)
        case "none":
            example.tables[one.name] = without_rows(standard, one.name)
        case "parameter":
            example.parameters[one.name] = one.value
        case "as_of":
            example.as_of = one.value
        case "period":
            example.period = one.value
        case "holiday":
            example.days[date.fromisoformat(one.value)] = False
        case _:
            return


def _expected(one: Said) -> Iterator[Expected]:
    match one.what:
        case "row":
            yield RowExpected(int(one.name), one.value)
        case "outcome":
            yield OutcomeExpected(one.value)
        case "every" | "reached":
            yield NothingFailed()
        case _:
            return


def field_called(dataset: Dataset, heading: str) -> str:
    """The name of the field with that title, name or alias; an empty text where there is none."""
    return next(
        (name for name, item in dataset.fields.items() if heading in (item.title, name, *item.aliases)), ""
    )


def listed_fields(dataset: Dataset, cases: tuple[Case, ...]) -> tuple[str, ...]:
    """The fields of a dataset that some example of a requirement lists, in the dataset's order."""
    listed = {
        field_called(dataset, heading)
        for case in cases
        for title, table in case.example.tables.items()
        if title in (dataset.title, dataset.id)
        for heading in table.columns
    }
    return tuple(
        name for name, item in dataset.fields.items() if name in listed or _follows(item.derived_from, listed)
    )


def _follows(derived_from: str | None, listed: set[str]) -> bool:
    return derived_from is not None and any(name in derived_from for name in listed if name)
