"""Explanations (例外说明) read strictly: which rows of which requirement, why, who decided, until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place, StandardError, StandardErrors
from guiju.standard.checked import checked
from guiju.standard.formats import is_date
from guiju.standard.model import Requirement, Standard

LONGEST_SPAN = 366
"""Days; a longer span would explain away everything."""
NAMED = 3
_EVERYTHING = re.compile(r"[*?%？＊\s]*|全部|所有|任意|all", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """Rows whose `field` lies between two days, both included."""

    field: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One explanation; either `rows` (keys as findings print them) or a `span`. Days are YYYY-MM-DD."""

    id: str
    requirement: str
    reason: str
    decided_by: str
    decided: str
    expires: str
    rows: tuple[str, ...] = ()
    span: Span | None = None

    def holds(self, as_of: str) -> bool:
        """Whether it is still valid on that day."""
        return as_of <= self.expires

    @property
    def scope(self) -> str:
        """Which rows, in words."""
        if self.span is not None:
            return f"{self.span.field} 在 {self.span.first} 至 {self.span.last} 的记录"
        more = " 等" if len(self.rows) > NAMED else ""
        return f"主键为 {'、'.join(self.rows[:NAMED])}{more}的 {len(self.rows)} 条记录"


def read_explanations(path: Path) -> tuple[Explanation, ...]:
    """Read a file of explanations: YAML, or a workbook with the same facts.

    Raises:
        InputError: GJ-I343 unreadable, not strict YAML, or not as `explanations.schema.json` says; GJ-I344
            an id twice, a day that is none, a span that ends before it begins; GJ-I345 one that covers all.
    """
    label = str(path)
    try:
        data = _data(path, label)
    except StandardErrors as errors:
        raise _refused(label, errors.faults) from errors
    except StandardError as error:
        raise _refused(label, [error]) from error
    except ValueError as error:
        raise _refused(label, [StandardError("", str(error))]) from error
    found = tuple(_explanation(item) for item in data["explanations"])
    seen: set[str] = set()
    for item in found:
        if item.id in seen:
            raise _wrong(label, item, f"编号 {item.id} 用了两次", "每条说明用自己的编号")
        seen.add(item.id)
        _check(item, label)
    return found


def _data(path: Path, label: str) -> Any:
    from guiju.run.desk import explanations_book as book  # noqa: PLC0415 - seldom needed, slow to load

    if path.suffix.lower() == book.SUFFIX:
        return book.read_book(path, label)
    return checked(path, "explanations", label)


def _explanation(item: Mapping[str, Any]) -> Explanation:
    span = item.get("span")
    return Explanation(
        id=item["id"],
        requirement=item["requirement"],
        reason=item["reason"],
        decided_by=item["decided-by"],
        decided=item["decided"],
        expires=item["expires"],
        rows=tuple(text.strip() for text in item.get("rows", [])),
        span=Span(span["field"], span["from"], span["to"]) if span else None,
    )


def _check(item: Explanation, label: str) -> None:
    days = [item.decided, item.expires, *((item.span.first, item.span.last) if item.span else ())]
    for day in days:
        if not is_date(day):
            raise _wrong(label, item, f"“{day}”不是日期", '请写成 "2026-03-31" 的样子')
    if item.expires < item.decided:
        raise _wrong(label, item, "失效的日期早于决定的日期", "请改正 decided 或 expires")
    if any(_EVERYTHING.fullmatch(key) for key in item.rows):
        raise _too_wide(label, item, "rows 中有通配的写法")
    if item.span is not None:
        days_long = (date.fromisoformat(item.span.last) - date.fromisoformat(item.span.first)).days + 1
        if days_long < 1:
            raise _wrong(label, item, "时间段的终点早于起点", "请改正 from 或 to")
        if days_long > LONGEST_SPAN:
            raise _too_wide(label, item, f"时间段长达{days_long}天")


