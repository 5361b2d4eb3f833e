"""What `sample.yaml` says about invented data, parsed once: tables of words, datasets, links, forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from guiju.content import Pack
from guiju.errors import Place
from guiju.standard import strict_yaml, validate

Way = Literal["value", "text", "choose", "between", "after", "pick", "from", "credit-code"]
WAYS: tuple[Way, ...] = ("value", "text", "choose", "between", "after", "pick", "from", "credit-code")
FILE = "sample.yaml"


@dataclass(frozen=True, slots=True)
class Form:
    """How one value is made.

    `way` names the form and `said` what stands behind it: an expression (value, credit-code), a template
    (text), a table (pick), ``dataset.field`` (from), an earlier field (after). `options` are texts with
    weights, `bounds` two numbers, dates or expressions, `filled` the share of rows that have a value (decimal
    text). Where `when` is not true, `otherwise` makes the value, and without it there is none.
    """

    way: Way
    said: str = ""
    options: tuple[tuple[str, int], ...] = ()
    bounds: tuple[str, str] = ("", "")
    unit: str = "day"
    by: str = ""
    type: str = ""
    filled: str = "1"
    when: str = ""
    otherwise: Form | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """How a row finds its row in another dataset.

    `counts`: rows for the first, second … of every run of as many parent rows, once over all parents or, with
    `repeat`, over and over. `row`: an expression for the row number. Neither: any row.
    """

    dataset: str
    counts: tuple[int, ...] = ()
    repeat: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many rows: a share of another dataset's rows, in steps, between two limits."""

    of: str
    share: str = "1"
    step: int = 1
    least: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class DatasetHints:
    """The hints for one dataset.

    `only` is a condition on rows: the others are left out. `inner` are values that are made, not delivered.
    """

    rows: Amount | None = None
    links: Mapping[str, Link] = field(default_factory=dict)
    only: str = ""
    inner: Mapping[str, Form] = field(default_factory=dict)
    fields: Mapping[str, Form] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words: columns of equal length."""

    columns: Mapping[str, tuple[str, ...]]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(next(iter(self.columns.values())))


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints of one standard; `main` is the dataset whose rows `--rows` counts (empty: the first one).

    `tables_by` has the tables of words by dataset, where the hints of several standards were put together.
    `as_of` is the day (YYYY-MM-DD) that the data are made for, empty where no day matters.
    """

    main: str = ""
    tables: Mapping[str, Table] = field(default_factory=dict)
    tables_by: Mapping[str, Mapping[str, Table]] = field(default_factory=dict)
    datasets: Mapping[str, DatasetHints] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    as_of: str = ""

    def tables_of(self, dataset: str) -> Mapping[str, Table]:
        """The tables of words that a dataset's values are picked from."""
        return self.tables_by.get(dataset, self.tables)

    def of(self, dataset: str) -> DatasetHints:
        """The hints for a dataset, empty ones where the file says nothing."""
        return self.datasets.get(dataset, DatasetHints())


def read_hints(pack: Pack, standard_id: str) -> Hints:
    """The hints of a standard; empty ones where it has no `sample.yaml`.

    Raises:
        StandardError: the file cannot be read; StandardErrors: it does not meet its schema (GJ-S110).
    """
    path = pack.standards / standard_id / FILE
    if not path.is_file():
        return Hints()
    label = path.relative_to(pack.root).as_posix()
    return parse_hints(path, label)


def parse_hints(path: Path, label: str) -> Hints:
    """The hints of one file; `label` names it in messages."""
    data, positions = strict_yaml.read(path, name=label)
    validate.require("sample", data, positions, label)
    return Hints(
        main=data.get("main", ""),
        tables={name: _table(item) for name, item in data.get("tables", {}).items()},
        datasets={name: _dataset(item) for name, item in data.get("datasets", {}).items()},
        place=Place(label),
        as_of=data.get("as-of", ""),
    )


def _table(item: Mapping[str, Any]) -> Table:
    columns = zip(*item["rows"], strict=True)
    return Table(
        {name: tuple(map(str, values)) for name, values in zip(item["columns"], columns, strict=True)}
    )


def _dataset(item: Mapping[str, Any]) -> DatasetHints:
    rows = item.get("rows")
    return DatasetHints(
        None if rows is None else Amount(**rows),
        {name: _link(name, link) for name, link in item.get("links", {}).items()},
        item.get("only", ""),
        {name: _forms(form) for name, form in item.get("inner", {}).items()},
        {name: _forms(form) for name, form in item.get("fields", {}).items()},
    )


def _link(name: str, item: Mapping[str, Any]) -> Link:
    return Link(name, tuple(item.get("counts", ())), bool(item.get("repeat", False)), item.get("row", ""))


def _forms(item: Any) -> Form:
    """One form, or several of which the first whose condition holds is used."""
    *first, last = item if isinstance(item, list) else [item]
    found = _form(last, None)
    for earlier in reversed(first):
        found = _form(earlier, found)
    return found


def _form(item: Mapping[str, Any], otherwise: Form | None) -> Form:
    way = next(name for name in WAYS if name in item)
    said = item[way]
    return Form(
        way,
        str(said) if isinstance(said, str | int) else "",
        _options(said) if way == "choose" else (),
        _bounds(said if way == "between" else item.get("within", ("", ""))),
        item.get("unit", "day"),
        item.get("by", ""),
        item.get("type", ""),
        item.get("filled", "1"),
        item.get("when", ""),
        otherwise,
    )


def _options(said: Any) -> tuple[tuple[str, int], ...]:
    weights = said if isinstance(said, dict) else dict.fromkeys(said, 1)
    return tuple((str(text), int(weight)) for text, weight in weights.items())


def _bounds(said: Any) -> tuple[str, str]:
    low, high = said
    return str(low), str(high)
