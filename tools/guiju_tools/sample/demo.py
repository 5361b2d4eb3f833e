"""The export of `guiju demo`: a small sample with a handful of faults, each meant for one requirement."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from guiju.content import own_pack
from guiju.rule.limits import limit_number
from guiju.standard.fields import Dataset
from guiju.standard.load import load
from guiju_tools.sample.hints import read_hints
from guiju_tools.sample.plan import Plan, make_plan
from guiju_tools.sample.rows import all_rows, delivered, rows_sql

STANDARD, ITEMS, MATERIALS = "item-management", "implementation-item", "material"
DATASETS = ("catalogue-item", "local-exception", ITEMS, MATERIALS)
_CHECK_PLACE, _NEXT = 17, {"0": "1"}
_LICENCE = "01"
_PLAIN = 31

Row = dict[str, str | None]
Fits = Callable[[Row], bool]
Change = Callable[[Row], Row]


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted fault: which row (from 1) of which table, what, and the requirement meant for it."""

    table: str
    row: int
    what: str
    requirement: str


def write_demo(folder: Path, rows: int = 60, seed: int = 1) -> tuple[list[Path], list[Planted]]:
    """Write the tables as CSV into `folder`; the same seed gives the same bytes.

    Returns:
        The files, and the planted faults.
    """
    pack = own_pack()
    standard = load((pack,), STANDARD)
    plan = make_plan(standard, read_hints(pack, STANDARD), rows, seed)
    tables = {name: _rows(plan, name) for name in DATASETS}
    with_materials = {row["task_code"] for row in tables[MATERIALS]}
    planted = list(_plant(tables[ITEMS], with_materials, standard.datasets[ITEMS].title))
    folder.mkdir(parents=True, exist_ok=True)
    files = [_write(folder, standard.datasets[name], table) for name, table in tables.items()]
    return files, planted


def _rows(plan: Plan, dataset_id: str) -> list[Row]:
    names = [item.name for item in delivered(plan.dataset(dataset_id))]
    with duckdb.connect(":memory:") as con:
        found = con.execute(rows_sql(plan, dataset_id, all_rows(plan.rows[dataset_id]), names)).fetchall()
    return [dict(zip(names, values, strict=True)) for _, *values in found]


def _plant(items: list[Row], with_materials: set[str | None], table: str) -> Iterator[Planted]:
    """Put the faults into the list, in place, each into another row, and say what was done."""

    def alone(row: Row) -> bool:
        """Nothing else refers to the item's code."""
        code = row["task_code"] or ""
        return code not in with_materials and len(code) == _PLAIN and row["task_type"] != _LICENCE

    faults: Sequence[tuple[str, str, Fits, Change]] = (
        ("承诺长于法定", "IM-023", _counted, _promised_too_long),
        ("信用代码校验码错一位", "IM-003", alone, _wrong_check),
        ("咨询与投诉为同一号码", "IM-036", _counted, lambda row: row | {"supervise_way": row["link_way"]}),
        ("收费而无依据", "IM-033", _free, lambda row: row | {"is_fee": "是", "fee_basis": None}),
        ("时限单位不同，无法比较", "IM-023", _counted, lambda row: row | {"promise_limit": "1个自然日"}),
    )
    first, step = 3, len(items) // (len(faults) + 1)
    for number, (what, requirement, fits, change) in enumerate(faults):
        at = next(place for place in range(first + number * step, len(items)) if fits(items[place]))
        items[at] = change(items[at])
        yield Planted(table, at + 1, what, requirement)
    again = len(items) - 2
    items.append(dict(items[again]))
    yield Planted(table, len(items), f"与第{again + 1}条重复", "IM-006")


def _counted(row: Row) -> bool:
    """Both limits are given, in working days."""
    return all("个工作日" in (row[name] or "") for name in ("anticipate_limit", "promise_limit"))


def _free(row: Row) -> bool:
    return row["is_fee"] == "否"


def _promised_too_long(row: Row) -> Row:
    days = limit_number(row["anticipate_limit"] or "") or 0
    return row | {"promise_limit": f"{days + 5}个工作日"}


def _wrong_check(row: Row) -> Row:
    code = row["dept_code"] or ""
    wrong = code[:_CHECK_PLACE] + _NEXT.get(code[_CHECK_PLACE], "0")
    return row | {"dept_code": wrong, "task_code": wrong + (row["task_code"] or "")[_CHECK_PLACE + 1 :]}


def _write(folder: Path, dataset: Dataset, rows: Sequence[Row]) -> Path:
    path = folder / f"{dataset.title}.csv"
    titles = {item.name: item.title for item in delivered(dataset)}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(titles))
        writer.writerow(titles)
        writer.writerows(rows)
    return path