def _wrong(label: str, item: Explanation, message: str, hint: str) -> InputError:
    return InputError(
        "GJ-I344", f"例外说明 {item.id}：{message}", place=Place(label, inside=item.id), hint=hint
    )


def _too_wide(label: str, item: Explanation, cause: str) -> InputError:
    return InputError(
        "GJ-I345",
        f"例外说明 {item.id} 把什么都包括进去了",
        place=Place(label, inside=item.id),
        cause=cause,
        hint="请逐条写出主键，或者写一年以内的时间段；整条要求不适用的，请由地方适用参数关闭",
    )


def _refused(label: str, faults: Sequence[StandardError]) -> InputError:
    told = "；".join(f"{_where(fault)}{fault.message}" for fault in faults)
    return InputError(
        "GJ-I343",
        f"例外说明不能使用，有{len(faults)}处问题",
        place=Place(label),
        cause=told,
        hint=faults[0].hint or "请逐处改正；编辑器可按文件首行所列的模式给出提示",
    )


def _where(fault: StandardError) -> str:
    """The line of a YAML file, or the row of a workbook, whose head is the first."""
    if fault.place.line:
        return f"第{fault.place.line}行 "
    _, _, inside = fault.place.inside.partition(".")
    number = inside.partition(".")[0]
    return f"第{int(number) + 2}行 " if number.isdigit() else ""


def explanations_for(
    told: Iterable[Explanation], standards: Sequence[Standard], label: str
) -> dict[str, tuple[Explanation, ...]]:
    """Explanations by standard id; each has to belong to a requirement of one of the standards.

    Raises:
        InputError: GJ-I346 an unknown requirement or field.
    """
    found: dict[str, list[Explanation]] = {item.id: [] for item in standards}
    for item in told:
        owners = [one for one in standards if _requirement(one, item) is not None]
        if not owners:
            raise _unknown(label, item, f"没有要求 {item.requirement}", "请写要求的标识，如 IM-023")
        for standard in owners:
            _check_field(standard, item, label)
            found[standard.id].append(item)
    return {name: tuple(items) for name, items in found.items()}


def _requirement(standard: Standard, item: Explanation) -> Requirement | None:
    return next((one for one in standard.requirements if one.id == item.requirement), None)


def _check_field(standard: Standard, item: Explanation, label: str) -> None:
    requirement = _requirement(standard, item)
    home = getattr(requirement.check, "dataset", "") if requirement else ""
    if not home:
        raise _unknown(label, item, f"{item.requirement} 不按数据核验", "例外说明只用于按数据核验的要求")
    if item.span is None:
        return
    field = standard.datasets[home].fields.get(item.span.field)
    if field is None or field.type not in ("date", "date-time"):
        title = standard.datasets[home].title
        raise _unknown(
            label, item, f"{title}没有日期或时间型的数据元 {item.span.field}", "请改正 span 中的 field"
        )


def _unknown(label: str, item: Explanation, message: str, hint: str) -> InputError:
    return InputError(
        "GJ-I346", f"例外说明 {item.id}：{message}", place=Place(label, inside=item.id), hint=hint
    )


def explained_fields(told: Iterable[Explanation], standard: Standard) -> list[tuple[str, str]]:
    """The fields, by dataset and name, that spans of time ask for."""
    found = []
    for item in told:
        requirement = _requirement(standard, item)
        if item.span is not None and requirement is not None:
            found.append((getattr(requirement.check, "dataset", ""), item.span.field))
    return found


def needs_day(as_of: str) -> None:
    """Refuse explanations where no as-of day is known: whether they still hold could not be told.

    Raises:
        InputError: GJ-I316.
    """
    if not as_of:
        raise InputError(
            "GJ-I316",
            "用例外说明时要有数据的基准日",
            cause="不知道基准日，就不知道例外说明是否已经失效",
            hint="请用 --as-of 给出，如 --as-of 2026-03-31",
        )
