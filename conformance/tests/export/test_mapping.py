"""Mapping files are read strictly, and all their faults are told."""

import pytest

from guiju.content import own_pack
from guiju.errors import InputError
from guiju.export import read_mapping

GOOD = """\
id: some-items-2021
title: 某省公开事项
datasets:
  implementation-item:
    columns: {item_code: TASK_CODE, statutory_limit: "办理 时限"}
    crosswalks: {item-type: guangdong}
    values: {is_online: {是: "1"}}
    separators: {service_objects: "、"}
"""


def test_a_mapping(write):
    mapping = read_mapping(write("m.yaml", GOOD))
    told = mapping.datasets["implementation-item"]
    assert (mapping.id, mapping.title) == ("some-items-2021", "某省公开事项")
    assert told.columns == {"item_code": "TASK_CODE", "statutory_limit": "办理 时限"}
    assert told.crosswalks == {"item-type": "guangdong"}
    assert told.values == {"is_online": {"是": "1"}}
    assert told.separators == {"service_objects": "、"}
    assert told.fields == ("item_code", "statutory_limit", "is_online", "service_objects")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: some", "id: Some"),
        ("columns:", "colums:"),
        ('是: "1"', "是: 1"),
        ('是: "1"', "是: yes"),
        ("TASK_CODE", "012"),
        ("item_code:", "Item-Code:"),
        ("title: 某省公开事项", "title: ''"),
        ("datasets:", "id: x\ndatasets:"),
        ("    columns", "   columns"),
    ],
)
def test_faults_have_a_line(write, old, new):
    with pytest.raises(InputError) as caught:
        read_mapping(write("m.yaml", GOOD.replace(old, new)))
    assert caught.value.code == "GJ-I201"
    assert caught.value.place.file.endswith("m.yaml")
    assert caught.value.place.line or "第" in caught.value.cause


def test_missing_file(tmp_path):
    with pytest.raises(InputError, match="不能使用"):
        read_mapping(tmp_path / "没有.yaml")


def test_shipped_mappings_can_be_read():
    for path in own_pack().standards.glob("regions/*/mappings/*.yaml"):
        assert read_mapping(path).datasets
