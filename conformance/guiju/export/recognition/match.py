"""Headings held against the fields of one dataset."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guiju.standard.fields import Dataset, Field

JOINT = " / "
"""What stands between a group heading and the heading below it."""
BESIDE = f"右侧的表{JOINT}"
"""How the headings of another table begin that stands on the right of the first one."""

_NONE: Mapping[str, str] = {}
_DROPPED = re.compile(r"[\s_\-*:\u200b\ufeff]+")
_BRACKETED = re.compile(r"[(\[【〔{<《][^)\]】〕}>》]*[)\]】〕}>》]")
_BRACKETS = re.compile(r"[()\[\]【】〔〕{}<>《》]")


class KnownWords(frozenset[str]):
    """Known headings as `normal_heading` has them, and the rows that a mapping says are heads."""

    heads: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Headings and fields that claim each other with equal right."""

    headings: tuple[str, ...]
    names: tuple[str, ...]

    def text(self, dataset: Dataset) -> str:
        """The doubt in words."""
        titles = "、".join(f"{name}（{dataset.fields[name].title}）" for name in self.names)
        return f"列{'、'.join(f'“{heading}”' for heading in self.headings)}都像是 {titles}"


@dataclass(frozen=True, slots=True)
class Match:
    """Which heading is which field, by what it was known, and what could not be told apart."""

    columns: Mapping[str, str]
    how: Mapping[str, str]
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Taken:
    columns: dict[str, str] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def normal_heading(text: str, *, brackets: bool = True) -> str:
    """A heading for comparison: NFKC, case folded, without spaces, underscores, hyphens, stars and colons.

    What stands in brackets (such as 必填) is kept only with `brackets`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    shown = _BRACKETS.sub("", folded) if brackets else _BRACKETED.sub("", folded)
    return _DROPPED.sub("", shown)


def match(headings: Sequence[str], dataset: Dataset, comments: Mapping[str, str] = _NONE) -> Match:
    """Match headings with fields: by name, then title, then alias; whole headings before bare ones.

    A heading under a group heading (`上级 / 下级`) is also known by both together, in either order, and by
    the lower one alone if no other heading ends so. `comments` (by heading) are other words for it, as
    databases have them. A heading or field that two others claim with equal right is a doubt and stays
    unmatched.
    """
    taken = _Taken()
    for say in (_whole, _together, _lower):
        spoken = say(headings)
        for brackets in (True, False):
            normal = _normal(spoken, brackets=brackets)
            for how in ("name", "title", "alias"):
                _claim(taken, normal, dataset, how, brackets=brackets)
    normal = _normal({heading: (comments.get(heading, ""),) for heading in headings}, brackets=False)
    for words in ("name", "title", "alias"):
        _claim(taken, normal, dataset, words, brackets=False, told="comment")
    return Match(taken.columns, taken.how, tuple(dict.fromkeys(taken.doubts)))


_Spoken = Mapping[str, tuple[str, ...]]
"""By heading the words that it may be known by."""


def _whole(headings: Sequence[str]) -> _Spoken:
    return {heading: (heading,) for heading in headings}


def _together(headings: Sequence[str]) -> _Spoken:
    parted = {heading: heading.split(JOINT) for heading in headings if JOINT in heading}
    return {heading: ("".join(parts), "".join(reversed(parts))) for heading, parts in parted.items()}


def _lower(headings: Sequence[str]) -> _Spoken:
    lower = {heading: heading.rpartition(JOINT)[2] for heading in headings}
    counted = Counter(lower.values())
    return {
        heading: (last,)
        for heading, last in lower.items()
        if JOINT in heading and counted[last] == 1 and not heading.startswith(BESIDE)
    }


def _normal(spoken: _Spoken, *, brackets: bool) -> dict[str, tuple[str, ...]]:
    return {
        heading: tuple(normal_heading(word, brackets=brackets) for word in words)
        for heading, words in spoken.items()
    }


def _claim(
    taken: _Taken,
    normal: Mapping[str, tuple[str, ...]],
    dataset: Dataset,
    how: str,
    *,
    brackets: bool,
    told: str = "",
) -> None:
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
            taken.how[names[0]] = told or how
        else:
            taken.doubts.append(Doubt(tuple(rivals), tuple(names)))


def _found(
    free: Sequence[str], normal: Mapping[str, tuple[str, ...]], item: Field, how: str, *, brackets: bool
) -> list[str]:
    """The free headings that say one of the field's words; of aliases the first that is met counts."""
    for word in _words(item, how):
        wanted = normal_heading(word, brackets=brackets)
        found = [heading for heading in free if wanted and wanted in normal[heading]]
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
