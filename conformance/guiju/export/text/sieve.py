"""Which records below the head are data: blank, odd and printed ones are left out, ragged ones told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guiju.export.layout.area import Surroundings
from guiju.export.remarks import Remark
from guiju.export.sql_text import literal
from guiju.export.text.console import echo, failure
from guiju.export.text.tally import Tally

_HINT_RAGGED = "请核对这些行是否错位，单元格内的分隔符应写在引号里"
_HINT_BROKEN = "导出可能没有完成，请重新导出，并核对记录的条数"
_HINT_QUOTES = '单元格内的引号应写成两个引号（""），请核对这些行的单元格'
_TRICKS = "='`’"
_DRESSED = '="([^"]*)"|[\'`’]([0-9A-Za-z]+)'
_PATTERN = re.compile(_DRESSED)


class Sieve:
    """Decides about records and remembers what was met; `width` is the number of headings."""

    __slots__ = (
        "_echoes",
        "_failures",
        "_long",
        "_settled",
        "_short",
        "_surroundings",
        "_width",
        "dressed",
        "mended",
    )

    def __init__(self, width: int, surroundings: Surroundings) -> None:
        self._width = width
        self._surroundings = surroundings
        self._short, self._long, self._echoes, self._failures = Tally(), Tally(), Tally(), Tally()
        self._settled: set[int] = set()
        self.mended = Tally()
        self.dressed = 0

    def keeps(self, number: int, cells: Sequence[str]) -> bool:
        """Whether a record is data."""
        if number in self._settled:
            return True
        if not any(cells):
            return False
        if self._surroundings.odd(number, cells) or self._printed(number, cells):
            return False
        if len(cells) < self._width:
            self._short.add(number)
        elif any(cells[self._width :]):
            self._long.add(number)
        return True

    def settle(self, number: int) -> None:
        """Told that a record is data and was cut off, so that it is not judged by the rest of it."""
        self._settled.add(number)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was met; complete once all records were asked about."""
        return (
            *self._short.remark(
                "GJ-D104", "{count}行的单元格少于标题，缺少的按空白读取（第{rows}行）", _HINT_RAGGED
            ),
            *self._long.remark(
                "GJ-D105", "{count}行的单元格多于标题，多出的内容未读取（第{rows}行）", _HINT_RAGGED
            ),
            *self.mended.remark(
                "GJ-D123", "{count}行的单元格中有没有成对的引号，作为文字读取（第{rows}行）", _HINT_QUOTES
            ),
            *self._echoes.remark("GJ-D124", "{count}行是导出工具输出的提示（第{rows}行），未作为数据读取"),
            *self._failures.remark(
                "GJ-D125", "{count}行是系统或数据库的报错（第{rows}行），未作为数据读取", _HINT_BROKEN
            ),
            *self._undressed(),
        )

    def _undressed(self) -> tuple[Remark, ...]:
        text = f'{self.dressed}个单元格写作 ="001" 或以撇号开头，按其中的文字读取'
        return (Remark("GJ-D127", text, count=self.dressed),) if self.dressed else ()

    def bare(self, cells: Sequence[str]) -> Sequence[str]:
        """Cells without the signs that keep a table program from taking codes for numbers."""
        if not any(cell and cell[0] in _TRICKS for cell in cells):
            return cells
        return [self._bare(cell) for cell in cells]

    def _bare(self, cell: str) -> str:
        found = cell and cell[0] in _TRICKS and _PATTERN.fullmatch(cell)
        if not found:
            return cell
        self.dressed += 1
        return found[1] or found[2] or ""

    def _printed(self, number: int, cells: Sequence[str]) -> bool:
        if len(cells) >= self._width > 1 and sum(map(bool, cells)) > 1:
            return False
        if failure(cells):
            self._failures.add(number)
            return True
        if echo(cells):
            self._echoes.add(number)
            return True
        return False


def tricked_sql(column: str) -> str:
    """A cheap condition that is true for every text from which something may be taken off."""
    return " OR ".join(f"starts_with({column}, {literal(sign)})" for sign in _TRICKS)


def bare_sql(column: str) -> tuple[str, str]:
    """The same as `Sieve.bare` over a VARCHAR column: the bare text, and whether anything was taken off."""
    pattern = literal(f"^(?:{_DRESSED})$")
    bare = f"regexp_replace({column}, {pattern}, '\\1\\2')"
    return (
        f"CASE WHEN {tricked_sql(column)} THEN {bare} ELSE {column} END",
        f"regexp_matches({column}, {pattern})",
    )
