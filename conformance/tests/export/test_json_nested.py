"""JSON records with objects and arrays of objects within them."""

from __future__ import annotations

import json

import pytest

from guiju.export import DatasetMapping, Mapping_, open_sources, recognise
from guiju.standard.fields import Dataset, Field

MATTER = Dataset(
    "matter",
    "事项",
    {
        "code": Field("code", "事项编码", "string", key=True, required=True),
        "name": Field("name", "事项名称", "string", required=True),
        "remark": Field("remark", "备注", "string"),
    },
)
PAPER = Dataset(
    "paper",
    "材料",
    {
        "code": Field("code", "事项编码", "string", key=True, required=True, reference="matter.code"),
        "number": Field("number", "材料序号", "integer", key=True, required=True, aliases=("序号",)),
        "title": Field("title", "材料名称", "string", required=True),
        "copies": Field("copies", "份数", "integer"),
        "remark": Field("remark", "备注", "string"),
    },
)
DATASETS = {"matter": MATTER, "paper": PAPER}
RECORDS = (
    {
        "事项编码": "A1",
        "事项名称": "甲",
        "备注": "上级的备注",
        "单位": {"名称": "某局", "电话": {"区号": "000"}},
        "papers": [{"材料序号": 1, "材料名称": "申请表", "份数": 2}, {"材料序号": 2, "材料名称": "照片"}],
        "日志": [{"时间": "t1", "备注": "x"}],
    },
    {"事项编码": "A2", "事项名称": "乙", "备注": None, "单位": None, "papers": [], "日志": []},
    {"事项编码": "A3", "事项名称": "丙", "papers": [{"材料名称": "照片", "材料序号": 1}, None]},
)
PAPERS = [
    (1, "1", "申请表", "2", "A1", "1"),
    (1, "2", "照片", None, "A1", "2"),
    (3, "1", "照片", None, "A3", "1"),
]
SHOWN = ("材料序号", "材料名称", "份数", "事项编码", "_position")


def lines(records):
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in records)


@pytest.fixture
def nested(write):
    """Sources by part, of records written as lines or as a document."""

    def opening(records, name="事项.jsonl", words=frozenset()):
        text = lines(records) if name.endswith("l") else json.dumps(records, ensure_ascii=False)
        return {source.part: source for source in open_sources([write(name, text)], words)}

    return opening


def chosen(load, source, headings, *, locked=False):
    rows = load(source, locked=locked)
    places = [source.columns.index(heading) + 1 for heading in headings]
    return [(row[0], *(row[place] for place in places)) for row in rows]


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("name", ["事项.jsonl", "事项.json"])
def test_an_array_of_objects_is_a_table(nested, load, name, locked):
    papers = nested(RECORDS, name)["papers"]
    assert chosen(load, papers, SHOWN, locked=locked) == PAPERS
    assert papers.inherited == ("事项编码", "事项名称", "备注", "单位.名称", "单位.电话.区号", "_position")


def test_the_record_keeps_its_own_columns(nested, load):
    (matter, papers, log) = nested(RECORDS).values()
    assert sorted(matter.columns) == sorted(
        ("事项编码", "事项名称", "备注", "单位", "单位.名称", "单位.电话", "单位.电话.区号")
    )
    assert (papers.part, log.part) == ("papers", "日志")
    headings = ("事项编码", "单位.名称", "单位.电话.区号", "单位.电话")
    assert chosen(load, matter, headings) == [
        (1, "A1", "某局", "000", '{"区号":"000"}'),
        (2, "A2", None, None, None),
        (3, "A3", None, None, None),
    ]


def test_it_is_bound_by_what_is_its_own(nested):
    """Of the record around it only the reference is taken: not its remark, and it is no matter itself."""
    bound = {item.dataset.id: item for item in recognise(list(nested(RECORDS).values()), DATASETS, None)}
    assert bound["matter"].source.part == ""
    assert bound["paper"].source.part == "papers"
    assert bound["paper"].columns == {
        "code": "事项编码",
        "number": "材料序号",
        "title": "材料名称",
        "copies": "份数",
    }
    assert bound["paper"].unread == ()


