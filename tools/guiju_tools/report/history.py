"""The last periods of a desk as the report's first page tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.result import Summary

SHOWN = 3


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """One period: its counts of requirements, and why it cannot be compared with this one (or nothing)."""

    title: str
    summary: Summary
    incomparable: str = ""

    @property
    def rate(self) -> str:
        """The share of examined requirements that passed, with its figures."""
        told = self.summary
        if not told.examined:
            return "没有核验"
        return f"{100 * told.passed / told.examined:.1f}%（{told.passed}/{told.examined}）"


History = Sequence[PastPeriod]
"""The earliest first, this period last; empty where there is no desk."""
