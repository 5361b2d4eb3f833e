"""Which entry of an .xlsx or .xlsb archive holds which sheet, as the workbook's own index says."""

from __future__ import annotations

import posixpath
import re
import zipfile
from html import unescape
from pathlib import Path

from guiju.export.book.refused import broken, too_many_sheets

MOST_SHEETS = 1_000
_SHEET = re.compile(r"<(?:[\w.-]+:)?sheet\s[^>]*>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_RELATION = re.compile(r"<(?:[\w.-]+:)?Relationship\s[^>]*>")
_DATE_1904 = re.compile(r"<(?:[\w.-]+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_FOLDER = "xl"


def relations(path: Path, archive: zipfile.ZipFile, of: str) -> dict[str, str]:
    """Entries of the archive by the id of the relation that leads there.

    Raises:
        InputError: GJ-I112 there is no index.
    """
    text = text_of(archive, f"{_FOLDER}/_rels/{of}.rels")
    if not text:
        raise broken(path, "工作簿没有目录")
    found = [_attributes(tag) for tag in _RELATION.findall(text)]
    return {item.get("Id", ""): _place(item.get("Target", "")) for item in found if "Target" in item}


def sheet_entries(path: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    """Entries of an .xlsx archive by the name of the sheet.

    Raises:
        InputError: GJ-I112 there is no index; GJ-I122 too many sheets.
    """
    text = text_of(archive, f"{_FOLDER}/workbook.xml")
    tags = _SHEET.findall(text)
    if len(tags) > MOST_SHEETS:
        raise too_many_sheets(path, len(tags))
    entries = relations(path, archive, "workbook.xml")
    found = {}
    for tag in tags:
        told = _attributes(tag)
        relation = next((value for key, value in told.items() if key.endswith(":id")), "")
        found[told.get("name", "")] = entries.get(relation, "")
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
    return posixpath.normpath(posixpath.join(_FOLDER, target))
