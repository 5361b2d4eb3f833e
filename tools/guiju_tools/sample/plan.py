"""What is to be generated: the form of every value, the links between datasets, how many rows each has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.errors import StandardError
from guiju.rule import Node
from guiju.standard.fields import Dataset, Field, FieldType
from guiju.standard.model import Standard
from guiju_tools.sample.defaults import default_form
from guiju_tools.sample.hints import Amount, Form, Hints, Link

TYPES: Mapping[str, FieldType] = {
    "value": "integer",
    "text": "string",
    "choose": "string",
    "between": "integer",
    "after": "date",
    "pick": "integer",
    "credit-code": "string",
}
"""The type of an inner value where its hint names none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One request: a standard, its hints, the seed, and the rows of each dataset.

    `scopes` and `read` keep, by dataset, what expressions may name and the expressions that were read.
    """

    standard: Standard
    hints: Hints
    seed: int
    rows: Mapping[str, int]
    scopes: dict[str, Mapping[str, Field]] = field(default_factory=dict, repr=False)
    read: dict[str, dict[str, Node]] = field(default_factory=dict, repr=False)

    def dataset(self, dataset_id: str) -> Dataset:
        """A dataset of the standard.

        Raises:
            StandardError: GJ-S131 when the standard has none of that id.
        """
        found = self.standard.datasets.get(dataset_id)
        if found is None:
            raise _unknown(self.hints, f"数据集“{dataset_id}”", "、".join(self.standard.datasets))
        return found

    def link(self, dataset_id: str, other: str) -> Link:
        """The declared link between two datasets, or one to any row.

        Raises:
            StandardError: GJ-S139 when the other dataset leaves rows out, so that a link may lead nowhere.
        """
        if self.hints.of(other).only:
            raise StandardError(
                "GJ-S139",
                f"“{dataset_id}”不能链接到只留下部分行的“{other}”",
                place=self.hints.place,
                hint="请链接到它所链接的数据集，并用 only 写同样的条件",
            )
        return self.hints.of(dataset_id).links.get(other, Link(other))

    def form(self, dataset_id: str, name: str) -> Form:
        """How a field or an inner value is made.

        Raises:
            StandardError: GJ-S131 when there is nothing of that name, GJ-S135 when a field needs a hint.
        """
        hints = self.hints.of(dataset_id)
        found = hints.fields.get(name) or hints.inner.get(name)
        if found is not None:
            return found
        item = self.dataset(dataset_id).fields.get(name)
        if item is None:
            raise _unknown(self.hints, f"“{dataset_id}”中的“{name}”", "、".join(self.scope(dataset_id)))
        return default_form(item, self.standard.codelists, self.hints.place)

    def scope(self, dataset_id: str) -> Mapping[str, Field]:
        """All that expressions of a dataset may name: fields, inner values, the place in the order."""
        if dataset_id not in self.scopes:
            self._without_row(dataset_id)
            numbers = {name: Field(name, name, "integer") for name in ("row", "position", "round")}
            inner = {
                name: Field(name, name, self._type(form))
                for name, form in self.hints.of(dataset_id).inner.items()
            }
            self.scopes[dataset_id] = {**numbers, **inner, **self.dataset(dataset_id).fields}
        return self.scopes[dataset_id]

    def _without_row(self, dataset_id: str) -> None:
        """Raise GJ-S430 for a field that is called as every row's number is."""
        if "row" in self.dataset(dataset_id).fields:
            raise StandardError(
                "GJ-S430",
                f"“{dataset_id}”的数据元叫 row，不能生成示例数据",
                place=self.hints.place,
                hint="row 在生成办法中是行号，请给数据元另起一个名称",
            )

    def _type(self, form: Form) -> FieldType:
        if form.type:
            return form.type  # type: ignore[return-value]  # the schema of the file lists the words
        if form.way == "from":
            dataset_id, _, name = form.said.partition(".")
            return self.scope(dataset_id)[name].type
        return TYPES[form.way]


def make_plan(standard: Standard, hints: Hints, rows: int, seed: int) -> Plan:
    """The plan for `rows` rows of the main dataset.

    Raises:
        StandardError: GJ-S131 unknown names in the hints, GJ-S132 amounts that go in a circle.
    """
    _known(standard, hints)
    main = hints.main or next(iter(standard.datasets))
    counted: dict[str, int] = {main: rows}
    for dataset_id in standard.datasets:
        _count(dataset_id, hints, counted, rows, ())
    return Plan(standard, hints, seed, {name: counted[name] for name in standard.datasets})


def one_pass(link: Link, parents: int) -> int:
    """The rows that one pass over the parent's rows gives."""
    whole, rest = divmod(parents, len(link.counts))
    return whole * sum(link.counts) + sum(link.counts[:rest])


def _count(dataset_id: str, hints: Hints, counted: dict[str, int], rows: int, above: tuple[str, ...]) -> int:
    if dataset_id in above:
        raise StandardError(
            "GJ-S132",
            f"数据集的行数互相依赖：{'、'.join(above)}",
            place=hints.place,
            hint="请让其中一个数据集的 rows 不依赖别的数据集",
        )
    if dataset_id not in counted:
        counted[dataset_id] = _amount(dataset_id, hints, counted, rows, (*above, dataset_id))
    return counted[dataset_id]


def _amount(dataset_id: str, hints: Hints, counted: dict[str, int], rows: int, above: tuple[str, ...]) -> int:
    found = hints.of(dataset_id)
    if found.rows is not None:
        return _share(found.rows, _count(found.rows.of, hints, counted, rows, above))
    for link in found.links.values():
        if link.counts and not link.repeat:
            return one_pass(link, _count(link.dataset, hints, counted, rows, above))
    return rows


def _share(amount: Amount, rows: int) -> int:
    whole, _, fraction = amount.share.partition(".")
    scale = int("1" + "0" * len(fraction))
    count = rows * int(whole + fraction) // scale // amount.step * amount.step
    return max(amount.least, count if amount.most is None else min(count, amount.most))


def _known(standard: Standard, hints: Hints) -> None:
    named = {hints.main} - {""} | set(hints.datasets)
    for item in hints.datasets.values():
        named |= set(item.links) | ({item.rows.of} if item.rows else set())
    for name in sorted(named - set(standard.datasets)):
        raise _unknown(hints, f"数据集“{name}”", "、".join(standard.datasets))
    for dataset_id, item in hints.datasets.items():
        for name in item.fields:
            if name not in standard.datasets[dataset_id].fields:
                have = "、".join(standard.datasets[dataset_id].fields)
                raise _unknown(hints, f"“{dataset_id}”中的数据元“{name}”", have)


def _unknown(hints: Hints, what: str, have: str) -> StandardError:
    return StandardError("GJ-S131", f"没有{what}", place=hints.place, hint=f"可用的有：{have}")
