"""What a check says of rows in other datasets, altered one place at a time: related values and partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from guiju.errors import StandardError
from guiju.rule import Scope, parse, related_scope
from guiju.rule.related import NUMBERS, ORDERED
from guiju.run.needs import expressions_of
from guiju.standard.checks import IndicatorCheck, MatchCheck, RecordCheck, Related, RelatedValue
from guiju.standard.model import Requirement, Standard
from guiju_tools.mutate.cases import Case, listed_fields
from guiju_tools.mutate.mutant import NOTHING, Mutant

Change = tuple[str, str, str, str, Related]
"""Key, kind, before, after, and the altered related value."""
_OTHER_VALUES: Mapping[RelatedValue, tuple[RelatedValue, ...]] = {
    "sum": ("max",),
    "min": ("max",),
    "max": ("min",),
    "one": ("min", "max"),
}


def altered_partners(
    requirement: Requirement, standard: Standard, scopes: Mapping[str, Scope], cases: tuple[Case, ...]
) -> Iterator[Mutant]:
    """Every alteration of what a check takes from other datasets that is a check again."""
    check = requirement.check
    if isinstance(check, MatchCheck) and check.to_when:
        for kind, after in (("condition-dropped", ""), ("negated", f"not ({check.to_when})")):
            altered = replace(requirement, check=replace(check, to_when=after))
            yield Mutant("to-when", kind, check.to_when, after or NOTHING, altered)
    if not isinstance(check, RecordCheck | IndicatorCheck):
        return
    for place, one in enumerate(check.related):
        for key, kind, before, after, fresh in _changes(one, standard, cases):
            related = (*check.related[:place], fresh, *check.related[place + 1 :])
            altered = replace(requirement, check=replace(check, related=related))
            if _reads(altered, standard, scopes):
                yield Mutant(f"related.{one.name}.{key}", kind, before, after, altered)


def _changes(one: Related, standard: Standard, cases: tuple[Case, ...]) -> Iterator[Change]:
    if len(one.on) > 1:
        for place, (here, there) in enumerate(one.on):
            fewer = replace(one, on=one.on[:place] + one.on[place + 1 :])
            yield "on", "field-dropped", f"{here}: {there}", NOTHING, fewer
    if one.when:
        yield "when", "condition-dropped", one.when, NOTHING, replace(one, when="")
        negated = f"not ({one.when})"
        yield "when", "negated", one.when, negated, replace(one, when=negated)
    for value, field in _values(one, standard, cases):
        yield (
            "value",
            "other-value",
            _told(one.value, one.field),
            _told(value, field),
            _valued(one, value, field),
        )


def _values(one: Related, standard: Standard, cases: tuple[Case, ...]) -> Iterator[tuple[RelatedValue, str]]:
    """Other ways to take a value from the same partners; rows summed up where they are only counted."""
    fields = standard.datasets[one.dataset].fields
    if one.value == "count":
        listed = listed_fields(standard.datasets[one.dataset], cases)
        yield from (("sum", name) for name in listed if fields[name].type in NUMBERS)
    elif fields[one.field].type in ORDERED:
        yield from ((value, one.field) for value in _OTHER_VALUES[one.value])
        if one.value == "sum":
            yield "count", ""


def _valued(one: Related, value: RelatedValue, field: str) -> Related:
    change: dict[str, Any] = {"value": value, "field": field}
    return replace(one, **change)


def _told(value: RelatedValue, field: str) -> str:
    return f"{value}({field})" if field else value


def _reads(requirement: Requirement, standard: Standard, scopes: Mapping[str, Scope]) -> bool:
    """Whether the altered check is one that a standard could contain."""
    check: Any = requirement.check
    try:
        scope = related_scope(check.dataset, check.related, standard.datasets, scopes)
        for text in expressions_of(check):
            parse(text, scope)
        for one in check.related:
            parse(one.when or "true", scopes[one.dataset])
    except StandardError:
        return False
    return True
