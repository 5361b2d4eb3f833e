"""What a file is that calls itself a workbook: told by its first bytes, not by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guiju.errors import InputError, Place
from guiju.export.book.package import names_in
from guiju.export.book.refused import broken
from guiju.export.refusals import empty_file

Kind = Literal["xlsx", "xlsb", "ods", "xls"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_BARE_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_LOOK = 4096
_RESAVE = "请用表格软件打开后另存为 .xlsx 再交；打开后只见登录或出错提示的，说明导出没有成功"
_DISGUISES = (
    (
        re.compile(r"mime-version:|content-type:\s*multipart/related|------=_nextpart", re.IGNORECASE),
        "单个文件网页（MHTML）",
        _RESAVE,
    ),
    (re.compile("urn:schemas-microsoft-com:office:spreadsheet"), "XML 表格（2003）", _RESAVE),
    (
        re.compile(r"<!doctype html|<html|<table|<head|<body|<meta|<style|<div", re.IGNORECASE),
        "网页（HTML）",
        _RESAVE,
    ),
    (re.compile(r"\A[\ufeff\s]*[{\[]"), "JSON 文本", "请把扩展名改为 .json 再交"),
)
_TEXT_BYTES = bytes({7, 8, 9, 10, 12, 13, 27} | set(range(0x20, 0x100)))


@dataclass(frozen=True, slots=True)
class Content:
    """What was found: the kind, and the suffix that goes with it."""

    kind: Kind
    usual: str


def content_of(path: Path) -> Content:
    """The kind of a workbook whose bytes are those of a zip archive or of a compound file.

    A zip archive may still turn out to be no workbook: the guard of archives looks inside.

    Raises:
        InputError: GJ-I105 empty; GJ-I121 a page, a text or another format under a workbook's name;
            GJ-I112 none of these.
    """
    with path.open("rb") as file:
        head = file.read(_LOOK)
    if not head:
        raise empty_file(path)
    if head.startswith(_OLE):
        return Content("xls", ".xls")
    if head.startswith(_ZIP):
        return _packed(path, head)
    raise _other(path, head)


def _packed(path: Path, head: bytes) -> Content:
    names = names_in(path)
    if "mimetype" in names and head[30:38] == b"mimetype":
        return Content("ods", ".ods")
    if "xl/workbook.bin" in names:
        return Content("xlsb", ".xlsb")
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        return Content("xlsx", ".xlsx")
    if "content.xml" in names:
        return Content("ods", ".ods")
    raise broken(path, "压缩包里没有工作簿的内容")


def _other(path: Path, head: bytes) -> InputError:
    text = _as_text(head)
    told, hint = next(
        ((told, hint) for sign, told, hint in _DISGUISES if sign.search(text)),
        ("文本", "请把扩展名改为 .csv 再交（用制表符分隔的也可以）"),
    )
    if not text.strip("\ufeff \r\n\t"):
        if not head.startswith(_BARE_BIFF):
            return broken(path, "开头的字节不是工作簿的")
        told, hint = "很旧的 Excel 格式", _RESAVE
    message = f"文件用工作簿的扩展名，内容却是{told}"
    return InputError("GJ-I121", message, place=Place(str(path)), hint=hint)


def _as_text(head: bytes) -> str:
    """The beginning as text; empty where it is not text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    if head.translate(None, _TEXT_BYTES):
        return ""
    return head.decode("utf-8", errors="replace")
