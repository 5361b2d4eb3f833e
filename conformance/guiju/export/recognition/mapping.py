"""Mappings (字段对应表): which column of an export is which field, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place, StandardError, StandardErrors
from guiju.standard.checked import checked


@dataclass(frozen=True, slots=True)
class DatasetMapping:
    """What a mapping says of one dataset.

    Attributes:
        columns: heading by field; only these columns are read.
        crosswalks: owner of the crosswalk by code list.
        values: by field, the code behind a text as delivered.
        separators: by field, what parts the members of a set.
    """

    columns: Mapping[str, str]
    crosswalks: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is named, each once, in order."""
        return tuple(dict.fromkeys((*self.columns, *self.values, *self.separators)))


@dataclass(frozen=True, slots=True)
class Mapping_:  # noqa: N801 -- the word for it is taken by `collections.abc.Mapping`
    """A mapping with its datasets by id; `file` is the path as the user named it."""

    id: str
    title: str
    datasets: Mapping[str, DatasetMapping]
    file: str = ""


def read_mapping(path: Path) -> Mapping_:
    """Read a mapping file.

    Raises:
        InputError: GJ-I201 unreadable, not strict YAML, or not as `mapping.schema.json` says (all faults).
    """
    label = str(path)
    try:
        data = checked(path, "mapping", label)
    except StandardErrors as errors:
        raise _refused(label, errors.faults) from errors
    except StandardError as error:
        raise _refused(label, [error]) from error
    datasets = {name: _dataset(item) for name, item in data["datasets"].items()}
    return Mapping_(data["id"], data["title"], datasets, label)


def _dataset(data: Mapping[str, Any]) -> DatasetMapping:
    return DatasetMapping(
        columns=data["columns"],
        crosswalks=data.get("crosswalks", {}),
        values=data.get("values", {}),
        separators=data.get("separators", {}),
    )


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
