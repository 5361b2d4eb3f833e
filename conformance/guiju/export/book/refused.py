"""Refusals of workbooks: one code, one wording."""

from __future__ import annotations

from pathlib import Path

from guiju.errors import InputError, Place


def broken(path: Path, cause: str) -> InputError:
    """The fault of a file that is no readable workbook."""
    return InputError(
        "GJ-I112",
        "文件不是可读的工作簿，或已损坏",
        place=Place(str(path)),
        cause=cause,
        hint="请用表格软件打开，看内容是否完整，再另存为 .xlsx；打不开的请重新导出",
    )


def too_large(path: Path, cause: str, inside: str = "") -> InputError:
    """The fault of a workbook beyond all measure."""
    return InputError(
        "GJ-I120",
        "工作簿大得不正常，没有读取",
        place=Place(str(path), inside=inside),
        cause=cause,
        hint="请检查文件来源；数据确实很多的，请从系统导出 CSV，或分成几个文件",
    )


def far_off(path: Path, inside: str, cause: str) -> InputError:
    """The fault of a sheet with a cell far away from all others."""
    return InputError(
        "GJ-I114",
        "工作表的范围异常大，疑似有孤立的远处单元格",
        place=Place(str(path), inside=inside),
        cause=cause,
        hint="请删除数据区以外的行和列（整行整列删除），另存后再交",
    )


def too_many_sheets(path: Path, count: int) -> InputError:
    """The fault of a workbook with more sheets than anybody made."""
    return InputError(
        "GJ-I122",
        "工作表太多，没有读取",
        place=Place(str(path)),
        cause=f"有{count}个工作表",
        hint="请只交含有要核验的数据的工作表，另存后再交",
    )


def too_many_columns(path: Path, sheet: str, count: int) -> InputError:
    """The fault of a sheet with more columns than any table."""
    return InputError(
        "GJ-I123",
        "工作表的列太多，没有读取",
        place=Place(str(path), inside=sheet),
        cause=f"有内容的列到了第{count}列",
        hint="请删除数据区以外的列（整列删除），另存后再交",
    )


def encrypted(path: Path) -> InputError:
    """The fault of a workbook that opens with a password only."""
    return InputError(
        "GJ-I113", "工作簿设有打开密码", place=Place(str(path)), hint="请取消密码后另存为 .xlsx 再交"
    )
