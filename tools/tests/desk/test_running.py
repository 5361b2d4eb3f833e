"""A desk set up, run without arguments, run again; what stands in its folders."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
import pytest

from guiju.errors import InputError
from guiju.result.serial import from_json
from guiju.run.desk.workspace import read_workspace
from guiju_tools.cli.desk_run import Wanted, run_desk, the_desk
from guiju_tools.cli.init import init
from guiju_tools.desk.confirming import confirm_reading
from guiju_tools.desk.opening import Settings, open_desk
from guiju_tools.desk.shelf import Shelf
from guiju_tools.report.by_owner import INDEX, NOBODY, file_names
from guiju_tools.report.folders import write_folders

from .conftest import ITEM, read, write


def test_a_period_holds_each_standard_and_an_overview(judged):
    folder = judged.folder / "结果" / "2026-03"
    assert {path.name for path in folder.iterdir()} == {ITEM, "overview.html"}
    assert {path.name for path in (folder / ITEM).iterdir()} == {"内部", "报送"}
    inside = {path.name for path in judged.internal("2026-03").iterdir()}
    assert inside >= {"report.html", "findings.xlsx", "result.json", "run.json", "kept"}
    page = (folder / "overview.html").read_text(encoding="utf-8")
    assert "示例市　2026年3月" in page
    assert f'href="{ITEM}/%E5%86%85%E9%83%A8/report.html"' in page


def test_the_result_names_the_period_and_nothing_of_the_machine(judged):
    text = (judged.internal("2026-03") / "result.json").read_text(encoding="utf-8")
    result = from_json(text)
    assert (result.period, result.as_of) == ("2026-03", "2026-04-02")
    assert str(judged.folder) not in text


def test_what_may_leave_holds_no_key_of_a_record(judged, months):
    leaving = judged.folder / "结果" / "2026-03" / ITEM / "报送"
    text = "".join(path.read_text(encoding="utf-8") for path in leaving.iterdir())
    assert not [key for key in (*months.planted, *months.done.broken) if key in text]


def test_the_first_page_tells_the_last_periods(judged):
    page = (judged.internal("2026-03") / "report.html").read_text(encoding="utf-8")
    assert "<h3>近2期</h3>" in page
    assert "2026年2月" in page
    assert '<td data-label="与本期">可比</td>' in page
    first = (judged.internal("2026-02") / "report.html").read_text(encoding="utf-8")
    assert "<h3>近" not in first


def test_a_run_from_a_folder_below_needs_no_arguments_and_keeps_one_backup(first):
    first.set_up('as_of: "2026-03-02"')
    earlier = (first.internal("2026-02") / "result.json").read_bytes()
    rows = read(first.folder / "数据" / "2026-02" / "实施清单.csv")
    write(first.folder / "数据" / "2026-02" / "实施清单.csv", rows[:-1])
    with first.inside("数据"):
        assert run_desk(Wanted(Settings())) == 1
    results = first.folder / "结果"
    assert {path.name for path in results.iterdir()} == {"2026-02", "2026-02（上一次）"}
    backup = results / "2026-02（上一次）" / ITEM / "内部" / "result.json"
    assert backup.read_bytes() == earlier
    assert (first.internal("2026-02") / "result.json").read_bytes() != earlier
    assert [item.text for item in Shelf(results).periods()] == ["2026-02"]


def test_a_standard_without_data_is_untested_beside_one_that_has_them(desk):
    path = desk.folder / "region.yaml"
    text = path.read_text(encoding="utf-8").replace(f"[{ITEM}]", f"[hotline-operation, {ITEM}]")
    path.write_text(text, encoding="utf-8")
    assert desk.run("2026-02") == 1
    folder = desk.folder / "结果" / "2026-02"
    assert {path.name for path in folder.iterdir()} == {ITEM, "hotline-operation", "overview.html"}
    told = (folder / "hotline-operation" / "内部" / "result.json").read_text(encoding="utf-8")
    result = from_json(told)
    assert {item.outcome for item in result.requirements} == {"untested"}
    assert result.exit_code == 4


def half(shelf):
    with shelf.replacing("2026-02", "结果") as made:
        (made / "a").write_text("half", encoding="utf-8")
        raise OSError(28, "no space")


def test_a_run_that_fails_leaves_the_earlier_one(desk):
    folder = desk.folder / "结果"
    shelf = Shelf(folder)
    with shelf.replacing("2026-02", "结果") as made:
        (made / "a").write_text("first", encoding="utf-8")
    with pytest.raises(InputError, match="GJ-I347"):
        half(shelf)
    assert (folder / "2026-02" / "a").read_text(encoding="utf-8") == "first"
    assert {path.name for path in folder.iterdir()} == {"2026-02"}


def test_the_delivery_of_a_period_has_to_be_there(desk):
    with desk.inside():
        workspace = the_desk("2025-01")
    with pytest.raises(InputError, match="GJ-I337"):
        open_desk(workspace, Settings("2025-02-01"))


def test_a_workbook_for_each_owner(judged, tmp_path):
    result = from_json((judged.internal("2026-03") / "result.json").read_text(encoding="utf-8"))
    write_folders(result, tmp_path, by_owner=True)
    folder = tmp_path / "内部" / "按责任单位"
    findings = [one for item in result.requirements for one in item.findings]
    index = list(openpyxl.load_workbook(folder / INDEX).active.iter_rows(min_row=4, values_only=True))
    assert sum(line[2] for line in index) == len(findings)
    for owner, name, count, _ in index:
        lines = list(openpyxl.load_workbook(folder / name)["不符合项"].iter_rows(min_row=2, values_only=True))
        assert len(lines) == count
        assert {line[10] or NOBODY for line in lines} == {owner}


def test_file_names_are_safe_everywhere():
    names = file_names(["a/b", "a\\b", "CON", "..", "局", "局 ", "目录", "长" * 90])
    assert names["a/b"] == "a_b.xlsx"
    assert names["a\\b"] == "a_b（2）.xlsx"
    assert names["CON"] == "_CON.xlsx"
    assert names[".."] == "_.xlsx"
    assert names["目录"] == "目录（2）.xlsx"
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert all(len(name) < 80 for name in names.values())


def test_init_writes_a_desk_that_can_be_read(tmp_path, capsys):
    init(
        tmp_path / "新",
        region="990000",
        name="示例：市",
        tier="city",
        profile="990000",
        standard=[ITEM],
        period="2026-Q1",
        delivery=["数据/{period}/*.xlsx"],
    )
    assert "虚构的区划代码，只供演练" in capsys.readouterr().out
    workspace = read_workspace(tmp_path / "新" / "region.yaml")
    assert (workspace.region.name, workspace.period.title) == ("示例：市", "2026年一季度")
    assert workspace.deliveries[0].path == "数据/{period}/*.xlsx"
    schema = json.loads((tmp_path / "新" / "region.schema.json").read_text(encoding="utf-8"))
    assert schema["title"] == "地方工作台"
    with pytest.raises(InputError, match="GJ-I380"):
        init(tmp_path / "新", region="990000", tier="city", standard=[ITEM], period="2026", delivery=["x"])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"region": "4403"}, "GJ-I327|GJ-I329"),
        ({"region": "449999"}, "GJ-I328"),
        ({"tier": "nation"}, "GJ-I329"),
        ({"standard": ["nothing"]}, "GJ-I303"),
        ({"period": "2026-13"}, "GJ-I326|GJ-I329"),
        ({"profile": "123456"}, "GJ-I310"),
        ({"mapping": "nothing"}, "GJ-I304"),
    ],
)
def test_init_refuses_what_does_not_hold_and_writes_nothing(tmp_path, options, code):
    said = {"region": "990000", "tier": "city", "standard": [ITEM], "period": "2026-03", "delivery": ["x"]}
    with pytest.raises(InputError, match=code):
        init(tmp_path / "desk", **{**said, **options})
    assert not (tmp_path / "desk" / "region.yaml").exists()


def test_init_asks_nobody_where_there_is_no_terminal(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(InputError, match="--region、--tier、--period、--standard、--delivery"):
        init(tmp_path)


def test_a_confirmation_is_written_with_the_comments_left(desk):
    path = desk.folder / "region.yaml"
    path.write_text("# 我们的说明\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with desk.inside():
        confirm_reading(the_desk(), "IM-023", "张某", "与业务科核对过", date(2026, 3, 2))
        workspace = the_desk()
        (entry,) = workspace.confirmed
    assert path.read_text(encoding="utf-8").startswith("# 我们的说明\n")
    assert (entry.requirement, entry.by, entry.mapping) == ("IM-023", "张某", "none")
    assert len(entry.edition) == 16
    with desk.inside(), pytest.raises(InputError, match="GJ-I382"):
        confirm_reading(workspace, "XX-999", "张某", "无", date(2026, 3, 2))
