"""The tiny pack of the lint tests, and tables that conform to it: 24 cases of 24 items, one item excepted."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from guiju.content import Pack
from guiju.run.examples import Bench
from guiju.standard.load import load_from
from guiju_tools.mutate.data import Planting, try_faults, under_profile
from guiju_tools.mutate.reasons import Reasons

TINY = Path(__file__).parents[1] / "lint" / "tiny"
STANDARD = "window-service"
CASES = 24
LIMITS = "features/window-service/01-limits.feature"


@dataclass(frozen=True)
class Tiny:
    """A copy of the tiny pack that a test may spoil."""

    pack: Pack

    def standard(self):
        return load_from(self.pack, STANDARD, [self.pack])

    def change(self, label, old, new):
        path = self.pack.root / label
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{label}: {old!r} stands there {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def faults(self, tables, standard=None, reasons=None, seed=1):
        applied, parameters = under_profile(standard or self.standard(), [self.pack], "990000")
        return try_faults(
            applied, [self.pack], tables, parameters, reasons or Reasons(), Planting(seed, times=2)
        )

    def with_check(self, requirement_id, **change):
        """The standard with the check of one requirement altered."""
        standard = self.standard()
        requirements = tuple(
            replace(item, check=replace(item.check, **change)) if item.id == requirement_id else item
            for item in standard.requirements
        )
        return replace(standard, requirements=requirements)

    def bench(self):
        return Bench(self.standard(), [self.pack])


@pytest.fixture
def tiny(tmp_path):
    """The lint tests do not run the examples; the one that lacks a parameter gets it here."""
    shutil.copytree(TINY, tmp_path / "pack")
    made = Tiny(Pack(tmp_path / "pack"))
    given = '      并且 参数"limit_days"为"10"\n'
    made.change(LIMITS, given, given + '      并且 参数"local_days"为"10"\n')
    made.change(LIMITS, '结论为"无法判定"', '结论为"符合"')
    return made


def _case(number):
    return {
        "case_code": f"A{number:04}",
        "item_code": f"B{number:04}",
        "item_name": f"事项{number}",
        "state": "2",
        "accepted_on": f"2024-01-{number:02}",
        "decided_on": f"2024-02-{number:02}",
        "result_limit": f"{number % 9 + 1}个工作日",
        "online": "是",
        "note": None,
    }


@pytest.fixture
def tables():
    items = [
        {"item_code": f"B{number:04}", "item_name": f"事项{number}", "channels": "窗口、网上"}
        for number in range(1, CASES + 2)
    ]
    exceptions = [{"item_code": f"B{CASES + 1:04}", "reason": "没有申请"}]
    return {"case": [_case(number) for number in range(1, CASES + 1)], "item": items, "exception": exceptions}
