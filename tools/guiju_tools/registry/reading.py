"""Entries of the registers out of a file: YAML, or a workbook with one sheet a kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from guiju.errors import InputError, Place, StandardError
from guiju.standard import strict_yaml
from guiju.standard.validate import validator
from guiju_tools.registry.adding import KIND_WORDS


def read_entries(path: Path) -> list[dict[str, Any]]:
    """Entries with `kind` and `body`.

    Raises:
        InputError: GJ-I524 the file cannot be read, or a sheet or heading is not known.
    """
    if path.suffix.lower() == ".xlsx":
        return list(_of_book(path))
    try:
        data, _ = strict_yaml.read(path, name=path.name)
    except StandardError as error:
        raise _unreadable(path, f"{error.message} {error.place} {error.cause}".strip()) from error
    if not isinstance(data, list):
        raise _unreadable(path, "文件应是一列条目，每条有 kind 和 body")
    return data


def _of_book(path: Path) -> Iterator[dict[str, Any]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, BadZipFile, ValueError, KeyError) as error:
        raise _unreadable(path, "不是 .xlsx 工作簿，或者已损坏") from error
    kinds = {word: kind for kind, word in KIND_WORDS.items()}
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        head = [str(value).strip() for value in next(rows, ()) if value is not None]
        if not head:
            continue
        if sheet.title not in kinds:
            raise _unreadable(path, f"工作表“{sheet.title}”不是登记的种类（{'、'.join(kinds)}）")
        fields = fields_of(kinds[sheet.title])
        unknown = [name for name in head if name not in fields]
        if unknown:
            raise _unreadable(path, f"工作表“{sheet.title}”的列“{unknown[0]}”不认识（{'、'.join(fields)}）")
        for row in rows:
            given = ((fields[name], value) for name, value in zip(head, row, strict=False))
            body = {field.name: told for field, value in given if (told := field.read(value)) not in ("", [])}
            if body:
                yield {"kind": kinds[sheet.title], "body": body}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the field it fills, and the JSON type of that."""

    name: str
    type: str

    def read(self, value: object) -> Any:
        """A cell's value as the field has it; an empty text where there is none."""
        if isinstance(value, datetime | date):
            return value.strftime("%Y-%m-%d")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else str(value).strip()
        if self.type == "array":
            return text.replace("、", " ").replace(",", " ").split()
        return value if self.type == "integer" and text else text


def fields_of(kind: str) -> dict[str, Column]:
    """The columns of a kind's sheet by their headings."""
    schema: Any = validator("registry-entry").schema
    found = {}
    for name, facts in schema["$defs"][kind]["properties"].items():
        shared = schema["$defs"].get(str(facts.get("$ref", "")).rpartition("/")[2], {})
        title = facts.get("title") or shared.get("title") or _PLAIN.get(name, name)
        found[str(title)] = Column(name, str(facts.get("type") or shared.get("type") or "string"))
    return found


_PLAIN = {"unit": "单位", "reason": "理由", "by": "机构"}


def _unreadable(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I524",
        "这个文件不能登记",
        place=Place(str(path)),
        cause=cause,
        hint="用 .yaml（一列条目），或者 .xlsx（一张工作表一种，第一行是列名）",
    )
