"""What people have to be told about a database that was read; one code for each kind."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.export.database.faults import named
from guiju.export.remarks import Remark

_RIGHTS = "其中若有要核验的数据，请数据库管理员授予读取（SELECT）权限"


def closed_tables(whole: str, names: Sequence[str]) -> tuple[Remark, ...]:
    """Tables that may not be, or cannot be, read."""
    text = f"有{len(names)}张表或视图不能读（没有权限，或不是普通的表）：{named(names)}"
    return (Remark("GJ-D134", text, count=len(names), hint=_RIGHTS, whole=whole),) if names else ()


def closed_rows() -> Remark:
    """A table of which only some rows may be seen, and nobody knows how many there are."""
    text = "这张表按行限制权限，只读到了当前用户看得见的行"
    return Remark("GJ-D134", text, hint="请确认这个用户看得见要核验的全部行")


def unread_columns(names: Sequence[str]) -> tuple[Remark, ...]:
    """Columns of binary content, or that may not be read."""
    text = f"有{len(names)}列没有读（二进制内容，或没有权限）：{named(names)}"
    return (Remark("GJ-D135", text, count=len(names)),) if names else ()


def unread_cells(count: int) -> tuple[Remark, ...]:
    """Cells of binary content."""
    return (Remark("GJ-D135", f"有{count}个单元格是二进制内容，没有读", count=count),) if count else ()


def other_encoding(count: int) -> tuple[Remark, ...]:
    """Texts in GB18030 where UTF-8 is due."""
    text = f"有{count}个文字不是UTF-8，按GB18030读取"
    return (Remark("GJ-D136", text, count=count, hint="请核对其中的汉字"),) if count else ()


def broken_texts(count: int) -> tuple[Remark, ...]:
    """Texts in no known encoding."""
    text = f"有{count}个文字的编码不明，读不出的字以“\ufffd”代替"
    return (Remark("GJ-D136", text, count=count, hint="请在原系统中核对"),) if count else ()


def western_columns(names: Sequence[str]) -> tuple[Remark, ...]:
    """Columns whose declared encoding has no Chinese characters."""
    text = f"有{len(names)}列声明为latin1：{named(names)}，其中的汉字会读成乱码"
    hint = "请核对这些列；有汉字的，请厂商改正字符集或导出文件"
    return (Remark("GJ-D136", text, count=len(names), hint=hint),) if names else ()


def inexact_numbers(heading: str, count: int) -> tuple[Remark, ...]:
    """Floating numbers with more digits than they keep."""
    text = f"“{heading}”列有{count}个浮点数超过15位，编码可能已失真"
    hint = "请在数据库中改用文本或定点数存放"
    return (Remark("GJ-D137", text, heading, count, hint=hint),) if count else ()


def without_snapshot(engine: str) -> Remark:
    """A table that may change while it is read."""
    text = f"这张表用{engine}存放，没有快照：读取时若有改动，各表可能前后不一"
    return Remark("GJ-D138", text, hint="请在没有写入时读取")


def waiting_changes(names: Sequence[str]) -> Remark:
    """Changes that stand beside a file and not yet in it."""
    text = f"数据库旁边有尚未并入的更改（{named(names)}），已连同读取"
    return Remark("GJ-D138", text, hint="交文件时请把它们一起交；最好先关闭使用它的程序")


def written_password(whole: str) -> Remark:
    """A password that stands in an address."""
    text = "数据库的口令写在了命令行或配置的网址里，别的用户可能看到"
    hint = "请改用环境变量 GUIJU_PASSWORD 或网址中的 passfile=口令文件"
    return Remark("GJ-D139", text, hint=hint, whole=whole)
