"""Which entry of an .xlsx or .xlsb archive holds which sheet, as the workbook's own index says."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from guiju.export.book.refused import broken, too_many_sheets

MOST_SHEETS = 1_000
_SHEET = re.compile(r"<(?:[\w.-]+:)?sheet\s[^>]*>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_RELATION = re.compile(r"<(?:[\w.-]+:)?Relationship\s[^>]*>")
_DATE_1904 = re.compile(r"<(?:[\w.-]+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_FOLDER = "xl"


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a relation leads, and of what kind it is."""

    entry: str
    kind: str


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A worksheet: its name, its entry in the archive, and whether it is hidden."""

    name: str
    entry: str
    hidden: bool


def relations(path: Path, archive: zipfile.ZipFile, of: str) -> dict[str, Relation]:
    """Where relations lead, by their id.

    Raises:
        InputError: GJ-I112 there is no index.
    """
    text = text_of(archive, f"{_FOLDER}/_rels/{of}.rels")
    if not text:
        raise broken(path, "工作簿没有目录")
    found = [_attributes(tag) for tag in _RELATION.findall(text)]
    return {
        item.get("Id", ""): Relation(_place(item["Target"]), item.get("Type", "").rpartition("/")[2])
        for item in found
        if "Target" in item
    }


def sheets_of(path: Path, archive: zipfile.ZipFile) -> list[SheetPlace]:
    """The worksheets of an .xlsx archive, in their order.

    Raises:
        InputError: GJ-I112 there is no index; GJ-I122 too many sheets.
    """
    text = text_of(archive, f"{_FOLDER}/workbook.xml")
    tags = _SHEET.findall(text)
    if len(tags) > MOST_SHEETS:
        raise too_many_sheets(path, len(tags))
    entries = relations(path, archive, "workbook.xml")
    found = []
    for tag in tags:
        told = _attributes(tag)
        key = next((value for key, value in told.items() if key.endswith(":id")), "")
        relation = entries.get(key)
        if relation and relation.kind == "worksheet":
            hidden = told.get("state", "visible") != "visible"
            found.append(SheetPlace(told.get("name", ""), relation.entry, hidden))
    return found


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook counts its days from 1904."""
    return _DATE_1904.search(text_of(archive, f"{_FOLDER}/workbook.xml")) is not None


def text_of(archive: zipfile.ZipFile, name: str) -> str:
    """An entry of the archive as text; empty where there is none."""
    if name not in archive.namelist():
        return ""
    content = archive.read(name)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def _attributes(tag: str) -> dict[str, str]:
    return {key: unescape(one or other) for key, one, other in _ATTRIBUTE.findall(tag)}


def _place(target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    if target.startswith(f"{_FOLDER}/"):
        return target
    return posixpath.normpath(posixpath.join(_FOLDER, target))
