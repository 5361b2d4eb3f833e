"""What lint has to say: an error or a notice, with a code, a place and what to do; graded by stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from guiju.errors import GuijuError, Place, StandardErrors

Level = Literal["error", "notice"]
LEVEL_TITLES: dict[Level, str] = {"error": "错误", "notice": "提示"}
REVIEW = "40"
PUBLISHED = "60"


@dataclass(frozen=True, slots=True)
class Notice:
    """One remark: `error` stops review and publication, `notice` does not."""

    level: Level
    code: str
    message: str
    place: Place
    hint: str = ""

    def __str__(self) -> str:
        hint = f"\n  处理：{self.hint}" if self.hint else ""
        return f"{self.place} {LEVEL_TITLES[self.level]} [{self.code}] {self.message}{hint}"


def error(code: str, message: str, place: Place, hint: str = "") -> Notice:
    """A remark that stays an error at every stage."""
    return Notice("error", code, message, place, hint)


def notice(code: str, message: str, place: Place, hint: str = "") -> Notice:
    """A remark that is advice at every stage."""
    return Notice("notice", code, message, place, hint)


def graded(
    code: str, message: str, place: Place, hint: str = "", *, stage: str, until: str = REVIEW
) -> Notice:
    """Advice while the standard's stage lies before `until` (two digits), an error from then on."""
    return Notice("notice" if stage < until else "error", code, message, place, hint)


def unreadable(label: str, fault: Exception) -> Notice:
    """A file that is there and cannot be read as text."""
    return error(
        "GJ-S300",
        f"文件不能读取：{fault}",
        Place(label),
        hint="请检查文件是否可读、为UTF-8编码，内容是否完整",
    )


def of_fault(fault: GuijuError) -> list[Notice]:
    """A fault raised by a reader as remarks, several faults one by one."""
    faults = fault.faults if isinstance(fault, StandardErrors) else [fault]
    return [
        Notice("error", one.code, "：".join(filter(None, (one.message, one.cause))), one.place, one.hint)
        for one in faults
    ]


def ordered(notices: Iterable[Notice]) -> list[Notice]:
    """Remarks by file, line and code, each said once."""
    unique = dict.fromkeys(notices)
    return sorted(unique, key=lambda item: (item.place.file, item.place.line or 0, item.code, item.message))
