"""Which headings readers are told of."""

from guiju.export import DatasetMapping, Mapping_, known_words
from guiju.standard.fields import Dataset, Field

DATASETS = {
    "item": Dataset(
        "item",
        "事项",
        {
            "name": Field("name", "事项名称（全称）", "string", aliases=("名 称", "ITEM_NAME")),
            "day": Field("day", "时限", "integer"),
        },
    )
}


def test_names_titles_and_aliases_in_normal_form():
    assert known_words(DATASETS, None) == {
        "name",
        "事项名称全称",
        "事项名称",
        "名称",
        "itemname",
        "day",
        "时限",
    }


def test_the_headings_of_the_mapping():
    mapping = Mapping_("m", "对应", {"item": DatasetMapping({"name": "办件 事项", "day": "（）"})})
    assert known_words(DATASETS, mapping) - known_words(DATASETS, None) == {"办件事项"}
