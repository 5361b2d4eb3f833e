"""Code lists and crosswalks of a pack: every code means one thing, every pair leads to a code."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from guiju.content import Pack
from guiju.errors import Place, StandardError
from guiju.export.values.reading import normal_text
from guiju.standard.load import CROSSWALK_COLUMNS
from guiju.standard.source import CODELIST_COLUMNS, read_codelist
from guiju.standard.tables import read_csv
from guiju_tools.lint.finding import Notice, error, notice, of_fault, unreadable

_CROSSWALK_NAME = re.compile(r"(?P<codelist>[a-z][a-z0-9-]*)\.(?P<owner>[a-z0-9][a-z0-9-]*)")

Rows = list[tuple[int, dict[str, str]]]


def lint_codelists(pack: Pack) -> Iterator[Notice]:
    """Every rule on `standards/codelists/*.csv`."""
    for path in sorted((pack.standards / "codelists").glob("*.csv")):
        label = path.relative_to(pack.root).as_posix()
        rows, found = _rows(path, CODELIST_COLUMNS, label)
        yield from found
        yield from _codelist(rows, label)
        if not found:
            yield from _repeated(pack, path.stem)


def lint_crosswalks(pack: Pack, libraries: Sequence[Pack]) -> Iterator[Notice]:
    """Every rule on `standards/crosswalks/*.csv` and `standards/regions/*/crosswalks/*.csv`."""
    regional = (pack.standards / "regions").glob("*/crosswalks/*.csv")
    for path in sorted([*(pack.standards / "crosswalks").glob("*.csv"), *regional]):
        label = path.relative_to(pack.root).as_posix()
        rows, found = _rows(path, CROSSWALK_COLUMNS, label)
        yield from found
        yield from _crosswalk(rows, label)
        name = _CROSSWALK_NAME.fullmatch(path.stem)
        if name is None:
            yield error(
                "GJ-S328",
                f"文件名 {path.name} 看不出对照的是哪个代码表",
                Place(label),
                hint="文件名写成 <代码表>.<来源>.csv",
            )
        else:
            yield from _targets(rows, label, name["codelist"], (pack, *libraries))


def _rows(path: Path, columns: Sequence[str], label: str) -> tuple[Rows, list[Notice]]:
    try:
        return read_csv(path, columns, label), []
    except StandardError as fault:
        return [], of_fault(fault)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        return [], [unreadable(label, fault)]


def _repeated(pack: Pack, name: str) -> Iterator[Notice]:
    try:
        read_codelist(name, [pack])
    except StandardError as fault:
        yield from of_fault(fault)


def _codelist(rows: Rows, label: str) -> Iterator[Notice]:
    codes = {row["code"] for _, row in rows}
    for line, row in rows:
        place = Place(label, line)
        if row["replaced_by"] and (row["replaced_by"] not in codes or row["replaced_by"] == row["code"]):
            yield error(
                "GJ-S329",
                f"代码“{row['code']}”的替代代码“{row['replaced_by']}”不在表中",
                place,
                hint="请改正 replaced_by",
            )
        yield from _dates(row, place)
        if not row["code"].strip() or not row["label"].strip():
            yield error("GJ-S330", "代码或名称是空的", place, hint="code 和 label 都要写")
        if not row["owner"] or not row["source"]:
            yield notice(
                "GJ-S331", f"代码“{row['code']}”没有 owner 或 source", place, hint="请写明由谁维护、出自哪里"
            )
    yield from _labels(rows, label)


def _dates(row: dict[str, str], place: Place) -> Iterator[Notice]:
    days = [row[key] for key in ("valid_from", "valid_to") if row[key]]
    for day in days:
        if not _is_day(day):
            yield error("GJ-S332", f"“{day}”不是日期", place, hint="写成 YYYY-MM-DD")
    if row["valid_from"] and row["valid_to"] and row["valid_from"] > row["valid_to"]:
        yield error(
            "GJ-S332",
            f"代码“{row['code']}”的启用日期晚于停用日期",
            place,
            hint="请改正 valid_from 或 valid_to",
        )


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _labels(rows: Rows, label: str) -> Iterator[Notice]:
    """A label stands for one code in force; exports that carry labels could not be read otherwise."""
    owners: dict[str, str] = {}
    for line, row in rows:
        name = normal_text(row["label"])
        if not name or row["replaced_by"]:
            continue
        owner = owners.setdefault(name, row["code"])
        if owner != row["code"]:
            message = (
                f"“{row['label']}”同时是代码“{owner}”和“{row['code']}”的名称，导出名称的数据据此读不出代码"
            )
            yield notice("GJ-S333", message, Place(label, line), hint="请把名称写得有区别，或写 replaced_by")


def _crosswalk(rows: Rows, label: str) -> Iterator[Notice]:
    codes: dict[str, str] = {}
    for line, row in rows:
        value = normal_text(row["value"])
        if not value:
            yield error("GJ-S330", "value 是空的", Place(label, line), hint="写地方所用的值")
        elif codes.setdefault(value, row["code"]) != row["code"]:
            yield error(
                "GJ-S333",
                f"“{row['value']}”对照到两个代码",
                Place(label, line),
                hint="一个值只能对照一个代码",
            )


def _targets(rows: Rows, label: str, codelist: str, packs: Sequence[Pack]) -> Iterator[Notice]:
    try:
        document = read_codelist(codelist, packs)
    except StandardError as fault:
        if fault.place.line is None:  # a broken list says so itself
            yield error(
                "GJ-S328", f"没有代码表 {codelist}", Place(label), hint="文件名写成 <代码表>.<来源>.csv"
            )
        return
    codes = {item["code"] for item in document["codes"]}
    for line, row in rows:
        if row["code"] and row["code"] not in codes:
            yield error(
                "GJ-S334",
                f"代码“{row['code']}”不在代码表 {codelist} 中",
                Place(label, line),
                hint="请改正 code",
            )
