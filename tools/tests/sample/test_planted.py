"""Every planted fault is in the file where the list says, and nothing else differs from the clean one."""

from __future__ import annotations

from collections import defaultdict

import pytest

from guiju_tools.sample.fault_list import HEADINGS

SHARE = "0.1"
FIRST = 2


@pytest.fixture(scope="module")
def both(make, read, planted):
    spoiled = make(faults=SHARE)
    return read(make()), read(spoiled), planted(spoiled)


def by_file(listed):
    found = defaultdict(list)
    for line in listed:
        found[line["文件"].removesuffix(".csv")].append(line)
    return found


def restored(rows, lines, clean):
    """The spoiled rows with every listed fault taken back, last first, and the missing rows put in."""
    rows = [dict(row) for row in rows]
    copies = [line for line in lines if line["手法"] == "duplicated"]
    for line in reversed(copies):
        assert int(line["行号"]) - FIRST == len(rows) - 1
        assert rows.pop() in clean
    for line in lines:
        if line["数据元"]:
            row = rows[int(line["行号"]) - FIRST]
            assert row[line["列名"]] == line["改后"], line
            assert line["改前"] != line["改后"]
            row[line["列名"]] = line["改前"]
    return rows, sum(line["手法"] == "missing" for line in lines)


def test_the_faults_taken_back_give_the_clean_sample(both):
    clean, spoiled, listed = both
    lines = by_file(listed)
    assert set(lines) <= set(clean)
    for title, rows in clean.items():
        found, missing = restored(spoiled[title], lines[title], rows)
        assert len(found) == len(rows) - missing
        left = iter(rows)
        assert all(row in left for row in found), f"{title}: a row differs that is not listed"


def test_there_are_as_many_as_were_asked_for(both):
    clean, _, listed = both
    for title, lines in by_file(listed).items():
        count = len({line["序号"] for line in lines})
        assert abs(count - len(clean[title]) * float(SHARE)) <= 1, title


def test_the_list_numbers_the_faults_and_names_keys_and_operators(both, make):
    _, _, listed = both
    assert tuple(listed[0]) == HEADINGS
    assert [int(line["序号"]) for line in listed] == sorted(int(line["序号"]) for line in listed)
    assert len({line["序号"] for line in listed}) == make(faults=SHARE).faults
    assert all(line["主键"] and line["手法"] and line["说明"] for line in listed)
    assert {"missing", "duplicated"} < {line["手法"] for line in listed}


@pytest.mark.parametrize(("kind", "first"), [("csv", 2), ("xlsx", 2), ("jsonl", 1), ("parquet", 1)])
def test_rows_are_numbered_as_readers_of_the_format_number_them(make, planted, kind, first):
    made = planted(make(format=kind, faults="1", rows=20))
    numbers = [int(line["行号"]) for line in made if line["文件"].startswith("实施清单") and line["行号"]]
    assert min(numbers) == first
    assert {line["文件"].rpartition(".")[2] for line in made} == {kind}


def test_no_faults_no_list(make):
    assert make().planted is None
    assert make().faults == 0
