"""A desk with months of invented exports: the second has rows mended, broken, added, removed, recoded."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from guiju_tools.cli.desk_run import Wanted, run_desk
from guiju_tools.desk.opening import Settings
from guiju_tools.sample.make import make_sample
from guiju_tools.sample.request import SampleRequest

ITEM, KEY = "item-management", "实施编码"
FILE, OTHERS = "实施清单.csv", ("基本目录.csv", "事项变更登记.csv")
REGION = """\
region: {{code: "990000", name: 示例市}}
tier: city
profile: "990000"
standards: [item-management]
period: "2026-02"
deliveries: [{{path: "数据/{{period}}/*.csv"}}]
{more}
"""
DAYS = {"2026-02": "2026-03-02", "2026-03": "2026-04-02", "2026-04": "2026-05-06"}

Rows = list[dict[str, str]]


@dataclass
class Changes:
    """What was done to the second month, by key; `recoded` maps old keys to new ones."""

    mended: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    recoded: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def another_key(key: str, number: int) -> str:
    """A key of the same form that no row has: the catalogue's serial numbers never begin with 9."""
    return f"{key[:28]}{900 + number}"


def second_month(clean: Rows, spoiled: Rows, planted: list[str], listed: set[str]) -> tuple[Rows, Changes]:
    """The next month of a spoiled list: `planted` are keys without a name, `listed` of other faults."""
    right = {row[KEY]: row for row in clean}
    sound = [row[KEY] for row in spoiled if row[KEY] in right and row[KEY] not in {*planted, *listed}]
    done = Changes(
        mended=set(planted[:5]),
        broken=set(sound[:4]),
        removed={*planted[5:7], *sound[4:6]},
        recoded={key: another_key(key, place) for place, key in enumerate([planted[7], *sound[6:8]])},
    )
    rows = []
    for row in spoiled:
        key = row[KEY]
        if key in done.removed:
            continue
        new = right[key] if key in done.mended else dict(row)
        if key in done.broken:
            new["事项名称"] = ""
        rows.append({**new, KEY: done.recoded.get(key, key)})
    for place, key in enumerate(sound[8:11], start=50):
        fresh = another_key(key, place)
        done.added.add(fresh)
        rows.append({**right[key], KEY: fresh, "事项名称": "" if place == 50 else right[key]["事项名称"]})
    return rows, done


@dataclass
class Months:
    """Folders of data by period, and what was done between the first two."""

    folder: Path
    done: Changes
    planted: list[str]


@pytest.fixture(scope="session")
def months(tmp_path_factory: pytest.TempPathFactory) -> Months:
    root = tmp_path_factory.mktemp("months")
    for name, faults in (("clean", "0"), ("spoiled", "0.08")):
        make_sample(SampleRequest((ITEM,), 220, root / name, faults=faults))
    clean, spoiled = (read(root / name / FILE) for name in ("clean", "spoiled"))
    listed = {line["主键"] for line in read(root / "spoiled" / "planted.csv") if line["文件"] == FILE}
    planted = [row[KEY] for row in spoiled if row[KEY] not in listed][:10]
    for row in spoiled:
        row["事项名称"] = "" if row[KEY] in planted else row["事项名称"]
    rows, done = second_month(clean, spoiled, planted, listed)
    for period in DAYS:
        write(root / "数据" / period / FILE, spoiled if period == "2026-02" else rows)
        for name in OTHERS:
            shutil.copyfile(root / "spoiled" / name, root / "数据" / period / name)
    return Months(root / "数据", done, planted)


class Desk:
    """A desk in a folder, driven as the command does it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def new(cls, folder: Path, months: Months) -> Desk:
        shutil.copytree(months.folder, folder / "数据")
        desk = cls(folder)
        desk.set_up("")
        return desk

    def copy(self, folder: Path) -> Desk:
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Desk(folder)

    def set_up(self, more: str) -> None:
        (self.folder / "region.yaml").write_text(REGION.format(more=more), encoding="utf-8")

    def run(self, period: str, **options: bool) -> int:
        with self.inside():
            return run_desk(Wanted(Settings(DAYS[period], findings=5000), period, **options))

    @contextmanager
    def inside(self, below: str = "") -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder / below)
            yield

    def internal(self, period: str) -> Path:
        return self.folder / "结果" / period / ITEM / "内部"


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, months: Months) -> Desk:
    """The first month judged; to be copied."""
    desk = Desk.new(tmp_path_factory.mktemp("once"), months)
    desk.run("2026-02")
    return desk


@pytest.fixture
def first(tmp_path: Path, once: Desk) -> Desk:
    """A desk of one's own on which the first month is judged."""
    return once.copy(tmp_path)


@pytest.fixture
def desk(tmp_path: Path, months: Months) -> Desk:
    """A desk of one's own that has not run yet."""
    return Desk.new(tmp_path, months)


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory, once: Desk) -> Desk:
    """Two months judged; tests only read it."""
    desk = once.copy(tmp_path_factory.mktemp("judged"))
    desk.run("2026-03")
    return desk
