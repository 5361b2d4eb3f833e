"""Whatever headings and values an export has, both forms of the mapping read back as what was decided."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.content import own_pack
from guiju.export import DatasetMapping, read_mapping
from guiju.export.values.forms import BLANKS
from guiju.standard.load import load
from guiju_tools.mapping.book import write_book
from guiju_tools.mapping.proposal import CodeQuestion, ColumnNote, Line, Proposal, Proposals, TableNote
from guiju_tools.mapping.yaml_text import yaml_text

ODD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=30,
)
HEADINGS = st.one_of(
    ODD,
    st.sampled_from(
        ["=1+1", "办结\n时限", "a\tb", "no", "#x", "- a", "a: b", "'", '"', "@x", "12", "1.10", "~"]
    ),
)
NAMES = ["task_code", "task_name", "area_code", "by_law"]


@pytest.fixture(scope="module")
def standard():
    return load((own_pack(),), "item-management")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(HEADINGS.map(lambda text: text.strip(BLANKS)).filter(bool), min_size=4, max_size=4, unique=True),
    ODD,
    st.dictionaries(HEADINGS.map(lambda text: text.strip(BLANKS)).filter(bool), st.just("1"), max_size=2),
)
def test_both_forms_read_back(standard, headings, value, codes):
    lines = tuple(Line(name, heading, "near", 90) for name, heading in zip(NAMES, headings, strict=True))
    told = DatasetMapping({}, values={"project_type": codes} if codes else {})
    proposal = Proposal(
        standard.datasets["implementation-item"],
        (TableNote(value, value, "共1行"),),
        told,
        "是",
        lines,
        tuple(ColumnNote(heading, "100%", value) for heading in headings),
        (CodeQuestion("project_type", value, 1, value),),
    )
    proposals = Proposals("x1", value, "item-management", (proposal,))
    with tempfile.TemporaryDirectory() as folder:
        text, book = Path(folder) / "m.yaml", Path(folder) / "m.xlsx"
        text.write_text(yaml_text(proposals), encoding="utf-8", newline="\n")
        write_book(proposals, standard.datasets, book)
        first, second = (read_mapping(path).datasets["implementation-item"] for path in (text, book))
    assert first.columns == dict(zip(NAMES, headings, strict=True))
    assert first.values == told.values
    assert second == first
