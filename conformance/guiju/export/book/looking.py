"""Workbooks looked at before calamine may read them: nothing harmful goes through; what it would not tell."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guiju.errors import InputError
from guiju.export.book.columns_of import column_letters
from guiju.export.book.compact import compacted, gaps_of
from guiju.export.book.compound import compound
from guiju.export.book.content import Content
from guiju.export.book.facts import Facts
from guiju.export.book.ods import look_at_ods
from guiju.export.book.package import check_content, check_entries, opened
from guiju.export.book.parts_xml import counts_from_1904, sheets_of, text_of
from guiju.export.book.refused import broken, far_off, too_large
from guiju.export.book.sheet_facts import note_percentages, percent_styles
from guiju.export.book.sheet_signs import beginning
from guiju.export.book.sheet_xml import Extent, look_at_sheet
from guiju.export.book.strings import check_strings
from guiju.export.book.swift import LARGE
from guiju.export.book.xls import look_at_xls
from guiju.export.book.xlsb import look_at_xlsb
from guiju.export.private import PrivateFolder

_MOST_CELLS = 120_000_000
_WIDEST = 4_000_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Looked:
    """What was learnt about a workbook beforehand.

    Attributes:
        sheets: facts by the name of the sheet.
        entries: the entry of each sheet in the archive; of .xlsx only.
        large: entries of sheets that are better read column by column; of .xlsx only.
        hidden: sheets that are hidden; of .xlsx only.
        from_1904: whether days are counted from 1904.
        macros: whether it holds macros.
        read: what to read: the delivered file, a copy without the empty rows between far-off cells, or the
            bytes of a compound file that holds nothing but the workbook.
        folder: what keeps that copy.
    """

    sheets: Mapping[str, Facts]
    read: Path | bytes = field(repr=False)
    entries: Mapping[str, str] = field(default_factory=dict)
    large: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    from_1904: bool = False
    macros: bool = False
    folder: PrivateFolder | None = None


def look(path: Path, content: Content) -> Looked:
    """Look at a workbook.

    Raises:
        InputError: GJ-I112 damaged; GJ-I113 encrypted; GJ-I114 a cell far away; GJ-I120 far too large;
            GJ-I122 too many sheets.
    """
    if content.kind == "xls":
        old = look_at_xls(path)
        return Looked(old.sheets, compound(old.stream), macros=old.macros, from_1904=old.from_1904)
    with opened(path) as archive:
        check_entries(path, archive)
        macros = any(name.endswith("vbaProject.bin") for name in archive.namelist())
        if content.kind == "xlsx":
            return _xlsx(path, archive, macros=macros)
        if content.kind == "xlsb":
            return Looked(look_at_xlsb(path, archive), path, macros=macros)
        return Looked(look_at_ods(path, archive), path)


def _xlsx(path: Path, archive: zipfile.ZipFile, *, macros: bool) -> Looked:
    names = archive.namelist()
    sheets = [sheet for sheet in sheets_of(path, archive) if sheet.entry in names]
    entries = {sheet.name: sheet.entry for sheet in sheets}
    facts = {name: Facts() for name in entries}
    extents = {
        name: look_at_sheet(path, archive, archive.getinfo(entry), facts[name])
        for name, entry in entries.items()
    }
    shared = [name for name in names if name.lower().endswith("sharedstrings.xml")]
    cells = sum(extent.box.area for extent in extents.values())
    for name in shared:
        check_strings(path, archive, name, list(entries.values()), cells)
    check_content(path, archive, frozenset([*entries.values(), *shared]))
    for name, extent in extents.items():
        _check(path, entries[name], extent)
    far = {entries[name]: gaps for name, extent in extents.items() if (gaps := gaps_of(extent))}
    folder, read = compacted(path, archive, far) if far else (None, path)
    styles = percent_styles(text_of(archive, "xl/styles.xml"))
    for name, entry in entries.items():
        facts[name].gaps = far.get(entry, ())
        if styles:
            note_percentages(beginning(archive, archive.getinfo(entry))[0], facts[name], styles)
    large = frozenset(entry for entry in entries.values() if archive.getinfo(entry).file_size > LARGE)
    hidden = frozenset(sheet.name for sheet in sheets if sheet.hidden)
    return Looked(facts, read, entries, large, hidden, counts_from_1904(archive), macros, folder)


def _check(path: Path, entry: str, extent: Extent) -> None:
    if extent.box.columns > _LAST_COLUMN or extent.box.rows > _LAST_ROW:
        raise broken(path, "单元格的位置超出了工作表")
    if extent.box.area > _MOST_CELLS and not extent.sparse:
        raise too_large(path, f"一个工作表有约{extent.box.area // 10_000}万个单元格", entry)
    if extent.sparse and len(extent.rows) * extent.box.columns > _WIDEST:
        raise _column(path, entry, extent)


def _column(path: Path, entry: str, extent: Extent) -> InputError:
    letters = column_letters(extent.box.columns)
    return far_off(path, entry, f"最远的列是{letters}列，有内容的只有{len(extent.columns)}列")
