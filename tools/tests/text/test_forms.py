"""The same blocks as Markdown and as plain text; the command."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len

from guiju_tools.text.blocks import Entry, Grid, Heading, Items, Paragraph, Printed, Remark
from guiju_tools.text.compose import printed
from guiju_tools.text.markdown import markdown
from guiju_tools.text.plain import plain
from guiju_tools.text.titles import titles_of

TEXT = Printed(
    cover=("草案", "名称", "Title"),
    body=(
        Heading(1, "4", "编码"),
        Heading(2, "4.1", "结构"),
        Paragraph("编码应唯一*。", "4.1.1"),
        Remark("核验", "查重"),
        Remark("依据", "法律"),
        Paragraph("下一条|竖线。"),
        Heading(3, "4.1.2", "不入目次"),
        Entry("3.1", "术语", "term", "定义。"),
        Items(("甲", "乙")),
        Grid("表A.1　表", ("代码", "名称"), (("1", "长一些的名称"), ("22", ""))),
    ),
)


def test_markdown():
    assert markdown(TEXT) == (
        "**草案**\n\n# 名称\n\nTitle\n\n## 目次\n\n- 4　编码\n  - 4.1　结构\n\n"
        "## 4　编码\n\n### 4.1　结构\n\n**4.1.1**　编码应唯一\\*。\n\n> 核验：查重\n\n> 依据：法律\n\n"
        "下一条\\|竖线。\n\n#### 4.1.2　不入目次\n\n**3.1**　**术语** term\n\n定义。\n\n甲\n\n乙\n\n"
        "表A.1　表\n\n| 代码 | 名称 |\n|---|---|\n| 1 | 长一些的名称 |\n| 22 | — |\n"
    )


def test_plain_text():
    assert plain(TEXT) == (
        "草案\n名称\nTitle\n\n目次\n\n4　编码\n　4.1　结构\n\n"
        "4　编码\n\n4.1　结构\n\n4.1.1　编码应唯一*。\n\n"
        "　　［核验］查重\n　　［依据］法律\n\n　　下一条|竖线。\n\n4.1.2　不入目次\n\n"
        "3.1\n　　术语　term\n　　定义。\n\n　　甲\n　　乙\n\n"
        "表A.1　表\n代码  名称\n1     长一些的名称\n22    —\n"
    )


def test_both_forms_hold_every_requirement(standard):
    text = printed(standard)
    plain_text, marked = plain(text), re.sub(r"\\(.)", r"\1", markdown(text))
    for item in standard.requirements:
        assert item.text in plain_text
        assert item.text in marked


def test_tables_of_markdown_have_as_many_cells_as_heads(standard):
    width = 0
    for line in markdown(printed(standard)).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line))
        width = cells if line.startswith("|") and not width else width if line.startswith("|") else 0
        assert not line.startswith("|") or cells == width


def test_plain_columns_stand_below_each_other():
    rows = plain(TEXT).splitlines()[-3:]
    assert {cell_len(row[: row.rindex("  ")]) <= len("代码") * 2 for row in rows} == {True}


def guiju(tmp_path, *arguments, encoding="utf-8"):
    return subprocess.run(
        [sys.executable, "-m", "guiju_tools", "text", *map(str, arguments)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_the_command_loses_no_character(tmp_path, encoding):
    done = guiju(tmp_path, "政务服务事项管理", "--with-checks", encoding=encoding)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode(encoding)
    assert text.startswith("试点用草案（非国家标准）")
    assert "?" not in re.sub("符合写法“[^”]*”", "", text)


@pytest.mark.parametrize(("name", "start"), [("文/a.md", "**试点"), ("b.TXT", "试点")])
def test_the_ending_of_the_file_decides(tmp_path, name, start):
    done = guiju(tmp_path, "hotline-operation", "--out", name)
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("hotline-operation", "--out", "a.docx"), "GJ-I371"),
        (("hotline-operation", "--out", "在/a.md"), "GJ-I372"),
        (("没有这个标准",), "GJ-I303"),
    ],
)
def test_bad_requests_say_what_to_do(tmp_path, arguments, code):
    (tmp_path / "在").write_text("", encoding="utf-8")
    done = guiju(tmp_path, *arguments)
    assert done.returncode == 2
    assert code in done.stderr.decode()
    assert "处理：" in done.stderr.decode()


def test_titles_in_book_marks_and_none_for_what_cannot_be_read(pack):
    assert titles_of((pack,)) == {"window-service": "《窗口服务规范》"}
    (pack.standards / "window-service" / "standard.yaml").write_text("title: [", encoding="utf-8")
    assert titles_of((pack,)) == {}
