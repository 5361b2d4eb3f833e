"""`guiju lint --fix`: what is generated is renewed, what people wrote stays as it is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from guiju_tools.lint import fix, lint
from guiju_tools.lint.generated import Wanted
from guiju_tools.lint.renew import new_file, renew
from guiju_tools.lint.written import read_feature

LIMITS = "features/window-service/01-limits.feature"
QUALITY = "features/window-service/02-quality.feature"
REQUIREMENTS = "standards/window-service/requirements/01-limits.yaml"


def test_nothing_to_fix_in_the_tiny_pack(bench):
    before = {label: bench.read(label) for label in (LIMITS, QUALITY)}
    assert fix(bench.pack) == []
    assert {label: bench.read(label) for label in before} == before


def test_a_changed_text_renews_the_title(bench):
    bench.change(REQUIREMENTS, "办件编号应唯一", "办件的编号应唯一")
    before = bench.read(LIMITS)
    assert fix(bench.pack) == [LIMITS]
    assert bench.read(LIMITS) == before.replace("规则: 4.2.1 办件编号应唯一", "规则: 4.2.1 办件的编号应唯一")


def test_a_changed_title_of_a_dataset_renews_the_export_scenarios(bench):
    label = "standards/window-service/datasets/item.yaml"
    bench.change(label, "title: 事项清单", "title: 目录清单\nx-aliases: [事项清单]")
    assert fix(bench.pack) == [QUALITY]
    assert '场景: WS-010 试点地区导出的目录清单\n      假如 试点地区导出的"目录清单"\n' in bench.read(QUALITY)


def test_a_missing_rule_is_made_in_its_place_with_its_export_scenario(bench):
    before = bench.read(LIMITS)
    start, end = before.index("  @WS-002\n"), before.index("  @WS-003\n")
    bench.write(LIMITS, before[:start] + before[end:])
    assert fix(bench.pack) == [LIMITS]
    examples = before.index("    @example\n    场景: WS-002")
    assert bench.read(LIMITS) == before[:examples] + before[end:]
    assert {notice.code for notice in bench.lint()} == {"GJ-S396"}, "only its examples are missing"


def test_a_missing_file_is_made(bench):
    bench.path(QUALITY).unlink()
    assert fix(bench.pack) == [QUALITY]
    text = bench.read(QUALITY)
    assert text.startswith("# language: zh-CN\n功能: 5 质量\n\n  @WS-005\n  规则: 5.1 ")
    assert re.findall(r"@(WS-\d+)", text) == ["WS-005", "WS-006", "WS-009", "WS-010", "WS-011"]
    assert {notice.code for notice in bench.lint()} == {"GJ-S396"}
    assert fix(bench.pack) == []


def test_rules_are_put_in_order(bench):
    right = bench.read(LIMITS)
    head, one, two, three, four = right.split("  @WS-0")
    bench.write(LIMITS, f"{head}  @WS-0{one}  @WS-0{three}  @WS-0{two}  @WS-0{four}")
    assert fix(bench.pack) == [LIMITS]
    assert bench.read(LIMITS) == right


def test_comments_go_with_their_rule(bench):
    right = bench.read(LIMITS).replace("  @WS-003\n", "  # 关于编号\n  # 另见4.1\n  @WS-003\n")
    start, end = right.index("  # 关于编号"), right.index("  @WS-004\n")
    third, rest = right[start:end].rstrip("\n"), right[end:].rstrip("\n")
    bench.write(LIMITS, f"{right[:start]}{rest}\n\n{third}\n")
    assert fix(bench.pack) == [LIMITS]
    assert bench.read(LIMITS) == right


def test_a_comment_in_a_generated_scenario_is_kept(bench):
    bench.change(LIMITS, "    场景: WS-003 试点地区导出的办件\n", "    场景: WS-003 导出\n      # 不要删\n")
    assert fix(bench.pack) == [LIMITS]
    assert "      # 不要删\n    @export\n    场景: WS-003 试点地区导出的办件\n" in bench.read(LIMITS)
    assert bench.codes() == []


def test_line_ends_stay_as_they_are(bench):
    windows = (
        bench.read(LIMITS).replace("\n", "\r\n").replace("规则: 4.2.1 办件编号应唯一。", "规则: 旧的标题")
    )
    start, end = windows.index("  @WS-002\r\n"), windows.index("  @WS-003\r\n")
    bench.path(LIMITS).write_bytes((windows[:start] + windows[end:]).encode())
    assert fix(bench.pack) == [LIMITS]
    renewed = bench.path(LIMITS).read_bytes().decode()
    assert renewed.count("\n") == renewed.count("\r\n")
    assert "规则: 4.2.1 办件编号应唯一。\r\n" in renewed
    assert "@WS-002\r\n" in renewed


def test_a_file_that_is_no_gherkin_stays_and_so_do_rules_that_may_be_in_it(bench):
    bench.change(LIMITS, "| A002 |", "| A002 | B |")
    bench.change(LIMITS, "  @WS-004\n", "  @WS-099\n")
    before = bench.read(LIMITS)
    assert fix(bench.pack) == []
    assert bench.read(LIMITS) == before


def test_a_standard_that_cannot_be_read_is_left_alone(bench):
    bench.write(REQUIREMENTS, "- [")
    bench.change(QUALITY, "规则: 5.5 办件", "规则: 5.6 办件")
    assert fix(bench.pack) == []


def test_nothing_is_left_beside_the_file(bench):
    bench.change(REQUIREMENTS, "办件编号应唯一", "办件的编号应唯一")
    fix(bench.pack)
    assert {path.name for path in bench.path(LIMITS).parent.iterdir()} == {
        "01-limits.feature",
        "02-quality.feature",
    }


def test_what_was_fixed_is_what_lint_asked_for(bench):
    text = bench.read(LIMITS)
    bench.write(
        LIMITS,
        text.replace("规则: 4.2", "规则: 9.9").replace("那么 每条适用的记录都符合", "那么 指标达到要求"),
    )
    assert {notice.code for notice in lint(bench.pack)} == {"GJ-S389", "GJ-S390"}
    assert fix(bench.pack, "window-service") == [LIMITS]
    assert lint(bench.pack) == []
    assert bench.read(LIMITS) == text


IDS = ("AA-001", "AA-002", "AA-003", "AA-004")
LISTED = [
    Wanted(
        name,
        f"4.{index} 第{index}条应符合。",
        f"{name} 试点地区导出的表",
        (("假如", '试点地区导出的"表"'), ("当", f'核验"{name}"'), ("那么", "每条适用的记录都符合")),
    )
    for index, name in enumerate(IDS, start=1)
]
BLANKS = st.sampled_from(["", "\n", "\n\n", "  \n"])
COMMENTS = st.sampled_from(["", "  # 说明\n", "    # 一\n    # 二\n", "  # 说明\n\n"])
OLD_EXPORTS = st.sampled_from(
    [
        "",
        "    @export\n    场景: 旧的\n      假如 别的\n",
        "    @export @slow\n    场景: 旧的\n      # 留着\n      假如 别的\n      那么 什么\n",
        "    @export\n    场景: 空的\n",
    ]
)
EXAMPLE = """\
    @example
    场景: {} 例{}
      假如 "表"中有下列记录:
        | 甲 |
        | 1  |
      # 乙
      \"""
      @AA-001
      规则: 假的
      \"""
      那么 第1行符合
"""


