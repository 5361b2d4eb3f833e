"""What expressions may name besides the fields of a dataset: values that a row takes from its partners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guiju.errors import Place, StandardError
from guiju.rule.describe import describe
from guiju.rule.kinds import alike, kind_of_field
from guiju.rule.parse import parse
from guiju.rule.scope import Scope
from guiju.standard.checks import Related
from guiju.standard.fields import Dataset, Field

NUMBERS = ("integer", "number")
ORDERED = (*NUMBERS, "date", "date-time")
KEYS = ("string", "integer", "number", "boolean", "date")
"""Types by which rows are put together: moments may be known to the day only, and sets have no order."""
_VALUED = {"count": (), "sum": NUMBERS, "min": ORDERED, "max": ORDERED, "one": (*KEYS, "date-time")}
_EXTREMES = {"min": "最小", "max": "最大"}
_ENDS = {"min": "最早", "max": "最晚"}


def scope_name(check: Any) -> str:
    """What the scope of a check is called: its dataset, with the related values if it has any."""
    related: tuple[Related, ...] = getattr(check, "related", ())
    return f"{check.dataset} {related!r}" if related else str(check.dataset)


def related_scope(
    home: str, related: Sequence[Related], datasets: Mapping[str, Dataset], scopes: Mapping[str, Scope]
) -> Scope:
    """The scope of a dataset with related values in it; `scopes` are those of the datasets.

    Raises:
        StandardError: GJ-S160 to GJ-S164 as `related_fields`, GJ-S2xx in the conditions of partners.
    """
    base = scopes[home]
    fields = related_fields(home, related, datasets, scopes, base.place)
    return replace(base, fields={**base.fields, **fields}, known={}, related=frozenset(fields))


def related_fields(
    home: str,
    related: Sequence[Related],
    datasets: Mapping[str, Dataset],
    scopes: Mapping[str, Scope],
    place: Place,
) -> dict[str, Field]:
    """Related values as fields, with their titles, types and code lists.

    Raises:
        StandardError: GJ-S160 a name that is a field already, GJ-S161 unknown dataset, GJ-S162 unknown field,
            GJ-S163 keys that cannot be compared, GJ-S164 a field that has no such value.
    """
    found = {}
    for one in related:
        if one.name in datasets[home].fields:
            said = f"related 的名字 {one.name} 是“{datasets[home].title}”的数据元"
            raise StandardError("GJ-S160", said, place=place, hint="请另起一个名字")
        other = datasets.get(one.dataset)
        if other is None:
            said, hint = f"没有数据集 {one.dataset}", f"可用的数据集：{'、'.join(sorted(datasets))}"
            raise StandardError("GJ-S161", f"related 的 {one.name}：{said}", place=place, hint=hint)
        _keys(one, datasets[home], other, place)
        found[one.name] = _field(one, other, scopes[other.id], place)
    return found


def _named(dataset: Dataset, name: str, one: Related, place: Place) -> Field:
    item = dataset.fields.get(name)
    if item is None:
        said = f"related 的 {one.name}：“{dataset.title}”没有数据元 {name}"
        raise StandardError("GJ-S162", said, place=place, hint="请改正，或在数据集中补上")
    return item


def _keys(one: Related, home: Dataset, other: Dataset, place: Place) -> None:
    for here, there in one.on:
        mine, theirs = _named(home, here, one, place), _named(other, there, one, place)
        if {mine.type, theirs.type} - set(KEYS) or not alike(kind_of_field(mine), kind_of_field(theirs)):
            said = f"related 的 {one.name}：不能用{mine.title}与{theirs.title}对应"
            hint = "两边应是同一类的文字、数、日期或是与否；时间和多项取值不能用来对应"
            raise StandardError("GJ-S163", said, place=place, hint=hint)


def _field(one: Related, other: Dataset, scope: Scope, place: Place) -> Field:
    title = one.title or related_title(one, other, replace(scope, place=place))
    if one.value == "count":
        return Field(one.name, title, "integer")
    item = _named(other, one.field, one, place)
    if item.type not in _VALUED[one.value]:
        said = f"related 的 {one.name}：{item.title}不能取 {one.value}"
        hint = "sum 用于数；min、max 用于数、日期、时间；one 用于多项取值以外的各种数据元"
        raise StandardError("GJ-S164", said, place=place, hint=hint)
    kept = replace(item, name=one.name, title=title, required=False, derived_from=None, as_of=None, key=False)
    return kept if one.value == "one" else replace(kept, enum=(), codelist=None)


def related_title(one: Related, other: Dataset, scope: Scope) -> str:
    """What a related value is called where the standard gives it no title."""
    which = f"（{describe(parse(one.when, scope), scope)}的）" if one.when else ""
    rows = f"“{other.title}”中对应的记录{which}"
    if one.value == "count":
        return f"{rows}数"
    item = other.fields.get(one.field)
    title = one.field if item is None else item.title
    if one.value == "sum":
        return f"{rows}的{title}合计"
    if one.value == "one":
        return f"{rows}的{title}"
    dated = item is not None and item.type in ("date", "date-time")
    return f"{rows}中{(_ENDS if dated else _EXTREMES)[one.value]}的{title}"
