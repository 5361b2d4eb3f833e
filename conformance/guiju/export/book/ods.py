"""OpenDocument sheets looked at as XML: repeated cells make them large, for calamine unrolls them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from guiju.export.book.facts import MOST_NOTED, Facts
from guiju.export.book.package import pieces
from guiju.export.book.parts_xml import MOST_SHEETS
from guiju.export.book.refused import broken, encrypted, far_off, too_large, too_many_sheets

_CONTENT = "content.xml"
_MOST_CELLS = 60_000_000
_TOKEN = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)((?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?/?)>"
)
_NAME = re.compile(rb"table:name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROWS = re.compile(rb"number-rows-repeated\s*=\s*[\"']([0-9]+)[\"']")
_COLUMNS = re.compile(rb"number-columns-repeated\s*=\s*[\"']([0-9]+)[\"']")
_HIDDEN = re.compile(rb"table:visibility\s*=\s*[\"'](?:collapse|filter)[\"']")
_PERCENT = b'value-type="percentage"'
_VALUE = b"office:value-type"
_SHOWN = re.compile(rb"\s*<text:p>([^<]{1,40})</text:p>")
_NEAR = 200
_SPACES = re.compile(rb"text:c\s*=\s*[\"']([0-9]+)[\"']")
_MOST_SPACES = 1_000_000
_MOST_ACROSS = 100
_MOST_BYTES = 4 << 30


@dataclass(slots=True)
class _Walk:
    """Where in the sheets the walk is."""

    path: Path
    sheets: dict[str, Facts] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    row: int = 0
    column: int = 0
    again: int = 1
    last_row: int = 0
    last_column: int = 0
    before: int = 0
    across: int = 1
    times: int = 0
    weight: int = 0

    def token(self, end: bytes, kind: bytes, told: bytes) -> None:
        if kind == b"table":
            self._table(told, starts=not end)
        elif kind == b"table-row":
            self._row(told, starts=not end)
        elif not end:
            self._cell(told)

    def weigh(self, size: int) -> None:
        """What stands behind a token; that of a cell comes as often as the cell."""
        self.weight += size * self.times
        self.times = 0
        if self.weight > _MOST_BYTES:
            raise too_large(self.path, "很长的文字在许多单元格里重复", _CONTENT)

    def _table(self, told: bytes, *, starts: bool) -> None:
        self.before += self.last_row * self.last_column
        self.row, self.column, self.last_row, self.last_column = 0, 0, 0, 0
        if starts:
            name = _NAME.search(told)
            self.facts = Facts()
            self.sheets[unescape((name[1] or name[2] or b"").decode(errors="replace")) if name else ""] = (
                self.facts
            )
            if len(self.sheets) > MOST_SHEETS:
                raise too_many_sheets(self.path, len(self.sheets))

    def _row(self, told: bytes, *, starts: bool) -> None:
        if starts:
            again = _ROWS.search(told)
            self.again = int(again[1]) if again else 1
            self.column = 0
            if _HIDDEN.search(told):
                self.facts.hide(self.row + 1, self.row + self.again)
        if not starts or told.endswith(b"/"):
            self.row += self.again

    def _cell(self, told: bytes) -> None:
        again = _COLUMNS.search(told)
        self.across = int(again[1]) if again else 1
        self.column += self.across
        if told.endswith(b"/") and _VALUE not in told:
            return
        if _PERCENT in told:
            self.facts.percent.add(self.column)
        self.last_column = max(self.last_column, self.column)
        self.times = self.again * self.across
        self.last_row = self.row + self.again
        if self.before + self.last_row * self.last_column > _MOST_CELLS:
            cause = f"范围到第{self.last_row}行、第{self.last_column}列"
            raise far_off(self.path, _CONTENT, cause)

    def error(self, behind: bytes) -> None:
        """A formula came to an error: what is shown stands behind the cell's tag."""
        shown = _SHOWN.match(behind)
        text = unescape(shown[1].decode(errors="replace")) if shown else "#N/A"
        for row in range(self.row + 1, self.row + min(self.again, MOST_NOTED) + 1):
            for column in range(self.column - min(self.across, _MOST_ACROSS) + 1, self.column + 1):
                self.facts.note_error(row, column, text)


def look_at_ods(path: Path, archive: zipfile.ZipFile) -> dict[str, Facts]:
    """Facts by the name of the sheet: hidden rows, and columns with percentages.

    Raises:
        InputError: GJ-I112 damaged; GJ-I113 encrypted; GJ-I114 a cell far away; GJ-I120 texts far too large;
            GJ-I122 too many sheets.
    """
    names = archive.namelist()
    if _CONTENT not in names:
        raise broken(path, "没有表格的内容")
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        raise encrypted(path)
    walk = _Walk(path)
    for piece in pieces(path, archive, archive.getinfo(_CONTENT), b"<table:"):
        if any(int(number) > _MOST_SPACES for number in _SPACES.findall(piece)):
            raise too_large(path, "一处写着一百万个以上的空格", _CONTENT)
        tokens = list(_TOKEN.finditer(piece))
        ends = [*(item.start() for item in tokens[1:]), len(piece)]
        for token, end in zip(tokens, ends, strict=False):
            walk.token(token[1], token[2], token[3])
            walk.weigh(end - token.end())
            if b'value-type="error"' in token[3]:
                walk.error(piece[token.end() : token.end() + _NEAR])
    return walk.sheets
