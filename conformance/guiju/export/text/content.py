"""Files that are something else than their names say: workbooks, web pages, answers of an interface."""

from __future__ import annotations

import html
import re
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.export.refusals import empty_file

_KINDS = (
    (b"PK\x03\x04", "Excel工作簿或压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版Office文件"),
    (b"PAR1", "Parquet文件"),
    (b"\x1f\x8b", "gzip压缩文件"),
    (b"SQLite format 3\0", "SQLite数据库"),
    (b"%PDF-", "PDF文件"),
)
_BLANKS = b" \t\r\n\0\xef\xbb\xbf"
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|meta|title|table|div|center|h1|\?xml|soap)[\s>:/]",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<(title|h1)[^>]*>(.*?)</\1", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_SHOWN = 60


def refuse_other(path: Path, head: bytes) -> None:
    """Refuse a file by its first bytes.

    Raises:
        InputError: GJ-I105 empty; GJ-I117 another format's content; GJ-I133 a web page.
    """
    if not head.strip(_BLANKS) and path.stat().st_size <= len(head):
        raise empty_file(path)
    for mark, kind in _KINDS:
        if head.startswith(mark):
            raise InputError(
                "GJ-I117",
                f"文件内容与扩展名不符，像是{kind}",
                place=Place(str(path)),
                hint="请按文件的真实格式改正扩展名",
            )
    if _PAGE.match(head.lstrip(_BLANKS)):
        raise _page(path, head)


def _page(path: Path, head: bytes) -> InputError:
    if _TABLE.search(head):
        hint = "请用表格软件打开，核对无误后另存为 .xlsx 再交"
    else:
        hint = "多半是登录过期、没有权限或系统报错：请重新登录后导出，打开文件核对里面是记录再交"
    return InputError(
        "GJ-I133",
        "文件的内容是网页，不是数据",
        place=Place(str(path), 1),
        cause=f"网页上写的是：{_said(head)}",
        hint=hint,
    )


def _said(head: bytes) -> str:
    """What the page says, as far as its beginning tells."""
    encoding = "gb18030" if re.search(rb"charset=[\"']?gb", head, re.IGNORECASE) else "utf-8"
    text = head.decode(encoding, "replace")
    title = _TITLE.search(text)
    shown = " ".join(html.unescape(_TAGS.sub(" ", title[2] if title else text)).split())
    return (shown[:_SHOWN] or "（没有文字）").replace("\ufffd", "")
