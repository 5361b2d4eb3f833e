"""What of a database is passed over, and told: tables and columns that are not read."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.export.database.faults import named
from guiju.export.remarks import Remark


def closed_tables(whole: str, names: Sequence[str]) -> tuple[Remark, ...]:
    """Tables that may not be, or cannot be, read."""
    text = f"有{len(names)}张表或视图不能读（没有权限，或不是普通的表）：{named(names)}"
    hint = "其中若有要核验的数据，请数据库管理员授予读取（SELECT）权限"
    return (Remark("GJ-D134", text, count=len(names), hint=hint, whole=whole),) if names else ()


def unread_columns(names: Sequence[str]) -> tuple[Remark, ...]:
    """Columns of binary content, or that may not be read."""
    text = f"有{len(names)}列没有读（二进制内容，或没有权限）：{named(names)}"
    return (Remark("GJ-D135", text, count=len(names)),) if names else ()
