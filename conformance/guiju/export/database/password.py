"""Passwords of databases: from the environment, from a password file, or asked for; never on a screen."""

from __future__ import annotations

import getpass
import os
import re
import sys
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.export.database.address import Address

VARIABLE = "GUIJU_PASSWORD"
_FIELDS = 5
_OTHERS = 0o077


def known_password(address: Address) -> str:
    """The password that is told somewhere; empty where none is.

    The address itself comes first, then the environment, then the file that the address names.

    Raises:
        InputError: GJ-I160 a password file that is not there, or that others may read.
    """
    return address.password or os.environ.get(VARIABLE, "") or _from_file(address)


def ask(address: Address) -> str:
    """Ask on the terminal, without echo; empty where nobody sits there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    return getpass.getpass(f"{address.shown} 的口令：", stream=sys.stderr)


def without_password(text: str, password: str) -> str:
    """What a driver says, without the password, should it repeat it."""
    return text.replace(password, "***") if password else text


def _from_file(address: Address) -> str:
    """The password in a file of lines ``host:port:database:user:password``; ``*`` stands for anything."""
    named = address.options.get("passfile", "")
    if not named:
        return ""
    path = Path(named).expanduser()
    try:
        open_to_others = os.name != "nt" and path.stat().st_mode & _OTHERS
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, "口令文件不能读取", str(error)) from error
    if open_to_others:
        raise _unusable(path, "口令文件别的用户也能读", "权限应为只有自己可读写（chmod 600）")
    wanted = (address.host or "localhost", str(address.port), address.database, address.user)
    for line in lines:
        fields = [re.sub(r"\\(.)", r"\1", field) for field in re.split(r"(?<!\\):", line)]
        if len(fields) == _FIELDS and all(a in ("*", b) for a, b in zip(fields, wanted, strict=False)):
            return fields[-1]
    return ""


def _unusable(path: Path, message: str, cause: str) -> InputError:
    hint = f"每行写成 主机:端口:库名:用户:口令；也可用环境变量 {VARIABLE} 给出口令"
    return InputError("GJ-I160", message, place=Place(str(path)), cause=cause, hint=hint)
