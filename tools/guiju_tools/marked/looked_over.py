"""A workbook looked over from outside: how many cells it has, and what a marked copy cannot keep."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20
_LONGEST_TAG = 64
_CELL = b"<c "
_STRINGS = "xl/sharedStrings.xml"
_RICH = (b"<r>", b"<x:r>")
_BY_NAME = (
    (re.compile(r"xl/vbaProject\.bin$"), "宏（副本存为不带宏的 .xlsx）"),
    (re.compile(r"xl/(ctrlProps|activeX)/"), "按钮、下拉框等表单控件"),
    (re.compile(r"xl/pivotTables/"), "数据透视表（可能变样或不能刷新）"),
    (re.compile(r"xl/(slicers|slicerCaches|timelines)/"), "切片器和日程表"),
    (re.compile(r"xl/charts/"), "图表（可能变样）"),
    (re.compile(r"xl/cellimages\.xml$|xl/richData/"), "嵌在单元格里的图片"),
    (re.compile(r"xl/media/"), "图片"),
    (re.compile(r"xl/embeddings/"), "嵌入的文档和对象"),
    (re.compile(r"xl/threadedComments/"), "批注的会话形式（文字保留为普通批注）"),
    (re.compile(r"xl/queryTables/|xl/connections\.xml$"), "数据连接和查询"),
    (re.compile(r"customXml/"), "自定义XML数据"),
    (re.compile(r"_xmlsignatures/"), "数字签名"),
)
_IN_DRAWINGS = ((b"<xdr:sp", "形状和文本框"), (b"<xdr:cxnSp", "连接线"), (b"<xdr:grpSp", "组合的形状"))
_IN_SHEETS = (
    (b"sparklineGroup", "迷你图"),
    (b"x14:conditionalFormatting", "较新式样的条件格式"),
    (b"x14:dataValidation", "引用其他工作表的下拉框"),
    (b"<controls", "按钮、下拉框等表单控件"),
    (b"<picture", "工作表背景图"),
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml$")


@dataclass(frozen=True, slots=True)
class Contents:
    """Cells in all sheets of a workbook, what a copy may lose, whether cells have rich text."""

    cells: int
    lost: tuple[str, ...]
    rich: bool


def look_over(path: Path) -> Contents:
    """Count cells and find what is not kept, without parsing; memory stays flat."""
    cells, rich = 0, False
    lost: dict[str, None] = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            lost.update(dict.fromkeys(words for form, words in _BY_NAME if form.match(info.filename)))
            wanted: tuple[tuple[bytes, str], ...] = _IN_SHEETS if _SHEET.match(info.filename) else ()
            wanted = _IN_DRAWINGS if _DRAWING.match(info.filename) else wanted
            if not wanted and info.filename != _STRINGS:
                continue
            for piece in _pieces(archive, info):
                cells += piece.count(_CELL) if wanted is _IN_SHEETS else 0
                rich = rich or (wanted is not _IN_DRAWINGS and any(tag in piece for tag in _RICH))
                lost.update(dict.fromkeys(words for tag, words in wanted if tag in piece))
    return Contents(cells, tuple(lost), rich)


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Chunks that end before a tag begins, so that none is torn."""
    rest = b""
    with archive.open(info) as file:
        while chunk := file.read(_CHUNK):
            piece = rest + chunk
            cut = piece.rfind(b"<", max(0, len(piece) - _LONGEST_TAG))
            rest = piece[cut:] if cut >= 0 else b""
            yield piece[:cut] if cut >= 0 else piece
    yield rest
