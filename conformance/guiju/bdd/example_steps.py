"""The steps of the example scenarios: few, parametrised, in Chinese."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_bdd import given, parsers, then, when

from guiju.bdd.answers import ExampleSuite
from guiju.run.examples import Example, ExampleAnswer, InlineTable, cell, without_rows
from guiju.run.expected import Expected, NothingFailed, OutcomeExpected, RowExpected


@pytest.fixture
def example() -> Example:
    """What the scenario has said so far."""
    return Example()


@given(parsers.parse('"{title}"中有下列记录:'))
def records(title: str, datatable: list[list[str]], example: Example) -> None:
    """An inline table; its first line holds the headings."""
    heading, *rows = datatable
    example.tables[title] = InlineTable(
        title, tuple(heading), tuple(tuple(cell(text) for text in row) for row in rows)
    )


@given(parsers.parse('"{title}"中没有记录'))
def no_records(title: str, example: Example, suite: ExampleSuite) -> None:
    """A delivered dataset without rows: every field is there."""
    example.tables[title] = without_rows(suite.standard, title)


@given(parsers.parse('参数"{name}"为"{value}"'))
def parameter(name: str, value: str, example: Example) -> None:
    """Another value of a parameter."""
    example.parameters[name] = value


@given(parsers.parse('核验基准日为"{day}"'))
def as_of(day: str, example: Example) -> None:
    """The day the export refers to."""
    example.as_of = day


@given(parsers.parse('期次为"{text}"'))
def period(text: str, example: Example) -> None:
    """The month, quarter or year that the run is about."""
    example.period = text


@given(parsers.parse('工作日历中"{day}"放假'))
def holiday(day: str, example: Example) -> None:
    """A local holiday on top of the calendars."""
    example.days[date.fromisoformat(day)] = False


@when(parsers.parse('核验"{requirement_id}"'), target_fixture="answer")
def judged(requirement_id: str, example: Example, suite: ExampleSuite) -> ExampleAnswer:
    """Judge the example."""
    return suite.bench.judge(requirement_id, example)


@then("每条适用的记录都符合")
@then("指标达到要求")
def nothing_failed(answer: ExampleAnswer) -> None:
    """The example as a whole passes or does not apply."""
    _hold(NothingFailed(), answer)


@then(parsers.re(r"第(?P<number>[0-9]+)行(?P<word>不符合|符合|无法判定|不适用)$"))
def row_state(number: str, word: str, answer: ExampleAnswer) -> None:
    """The state of one row of the example."""
    _hold(RowExpected(int(number), word), answer)


@then(parsers.parse('结论为"{word}"'))
def outcome(word: str, answer: ExampleAnswer) -> None:
    """The outcome of the whole example."""
    _hold(OutcomeExpected(word), answer)


def _hold(expected: Expected, answer: ExampleAnswer) -> None:
    fault = expected.fault(answer)
    if fault:
        pytest.fail(fault, pytrace=False)
