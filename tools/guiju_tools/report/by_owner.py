"""One workbook of findings for each owner (责任单位), with its own rows and no others, and an index."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from guiju.result import RequirementResult, Result
from guiju_tools.report import words
from guiju_tools.report.workbook import sheet_of, workbook, write_findings

NOBODY = "未明确责任单位"
INDEX = "目录.xlsx"
_LONGEST = 60
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def write_by_owner(result: Result, folder: Path) -> dict[str, Path]:
    """Write the workbooks into a new folder; returns them by owner.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir()
    shares = by_owner(result)
    names = file_names(list(shares))
    for owner, share in shares.items():
        with workbook(folder / names[owner], f"{owner}的不符合项") as (book, formats):
            write_findings(sheet_of(book, "不符合项", formats, wide=True), share, _listed(share))
    _index(result, shares, names, folder / INDEX)
    return {owner: folder / name for owner, name in names.items()}


def by_owner(result: Result) -> dict[str, Result]:
    """The result with the findings of one owner each; owners in the order of their names, nobody's last."""
    owners = {finding.owner.strip() for item in result.requirements for finding in item.findings}
    ordered = sorted(owners - {""}) + ([""] if "" in owners else [])
    return {owner or NOBODY: _share(result, owner) for owner in ordered}


def _share(result: Result, owner: str) -> Result:
    mine = [_only(item, owner) for item in result.requirements]
    return replace(result, requirements=tuple(item for item in mine if item.findings))


def _only(item: RequirementResult, owner: str) -> RequirementResult:
    return replace(item, findings=tuple(one for one in item.findings if one.owner.strip() == owner))


def _listed(result: Result) -> int:
    return sum(len(item.findings) for item in result.requirements)


def file_names(owners: list[str]) -> dict[str, str]:
    """A file name for each owner that every system takes, no two the same even without regard to case."""
    names: dict[str, str] = {}
    taken = {INDEX.casefold()}
    for owner in owners:
        stem = _safe(owner)
        number, name = 1, f"{stem}.xlsx"
        while name.casefold() in taken:
            number += 1
            name = f"{stem}（{number}）.xlsx"
        taken.add(name.casefold())
        names[owner] = name
    return names


def _safe(owner: str) -> str:
    text = _UNSAFE.sub("_", words.visible(owner)).strip(" .")[:_LONGEST].strip(" .")
    return f"_{text}" if not text or _DEVICES.fullmatch(text) else text


def _index(result: Result, shares: Mapping[str, Result], names: Mapping[str, str], path: Path) -> None:
    with workbook(path, "责任单位目录") as (book, formats):
        sheet = sheet_of(book, "目录", formats)
        sheet.widths(36, 44, 12, 14)
        sheet.line([words.NOTICE], "notice")
        told = f"每条要求最多列出{result.findings_limit}行；按列出的不符合项分发，全部行数见汇总。"
        sheet.line([told], "soft")
        sheet.line(["责任单位", "文件", "不符合项", "涉及要求"], "head")
        for owner, share in shares.items():
            sheet.line([owner, names[owner], _listed(share), len(share.requirements)])
