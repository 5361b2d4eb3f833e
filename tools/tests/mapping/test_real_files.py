"""Real public files, in a folder beside the checkout: what is proposed for them without a mapping."""

import pytest

from guiju.content import own_pack
from guiju.export import read_mapping
from guiju_tools.mapping.desk import MapRequest, make_mapping

from .conftest import FOLDER

ITEMS = FOLDER / "items-guangdong-2021.jsonl"
TICKETS = FOLDER / "nyc311-dohmh.csv"
REASON = "真实数据不在项目中：设 GUIJU_REAL_DATA 指向其文件夹"


@pytest.mark.skipif(not ITEMS.is_file(), reason=REASON)
def test_items_against_the_mapping_made_by_hand(tmp_path):
    shipped = own_pack().standards / "regions" / "440000" / "mappings" / "items-2021.yaml"
    by_hand = read_mapping(shipped).datasets["implementation-item"].columns
    made = make_mapping(MapRequest((ITEMS,), "item-management", tmp_path / "m.yaml")).proposals
    (item,) = made.datasets
    lines = {line.name: line for line in item.lines}
    decided = {name for name, heading in by_hand.items() if name in lines and lines[name].heading == heading}
    asked = {
        name
        for name, heading in by_hand.items()
        if name in lines and heading in [one.heading for one in lines[name].candidates]
    }
    other = {name for name in by_hand if name in lines and lines[name].heading} - decided
    assert len(by_hand) == 24
    assert len(decided) == 18
    assert asked == {"use_level", "anticipate_limit", "promise_limit", "link_addr"}
    assert other == {"limit_scene_num"}
    assert set(by_hand) - decided - asked - other == {"accept_condition"}


@pytest.mark.skipif(not TICKETS.is_file(), reason=REASON)
def test_tickets_in_another_language_are_all_questions(tmp_path):
    made = make_mapping(MapRequest((TICKETS,), "hotline-operation", tmp_path / "m.yaml")).proposals
    (item,) = made.datasets
    assert item.use == "待确认"
    first = {line.name: line.candidates[0].heading for line in item.lines if line.candidates}
    assert {name: first[name] for name in ("ticket_no", "created_at", "due_at", "closed_at")} == {
        "ticket_no": "Unique Key",
        "created_at": "Created Date",
        "due_at": "Due Date",
        "closed_at": "Closed Date",
    }
    text = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    assert "Incident Address：填写率" in text