@st.composite
def rule_texts(draw, name):
    wanted = next((one for one in LISTED if one.id == name), None)
    title = draw(st.sampled_from(["旧的标题", "4.1 旧的", wanted.title if wanted else "别的"]))
    right = "\n".join(wanted.export_lines()) + "\n" if wanted else ""
    parts = [
        draw(OLD_EXPORTS | st.just(right)),
        *(EXAMPLE.format(name, number) for number in range(draw(st.integers(0, 2)))),
    ]
    parts = draw(st.permutations(parts)) if draw(st.booleans()) else parts
    body = "".join(draw(BLANKS) + draw(COMMENTS) + part for part in parts if part)
    description = draw(st.sampled_from(["", "    描述一句\n"]))
    return f"{draw(COMMENTS)}  @{name} @more\n  规则: {title}\n{description}{body}"


@st.composite
def feature_texts(draw):
    names = draw(st.lists(st.sampled_from((*IDS, "ZZ-999")), unique=True, max_size=5))
    rules = "".join(draw(BLANKS) + draw(rule_texts(name)) for name in names)
    text = f"# language: zh-CN\n# 开头\n功能: 一章\n{rules}{draw(BLANKS)}"
    text = text.rstrip("\n") if draw(st.booleans()) else text
    missing = [one for one in LISTED if one.id not in names and draw(st.booleans())]
    return (text.replace("\n", "\r\n") if draw(st.booleans()) else text), missing


def comments(text):
    return sorted(line.strip() for line in text.splitlines() if line.strip().startswith("#"))


def examples(text):
    normal = text.replace("\r\n", "\n") + "\n"
    return sorted(re.findall(r"    @example\n.*?那么 第1行符合\n", normal, flags=re.DOTALL))


@given(feature_texts())
def test_renewing_twice_is_renewing_once_and_people_keep_their_words(given_text):
    text, missing = given_text
    renewed = renew(text, LISTED, missing)
    assert renew(renewed, LISTED) == renewed
    assert comments(renewed) == comments(text)
    assert examples(renewed) == examples(text)
    rules = {
        tag.name: rule for rule in read_feature(renewed, "").rules for tag in rule.tags if tag.name in IDS
    }
    assert set(rules) >= {one.id for one in missing}
    assert list(rules) == sorted(rules)
    for one in LISTED:
        if one.id in rules:
            assert rules[one.id].title == one.title
            assert [
                one.agrees(scenario) for scenario in rules[one.id].scenarios if scenario.tagged("export")
            ] == [True]


@given(feature_texts())
def test_only_generated_lines_change(given_text):
    text, _ = given_text
    generated = {line for one in LISTED for line in (*one.export_lines(), *one.rule_lines())}
    old, new = text.splitlines(), renew(text, LISTED).splitlines()
    added = [line for line in new if line not in old and line.strip()]
    assert set(added) <= generated


def test_a_new_file_has_its_first_rule_after_one_blank_line():
    text = renew(new_file("4 时限"), LISTED, LISTED[:1])
    assert text.startswith(
        "# language: zh-CN\n功能: 4 时限\n\n  @AA-001\n  规则: 4.1 第1条应符合。\n\n    @export\n"
    )
    assert text.endswith("每条适用的记录都符合\n")
