"""One thing wrong with a feature file: exactly that code, at that line."""

from __future__ import annotations

import pytest

LIMITS = "features/window-service/01-limits.feature"
QUALITY = "features/window-service/02-quality.feature"

# file, what stands there, what is written instead, all codes, a part of the line they are told at
FAULTS = {
    "no Gherkin": (LIMITS, "| A002 |", "| A002 | B |", {"GJ-S383"}, "| A002 | B |"),
    "no language": (LIMITS, "# language: zh-CN\n", "\n", {"GJ-S385"}, ""),
    "language further down": (
        LIMITS,
        "# language: zh-CN\n",
        "# 时限\n# language: zh-CN\n",
        {"GJ-S385"},
        "# 时限",
    ),
    "title behind the text": (
        LIMITS,
        "规则: 4.2.1 办件编号应唯一",
        "规则: 4.2 办件编号应唯一",
        {"GJ-S389"},
        "规则: 4.2 ",
    ),
    "export in other words": (
        LIMITS,
        "场景: WS-003 试点地区导出的办件",
        "场景: WS-003 导出的办件",
        {"GJ-S390"},
        "场景: WS-003 导出的",
    ),
    "export without its tag": (
        LIMITS,
        "    @export\n    场景: WS-003",
        "    场景: WS-003",
        {"GJ-S386", "GJ-S390", "GJ-S393"},
        None,
    ),
    "export of another dataset": (
        QUALITY,
        '假如 试点地区导出的"事项清单"',
        '假如 试点地区导出的"办件"',
        {"GJ-S390"},
        "WS-010 试点地区",
    ),
    "export with another end": (
        QUALITY,
        "      那么 指标达到要求\n\n    @example",
        "      那么 每条适用的记录都符合\n\n    @example",
        {"GJ-S390"},
        "WS-006 试点地区",
    ),
    "neither export nor example": (
        LIMITS,
        "    @example\n    场景: WS-003",
        "    场景: WS-003",
        {"GJ-S386", "GJ-S396"},
        None,
    ),
    "rule of nobody": (LIMITS, "  @WS-003\n  规则", "  @WS-099\n  规则", {"GJ-S388", "GJ-S391"}, None),
    "rule without tag": (LIMITS, "  @WS-003\n  规则", "  规则", {"GJ-S388", "GJ-S391"}, None),
    "rule of a declared one": (
        LIMITS,
        "  @WS-003\n  规则",
        "  @WS-007\n  规则",
        {"GJ-S388", "GJ-S391"},
        None,
    ),
    "rule of another": (LIMITS, "  @WS-003\n  规则", "  @WS-004\n  规则", None, None),
    "name without id": (
        LIMITS,
        "场景: WS-003 重复的被检出",
        "场景: 重复的被检出",
        {"GJ-S387"},
        "场景: 重复的被检出",
    ),
    "name twice": (LIMITS, "WS-001 改为10个工作日", "WS-001 超过20个工作日的被检出", {"GJ-S387"}, None),
    "name twice but for punctuation": (
        LIMITS,
        "WS-001 改为10个工作日",
        "WS-001 超过（20个）工作日的被检出",
        {"GJ-S387"},
        None,
    ),
    "another number in a title": (
        LIMITS,
        "WS-001 超过20个工作日",
        "WS-001 超过30个工作日",
        {"GJ-S392"},
        "超过30个",
    ),
    "number of a parameter set here": (
        LIMITS,
        "WS-001 改为10个工作日",
        "WS-001 改为12个工作日",
        {"GJ-S392"},
        "改为12个",
    ),
    "unknown step": (
        LIMITS,
        '当 核验"WS-003"\n      那么 第1行',
        '当 检查"WS-003"\n      那么 第1行',
        {"GJ-S393"},
        None,
    ),
    "when as given": (
        LIMITS,
        '当 核验"WS-003"\n      那么 第1行',
        '假如 核验"WS-003"\n      那么 第1行',
        {"GJ-S393"},
        None,
    ),
    "another one examined": (
        LIMITS,
        '当 核验"WS-003"\n      那么 第1行',
        '当 核验"WS-004"\n      那么 第1行',
        {"GJ-S393"},
        None,
    ),
    "no such row": (
        LIMITS,
        "第1行不符合\n      并且 第3行符合",
        "第1行不符合\n      并且 第4行符合",
        {"GJ-S393"},
        "第4行",
    ),
    "no such outcome": (QUALITY, '那么 结论为"不符合"', '那么 结论为"违法"', {"GJ-S393", "GJ-S396"}, None),
    "no such dataset": (QUALITY, '"例外清单"中没有记录', '"名单"中没有记录', {"GJ-S393", "GJ-S395"}, None),
    "no such parameter": (LIMITS, '参数"limit_days"', '参数"days"', {"GJ-S393"}, '参数"days"'),
    "table where none belongs": (
        QUALITY,
        '"例外清单"中没有记录\n',
        '"例外清单"中没有记录\n        | 理由 |\n',
        {"GJ-S393", "GJ-S395"},
        None,
    ),
    "no records of what has some": (
        QUALITY,
        '"例外清单"中没有记录',
        '"办件"中没有记录',
        {"GJ-S393", "GJ-S395"},
        None,
    ),
    "no such field": (
        QUALITY,
        "| 办件编号 | 事项编码 |",
        "| 编号 | 事项编码 |",
        {"GJ-S394", "GJ-S395"},
        None,
    ),
    "one field twice": (
        QUALITY,
        "| 办件编号 | 事项编码 |",
        "| 办件编号 | CASE_NO |",
        {"GJ-S394", "GJ-S395"},
        None,
    ),
    "background": (
        LIMITS,
        "功能: 4 时限\n",
        '功能: 4 时限\n\n  背景:\n    假如 试点地区导出的"办件"\n',
        {"GJ-S386"},
        "背景:",
    ),
    "no example that fails": (
        QUALITY,
        "并且 第2行不符合\n\n  @WS-010",
        "并且 第2行符合\n\n  @WS-010",
        {"GJ-S396"},
        "规则: 5.5",
    ),
    "no example that passes": (
        LIMITS,
        "那么 第1行不符合\n      并且 第3行符合",
        "那么 第1行不符合",
        {"GJ-S396"},
        "规则: 4.2.1",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(bench, name):
    label, old, new, codes, part = FAULTS[name]
    text = bench.read(label)
    assert text.count(old) == 1, text.count(old)
    bench.write(label, text.replace(old, new))
    found = bench.lint()
    if codes is None:
        codes = {notice.code for notice in found}
        assert codes >= {"GJ-S388"}
    assert {notice.code for notice in found} == codes, [str(notice) for notice in found]
    if part is not None:
        assert [(notice.place.file, notice.place.line) for notice in found] == [
            (label, bench.line(label, part))
        ]
