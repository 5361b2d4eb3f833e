"""What a run keeps of every row agrees with what it counts; rows are known by key, or by content."""

from __future__ import annotations

import json
import re

import duckdb
import pytest

from guiju.run.desk.definitions import FILE
from guiju.run.desk.rows import BITS

from .conftest import key


@pytest.fixture
def kept(judge, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder, judge(keep=folder)


def rows(folder, what, dataset="implementation-item"):
    with duckdb.connect() as con:
        return con.execute(f"SELECT {what} FROM read_parquet('{folder}/rows-{dataset}.parquet')").fetchall()


def test_bits_add_up_to_the_counts_of_every_requirement(kept):
    assert_bits_add_up(*kept)


def test_verdicts_taken_back_are_undecided_here_too(export, judge, tmp_path):
    """All codes rounded as spreadsheets do it, so repeated and malformed: none is held against the region."""
    text = re.sub(
        "(?m)^1199000000000001R3000125001[0-9]{3},", "1.199E+30,", export.read_text(encoding="utf-8")
    )
    export.write_text(text, encoding="utf-8")
    folder = tmp_path / "kept"
    folder.mkdir()
    result = judge(keep=folder)
    taken = [item.id for item in result.requirements if "已经丢失" in item.reason]
    assert taken
    assert_bits_add_up(folder, result)


def assert_bits_add_up(folder, result):
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))["datasets"]["implementation-item"]
    by_id = {item.id: item for item in result.requirements}
    assert len(told["requirements"]) >= 12
    for place, name in enumerate(told["requirements"]):
        mask, bit = divmod(place, BITS)
        counted = rows(
            folder,
            ", ".join(
                f"count_if({state}{mask} >> {bit} & 1 = 1)"
                for state in ("failed", "undecided", "inapplicable")
            ),
        )
        counts = by_id[name].counts
        assert counted == [(counts.failed, counts.undecided, counts.inapplicable)], name


def test_a_row_is_known_by_its_key_and_the_rest_of_its_cells(kept):
    folder, _ = kept
    assert rows(folder, "key, row")[0] == (key(1), 2)
    assert rows(folder, "count(DISTINCT key), count(DISTINCT content)") == [(12, 12)]


def test_without_its_key_a_row_is_known_by_its_content(export, judge, tmp_path):
    text = export.read_text(encoding="utf-8").replace("实施编码,", "无关的列,", 1)
    export.write_text(text, encoding="utf-8")
    folder = tmp_path / "kept"
    folder.mkdir()
    judge(keep=folder)
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))["datasets"]["implementation-item"]
    assert told["keyed"] is False
    ((first, content), *_) = rows(folder, "key, content")
    assert first.startswith("（无主键）")
    assert content is None


def test_the_same_data_keep_the_same_keys_whatever_the_order_of_columns(export, judge, tmp_path):
    folders = [tmp_path / name for name in ("one", "two")]
    lines = [line.split(",") for line in export.read_text(encoding="utf-8").splitlines()]
    for folder in folders:
        folder.mkdir()
        judge(keep=folder)
        export.write_text("\n".join(",".join(reversed(line)) for line in lines) + "\n", encoding="utf-8")
    first, second = (rows(folder, "key, content") for folder in folders)
    assert first == second
