"""The workbook of a mapping: the same as the YAML, answers written back, wrong cells named."""

import csv
import shutil

import openpyxl
import pytest

from guiju.errors import InputError
from guiju.export import read_mapping
from guiju_tools.mapping.desk import MapRequest, make_mapping

NAMES = {"设定依据": "设立依据", "受理条件": "受理要求", "办件类型": "甲乙"}


@pytest.fixture(scope="module")
def made(sample, tmp_path_factory):
    """An export, and the mapping proposed for it with two questions, made once."""
    folder = tmp_path_factory.mktemp("made")
    headings, records = sample
    with (folder / "导出.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[NAMES.get(heading, heading) for heading in headings], *records])
    make_mapping(MapRequest((folder / "导出.csv",), "item-management", folder / "m.yaml"))
    return folder


@pytest.fixture
def book(made, tmp_path):
    """The workbook with its export and YAML file; gives a function that changes cells and saves."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "m.xlsx"

    def changing(change=lambda _: None):
        workbook = openpyxl.load_workbook(path)
        change(workbook)
        workbook.save(path)
        return path

    return changing


def cell(sheet, column, **wanted):
    """The cell under a heading in the row where other headings have the wanted texts."""
    head = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        if all(row[head[name] - 1].value == text for name, text in wanted.items()):
            return row[head[column] - 1]
    raise AssertionError(wanted)


def answer(workbook, title, text):
    cell(workbook["待确认"], "回答", 数据元=title).value = text


def test_its_looks(book):
    workbook = openpyxl.load_workbook(book())
    assert workbook.sheetnames == ["说明", "表", "列", "代码值", "待确认", "数据元（勿改）"]
    assert workbook["数据元（勿改）"].sheet_state == "hidden"
    for name in ("表", "列", "代码值", "待确认"):
        assert workbook[name].freeze_panes == "A2"
        assert workbook[name].data_validations.dataValidation
    assert {workbook[name]["B2"].number_format for name in ("表", "列", "待确认")} == {"@"}
    assert cell(workbook["待确认"], "可能的列", 数据元="设定依据").value == "设立依据（列名相近 98 分）"


def test_written_back_it_is_the_same_yaml(guiju, book, tmp_path):
    before = (tmp_path / "m.yaml").read_bytes()
    assert guiju("map", book(), "--apply").exit_code == 0
    assert (tmp_path / "m.yaml").read_bytes() == before


def test_answers(guiju, book, tmp_path):
    def change(workbook):
        answer(workbook, "设定依据", "设立依据")
        answer(workbook, "受理条件", "没有这一列")
        cell(workbook["列"], "数据元", 列名="甲乙").value = "办件类型"
        cell(workbook["列"], "日期顺序", 列名="计划生效日期").value = "月在前"
        cell(workbook["列"], "分隔符", 列名="服务对象").value = "/"
        cell(workbook["列"], "数据元", 列名="结果样本").value = "不读"
        cell(workbook["表"], "不读的行", 数据集="实施清单").value = "7、8"
        workbook["列"].append(["实施清单", "", "", "", "行政区划名称", "", "", "某市"])
        cell(workbook["列"], "数据元", 列名="行政区划名称").value = None
        workbook["代码值"].append(["实施清单", "办件类型", "即时办", "", "", "1（即办件）"])
        workbook["代码值"].append(["实施清单", "办件类型", "无", "", "", "（空白）"])

    path = book(change)
    told = read_mapping(path).datasets["implementation-item"]
    assert guiju("map", path).exit_code == 0
    assert read_mapping(tmp_path / "m.yaml").datasets["implementation-item"] == told
    assert told.columns["by_law"] == "设立依据"
    assert told.columns["project_type"] == "甲乙"
    assert "result_guid" not in told.columns
    assert told.absent == ("accept_condition",)
    assert told.questions == ()
    assert told.dates == {"plan_effective_date": "month-first"}
    assert told.separators == {"server_type": "/"}
    assert told.skip == (7, 8)
    assert told.constant == {"area_name": "某市"}
    assert told.values == {"project_type": {"即时办": "1", "无": ""}}
    done = guiju("run", "item-management", "导出.csv", "--mapping", "m.xlsx")
    assert done.exit_code in (0, 1, 4)


FAULTS = [
    (
        lambda book: setattr(cell(book["列"], "数据元", 列名="甲乙"), "value", "办件类刑"),
        ["“列”页E", "没有名为“办件类刑”的数据元，是否为“办件类型”"],
    ),
    (
        lambda book: setattr(cell(book["列"], "数据元", 列名="甲乙"), "value", "事项名称"),
        ["“列”页E", "选了同一个数据元"],
    ),
    (
        lambda book: setattr(cell(book["列"], "日期顺序", 列名="计划生效日期"), "value", "美国"),
        ["“列”页J", "只能是日在前、月在前、年在前"],
    ),
    (
        lambda book: setattr(cell(book["列"], "每行相同的值", 列名="事项名称"), "value", "甲"),
        ["“列”页B", "应当只写一个"],
    ),
    (lambda book: answer(book, "设定依据", "事项名称"), ["“待确认”页E", "选给了2个数据元"]),
    (
        lambda book: setattr(cell(book["表"], "数据集", 数据集="实施清单"), "value", "清单"),
        ["“表”页E2", "没有名为“清单”的数据集"],
    ),
    (
        lambda book: setattr(cell(book["表"], "不读的行", 数据集="实施清单"), "value", "第七行"),
        ["“表”页J2", "应为行号"],
    ),
    (
        lambda book: setattr(cell(book["表"], "指定标题行", 数据集="实施清单"), "value", "三"),
        ["“表”页I2", "应为行号"],
    ),
    (
        lambda book: setattr(cell(book["表"], "是否读取", 数据集="实施清单"), "value", "也许"),
        ["“表”页F2", "只能是"],
    ),
    (
        lambda book: setattr(cell(book["表"], "代码对照表", 数据集="实施清单"), "value", "item-type"),
        ["“表”页K2", "item-type=unpadded"],
    ),
    (
        lambda book: [book["代码值"].append(["实施清单", "办件类型", "x", "", "", code]) for code in "12"],
        ["“代码值”页F", "前面已写作“1”"],
    ),
]


@pytest.mark.parametrize(("change", "said"), FAULTS)
def test_wrong_cells_are_named(guiju, book, tmp_path, change, said):
    path = book(change)
    before = (tmp_path / "m.yaml").read_bytes()
    with pytest.raises(InputError) as caught:
        read_mapping(path)
    assert caught.value.code == "GJ-I210"
    assert all(text in caught.value.cause for text in said), caught.value.cause
    assert guiju("map", path, "--apply").exception.code == "GJ-I210"
    assert (tmp_path / "m.yaml").read_bytes() == before


def test_several_faults_at_once(book):
    def change(workbook):
        cell(workbook["列"], "数据元", 列名="甲乙").value = "丙"
        cell(workbook["表"], "指定标题行", 数据集="实施清单").value = "x"

    with pytest.raises(InputError, match="2处"):
        read_mapping(book(change))


def test_a_workbook_that_says_otherwise_is_not_written_over(guiju, book, tmp_path):
    path = book(lambda workbook: answer(workbook, "设定依据", "设立依据"))
    kept = path.read_bytes()
    done = guiju("map", "导出.csv", "--standard", "item-management", "--out", "m.yaml")
    assert done.exception.code == "GJ-I213"
    assert path.read_bytes() == kept
    guiju("map", path, "--apply")
    done = guiju("map", "导出.csv", "--standard", "item-management", "--out", "m.yaml")
    assert done.exit_code == 0
    assert "by_law: 设立依据" in (tmp_path / "m.yaml").read_text(encoding="utf-8")


def test_a_hidden_sheet_that_was_changed(book):
    def change(workbook):
        workbook["数据元（勿改）"]["A1"].value = "x"

    with pytest.raises(InputError) as caught:
        read_mapping(book(change))
    assert caught.value.code == "GJ-I211"


def test_formulas_are_texts(guiju, export, tmp_path):
    guiju("map", export({"结果样本": "=1+1"}), "--standard", "item-management", "--out", "m.yaml")
    workbook = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert cell(workbook["列"], "列名", 列名="=1+1").data_type == "s"
