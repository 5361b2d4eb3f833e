"""Addresses of databases: read strictly, and never shown with a password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from guiju.errors import InputError, Place

_SCHEMES = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "mysql": "mysql",
    "mariadb": "mysql",
    "oracle": "oracle",
}
TITLES = {"postgresql": "PostgreSQL", "mysql": "MySQL", "oracle": "Oracle"}
PORTS = {"postgresql": 5432, "mysql": 3306, "oracle": 1521}
EXAMPLE = "postgresql://用户@主机:5432/库名?schema=模式&table=表名"
_LOOKS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PASSWORD = re.compile(r"(?<=://)([^/?#@]*?):([^/?#]*)@")
_MANY = "table"
_KNOWN = ("schema", "table", "passfile", "timeout", "encoding", "host", "sid", "sslmode", "sslrootcert")
_LONGEST_WAIT = 86_400


@dataclass(frozen=True, slots=True)
class Address:
    """A database: what kind it is, where it is, as whom, and which tables.

    Attributes:
        kind: postgresql, mysql or oracle.
        shown: the address as people may see it, without password.
        tables: only these tables and views; all of the schema where there is none.
        timeout: seconds that one statement may take.
        options: what else the address says, by name.
    """

    kind: str
    shown: str
    host: str
    port: int
    user: str
    password: str
    database: str
    schema: str
    tables: tuple[str, ...]
    timeout: int
    options: dict[str, str]

    @property
    def place(self) -> Place:
        """Where faults of this database are placed."""
        return Place(self.shown)


def is_address(text: str) -> bool:
    """Whether a delivery is the address of a database rather than a path."""
    return bool(_LOOKS.match(text))


def delivery(text: str) -> Path | str:
    """What people name as a delivery: an address stays a text, all else is a path."""
    return text if is_address(text) else Path(text)


def masked(text: str) -> str:
    """An address without its password; any other text as it is."""
    return _PASSWORD.sub(r"\1:***@", text) if is_address(text) else text


def read_address(text: str) -> Address:
    """Read an address.

    Raises:
        InputError: GJ-I155 when it is none, or says what is not understood.
    """
    shown = masked(text)
    try:
        parts = urlsplit(text)
        port = parts.port
        told = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise _wrong(shown, "网址的写法不对", masked(str(error))) from error
    kind = _SCHEMES.get(parts.scheme.lower(), "")
    if not kind:
        raise _wrong(shown, f"不认识“{parts.scheme}://”开头的网址", f"能读的：{'、'.join(_SCHEMES)}")
    database = unquote(parts.path.strip("/"))
    options = _options(shown, told)
    if not database and "sid" not in options:
        raise _wrong(shown, "网址里没有写数据库的名称", "名称写在主机之后的“/”后面")
    return Address(
        kind=kind,
        shown=shown,
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=port or PORTS[kind],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=database,
        schema=options.pop("schema", ""),
        tables=tuple(value for name, value in told if name == _MANY),
        timeout=_seconds(shown, options.pop("timeout", "1800")),
        options=options,
    )


def _options(shown: str, told: list[tuple[str, str]]) -> dict[str, str]:
    names = [name for name, _ in told]
    unknown = [name for name in names if name not in _KNOWN]
    if unknown:
        raise _wrong(shown, f"网址里有不认识的参数：{'、'.join(unknown)}", f"可用的：{'、'.join(_KNOWN)}")
    twice = sorted({name for name in names if name != _MANY and names.count(name) > 1})
    empty = [name for name, value in told if not value]
    if twice or empty:
        raise _wrong(
            shown, f"网址的参数写了两次或没有值：{'、'.join(twice or empty)}", "只有 table 可以写几次"
        )
    return {name: value for name, value in told if name != _MANY}


def _seconds(shown: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= _LONGEST_WAIT:
        raise _wrong(shown, f"timeout={text} 不是秒数", f"应为1至{_LONGEST_WAIT}的整数")
    return int(text)


def _wrong(shown: str, message: str, cause: str) -> InputError:
    hint = f"写法如 {EXAMPLE}；名称中的特殊字符用百分号编码"
    return InputError("GJ-I155", message, place=Place(shown), cause=cause, hint=hint)
