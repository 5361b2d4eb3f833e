"""The three bases of everything that can go wrong, each with a code, a place, a cause and a hint.

Bad *data* is never an exception: it is a finding. Exceptions stand for an input that cannot be used
(`InputError`), a standard that is broken (`StandardError`), or a fault of ours (`InternalError`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault lies: a file (as the user named it), a line and column counted from 1, a path inside."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    inside: str = ""

    def __str__(self) -> str:
        line = "" if self.line is None else f" 第{self.line}行"
        column = "" if self.column is None else f"第{self.column}列"
        inside = f"（{self.inside}）" if self.inside else ""
        return f"{self.file}{line}{column}{inside}".strip()


class GuijuError(Exception):
    """Base of all faults.

    Args:
        code: stable code, such as ``GJ-I101``.
        message: what is wrong, in the words of the user.
        place: where it is.
        cause: what the program saw, if that helps.
        hint: what to do about it.
    """

    exit_code = 3

    def __init__(
        self, code: str, message: str, *, place: Place | None = None, cause: str = "", hint: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place or Place()
        self.cause = cause
        self.hint = hint

    def __str__(self) -> str:
        lines = [f"[{self.code}] {self.message}"]
        lines += [f"  {name}：{text}" for name, text in self.details()]
        return "\n".join(lines)

    def details(self) -> list[tuple[str, str]]:
        """The labelled parts besides the message, empty ones left out."""
        parts = (("位置", str(self.place)), ("原因", self.cause), ("处理", self.hint))
        return [(name, text) for name, text in parts if text]


class InputError(GuijuError):
    """A request, an export or a mapping that cannot be used as it is."""

    exit_code = 2


class StandardError(GuijuError):
    """A pack, a standard, an expression or a feature that is broken."""

    exit_code = 2


class StandardErrors(StandardError):  # noqa: N818 - the plural of its base
    """Several faults of one standard, told together."""

    def __init__(self, faults: list[StandardError]) -> None:
        first = faults[0]
        super().__init__(first.code, f"标准数据有{len(faults)}处问题", place=Place(first.place.file))
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join([self.message, *(str(fault) for fault in self.faults)])


class InternalError(GuijuError):
    """A fault of ours: please report it."""

    exit_code = 3
