"""Refusals that several readers share: one code, one wording."""

from __future__ import annotations

from pathlib import Path

from guiju.errors import InputError, Place


def empty_file(path: Path) -> InputError:
    """Nothing in the file."""
    return InputError("GJ-I105", "文件是空的", place=Place(str(path)), hint="请检查导出是否成功")


def old_workbook(path: Path, what: str) -> InputError:
    """A workbook of a kind that is not read; `what` says how that was seen."""
    return InputError(
        "GJ-I104", f"不能读取{what}", place=Place(str(path)), hint="请用表格软件打开后另存为 .xlsx 再交"
    )


def no_headings(path: Path, hint: str) -> InputError:
    """No row (or record) that says what the columns are."""
    return InputError("GJ-I107", "没有找到标题行或任何记录", place=Place(str(path)), hint=hint)
