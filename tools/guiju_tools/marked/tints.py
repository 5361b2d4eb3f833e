"""Tints by how grave a finding is, laid over the looks that cells have."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl.styles import PatternFill

from guiju_tools.marked.told import Nature

COLOURS: Mapping[Nature, str] = {"wrong": "FBD5CB", "doubt": "D9E2F3", "advice": "FFF2CC"}


@dataclass(slots=True)
class Tints:
    """Lays tints on the cells of one workbook; each look is worked out once: the library is slow."""

    _known: dict[tuple[tuple[int, ...], Nature], Any] = field(default_factory=dict)

    def lay(self, cell: Any, nature: Nature) -> None:
        """Give a cell the tint; the rest of its look stays."""
        before = (tuple(cell._style or ()), nature)  # noqa: SLF001 - the library offers no other way to share a look
        if before in self._known:
            cell._style = copy(self._known[before])  # noqa: SLF001 - as above
            return
        cell.fill = PatternFill("solid", fgColor=COLOURS[nature])
        self._known[before] = copy(cell._style)  # noqa: SLF001 - as above
