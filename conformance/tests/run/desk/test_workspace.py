"""`region.yaml`, periods, days and codes of regions: read strictly, refused with a place and a hint."""

from __future__ import annotations

from datetime import date

import pytest

from guiju.content import find_packs, own_pack
from guiju.errors import InputError
from guiju.run.desk.as_of import newest_stamp, stated_day
from guiju.run.desk.confirmed import confirmed_readings
from guiju.run.desk.divisions import division
from guiju.run.desk.mappings import find_mappings, mapping_digest
from guiju.run.desk.period import is_period, period
from guiju.run.desk.workspace import check_day, delivered_files, find_workspace, read_workspace
from guiju.run.request import RunRequest
from guiju.standard.load import load

TEXT = """\
region: {code: "990000"}
tier: city
standards: [item-management]
period: "2026-03"
deliveries: [{path: "数据/{period}/*.csv"}, {path: 另一份.csv}]
"""


def written(folder, text=TEXT):
    path = folder / "region.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "first", "last", "title"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年四季度"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_periods(text, first, last, title):
    found = period(text)
    assert (found.first, found.last, found.title, found.text) == (first, last, title, text)


def test_periods_are_in_order():
    names = ["2026-03", "2026-Q1", "2026-04", "2025-12", "2026"]
    assert [item.text for item in sorted(map(period, names))] == [
        "2025-12",
        "2026-03",
        "2026-Q1",
        "2026-04",
        "2026",
    ]


@pytest.mark.parametrize("text", ["2026-13", "2026-Q5", "26-03", "2026-3", "2026-03（上一次）", ""])
def test_what_is_no_period(text):
    assert not is_period(text)
    with pytest.raises(InputError, match="GJ-I326"):
        period(text)


def test_a_desk_is_found_from_below_and_paths_count_from_its_file(tmp_path):
    below = tmp_path / "数据" / "2026-03"
    below.mkdir(parents=True)
    for path in (below / "a.csv", below / "~$a.csv", tmp_path / "另一份.csv"):
        path.write_text("x", encoding="utf-8")
    path = written(tmp_path)
    assert find_workspace(below) == path
    workspace = read_workspace(path)
    assert [file.name for file in delivered_files(workspace)] == ["a.csv", "另一份.csv"]
    with pytest.raises(InputError, match="没有找到2026年4月的数据：数据/2026-04"):
        delivered_files(workspace.for_period("2026-04"))


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("tier: city", "tier: nation", "GJ-I329", "可选"),
        ("tier: city", "level: city", "GJ-I329", "有2处问题"),
        ('"2026-03"', "2026", "GJ-I329", "period"),
        ("tier: city", "tier: city\ntier: city", "GJ-I329", "重复"),
        ("path: 另一份.csv", 'url: "postgresql://某人:口令@主机/库"', "GJ-I336", "密码"),
        ("tier: city", 'tier: city\nas_of: "2026-02-30"', "GJ-I335", "不是日期"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, old, new, code, told):
    path = written(tmp_path, TEXT.replace(old, new))
    with pytest.raises(InputError, match=code) as fault:
        read_workspace(path)
    assert told in str(fault.value)
    assert "region.yaml" in str(fault.value)


def test_an_address_without_a_password_stands(tmp_path):
    text = TEXT.replace("path: 另一份.csv", 'url: "postgresql://someone@host:5432/items"')
    workspace = read_workspace(written(tmp_path, text.replace('{path: "数据/{period}/*.csv"}, ', "")))
    assert delivered_files(workspace) == ("postgresql://someone@host:5432/items",)


@pytest.mark.parametrize(
    ("code", "parent", "name", "level"),
    [
        ("440300", "", "广东省深圳市", "地级"),
        ("110000", "", "北京市", "省级"),
        ("110101", "", "北京市东城区", "县级"),
        ("110571", "110101", "北京市东城区", "功能区"),
    ],
)
def test_codes_of_regions(code, parent, name, level):
    found = division((own_pack(),), code, parent)
    assert (found.name, found.level) == (name, level)


def test_codes_that_are_none():
    packs = (own_pack(),)
    with pytest.raises(InputError, match="GJ-I327"):
        division(packs, "44030")
    with pytest.raises(InputError, match="GJ-I328") as fault:
        division(packs, "440399")
    assert "440300 广东省深圳市" in fault.value.cause
    assert "虚构" in division(packs, "990101").note
    assert "用到" in division(packs, "310230").note
    assert "只核对了写法" in division((), "440300").note


def test_the_day_stands_in_the_names_of_files(tmp_path):
    files = [
        tmp_path / name for name in ("清单_20260331.csv", "目录（2026年3月30日）.xlsx", "编号12026033112.csv")
    ]
    found = stated_day(files)
    assert found.day == "2026-03-31"
    assert "日期不同，取最新的" in found.how
    assert stated_day([tmp_path / "x-2026.4.1.csv"]).day == "2026-04-01"
    with pytest.raises(InputError, match="GJ-I340"):
        stated_day([tmp_path / "清单.csv", tmp_path / "20261399.csv"])


def test_the_day_is_the_newest_stamp_of_a_field(export):
    request = RunRequest("item-management", (export,))
    assert newest_stamp(request, "implementation-item", "plan_effective_date").day == "2026-01-12"
    for field in ("task_name", "plan_cancel_date", "nothing"):
        with pytest.raises(InputError, match="GJ-I342"):
            newest_stamp(request, "implementation-item", field)


def test_a_day_has_to_belong_to_the_period(tmp_path):
    workspace = read_workspace(written(tmp_path))
    check_day(workspace, "2026-04-10")
    for day in ("2026-02-28", "2027-03-31"):
        with pytest.raises(InputError, match="GJ-I338"):
            check_day(workspace, day)


CONFIRMED = """\
confirmed:
  - {requirement: IM-023, by: 张某, date: "2026-03-02", reason: 核对过, mapping: %s, edition: "%s"}
"""


@pytest.mark.parametrize(
    ("mapping", "edition", "reason"),
    [("none", "", ""), ("abcdef012345", "", "字段对应表改过"), ("none", "0" * 16, "标准的判法改过")],
)
def test_a_confirmation_lapses_with_mapping_or_edition(tmp_path, mapping, edition, reason):
    standard = load(find_packs(), "item-management")
    text = TEXT + CONFIRMED % (mapping, edition or standard.judging_digest[:16])
    told = confirmed_readings(read_workspace(written(tmp_path, text)).confirmed, standard, "none")
    assert told.holding == (frozenset() if reason else {"IM-023"})
    assert [words for _, words in told.lapsed] == ([f"确认之后{reason}"] if reason else [])


MAPPING = "id: {name}\ntitle: {name}\ndatasets:\n  {dataset}:\n    columns: {{{columns}}}\n"


def test_mappings_of_several_deliveries_are_one_unless_they_contradict(tmp_path):
    said = [("a", "implementation-item", "task_code: 编码"), ("b", "catalogue-item", "catalog_code: 编码")]
    said.append(("c", "catalogue-item", "catalog_code: 代码"))
    files = []
    for name, dataset, columns in said:
        files.append(str(tmp_path / f"{name}.yaml"))
        text = MAPPING.format(name=name, dataset=dataset, columns=columns)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    packs = find_packs()
    assert set(find_mappings(packs, files[:2]).datasets) == {"implementation-item", "catalogue-item"}
    assert find_mappings(packs, [""]) is None
    with pytest.raises(InputError, match="GJ-I339"):
        find_mappings(packs, files[1:])
    assert mapping_digest(packs, files[:1]) != mapping_digest(packs, files[:2])
