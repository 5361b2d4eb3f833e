"""Whether a region's code is one, held against the code list of administrative divisions (division.csv)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.content import Pack
from guiju.errors import InputError, Place
from guiju.standard.tables import read_csv

LIST = "division"
INVENTED = "99"
"""No province has this code: regions for practice begin with it."""
_FORM = re.compile(r"[1-9][0-9]{5}")


@dataclass(frozen=True, slots=True)
class Division:
    """What is known of a code: its name (empty where it is not on file), its level, and a note for people."""

    code: str
    name: str = ""
    level: str = ""
    note: str = ""


def division(packs: Sequence[Pack], code: str, parent: str = "", place: Place | None = None) -> Division:
    """What the code list says of a region; a 功能区, which no list has, is known by its `parent`.

    Raises:
        InputError: GJ-I327 no six digits, GJ-I328 not on file.
    """
    _written(code, place)
    codes = _codes(packs)
    if parent:
        _written(parent, place)
        above = _known(codes, parent, place)
        return Division(code, above.name, "功能区", f"功能区，所在区划为{above.name or parent}")
    return _known(codes, code, place)


def _written(code: str, place: Place | None) -> None:
    if not _FORM.fullmatch(code):
        raise InputError(
            "GJ-I327",
            f"区划代码“{code}”不是六位数字",
            place=place,
            hint='写六位区划代码并加引号，如 "440300"',
        )


def _known(codes: Mapping[str, dict[str, str]], code: str, place: Place | None) -> Division:
    if code.startswith(INVENTED):
        return Division(code, "", "", "虚构的区划代码，只供演练")
    row = codes.get(code)
    if row is None and codes:
        raise InputError(
            "GJ-I328",
            f"区划代码 {code} 不在代码表中",
            place=place,
            cause=_nearest(codes, code),
            hint="请核对代码；开发区、新区等功能区没有国家代码的，写上 parent（所在区划的代码）",
        )
    if row is None:
        return Division(code, "", "", "没有区划代码表，只核对了写法")
    ended = f"代码表中它用到{row['valid_to']}" if row["valid_to"] else ""
    return Division(code, row["label"], row["description"], ended)


def _nearest(codes: Mapping[str, dict[str, str]], code: str) -> str:
    """The narrowest division on file that the code would lie in."""
    for above in (f"{code[:4]}00", f"{code[:2]}0000"):
        if above in codes:
            return f"代码表中有 {above} {codes[above]['label']}，没有 {code}"
    return f"代码表中没有以 {code[:2]} 开头的代码"


def _codes(packs: Sequence[Pack]) -> dict[str, dict[str, str]]:
    from guiju.standard.source import CODELIST_COLUMNS  # noqa: PLC0415 - it loads slowly

    for pack in packs:
        path = pack.standards / "codelists" / f"{LIST}.csv"
        if path.is_file():
            rows = read_csv(path, CODELIST_COLUMNS, path.relative_to(pack.root).as_posix())
            return {row["code"]: row for _, row in rows}
    return {}