def test_a_mapping_may_name_what_is_around_it(nested):
    """A mapping of the records themselves is not taken for one of the table within them."""
    columns = {"code": "事项编码", "number": "_position", "title": "材料名称"}
    told = {
        "paper": DatasetMapping(columns),
        "matter": DatasetMapping({"code": "事项编码", "name": "事项名称"}),
    }
    for paper in (told["paper"], DatasetMapping(columns, sheet="papers")):
        mapping = Mapping_("m", "表", told | {"paper": paper})
        bindings = recognise(list(nested(RECORDS).values()), DATASETS, mapping)
        bound = [(item.dataset.id, item.source.part) for item in bindings]
        assert bound == [("matter", ""), ("paper", "papers")]
        assert bindings[1].columns == columns


def test_an_array_that_is_no_dataset_disturbs_nothing(nested):
    """It shares two headings with a dataset, and is told as not read."""
    records = [item | {"步骤": [{"序号": 1, "备注": "x"}]} for item in RECORDS]
    bindings = recognise(list(nested(records).values()), DATASETS, None)
    assert [item.source.part for item in bindings] == ["", "papers"]
    assert [(one.code, one.whole) for one in bindings[0].remarks if one.code == "GJ-D214"] == [
        ("GJ-D214", "事项.jsonl / 日志"),
        ("GJ-D214", "事项.jsonl / 步骤"),
    ]


def test_an_array_like_two_datasets_stops_nothing(nested):
    twin = Dataset("twin", "同样的", PAPER.fields)
    bindings = recognise(list(nested(RECORDS).values()), DATASETS | {"twin": twin}, None)
    assert [item.dataset.id for item in bindings] == ["matter"]
    assert "事项.jsonl / papers" in [one.whole for one in bindings[0].remarks]


def test_deeper_arrays_are_told(nested, load):
    paper = {"材料序号": 1, "材料名称": "申请表", "附件": [{"名称": "a"}]}
    papers = nested([{"事项编码": "A1", "papers": [paper]}])["papers"]
    assert "附件" not in papers.columns
    assert [(one.code, one.text) for one in papers.remarks] == [
        ("GJ-D128", "更深一层的数组没有读：papers.附件")
    ]
    assert chosen(load, papers, ("材料名称", "事项编码")) == [(1, "申请表", "A1")]


def test_values_of_other_kinds_are_kept_or_told(nested, load):
    """One object counts as an array of one; a text stays with the record, and that is told."""
    records = [{"码": "1", "件": [{"a": 1}]}, {"码": "2", "件": {"a": 2}}, {"码": "3", "件": "无"}]
    found = nested(records)
    assert chosen(load, found["件"], ("a", "码")) == [(1, "1", "1"), (2, "2", "2")]
    (remark,) = found["件"].remarks
    assert (remark.code, remark.count, remark.rows) == ("GJ-D129", 1, (3,))
    assert chosen(load, found[""], ("件",))[2] == (3, "无")


def test_arrays_of_scalars_stay_sets(nested, load):
    found = nested([{"码": "1", "渠道": ["窗口", "网上"]}])
    assert list(found) == [""]
    assert chosen(load, found[""], ("渠道",)) == [(1, '["窗口","网上"]')]


@pytest.mark.parametrize("where", ['"单位":{"a":1,"a":2}', '"papers":[{"a":1,"b":1,"a":2}]'])
def test_keys_that_are_repeated_within(write, refused, where):
    error = refused(write("a.jsonl", '{"码":"0"}\n{"码":"1",' + where + "}\n"), "GJ-I110")
    assert error.place.line == 2
    assert "“a”" in error.message


def test_a_key_of_the_record_is_not_hidden_by_one_within(nested, load):
    found = nested([{"a": {"b": "inner"}, "a.b": "outer"}])
    assert chosen(load, found[""], ("a.b",)) == [(1, "outer")]


def test_numbers_within_keep_their_spelling(nested, load):
    found = nested([{"码": 1, "件": [{"价": 1.10}]}])
    assert chosen(load, found["件"], ("价",)) == [(1, "1.1")]


def test_one_record_alone_is_known_by_the_words_of_the_standard(nested):
    words = frozenset({"事项编码", "事项名称"})
    assert list(nested(RECORDS[0], "a.json", words)) == ["", "papers", "日志"]
