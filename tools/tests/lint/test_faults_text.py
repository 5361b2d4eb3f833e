"""One thing wrong with the text of a standard: exactly that code, at exactly that line."""

from __future__ import annotations

import pytest

STANDARD = "standards/window-service/standard.yaml"
LIMITS = "standards/window-service/requirements/01-limits.yaml"
QUALITY = "standards/window-service/requirements/02-quality.yaml"

# file, what stands there, what a careless hand writes, the codes, a part of the line they are told at
STANDARD_FAULTS = {
    "标准 in the title": ("zh: 窗口服务规范", "zh: 窗口服务标准规范", "GJ-S362", "窗口服务标准规范"),
    "no function word": ("zh: 窗口服务规范", "zh: 窗口服务", "GJ-S363", "zh: 窗口服务"),
    "English title in Chinese": ("en: Specification", "en: 规范", "GJ-S364", "en: 规范"),
    "scope of another form": ("本文件规定了窗口服务的要求", "窗口服务的要求如下", "GJ-S366", "text: "),
    "scope with a demand": ("规定了窗口服务的要求", "规定了窗口服务应达到的水平", "GJ-S366", "text: "),
    "scope without use": ("本文件适用于窗口办理的事项。", "", "GJ-S366", "text: "),
    "policy as reference": (
        "document: GB/T 36112",
        "document: 国发〔2020〕1号",
        "GJ-S367",
        "国发〔2020〕1号",
    ),
    "references out of order": ("document: GB/T 36112", "document: T/XY 1", "GJ-S368", "DB99/T 1001"),
    "term as demand": (
        "definition: 当面提供服务的位置",
        "definition: 应当面提供服务的位置",
        "GJ-S369",
        "应当面",
    ),
    "term used once": ("term: 办件", "term: 网上办理的办件", "GJ-S370", "网上办理的办件"),
    "term number": ('number: "3.2"', 'number: "3.3"', "GJ-S371", '"3.3"'),
    "term without full stop": ("当面提供服务的位置。", "当面提供服务的位置", "GJ-S348", "当面提供服务的位置"),
    "law in a paragraph": ("以数据表述的内容", "依照有关规定，以数据表述的内容", "GJ-S349", "依照有关规定"),
    "chapters begin at 5": ('number: "4", title: 时限', 'number: "5", title: 时限', "GJ-S356", None),
    "chapter missed": ('number: "6"', 'number: "7"', "GJ-S356", '"7"'),
    "chapter without title": ("title: 质量", 'title: ""', "GJ-S359", 'number: "5"'),
    "statement that demands": ("的内容由导出", "的内容应由导出", "GJ-S361", "应由导出"),
    "clause with nothing in it": (
        "text: 以数据表述的内容由导出的办件和事项清单证实。",
        "",
        "GJ-S397",
        "证实方法",
    ),
    "prefix of nobody": ("prefix: WS", "prefix: WX", "GJ-S316", "prefix: WX"),
    "id unlike the folder": ("id: window-service", "id: window", "GJ-S315", "id: window"),
    "directed without way": (", tighter: lower}", "}", "GJ-S380", "limit_days:"),
    "fixed without value": (', value: "2"}', "}", "GJ-S380", "local_state:"),
    "value of another type": ('value: "0.95"', 'value: "many"', "GJ-S380", "online_share:"),
    "declared the wrong way round": ('"0.95", tighter: higher', '"0.95", tighter: lower', "GJ-S379", None),
    "unknown key": ("prefix: WS", "prefix: WS\ncolour: red", "GJ-S110", "id:"),
}
WORDING = {
    "no clause word": ("办件编号应唯一", "办件编号唯一", "GJ-S346"),
    "another modality": ("办件编号应唯一", "办件编号宜唯一", "GJ-S346"),
    "two modalities": ("办件编号应唯一", "办件编号应唯一，可含字母", "GJ-S347"),
    "an equivalent": ("办件编号应唯一", "办件编号应该唯一", "GJ-S345"),
    "a refused word beside": ("办件编号应唯一", "办件编号应唯一，不得重复", "GJ-S343"),
    "vague": ("办件编号应唯一", "办件编号原则上应唯一", "GJ-S344"),
    "a law": ("办件编号应唯一", "办件编号应符合《行政许可法》", "GJ-S349"),
    "a policy": ("办件编号应唯一", "办件编号应符合国发〔2022〕5号", "GJ-S349"),
    "laws in general": ("办件编号应唯一", "办件编号应符合国家有关法律法规", "GJ-S349"),
    "a standard not listed": ("办件编号应唯一", "办件编号应符合GB/T 2261.1", "GJ-S350"),
    "本标准": ("办件编号应唯一", "办件编号应符合本标准的规则", "GJ-S351"),
    "no full stop": ("办件编号应唯一。", "办件编号应唯一", "GJ-S348"),
    "range": ("办件编号应唯一", "办件编号应为10-20个字符", "GJ-S352"),
    "percentages": ("办件编号应唯一", "办件编号应有63～67%含字母", "GJ-S352"),
    "tolerance": ("办件编号应唯一", "办件编号应有65±2%含字母", "GJ-S352"),
    "markers": ("办件编号应唯一", "办件编号应①唯一②不变", "GJ-S353"),
}
REQUIREMENT_FAULTS = {
    "same id": (LIMITS, "id: WS-002", "id: WS-001", {"GJ-S302"}, "name: decided-after"),
    "same name": (LIMITS, "name: case-code-unique", "name: within-limit", {"GJ-S303"}, None),
    "foreign prefix": (QUALITY, "id: WS-008", "id: XX-008", {"GJ-S304", "GJ-S341"}, None),
    "key that is no 应": (
        LIMITS,
        "modality: should\n",
        "modality: should\n  key:  true\n",
        {"GJ-S305"},
        "key:  true",
    ),
    "clause in no chapter": (LIMITS, '"4.2.2"', '"7.1"', {"GJ-S354", "GJ-S358"}, '"7.1"'),
    "too deep": (LIMITS, '"4.2.2"', '"4.2.2.1.1.1.1"', {"GJ-S354", "GJ-S355", "GJ-S358"}, '"4.2.2.1'),
    "gap": (QUALITY, '"5.7"', '"5.9"', {"GJ-S357"}, '"5.9"'),
    "number given twice leaves no gap but an only child": (
        LIMITS,
        '"4.2.2"',
        '"4.2.1"',
        {"GJ-S358"},
        '"4.2.1"',
    ),
    "in a clause that is divided": (QUALITY, '"5.7"', '"5"', {"GJ-S360"}, None),
    "no decimal": (LIMITS, '"4.2.2"', "4.2", {"GJ-S104"}, "clause: 4.2"),
}


