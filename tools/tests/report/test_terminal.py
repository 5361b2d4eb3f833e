"""The terminal: a table where somebody watches, plain lines elsewhere, alive on a GBK console."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from guiju_tools.report.terminal import print_result, summary_line

OUT = Path("结果")


class Screen(StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")


def printed(result, stream):
    print_result(result, OUT, stream)
    return stream.getvalue()


def test_redirected_output_is_plain_text(result):
    text = printed(result, StringIO())
    assert "\x1b" not in text
    assert (
        "6.3.2  IM-023  不符合（请核实）  承诺办结时限应不长于法定办结时限。  适用的2200条中有60条不符合"
        in text
    )
    assert "未核验 1 条：没有交来数据集“基本目录”" in text
    assert "其余：不适用 1 条，符合 1 条" in text
    assert "其中 1 条依据待核对原文，只作提示，不计入汇总" in text
    assert f"内部报告（含业务数据，不得外传）：{OUT / '内部' / 'report.html'}" in text


def test_many_reasons_are_cut_and_counted(result):
    untested = result.requirements[7]
    items = tuple(
        replace(untested, id=f"IM-{number}", reason=f"没有列{number}") for number in range(100, 108)
    )
    lines = printed(replace(result, requirements=items), StringIO()).splitlines()
    assert [line for line in lines if line.startswith("未核验")][4:] == [
        "未核验 1 条：没有列104",
        "未核验 3 条：其他原因，见报告",
    ]


def test_the_last_line_is_the_summary(result):
    last = printed(result, StringIO()).splitlines()[-1]
    assert last == summary_line(result)
    assert last.startswith("政务服务事项管理规范 0.1.0（试点用草案，非国家标准）：已核验 5 条")
    assert last.endswith("退出码 3")


def test_a_screen_gets_a_table(result):
    text = printed(result, Screen())
    assert "\x1b[" in text
    assert "IM-023" in text
    assert "退出码 3" in text


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("watched", [False, True])
def test_a_console_of_another_encoding_survives(result, encoding, watched):
    buffer = BytesIO()
    stream = TextIOWrapper(buffer, encoding=encoding)
    stream.isatty = lambda: watched
    item = replace(result.requirements[1], text="事项名称宜规范𠮷✗。", reason="值“\x1b[31m红”")
    print_result(replace(result, requirements=(item,)), OUT, stream)
    stream.flush()
    assert "IM-008".encode(encoding) in buffer.getvalue()


def test_all_our_own_words_are_in_gbk(result):
    assert "?" not in printed(result, StringIO()).encode("gbk", "replace").decode("gbk")


def test_control_marks_in_the_data_do_not_reach_the_screen(result):
    item = replace(result.requirements[8], reason="值 \x1b]0;x\x07 [bold]甲[/bold]")
    text = printed(replace(result, requirements=(item,)), StringIO())
    assert "\x07" not in text
    assert "[bold]甲[/bold]" in text


def test_a_conclusion_is_said(result):
    assert "整体结论：总体符合。" in summary_line(replace(result, conclusion="总体符合"))
