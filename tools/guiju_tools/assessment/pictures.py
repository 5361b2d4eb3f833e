"""Pictures put into the cells of a filled form: where they stand and what they are, by their SHA-256.

Pictures float above cells (Excel, LibreOffice) or are the content of a cell (WPS, by a formula of its own).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

Cell = tuple[int, int]
_LARGEST_XML, _LARGEST_PICTURE = 16 << 20, 64 << 20
_IN_CELL = re.compile(r"DISPIMG\(\s*\"([^\"]+)\"")
_OLD = b"\xd0\xcf\x11\xe0"
_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1")
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_HREF = "{http://www.w3.org/1999/xlink}href"
_FAULTS = (BadZipFile, ET.ParseError, KeyError, ValueError, OSError, EOFError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its cell from 1 (0 where it belongs to none), and the last row that it covers.

    `suffix` is that of its file, with the dot; `sha256` is empty where its bytes are not there or far too
    many.
    """

    row: int
    column: int
    last_row: int
    suffix: str
    sha256: str


def pictures_of(
    path: Path, entries: Mapping[str, str], texts: Mapping[str, Mapping[Cell, str]]
) -> Mapping[str, tuple[Picture, ...]]:
    """The pictures of each sheet of an .xlsx or .ods file that was found to be whole.

    `entries` are the sheets' places in an .xlsx archive (none of .ods), `texts` the cells of each sheet. What
    cannot be made out is left out: a broken drawing does not make a form unreadable.
    """
    try:
        with ZipFile(path) as archive:
            if not entries:
                return {name: tuple(found) for name, found in _of_ods(archive).items()}
            kept = _kept_in_cells(archive)
            return {
                name: (*_floating(archive, entry), *_in_cells(kept, texts.get(name, {})))
                for name, entry in entries.items()
            }
    except _FAULTS:
        return {}


def has_pictures(path: Path) -> bool:
    """Whether this is an old workbook (.xls) with pictures; where they are, is not easily told."""
    content = path.read_bytes()
    return content.startswith(_OLD) and any(sign in content for sign in _SIGNS)


def _xml(archive: ZipFile, name: str) -> ET.Element | None:
    """A small part as a tree; parts that declare entities are none that office programs write."""
    if name not in archive.namelist() or archive.getinfo(name).file_size > _LARGEST_XML:
        return None
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return None
    return ET.fromstring(content)  # noqa: S314 - bounded, and without entities


def _related(archive: ZipFile, entry: str, kind: str = "") -> dict[str, str]:
    """Where the relations of a part lead, by their id; of one kind where it is named."""
    folder, name = posixpath.split(entry)
    root = _xml(archive, f"{folder}/_rels/{name}.rels")
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        if not (target := one.get("Target", "")).startswith("/")
        else target[1:]
        for one in (root if root is not None else ())
        if one.get("Type", "").endswith(f"/{kind}" if kind else "")
    }


def _floating(archive: ZipFile, entry: str) -> Iterator[Picture]:
    for drawing in _related(archive, entry, "drawing").values():
        root, media = _xml(archive, drawing), _related(archive, drawing)
        for anchor in root if root is not None else ():
            start, end = _corner(anchor, "from"), _corner(anchor, "to")
            for embedded in (one.get(_EMBED, "") for one in anchor.iter() if _local(one) == "blip"):
                yield _picture(archive, media.get(embedded, ""), start, max(start[0], end[0]))


def _corner(anchor: ET.Element, name: str) -> Cell:
    """Row and column, from 1, of one corner of an anchor; zeros where it has none."""
    for corner in anchor:
        if _local(corner) == name:
            told = {_local(one): int(one.text or 0) for one in corner if _local(one) in ("row", "col")}
            return told.get("row", -1) + 1, told.get("col", -1) + 1
    return 0, 0


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _picture(archive: ZipFile, name: str, cell: Cell, last_row: int) -> Picture:
    digest = ""
    if name in archive.namelist() and archive.getinfo(name).file_size <= _LARGEST_PICTURE:
        digest = hashlib.sha256(archive.read(name)).hexdigest()
    return Picture(cell[0], cell[1], last_row, posixpath.splitext(name)[1].lower(), digest)


def _kept_in_cells(archive: ZipFile) -> Mapping[str, tuple[ZipFile, str]]:
    """The pictures that formulas of WPS show, by the names that the formulas call them."""
    root, media = _xml(archive, "xl/cellimages.xml"), _related(archive, "xl/cellimages.xml")
    found: dict[str, tuple[ZipFile, str]] = {}
    for image in root if root is not None else ():
        named = [one.get("name", "") for one in image.iter() if _local(one) == "cNvPr"]
        embedded = [one.get(_EMBED, "") for one in image.iter() if _local(one) == "blip"]
        found |= {name: (archive, media.get(key, "")) for name, key in zip(named, embedded, strict=False)}
    return found


def _in_cells(kept: Mapping[str, tuple[ZipFile, str]], texts: Mapping[Cell, str]) -> Iterator[Picture]:
    for cell, text in texts.items():
        told = _IN_CELL.search(text)
        if told and told[1] in kept:
            archive, name = kept[told[1]]
            yield _picture(archive, name, cell, cell[0])


def is_shown(text: str) -> bool:
    """Whether the text of a cell is a formula of WPS that shows a picture."""
    return _IN_CELL.search(text) is not None


def _of_ods(archive: ZipFile) -> dict[str, list[Picture]]:
    root = _xml(archive, "content.xml")
    found: dict[str, list[Picture]] = {}
    for table in root.iter() if root is not None else ():
        if _local(table) == "table":
            name = next((value for key, value in table.attrib.items() if key.endswith("}name")), "")
            found[name] = list(_of_table(archive, table))
    return found


def _of_table(archive: ZipFile, table: ET.Element) -> Iterator[Picture]:
    row = 0
    for line in table.iter():
        if _local(line) == "shapes":
            yield from (_picture(archive, name, (0, 0), 0) for name in _images(line))
        if _local(line) != "table-row":
            continue
        row += 1
        column = 1
        for cell in line:
            yield from (_picture(archive, name, (row, column), row) for name in _images(cell))
            column += _repeated(cell, "number-columns-repeated")
        row += _repeated(line, "number-rows-repeated") - 1


def _images(element: ET.Element) -> list[str]:
    return [
        name.removeprefix("./")
        for one in element.iter()
        if _local(one) == "image" and (name := one.get(_HREF, ""))
    ]


def _repeated(element: ET.Element, name: str) -> int:
    return next((int(value) for key, value in element.attrib.items() if key.endswith(f"}}{name}")), 1)
