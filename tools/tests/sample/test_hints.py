"""What a schema alone suggests, what hints add, and hints that do not hold together."""

from __future__ import annotations

import re

import duckdb
import pytest

from guiju.errors import Place, StandardError
from guiju.standard.fields import Field
from guiju_tools.sample.credit_codes import credit_code, credit_code_steps
from guiju_tools.sample.defaults import default_form, read_pieces
from guiju_tools.sample.plan import make_plan
from guiju_tools.sample.rows import all_rows, rows_sql

HEAD = "# yaml-language-server: $schema=../schema/sample.schema.json\n"


def test_a_standard_without_hints_gets_data_by_its_schemas(tiny):
    found = tiny()
    assert {title: len(rows) for title, rows in found.items()} == {"办件": 50, "事项清单": 50, "例外清单": 50}
    cases, known = found["办件"], {row["事项编码"] for row in found["事项清单"]}
    assert len({row["办件编号"] for row in cases}) == 50
    assert all(re.fullmatch("[0-9A-Z]{4,20}", row["办件编号"]) for row in cases)
    assert {row["事项编码"] for row in cases} <= known
    assert {row["是否网上办理"] for row in cases} == {"是", "否", None}
    assert "办结用时数值" not in cases[0], "derived fields are not delivered"


FULL = """
main: item
tables:
  service: {columns: [name, number], rows: [[许可, "01"], [备案, "10"]]}
datasets:
  item:
    inner:
      service: {pick: service, by: row - 1}
      level: {choose: {"2": 1, "3": 3}, type: integer}
    fields:
      item_code: {text: "IT{service.number}{row:04}"}
      item_name: {text: "示例{service.name}{level}"}
      channels: {choose: {"窗口,网上": 1, 窗口: 1}}
  case:
    links:
      item: {counts: [2, 0, 3]}
    inner:
      code: {from: item.item_code}
      since: {after: accepted_on, within: [1, 5]}
    fields:
      case_code: {text: "{code}{position:02}"}
      item_code: {value: code}
      item_name: {from: item.item_name}
      accepted_on: {between: ["2024-01-01", "2024-01-31"]}
      decided_on: {after: accepted_on, within: [0, position], when: online}
      result_limit:
        - {when: position = 1, text: 即办}
        - {text: "{position}个工作日"}
      online: {value: position <= 2}
  exception:
    rows: {of: item, share: "0.5", step: 5, most: 20}
    links:
      item: {row: row * 2}
    only: row > 1
    fields:
      item_code: {from: item.item_code}
"""


def test_hints_say_the_rest(tiny):
    found = tiny(FULL, rows=30)
    items, cases, left = found["事项清单"], found["办件"], found["例外清单"]
    assert [row["事项编码"] for row in items[:3]] == ["IT010001", "IT100002", "IT010003"]
    assert [row["办件编号"] for row in cases[:6]] == [
        *("IT01000101", "IT01000102", "IT01000301", "IT01000302", "IT01000303", "IT10000401"),
    ]
    assert len(cases) == 50
    names = {row["事项编码"]: row["事项名称"] for row in items}
    assert all(row["事项名称"] == names[row["事项编码"]] for row in cases)
    assert {row["渠道"] for row in items} == {"窗口、网上", "窗口"}
    assert [row["办结用时"] for row in cases[2:5]] == ["即办", "2个工作日", "3个工作日"]
    assert all((row["办结日期"] is None) == (row["是否网上办理"] == "否") for row in cases)
    assert all(row["办结日期"] >= row["受理日期"] for row in cases if row["办结日期"])
    assert [row["事项编码"] for row in left] == [items[place]["事项编码"] for place in range(3, 30, 2)]


COUNTED = """
datasets:
  case:
    fields:
      round: {value: row % 2 + 1}
      case_code: {text: "AB{row:04}R{round}"}
"""


def test_a_field_goes_before_the_place_of_its_name(tiny):
    cases = tiny(COUNTED, field="  round: {title: 次数, type: integer}\n")["办件"]
    assert [row["次数"] for row in cases[:3]] == ["2", "1", "2"]
    assert [row["办件编号"] for row in cases[:3]] == ["AB0001R2", "AB0002R1", "AB0003R2"]


