"""Deliveries with bad cells and results that name them, without a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from guiju.export import open_sources
from guiju.export.digests import digest
from guiju.result import (
    Counts,
    Finding,
    FindingCell,
    InputPart,
    InputTable,
    RequirementResult,
    Result,
    StandardIdentity,
    Summary,
)
from guiju_tools.marked.mark import mark_deliveries

TEXT = "承诺办结时限应不长于法定办结时限。"


def _cell(column, delivered, understood=""):
    return FindingCell(column, column, column, delivered, understood or delivered, blamed=True)


def _finding(part, row, *cells, message="承诺长于法定"):
    return Finding(part, row, f"K{row}", message, "示例市某局", cells)


def _requirement(name, findings, **change):
    told = {
        "standard": "item-management",
        "id": name,
        "name": name.lower(),
        "clause": "6.3.2",
        "modality": "shall",
        "text": TEXT,
        "basis": "政策",
        "sources": (),
        "mark": "verified",
        "advisory": False,
        "key": False,
        "method": "record",
        "dataset": "implementation-item",
        "dataset_title": "实施清单",
        "outcome": "failed",
        "reason": "",
        "remedy": "改正承诺时限。",
        "counts": Counts(failed=len(findings)),
        "findings": tuple(findings),
    }
    return RequirementResult(**{**told, **change})


def _result(paths, requirements, columns=()):
    """A result of a run over files, in which every table was read."""
    sources = open_sources(paths)
    labels = [(f"{one.file} / {one.part}" if one.part else one.file, digest(one.path)) for one in sources]
    parts = tuple(InputPart(label, 9, sha) for label, sha in labels)
    identity = StandardIdentity("item-management", "事项管理规范", "0.1.0", "20", False, "01" * 32, "02" * 32)  # noqa: FBT003 - a draft
    return Result(
        engine="guiju 0",
        standards=(identity,),
        region="",
        profile="",
        mapping="",
        as_of="",
        findings_limit=1000,
        inputs=(InputTable("implementation-item", "实施清单", 9, parts, tuple(columns), (), ()),),
        requirements=tuple(requirements),
        summary=Summary(1, 1, 0, 1, 0, 0, 0, 0, 0, 0, ""),
        conclusion="",
        exit_code=1,
    )


@dataclass(frozen=True)
class Bench:
    """A folder to deliver from, one to write into, and words to tell results with."""

    folder: Path
    out: Path
    cell = staticmethod(_cell)
    finding = staticmethod(_finding)
    requirement = staticmethod(_requirement)
    result = staticmethod(_result)
    text = TEXT

    def mark(self, path, *requirements):
        return mark_deliveries(_result([path], requirements), open_sources([path]), self.out)

    def promise(self, row, text="25个工作日"):
        return _finding("清单.xlsx / 实施清单", row, _cell("承诺办结时限", text, "25"))


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path, tmp_path / "out")
