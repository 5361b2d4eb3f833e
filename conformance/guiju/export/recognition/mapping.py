"""Mappings (字段对应表): which column of an export is which field, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from guiju.errors import InputError, Place, StandardError, StandardErrors
from guiju.export.recognition.mapping_form import BOOKS, OPEN
from guiju.export.values.forms import Order
from guiju.standard.checked import checked

DateOrder = Literal["day-first", "month-first", "year-first"]


@dataclass(frozen=True, slots=True)
class DatasetMapping:
    """What a mapping says of one dataset.

    Attributes:
        columns: heading by field; only these columns are read.
        crosswalks: owner of the crosswalk by code list.
        values: by field, the code behind a text as delivered.
        separators: by field, what parts the members of a set.
        use: whether the tables are read at all; None while that is an open question.
        file: pattern of the file's name; empty for any.
        sheet: pattern of the sheet's or table's name; empty for any.
        head: row of the headings; 0 where they are found by their words.
        skip: numbers of rows that are no data.
        absent: fields that the export does not have, as somebody has confirmed.
        constant: by field, the text of every row.
        dates: by field, what comes first in dates that end with the year.
        questions: fields whose column, or whose codes, are still to be confirmed.
    """

    columns: Mapping[str, str]
    crosswalks: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    use: bool | None = True
    file: str = ""
    sheet: str = ""
    head: int = 0
    skip: tuple[int, ...] = ()
    absent: tuple[str, ...] = ()
    constant: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, DateOrder] = field(default_factory=dict)
    questions: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is named, each once, in order."""
        told = (self.columns, self.questions, self.absent, self.constant, self.dates)
        return tuple(dict.fromkeys((*chain(*told), *self.values, *self.separators)))

    def meant(self, file: str, part: str) -> bool:
        """Whether a table, by its file and sheet, can be this dataset."""
        return _fits(self.file, file) and _fits(self.sheet, part)

    def order(self, name: str) -> Order:
        """What comes first in the field's dates that end with the year; empty where they do not."""
        told = self.dates.get(name, "year-first")
        return "" if told == "year-first" else told

    @property
    def placed(self) -> bool:
        """Whether it says which files or sheets it is about."""
        return bool(self.file or self.sheet)


@dataclass(frozen=True, slots=True)
class Mapping_:  # noqa: N801 -- the word for it is taken by `collections.abc.Mapping`
    """A mapping with its datasets by id; `file` is the path as the user named it, `standard` only informs."""

    id: str
    title: str
    datasets: Mapping[str, DatasetMapping]
    file: str = ""
    standard: str = ""


def read_mapping(path: Path) -> Mapping_:
    """Read a mapping: a YAML file, or a workbook that `guiju map` wrote.

    Raises:
        InputError: GJ-I201 unreadable, not strict YAML, or not as `mapping.schema.json` says (all faults);
            what `read_book` raises.
    """
    label = str(path)
    if path.suffix.lower() in BOOKS:
        from guiju.export.recognition.mapping_book import read_book  # noqa: PLC0415 -- most mappings are no workbooks

        return made(read_book(path), label)
    try:
        data = checked(path, "mapping", label)
    except StandardErrors as errors:
        raise _refused(label, errors.faults) from errors
    except StandardError as error:
        raise _refused(label, [error]) from error
    return made(data, label)


def made(data: Mapping[str, Any], label: str = "") -> Mapping_:
    """A mapping out of data that are as the schema says."""
    datasets = {name: _dataset(item) for name, item in data["datasets"].items()}
    return Mapping_(data["id"], data["title"], datasets, label, data.get("standard", ""))


def _dataset(data: Mapping[str, Any]) -> DatasetMapping:
    columns, values = data["columns"], data.get("values", {})
    asked = [name for name, heading in columns.items() if heading == OPEN]
    asked += [name for name, codes in values.items() if OPEN in codes.values()]
    return DatasetMapping(
        columns={name: heading for name, heading in columns.items() if heading != OPEN},
        crosswalks=data.get("crosswalks", {}),
        values=values,
        separators=data.get("separators", {}),
        use={"是": True, "否": False, OPEN: None}[data.get("use", "是")],
        file=data.get("file", ""),
        sheet=data.get("sheet", ""),
        head=data.get("head", 0),
        skip=tuple(data.get("skip", ())),
        absent=tuple(data.get("absent", ())),
        constant=data.get("constant", {}),
        dates=data.get("dates", {}),
        questions=tuple(dict.fromkeys(asked)),
    )


def _fits(pattern: str, name: str) -> bool:
    return not pattern or fnmatchcase(name.casefold(), pattern.casefold())


def _refused(label: str, faults: list[StandardError]) -> InputError:
    first = faults[0]
    if len(faults) == 1:
        return InputError(
            "GJ-I201",
            f"字段对应表不能使用：{first.message}",
            place=first.place,
            cause=first.cause,
            hint=first.hint,
        )
    causes = "；".join(f"{fault.place} {fault.message}" for fault in faults)
    return InputError(
        "GJ-I201",
        f"字段对应表有{len(faults)}处问题",
        place=Place(label),
        cause=causes,
        hint="请逐处改正；编辑器可按文件首行所列的模式给出提示",
    )