@pytest.mark.parametrize("name", STANDARD_FAULTS)
def test_a_fault_in_the_standards_own_file(bench, name):
    old, new, code, part = STANDARD_FAULTS[name]
    bench.change(STANDARD, old, new)
    found = bench.lint()
    assert {notice.code for notice in found} >= {code}, found
    told = [notice for notice in found if notice.code == code]
    if part is not None:
        assert {(notice.place.file, notice.place.line) for notice in told} == {
            (STANDARD, bench.line(STANDARD, part))
        }


ALONE = [
    name for name in STANDARD_FAULTS if name not in ("chapters begin at 5", "prefix of nobody", "unknown key")
]


@pytest.mark.parametrize("name", ALONE)
def test_a_fault_in_the_standards_own_file_is_told_once_and_alone(bench, name):
    old, new, code, _ = STANDARD_FAULTS[name]
    bench.change(STANDARD, old, new)
    assert set(bench.codes()) == {code}


@pytest.mark.parametrize("name", WORDING)
def test_a_fault_in_the_wording(bench, name):
    old, new, code = WORDING[name]
    bench.change(LIMITS, f"text: {old}", f"text: {new}")
    found = [notice for notice in bench.lint() if notice.code != "GJ-S389"]
    line = bench.line(LIMITS, f"text: {new}")
    assert [(notice.code, notice.place.file, notice.place.line) for notice in found] == [(code, LIMITS, line)]


@pytest.mark.parametrize("name", REQUIREMENT_FAULTS)
def test_a_fault_in_a_requirement(bench, name):
    label, old, new, codes, part = REQUIREMENT_FAULTS[name]
    bench.change(label, old, new)
    found = [notice for notice in bench.lint() if notice.code < "GJ-S383"]
    assert {notice.code for notice in found} == codes
    if part is not None and len(codes) == 1:
        assert bench.line(label, part) - found[0].place.line in (0, 1)  # an id stands a line above its name


def test_a_list_is_introduced_separated_and_ended(bench):
    good = "text: |-\n    窗口应公布：\n    a) 服务时间；\n    b) 联系方式。"
    bench.change(QUALITY, "text: 窗口应设置标识。", good)
    assert bench.codes() == []
    for old, new in (("公布：", "公布"), ("时间；", "时间"), ("b) ", "c) ")):
        bench.change(QUALITY, old, new)
        assert bench.codes() == ["GJ-S353"], new
        bench.change(QUALITY, new, old)


def test_a_list_of_dashes_is_right_too(bench):
    bench.change(QUALITY, "text: 窗口应设置标识。", "text: |-\n    窗口应公布：\n    ——时间；\n    ——地点。")
    assert bench.codes() == []


def test_untitled_clauses_are_not_divided_and_siblings_agree(bench):
    bench.change(STANDARD, 'number: "4.2", title: 登记', 'number: "4.2", title: ""')
    found = bench.lint()
    assert {notice.code for notice in found} == {"GJ-S359"}
    assert {notice.place.line for notice in found} == {bench.line(STANDARD, '"4.2"')}


def test_a_published_standard_is_at_least_version_1(bench):
    bench.write(
        "standards/window-service/lifecycle.yaml",
        'entries:\n  - {stage: "60", date: "2026-01-01", what: 出版}\n',
    )
    assert {(notice.level, notice.code) for notice in bench.lint()} == {("error", "GJ-S365")}
