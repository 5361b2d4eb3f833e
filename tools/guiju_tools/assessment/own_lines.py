"""What stands in the lines of a filled form of ours, also where sheets, columns or rows were moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.standard.assessment import Form, Line
from guiju_tools.assessment import layout as at
from guiju_tools.assessment.answers import Typed
from guiju_tools.assessment.evidence import doubtful_pictures, pictured
from guiju_tools.assessment.grid import Grid
from guiju_tools.assessment.own_form import Identity
from guiju_tools.assessment.problems import Problem

_HEAD_WITHIN, _ONE_BY_ONE = 15, 5
_NEEDED = (at.CLAUSE, at.CONTENT, *at.TO_FILL)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with where its headings are: `at` gives the column of today for that of the blank form."""

    grid: Grid
    head: int
    columns: dict[int, int]

    @property
    def missing(self) -> list[str]:
        return [at.HEADINGS[column - 1] for column in _NEEDED if not self.columns[column]]

    def text(self, row: int, column: int) -> str:
        return self.grid.text(row, self.columns[column])

    def holds(self, row: int, line: Line) -> bool:
        return (self.text(row, at.CLAUSE), self.words(row)) == (line.clause, _content(line))

    def words(self, row: int) -> str:
        return "".join(self.text(row, at.CONTENT).split())


def _sheet(grid: Grid) -> _Sheet:
    """The columns by their headings; those of the blank form where no row of headings is found."""
    for row in range(1, _HEAD_WITHIN + 1):
        told = {grid.text(row, column): column for column in range(1, grid.last_column + 1)}
        found = {column: told.get(at.HEADINGS[column - 1], 0) for column in _NEEDED}
        if sum(map(bool, found.values())) > len(_NEEDED) / 2:
            return _Sheet(grid, row, found)
    return _Sheet(grid, 0, {column: column for column in _NEEDED})


def typed_lines(grids: Sequence[Grid], known: Identity, form: Form) -> tuple[list[Typed], list[Problem]]:
    """What stands in each line of the form that is in force.

    A line is where the hidden sheet says, as long as its clause and content are there; rows that were moved
    are found by both. A sheet, a column or a line that is nowhere is a problem.
    """
    sheet = _of_form(grids, known, form)
    if sheet is None:
        text, hint = f"找不到工作表“{known.sheet}”", "请用没有删改过工作表的表重新填报"
        return [], [Problem("GJ-D528", "mend", known.sheet, 0, 0, text, hint)]
    if sheet.missing:
        text, hint = f"标题行里没有{'、'.join(sheet.missing)}", "请用没有删改过列的表重新填报"
        return [], [Problem("GJ-D529", "mend", sheet.grid.name, sheet.head, 1, text, hint)]
    grid = sheet.grid
    moved = {(sheet.text(row, at.CLAUSE), sheet.words(row)): row for row in range(1, grid.last_row + 1)}
    rows = {line.id: _row(sheet, known.rows.get(line.id, 0), line, moved) for line in form.lines}
    typed = [_typed(sheet, rows[line.id], line) for line in form.lines if rows[line.id]]
    lost = [line for line in form.lines if not rows[line.id]]
    return typed, [*_lost(grid.name, lost), *doubtful_pictures(grid, {item.row for item in typed})]


def _of_form(grids: Sequence[Grid], known: Identity, form: Form) -> _Sheet | None:
    """The sheet of a form by its name or, where it was renamed, by its lines."""
    for grid in grids:
        if grid.name == known.sheet:
            return _sheet(grid)
    return next(
        (
            sheet
            for sheet in map(_sheet, grids)
            if any(sheet.holds(known.rows.get(line.id, 0), line) for line in form.lines[:3])
        ),
        None,
    )


def _row(sheet: _Sheet, row: int, line: Line, moved: dict[tuple[str, str], int]) -> int:
    return row if row and sheet.holds(row, line) else moved.get((line.clause, _content(line)), 0)


def _lost(name: str, lines: Sequence[Line]) -> list[Problem]:
    """Lines that are nowhere: one by one, or together where they are many."""
    hint = "请用没有删改过行的表重新填报"
    if len(lines) > _ONE_BY_ONE:
        shown = "、".join(line.clause for line in lines[:_ONE_BY_ONE])
        return [Problem("GJ-D515", "mend", name, 0, 0, f"找不到{shown}等{len(lines)}行", hint)]
    return [
        Problem("GJ-D515", "mend", name, 0, 0, f"找不到{line.clause}“{line.content}”这一行", hint)
        for line in lines
    ]


def _content(line: Line) -> str:
    return "".join(f"{line.content}\n{line.question}".split())


def _typed(sheet: _Sheet, row: int, line: Line) -> Typed:
    answer, score, evidence, note, opinion = (sheet.text(row, column) for column in at.TO_FILL)
    places = [sheet.columns[column] for column in at.TO_FILL]
    return Typed(
        line,
        sheet.grid.name,
        row,
        answer,
        score,
        evidence,
        note,
        opinion,
        (places[0], places[1], places[2], places[3], places[4]),
        pictured(sheet.grid, row, line.clause),
        row in sheet.grid.uncalculated,
    )
