"""Spelling makes no region fail: a mandatory column with a close unread one cannot be told."""

import pytest

from guiju.content import own_pack
from guiju.run.judging import run
from guiju.run.request import RunRequest
from guiju.standard.checks import SchemaCheck
from guiju.standard.load import load

STANDARD = "item-management"
DATASET = "implementation-item"
MAPPING = """\
id: mine
title: 某市
datasets:
  implementation-item:
    columns: {%s}
    absent: [by_law]
"""


@pytest.fixture(scope="module")
def fields():
    return load((own_pack(),), STANDARD).datasets[DATASET].fields


@pytest.fixture
def presence(tmp_path, fields):
    """Outcome and reason of the requirement that the mandatory elements are there, with other headings."""

    def judging(names, mapping=""):
        headings = [names.get(item.title, item.title) for item in fields.values() if item.required]
        path = tmp_path / "实施清单.csv"
        row = ["无依据" if heading else "" for heading in headings]
        path.write_text(f"{','.join(filter(None, headings))}\n{','.join(row)}\n", encoding="utf-8")
        result, standard = run(RunRequest(STANDARD, (path,), mapping=mapping))
        (wanted,) = [
            item.id
            for item in standard.requirements
            if isinstance(item.check, SchemaCheck)
            and item.check.dataset == DATASET
            and item.check.aspect == "presence"
            and "by_law" in (item.check.fields or tuple(fields))
        ]
        (found,) = [item for item in result.requirements if item.id == wanted]
        return found.outcome, found.reason, result

    return judging


def test_all_there(presence):
    assert presence({})[0] == "passed"


def test_spelt_otherwise(presence):
    outcome, reason, result = presence({"设定依据": "设立依据"})
    assert outcome == "cantTell"
    assert "没有认出应有的列：设定依据（未读取的列“设立依据”与它相近）" in reason
    assert "guiju map" in reason
    assert "GJ-D213" in {remark.code for table in result.inputs for remark in table.remarks}


def test_nothing_like_it(presence):
    outcome, reason, _ = presence({"设定依据": "甲乙丙"})
    assert (outcome, reason) == ("failed", "缺少应有的列：设定依据")


def test_one_missing_and_one_spelt_otherwise(presence):
    outcome, reason, _ = presence({"设定依据": "甲乙丙", "受理条件": "受理要求"})
    assert outcome == "failed"
    assert reason.startswith("缺少应有的列：设定依据；没有认出：受理条件")


def test_confirmed_as_absent(presence, fields, tmp_path):
    named = {name: item.title for name, item in fields.items() if item.required and name != "by_law"}
    path = tmp_path / "m.yaml"
    path.write_text(
        MAPPING % ", ".join(f"{name}: {title}" for name, title in named.items()), encoding="utf-8"
    )
    assert presence({"设定依据": "设立依据"}, str(path))[0] == "failed"
