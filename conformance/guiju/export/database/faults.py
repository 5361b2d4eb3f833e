"""What goes wrong with databases, in words; one code for each thing that people can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.errors import InputError, Place

_MOST = 20


def unreachable(place: Place, cause: str) -> InputError:
    """No connection: host, port, name, user or password."""
    return InputError(
        "GJ-I157",
        "连不上数据库",
        place=place,
        cause=_line(cause),
        hint="请核对主机、端口、库名、用户和口令，确认本机能访问该服务器（防火墙、白名单）。"
        "口令用环境变量 GUIJU_PASSWORD 或网址中的 passfile=口令文件 给出",
    )


def nothing_there(place: Place, message: str, cause: str) -> InputError:
    """No such schema or table, or none that may be read."""
    return InputError(
        "GJ-I158",
        message,
        place=place,
        cause=cause,
        hint="请在网址中用 schema= 和 table= 写明模式和表名，并请数据库管理员授予读取（SELECT）权限",
    )


def unread(place: Place, cause: str, hint: str = "") -> InputError:
    """Reading failed half-way."""
    return InputError(
        "GJ-I159",
        "数据库的表读不出来",
        place=place,
        cause=_line(cause),
        hint=hint or "请确认有读取权限、连接没有中断；读得太久的，可在网址中用 timeout=秒数 放宽",
    )


def undeclared_encoding(place: Place, cause: str) -> InputError:
    """A database that does not say in which encoding its texts are, or says it wrongly."""
    return InputError(
        "GJ-I161",
        "数据库里文字的编码不明",
        place=place,
        cause=_line(cause),
        hint="请向系统厂商问明编码，在网址中写上 encoding=gb18030 或 encoding=utf-8；也可请厂商导出文件",
    )


def named(words: Sequence[str]) -> str:
    """The first names of many."""
    return "、".join(words[:_MOST]) + ("等" if len(words) > _MOST else "")


def _line(text: str) -> str:
    return " ".join(text.split())
