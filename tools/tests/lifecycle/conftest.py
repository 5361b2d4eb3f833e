"""A small pack of its own, and regions that judge by it and hand in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from guiju.content import Pack, find_packs
from guiju.run.request import RunRequest
from guiju.standard.load import load_from
from guiju_tools.bundle.keys import HomeKeys, make_keys
from guiju_tools.bundle.packing import make_bundle, read_run
from guiju_tools.cli.examine import examine
from guiju_tools.lifecycle.facts import Facts
from guiju_tools.lifecycle.log import read_log
from guiju_tools.registry.store import open_store

TINY = Path(__file__).parent.parent / "lint" / "tiny"
ID = "window-service"
LACKING = """      并且 参数"limit_days"为"10"
      并且 核验基准日为"2024-01-31"
      当 核验"WS-001"
      那么 结论为"无法判定"
"""
WHOLE = LACKING.replace("      并且 核验", '      并且 参数"local_days"为"10"\n      并且 核验').replace(
    '结论为"无法判定"', "第1行符合"
)
HEAD = "办件编号,事项编码,事项名称,办件状态,受理日期,办结日期,办结用时,是否网上办理,备注\n"


@dataclass
class Committee:
    """The committee's folder: its pack and its registry."""

    folder: Path

    @property
    def pack(self) -> Pack:
        return Pack(self.folder / "pack")

    @property
    def database(self) -> str:
        return str(self.folder / "登记库.db")

    def standard(self):
        return load_from(self.pack, ID, find_packs(self.pack.root))

    def facts(self, store=None) -> Facts:
        packs = find_packs(self.pack.root)
        return Facts(load_from(self.pack, ID, packs), self.pack, packs, read_log(self.pack, ID), store)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.pack.standards / ID / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")


@dataclass
class Region:
    """A pilot region with its keys; of 40 cases `late` took too long, `paper` were not online."""

    folder: Path
    keys: HomeKeys

    def export(self, late: int, paper: int = 0, unsaid: int = 0) -> None:
        days = ["12个工作日" if number < late else "3个工作日" for number in range(40)]
        lines = [
            f"B{number:04d},S{number % 5},事项{number % 5},2,2024-03-01,2024-03-15,{told},"
            f"{'否' if number < paper else '不详' if number < paper + unsaid else '是'},\n"
            for number, told in enumerate(days)
        ]
        (self.folder / "办件.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
        items = "".join(f"S{number},事项{number}\n" for number in range(5))
        (self.folder / "事项清单.csv").write_text("事项编码,事项名称\n" + items, encoding="utf-8")

    def hand_in(self, pack: Pack, period: str, objections=()) -> Path:
        """Judge the export and pack the result."""
        files = (self.folder / "办件.csv", self.folder / "事项清单.csv")
        request = RunRequest(ID, files, region="990000", pack=pack.root, period=period)
        out = self.folder / period
        examine(request, out, quiet=True)
        path = self.folder / f"{period}.zip"
        path.write_bytes(make_bundle(read_run(out), self.keys, objections=objections))
        return path


@pytest.fixture
def committee(tmp_path) -> Committee:
    folder = tmp_path / "委员会"
    shutil.copytree(TINY, folder / "pack")
    feature = folder / "pack/features" / ID / "01-limits.feature"
    text = feature.read_text(encoding="utf-8")
    assert text.count(LACKING) == 1
    feature.write_text(text.replace(LACKING, WHOLE), encoding="utf-8")
    return Committee(folder)


@pytest.fixture
def store(committee):
    with open_store(committee.database, make=True) as opened:
        yield opened


@pytest.fixture
def regions(tmp_path) -> list[Region]:
    """Twelve: a province, three cities, eight counties."""
    codes = [
        "990000",
        *(f"99{number:02d}00" for number in (1, 2, 3)),
        *(f"9901{number:02d}" for number in range(1, 9)),
    ]
    found = []
    for code in codes:
        folder = tmp_path / code
        keys = make_keys(folder / "密钥", code, f"示例{code}政务服务局")
        found.append(Region(folder, keys))
    return found