def test_a_field_called_like_the_row_number_is_refused(tiny):
    with pytest.raises(StandardError) as caught:
        tiny(field="  row: {title: 行, type: integer}\n")
    assert caught.value.code == "GJ-S430"


BROKEN = {
    "datasets: {nothing: {}}": ("GJ-S131", "nothing"),
    "datasets: {item: {fields: {nothing: {value: row}}}}": ("GJ-S131", "nothing"),
    "datasets: {item: {rows: {of: case}}, case: {rows: {of: item}}, exception: {rows: {of: exception}}}": (
        "GJ-S132",
        "exception",
    ),
    "datasets: {item: {fields: {item_code: {text: '{item_name}'}, item_name: {text: '{item_code}'}}}}": (
        "GJ-S133",
        "item_name",
    ),
    "datasets: {item: {fields: {item_code: {text: '{nothing}'}}}}": ("GJ-S134", "nothing"),
    "datasets: {item: {fields: {item_code: {from: case.nothing}}}}": ("GJ-S134", "nothing"),
    "datasets: {item: {inner: {a: {pick: none}}, fields: {item_code: {text: '{a}'}}}}": ("GJ-S136", "none"),
    "datasets: {item: {fields: {item_code: {text: '{row.nothing}'}}}}": ("GJ-S140", "row.nothing"),
    "datasets: {item: {fields: {item_code: {text: '{Row}'}}}}": ("GJ-S137", "{Row}"),
    "datasets: {item: {fields: {item_code: {value: nothing}}}}": ("GJ-S208", "nothing"),
    "datasets: {item: {fields: {item_code: {value: row}}}}": ("GJ-S205", "整数"),
    "datasets: {case: {fields: {state: {choose: ['77']}}}}": ("GJ-S138", "77"),
    "datasets: {item: {fields: {item_code: {value: row, text: x}}}}": ("GJ-S110", ""),
    "datasets: {item: {only: row > 3}, case: {links: {item: {counts: [1]}}}}": ("GJ-S139", "item"),
}


@pytest.mark.parametrize("text", BROKEN)
def test_broken_hints_are_told(tiny, text):
    code, words = BROKEN[text]
    with pytest.raises(StandardError) as caught:
        tiny(HEAD + text + "\n")
    assert caught.value.code == code, caught.value
    assert words in str(caught.value)
    assert "sample.yaml" in str(caught.value)


@pytest.mark.parametrize("pattern", ["^(a|b){2}$", "^[^0]$", "^a.$", "^a?$"])
def test_a_pattern_that_is_too_much_asks_for_a_hint(pattern):
    assert read_pieces(pattern) is None
    with pytest.raises(StandardError) as caught:
        default_form(Field("code", "编码", "string", pattern=pattern), {}, Place("sample.yaml"))
    assert caught.value.code == "GJ-S135"


def test_groups_give_their_first_choice(standard):
    for dataset in standard.datasets.values():
        for item in dataset.fields.values():
            if item.pattern:
                text = "".join(piece.letters[0] * piece.low for piece in read_pieces(item.pattern))
                assert re.fullmatch(item.pattern, text), item.pattern


def test_nothing_is_joined_sorted_or_kept(standard, hints):
    """Streaming by construction: only projections and filters stand above the row numbers."""
    plan = make_plan(standard, hints, 1000, 1)
    with duckdb.connect() as con:
        for dataset_id in standard.datasets:
            query = rows_sql(plan, dataset_id, all_rows(plan.rows[dataset_id]))
            told = con.execute(f"EXPLAIN (FORMAT json) {query}").fetchall()[0][1]
            names = set(re.findall(r'"name": "([A-Z_ ]+?) *"', told))
            assert names <= {"PROJECTION", "FILTER", "RANGE", "RANGE "}, dataset_id


@pytest.mark.parametrize("number", [0, 7, 12345, 99_999_999])
def test_credit_codes_in_python_and_sql(number):
    inner, outer, text = credit_code_steps("n")
    query = f"SELECT n, {inner} AS i FROM (SELECT {number} AS n)"
    query = f"SELECT {text.format('i', 'o')} FROM (SELECT *, {outer.format('i')} AS o FROM ({query}))"
    with duckdb.connect() as con:
        assert con.execute(query).fetchall() == [(credit_code(number),)]
