"""Fields and datasets: what a record schema says about one field at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FieldType = Literal["string", "integer", "number", "boolean", "date", "date-time", "set"]


@dataclass(frozen=True, slots=True)
class NullWords:
    """Words that stand for "none" (`x-null`), and whether "none" satisfies `required`."""

    words: tuple[str, ...] = ()
    satisfies_required: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field (数据元) of a dataset, read from its record schema.

    `type` folds JSON Schema's `type` and `format` into one word; an array of scalars is a ``set`` whose
    members have `item_type`. `derived_from` holds the text of `x-from`, one function call over another field.
    """

    name: str
    title: str
    type: FieldType
    item_type: Literal["string"] = "string"
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: str | None = None
    maximum: str | None = None
    codelist: str | None = None
    aliases: tuple[str, ...] = ()
    key: bool = False
    reference: str | None = None
    sensitive: bool = False
    owner: str = ""
    unit: str = ""
    null: NullWords = field(default_factory=NullWords)
    derived_from: str | None = None
    as_of: str | None = None
    separator: str = ""
    group: str = ""
    description: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folded(self) -> bool:
        """Whether full-width letters and digits are read as ASCII: codes and numbers, never free text."""
        return self.type != "string" or bool(self.codelist or self.pattern or self.enum)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset (数据集): the fields of a record, its key, the words by which exports call it.

    A child dataset names its `parent` (dataset id) and the parent's array column it is taken from.
    """

    id: str
    title: str
    fields: Mapping[str, Field]
    aliases: tuple[str, ...] = ()
    grain: str = ""
    parent: str | None = None
    parent_field: str | None = None
    schema: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the fields that tell one record from another."""
        return tuple(name for name, item in self.fields.items() if item.key)


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a code list."""

    code: str
    label: str
    description: str = ""
    valid_from: str = ""
    valid_to: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Codelist:
    """A code list (代码表) with its owner and source."""

    id: str
    codes: tuple[Code, ...]
    owner: str = ""
    source: str = ""

    def valid(self, as_of: str | None = None) -> frozenset[str]:
        """Codes in force on the day `as_of` (YYYY-MM-DD); all of them when no day is given."""
        return frozenset(item.code for item in self.codes if in_force(item, as_of))

    def label(self, code: str) -> str:
        """The label of a code, or an empty text when the list does not hold it."""
        return next((item.label for item in self.codes if item.code == code), "")


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A code crosswalk (代码对照表): values of one list as they are written in another."""

    id: str
    codelist: str
    owner: str
    pairs: Mapping[str, str]
    source: str = ""


def in_force(code: Code, as_of: str | None) -> bool:
    """Whether a code holds on a day; ISO dates compare as text."""
    if as_of is None:
        return True
    return (not code.valid_from or code.valid_from <= as_of) and (not code.valid_to or as_of <= code.valid_to)
