"""Changes in YAML touch what changes, and nothing else."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju_tools.drafting.csv_edit import CsvText
from guiju_tools.drafting.yaml_edit import YamlText
from guiju_tools.drafting.yaml_write import item_lines

TEXT = """\
# first line
- id: A-001  # the id
  text: "应。"   # quoted
  note: 'it''s'
  list: [a, b]  # short
  source:
    # why
    - {document: d1, at: "1", mark: seen}  # kept
    - {document: d2, at: "", mark: seen}
  check:
    kind: record
    # inside
    when: "a = '1'"
    assert: "b <= c"

# above the second
- id: A-002
  text: 应。
  check: {kind: x}
"""
words = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t：#-'\"[]{},&*!|>%@`"
    ),
    max_size=12,
)
values = st.one_of(words, st.integers(-99, 99), st.booleans(), st.none())


def changed_lines(before, after):
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_scalar_keeps_its_quotes_and_its_comment():
    text = YamlText(TEXT, "x")
    text.update((0, "text"), '宜"好"。')
    text.update((0, "note"), "it's it")
    assert changed_lines(TEXT, text.written()) == (
        ['  text: "应。"   # quoted', "  note: 'it''s'"],
        ['  text: "宜\\"好\\"。"   # quoted', "  note: 'it''s it'"],
    )


def test_an_item_of_a_list_changes_alone():
    text = YamlText(TEXT, "x")
    data = text.data()[0]
    data["source"][0]["mark"] = "verified"
    data["source"].append({"document": "d3", "at": "第一条, 第二款", "mark": "recalled"})
    text.update((0,), data)
    old, new = changed_lines(TEXT, text.written())
    assert old == ['    - {document: d1, at: "1", mark: seen}  # kept']
    assert new == [
        '    - {document: d1, at: "1", mark: verified}  # kept',
        '    - {document: d3, at: "第一条, 第二款", mark: recalled}',
    ]


def test_another_check_keeps_the_comments_inside():
    text = YamlText(TEXT, "x")
    data = text.data()[0]
    data["check"] = {"kind": "record", "assert": "b < c", "decidable": "d"}
    text.update((0,), data)
    assert "    # inside\n" in text.written()
    assert text.data()[0]["check"] == data["check"]


def test_a_key_comes_and_goes():
    text = YamlText(TEXT, "x")
    first = text.data()[0]
    added = {"id": first["id"], "text": first["text"], "key": True, **first}
    text.update((0,), added)
    assert '  text: "应。"   # quoted\n  key: true\n' in text.written()
    text.update((0,), first)
    assert text.written() == TEXT


def test_items_are_put_in_and_taken_out():
    text = YamlText(TEXT, "x")
    value = {"id": "A-003", "text": "可: 以"}
    text.insert((), 1, item_lines(value), value, apart=True)
    assert '\n\n- id: A-003\n  text: "可: 以"\n\n# above the second\n' in text.written()
    text.remove((), 1)
    assert text.written() == TEXT
    text.remove((), 1)
    assert "above the second" not in text.written()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay(newline):
    raw = TEXT.replace("\n", newline)
    text = YamlText(raw, "x")
    text.update((1, "text"), "宜。")
    assert text.written() == raw.replace("text: 应。", "text: 宜。")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_reads_back_and_the_same_change_touches_nothing(data):
    text = YamlText(TEXT, "x")
    wanted = copy.deepcopy(text.data())
    item = wanted[data.draw(st.integers(0, 1))]
    for key in data.draw(st.lists(st.sampled_from(["text", "note", "list", "new", "check"]), max_size=4)):
        shape = data.draw(st.sampled_from(["scalar", "list", "mapping"]))
        item[key] = {
            "scalar": lambda: data.draw(values),
            "list": lambda: data.draw(st.lists(words, max_size=3)),
            "mapping": lambda: data.draw(st.dictionaries(st.sampled_from("abcde"), values, max_size=5)),
        }[shape]()
    text.update((), wanted)
    assert text.data() == wanted
    written = text.written()
    text.update((), wanted)
    assert text.written() == written
    assert "# first line\n" in written


CSV = """\
code,label,description,valid_from,valid_to,replaced_by,owner,source
1,"一,二",,,,,组,"来源"
2,二,,,,,组,来源
"""


def test_rows_of_a_code_list_that_do_not_change_stay_as_written():
    text = CsvText(CSV)
    text.update("2", {"code": "2", "label": "两", "owner": "组", "source": "来源"})
    text.append({"code": "3", "label": "三\n行", "owner": "组", "source": "来源"})
    assert text.written() == CSV.replace("2,二", "2,两") + '3,"三\n行",,,,,组,来源\n'
    text.remove("3")
    text.update("2", {"code": "2", "label": "二", "owner": "组", "source": "来源"})
    assert text.written() == CSV


def test_a_code_list_without_a_last_line_end_and_with_a_mark():
    text = CsvText("\ufeff" + CSV.rstrip("\n").replace("\n", "\r\n"))
    text.append({"code": "3", "label": "三"})
    assert text.written().endswith("来源\r\n3,三,,,,,,\r\n")
    assert text.written().startswith("\ufeffcode,")
