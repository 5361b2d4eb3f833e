"""Tables become datasets and headings become fields; what is not certain is asked, never guessed."""

import pytest

from guiju.content import find_packs
from guiju.errors import InputError
from guiju.export import DatasetMapping, Mapping_, open_sources, read_mapping, recognise
from guiju.export.recognition.match import match, normal_heading
from guiju.standard.fields import Dataset, Field
from guiju.standard.load import load


def dataset(name, title, *fields, aliases=()):
    return Dataset(name, title, {item.name: item for item in fields}, aliases)


ITEM = dataset(
    "item",
    "实施清单",
    Field("item_code", "实施编码", "string", key=True, aliases=("TASK_CODE", "实施清单编码")),
    Field("item_name", "事项名称", "string"),
    Field("limit_days", "法定办结时限", "integer", aliases=("handle_time",)),
)
CASE = dataset(
    "case",
    "办件",
    Field("case_no", "办件编号", "string", key=True),
    Field("item_code", "实施编码", "string"),
    Field("item_name", "事项名称", "string"),
    aliases=("办件信息",),
)
DATASETS = {"item": ITEM, "case": CASE}


def told(columns, **more):
    return Mapping_("m", "表", {"item": DatasetMapping(columns, **more)}, "m.yaml")


@pytest.fixture
def tables(write):
    def opening(**heads):
        return open_sources([write(f"{name}.csv", head + "\n") for name, head in heads.items()])

    return opening


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("事项 名称\n", "事项名称"),
        ("ＴＡＳＫ_Code", "taskcode"),
        ("*事项名称：", "事项名称"),
        ("时限（工作日）", "时限工作日"),
    ],
)
def test_normal_headings(written, normal):
    assert normal_heading(written) == normal
    assert normal_heading("事项名称（必填）【文本】", brackets=False) == "事项名称"


def test_how_a_heading_was_known(tables):
    (binding,) = recognise(tables(甲="ITEM-CODE,事项名称（必填）,Handle Time,备注"), DATASETS, None)
    assert binding.dataset is ITEM
    assert binding.columns == {
        "item_code": "ITEM-CODE",
        "item_name": "事项名称（必填）",
        "limit_days": "Handle Time",
    }
    assert binding.how == {"item_code": "name", "item_name": "title", "limit_days": "alias"}
    assert binding.unread == ("备注",)


def test_whole_headings_come_before_bare_ones():
    found = match(("法定办结时限（单位）", "法定办结时限"), ITEM)
    assert found.columns == {"limit_days": "法定办结时限"}
    assert found.doubts == ()


def test_headings_that_cannot_be_told_apart(tables):
    with pytest.raises(InputError) as caught:
        recognise(tables(甲="实施编码,法定办结时限（数值）,法定办结时限（单位）,事项名称"), DATASETS, None)
    assert caught.value.code == "GJ-I206"
    assert "“法定办结时限（数值）”、“法定办结时限（单位）”" in caught.value.cause


def test_several_tables_of_one_dataset_and_one_of_none(tables):
    bindings = recognise(
        tables(甲="办件编号,实施编码", 乙="办件编号,实施编码,事项名称", 说明="序号,内容"), DATASETS, None
    )
    assert [(item.dataset.id, item.source.file) for item in bindings] == [
        ("case", "甲.csv"),
        ("case", "乙.csv"),
    ]


def test_equal_scores_are_asked_about_unless_the_table_is_named(tables):
    both = {"item": ITEM, "other": dataset("other", "另一清单", *ITEM.fields.values())}
    with pytest.raises(InputError) as caught:
        recognise(tables(甲="实施编码,事项名称"), both, None)
    assert caught.value.code == "GJ-I205"
    assert "--mapping" in caught.value.hint
    (binding,) = recognise(tables(另一清单="实施编码,事项名称"), both, None)
    assert binding.dataset.id == "other"


def test_nothing_fits(tables):
    with pytest.raises(InputError) as caught:
        recognise(tables(甲="序号,实施编码", 乙="x,y"), DATASETS, None)
    assert caught.value.code == "GJ-I204"
    assert "“序号”、“实施编码”" in caught.value.cause
    assert "--mapping" in caught.value.hint


def test_a_mapping_is_all_that_is_read(tables):
    mapping = told({"item_code": "编码", "limit_days": "承诺"})
    (binding,) = recognise(tables(甲="编码,事项名称,承诺,handle_time"), DATASETS, mapping)
    assert binding.columns == {"item_code": "编码", "limit_days": "承诺"}
    assert set(binding.how.values()) == {"mapping"}
    assert binding.unread == ("事项名称", "handle_time")


def test_a_mapping_leaves_other_datasets_to_recognition(tables):
    mapping = told({"item_code": "编码", "item_name": "名"})
    bindings = recognise(tables(甲="编码,名", 乙="办件编号,实施编码"), DATASETS, mapping)
    assert [item.dataset.id for item in bindings] == ["item", "case"]


@pytest.mark.parametrize("head", ["编码,名称,甲,乙", "a,b"])
def test_a_mapping_with_columns_that_are_not_there(tables, head):
    mapping = told({"item_code": "编码", "item_name": "名称", "limit_days": "法定时限"})
    with pytest.raises(InputError) as caught:
        recognise(tables(甲=head + ",法定时限天"), DATASETS, mapping)
    assert caught.value.code == "GJ-I203"
    assert "“法定时限”" in caught.value.message
    assert "“法定时限”是否为“法定时限天”" in caught.value.hint


def test_a_mapping_with_unknown_names(tables):
    wrong = told({"item_cod": "编码"}, separators={"x_y": "、"}, crosswalks={"item-type": "gd"})
    other = Mapping_("m", "表", {**wrong.datasets, "itm": DatasetMapping({"a": "b"})}, "m.yaml")
    with pytest.raises(InputError) as caught:
        recognise(tables(甲="编码,名"), DATASETS, other)
    assert caught.value.code == "GJ-I202"
    for word in ("数据元 item.item_cod", "数据元 item.x_y", "代码表 item.item-type", "数据集 itm"):
        assert word in caught.value.message
    assert "“item_cod”是否为“item_code”" in caught.value.hint
    assert caught.value.place.file == "m.yaml"


def test_what_a_mapping_says_in_full_wins(tmp_path):
    """Two mapped columns are more than many alias matches of another dataset."""
    (tmp_path / "实施清单.csv").write_text("编号,事项名称,事项类型,行使层级\nA,甲,01,3\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "id: m\ntitle: m\ndatasets:\n"
        "  implementation-item: {columns: {task_code: 编号, task_name: 事项名称}}\n",
        encoding="utf-8",
    )
    datasets = load(find_packs(), "item-management").datasets
    (binding,) = recognise(
        open_sources([tmp_path / "实施清单.csv"]), datasets, read_mapping(tmp_path / "m.yaml")
    )
    assert binding.dataset.id == "implementation-item"
    assert dict(binding.columns) == {"task_code": "编号", "task_name": "事项名称"}
