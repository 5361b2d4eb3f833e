"""Changes in a code list's CSV that leave the rows that did not change as they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from guiju.standard.source import CODELIST_COLUMNS


class CsvText:
    """One code list being changed."""

    def __init__(self, text: str) -> None:
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        self.rows: list[tuple[str, list[str]]] = []
        lines = text.removeprefix("\ufeff").splitlines(keepends=True)
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        start = 0
        for cells in reader:
            self.rows.append(("".join(lines[start : reader.line_num]), cells))
            start = reader.line_num

    def written(self) -> str:
        """The file as it is to be stored."""
        return self.mark + "".join(raw for raw, _ in self.rows)

    def update(self, code: str, cells: Mapping[str, str]) -> None:
        """Give the row of a code these cells."""
        for number, (raw, old) in enumerate(self.rows):
            if number and old[0] == code:
                wanted = [cells.get(column, "") for column in CODELIST_COLUMNS]
                if wanted != old:
                    end = raw[len(raw.rstrip("\r\n")) :]
                    self.rows[number] = (self._line(wanted, end), wanted)

    def append(self, cells: Mapping[str, str]) -> None:
        """A new code behind the others."""
        wanted = [cells.get(column, "") for column in CODELIST_COLUMNS]
        raw, old = self.rows[-1]
        if not raw.endswith(("\n", "\r")):
            self.rows[-1] = (raw + self.newline, old)
        self.rows.append((self._line(wanted, self.newline), wanted))

    def remove(self, code: str) -> None:
        """Take a code out."""
        self.rows = [row for number, row in enumerate(self.rows) if not number or row[1][0] != code]

    def _line(self, cells: list[str], end: str) -> str:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerow(cells)  # quotes what holds either letter of it
        return out.getvalue().removesuffix("\r\n") + end
