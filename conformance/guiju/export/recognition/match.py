"""Headings held against the fields of one dataset."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guiju.standard.fields import Dataset, Field

_DROPPED = re.compile(r"[\s_\-*:\u200b\ufeff]+")
_BRACKETED = re.compile(r"[(\[【〔{<《][^)\]】〕}>》]*[)\]】〕}>》]")
_BRACKETS = re.compile(r"[()\[\]【】〔〕{}<>《》]")


@dataclass(frozen=True, slots=True)
class Match:
    """Which heading is which field, by what it was known, and what could not be told apart."""

    columns: Mapping[str, str]
    how: Mapping[str, str]
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Taken:
    columns: dict[str, str] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


def normal_heading(text: str, *, brackets: bool = True) -> str:
    """A heading for comparison: NFKC, case folded, without spaces, underscores, hyphens, stars and colons.

    What stands in brackets (such as 必填) is kept only with `brackets`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    shown = _BRACKETS.sub("", folded) if brackets else _BRACKETED.sub("", folded)
    return _DROPPED.sub("", shown)


def match(headings: Sequence[str], dataset: Dataset) -> Match:
    """Match headings with fields: by name, then title, then alias; whole headings before bare ones.

    A heading or field that two others claim with equal right is a doubt and stays unmatched.
    """
    taken = _Taken()
    for brackets in (True, False):
        normal = {heading: normal_heading(heading, brackets=brackets) for heading in headings}
        for how in ("name", "title", "alias"):
            _claim(taken, normal, dataset, how, brackets=brackets)
    return Match(taken.columns, taken.how, tuple(taken.doubts))


def _claim(taken: _Taken, normal: Mapping[str, str], dataset: Dataset, how: str, *, brackets: bool) -> None:
    free = [heading for heading in normal if heading not in taken.columns.values()]
    claims: dict[str, list[str]] = {}
    for name, item in dataset.fields.items():
        if name not in taken.columns:
            for heading in _found(free, normal, item, how, brackets=brackets):
                claims.setdefault(heading, []).append(name)
    for heading, names in claims.items():
        rivals = [other for other, owners in claims.items() if names[0] in owners]
        if len(names) == 1 and len(rivals) == 1:
            taken.columns[names[0]] = heading
            taken.how[names[0]] = how
        else:
            taken.doubts.append(_doubt(dataset, rivals, names))


def _found(
    free: Sequence[str], normal: Mapping[str, str], item: Field, how: str, *, brackets: bool
) -> list[str]:
    """The free headings that say one of the field's words; of aliases the first that is met counts."""
    for word in _words(item, how):
        wanted = normal_heading(word, brackets=brackets)
        found = [heading for heading in free if wanted and normal[heading] == wanted]
        if found:
            return found
    return []


def _words(item: Field, how: str) -> Iterator[str]:
    if how == "name":
        yield item.name
    elif how == "title":
        yield item.title
    else:
        yield from item.aliases


def _doubt(dataset: Dataset, headings: Sequence[str], names: Sequence[str]) -> str:
    titles = "、".join(f"{name}（{dataset.fields[name].title}）" for name in names)
    return f"列{'、'.join(f'“{heading}”' for heading in headings)}都像是 {titles}"
