"""What a copy cannot keep is found in the file, also where a tag lies across two chunks."""

from __future__ import annotations

import zipfile

import pytest

from guiju_tools.marked import looked_over
from guiju_tools.marked.looked_over import look_over


def archive(path, **files):
    with zipfile.ZipFile(path, "w") as target:
        for name, text in files.items():
            target.writestr(name.replace("__", "/"), text)
    return path


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:sp macro=''></xdr:sp></xdr:wsDr>", "形状和文本框"),
        ("xl/media/image1.png", "x", "图片"),
        ("xl/charts/chart1.xml", "x", "图表（可能变样）"),
        ("xl/ctrlProps/ctrlProp1.xml", "x", "按钮、下拉框等表单控件"),
        ("xl/pivotTables/pivotTable1.xml", "x", "数据透视表（可能变样或不能刷新）"),
        ("xl/cellimages.xml", "x", "嵌在单元格里的图片"),
        ("xl/worksheets/sheet1.xml", "<ext><x14:sparklineGroups></ext>", "迷你图"),
        ("xl/worksheets/sheet1.xml", "<ext><x14:dataValidations></ext>", "引用其他工作表的下拉框"),
        ("_xmlsignatures/sig1.xml", "x", "数字签名"),
    ],
)
def test_each_kind_is_named(tmp_path, name, text, words):
    assert look_over(archive(tmp_path / "a.xlsx", **{name: text})).lost == (words,)


def test_a_plain_workbook_loses_nothing(tmp_path):
    found = look_over(archive(tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": '<c r="A1"/><c r="B1"/>'}))
    assert (found.cells, found.lost, found.rich) == (2, (), False)


@pytest.mark.parametrize("size", range(60, 90))
def test_a_torn_tag_is_counted_once(tmp_path, monkeypatch, size):
    monkeypatch.setattr(looked_over, "_CHUNK", size)
    text = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>2</v></c></row><x14:sparklineGroups><r>' * 9
    found = look_over(archive(tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": text}))
    assert (found.cells, found.lost, found.rich) == (18, ("迷你图",), True)
