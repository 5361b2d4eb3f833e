"""A sample without faults: schemas met, keys and references sound, nothing that the standard finds."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from guiju.export import make_reading
from guiju.export.values.lexical import ABSENT, canonical
from guiju.rule.credit_code import credit_code_valid
from guiju.run.judging import run
from guiju.run.request import RunRequest
from guiju.standard.record_schema import record_schema, validator
from guiju_tools.sample.rows import delivered

MANY = 4000


@pytest.fixture(scope="module")
def sample(make, read):
    return read(make())


def by_name(standard, sample, dataset):
    fields = delivered(dataset)
    return [{item.name: row[item.title] for item in fields} for row in sample[dataset.title]]


def records(standard, sample, dataset):
    """The canonical records of a dataset."""
    readings = {
        item.name: make_reading(item, codelist=standard.codelists.get(item.codelist or ""))
        for item in delivered(dataset)
    }
    for row in by_name(standard, sample, dataset):
        values = {name: canonical(readings[name], text) for name, text in row.items()}
        yield {name: value for name, value in values.items() if value is not ABSENT}


def test_every_dataset_has_rows_and_every_column_a_value(standard, make, read):
    sample = read(make(rows=MANY))
    for dataset in standard.datasets.values():
        rows = sample[dataset.title]
        assert rows, dataset.id
        blank = [title for title in rows[0] if not any(row[title] for row in rows)]
        assert not blank, f"{dataset.id}: {blank}"


def test_records_meet_their_schemas(standard, sample):
    for dataset in standard.datasets.values():
        check = validator(record_schema(dataset, standard.codelists))
        for record in records(standard, sample, dataset):
            assert [error.message for error in check.iter_errors(record)] == [], (dataset.id, record)


def test_keys_are_unique_and_filled(standard, sample):
    for dataset in standard.datasets.values():
        keys = Counter(tuple(row[name] for name in dataset.key) for row in by_name(standard, sample, dataset))
        assert [key for key, count in keys.items() if count > 1 or None in key] == [], dataset.id


def test_references_lead_somewhere(standard, sample):
    for dataset in standard.datasets.values():
        for item in delivered(dataset):
            if item.reference:
                other, name = item.reference.split(".")
                title = standard.datasets[other].fields[name].title
                known = {row[title] for row in sample[standard.datasets[other].title]}
                assert {row[item.title] for row in sample[dataset.title]} <= known | {None}, item.name


def test_the_standard_finds_nothing(make):
    result, _ = run(RunRequest("item-management", make().files, region="990000"))
    told = {item.id: (item.outcome, item.reason) for item in result.requirements}
    good = ("passed", "inapplicable", "untested")
    assert {key: said for key, said in told.items() if said[0] not in good} == {}
    assert not [key for key, said in told.items() if said[0] == "untested" and "没有交来数据集" in said[1]]


@pytest.mark.parametrize("rows", [1, 7, 33])
def test_small_samples_hold_together_too(make, rows):
    made = make(rows=rows)
    files = tuple(path for path in made.files if len(path.read_text(encoding="utf-8").splitlines()) > 1)
    result, _ = run(RunRequest("item-management", files, region="990000"))
    failed = {item.id for item in result.requirements if item.outcome == "failed"}
    assert failed <= {"IM-030", "IM-031"}, "shares of a few rows may miss their mark, nothing else"


def test_nothing_in_it_can_exist(sample):
    items = sample["实施清单"]
    assert all(re.fullmatch("11990000[0-9X]{9}[0-9A-Y]", row["实施主体编码"]) for row in items)
    assert all(credit_code_valid(row["实施主体编码"]) for row in items)
    text = "\n".join(str(value) for rows in sample.values() for row in rows for value in row.values())
    assert set(re.findall(r"https?://[a-z.]+", text)) <= {
        f"https://{name}.example.invalid" for name in ("item", "m", "guide", "notice", "catalogue")
    }
    assert all(phone.startswith("000-") for phone in re.findall(r"[0-9]{3,4}-[0-9]{7,8}", text))


SHARES = {
    "是否收费": (0.005, 0.04),
    "委托部门": (0.05, 0.14),
    "联办机构": (0.07, 0.15),
    "通办范围": (0.74, 0.84),
    "法定办结时限": (0.9, 1),
    "网上办理深度": (0.89, 0.98),
    "计算机端办理地址": (0.92, 0.99),
}


def test_shares_are_like_those_of_practice(make, read):
    items = read(make(rows=MANY))["实施清单"]
    for title, (low, high) in SHARES.items():
        filled = sum(row[title] not in (None, "否") for row in items) / len(items)
        assert low <= filled <= high, (title, filled)
