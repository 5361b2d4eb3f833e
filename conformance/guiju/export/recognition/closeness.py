"""How close a heading is to a field: by the notions that its words name, by letters, by initials of pinyin.

Closeness is for people to look at. Nothing is bound by it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from guiju.export.recognition.lexicon import COMMON_HEADS, EMPTY_WORDS, FAMILY, LONGEST, NOTION, SAME_HEAD
from guiju.export.recognition.match import normal_heading
from guiju.standard.fields import Dataset, Field

NEAR = 60
"""From this score on (of 100) a heading is worth asking about."""

_PINYIN = 90
_FAR_BEHIND = 15
_THE_SAME = 95
_LIGHT = {"name": 0.5, "handle": 0.5, "whether": 0.7}
_LETTER = 0.6
_SPELT_ALIKE = 85
_INITIALS = range(3, 13)
_NAMES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Notions:
    """What a heading names: notions and single letters with their weights, and the last word's notion."""

    weights: Counter[str]
    last: str
    chinese: bool

    def family(self, name: str) -> frozenset[str]:
        """The notions of one family."""
        return frozenset(notion for notion in self.weights if FAMILY.get(notion) == name)


def closeness(heading: str, field: Field) -> int:
    """From 0 (nothing in common, or opposed) to 100 (the same), the best of name, title and aliases."""
    parts = [part for part in heading.split(" / ") if part]
    forms = dict.fromkeys([heading, "".join(parts), "".join(reversed(parts))])
    words = (field.name, field.title, *field.aliases)
    found = max(*(_alike(form, word) for form in forms for word in words), _by_pinyin(heading, words))
    against = all(opposed(notions(form), notions(field.title)) for form in forms)
    return 0 if against and found < _THE_SAME else found


def opposed(one: Notions, other: Notions) -> bool:
    """Whether two headings name different notions of one family, or one asks 是否 and the other does not."""
    for family in dict.fromkeys(FAMILY.values()):
        here, there = one.family(family), other.family(family)
        if family != "head" and here and there and not here & there:
            return True
    if one.last and other.last and one.last != other.last:
        return frozenset({one.last, other.last}) not in SAME_HEAD
    return _asks_alone(one, other) or _asks_alone(other, one)


def _asks_alone(one: Notions, other: Notions) -> bool:
    """是否收费 against 收费标准; 收费 alone may mean either."""
    both = one.chinese and other.chinese
    return both and "whether" in one.weights and "whether" not in other.weights and bool(other.last)


@lru_cache(maxsize=20_000)
def notions(heading: str) -> Notions:
    """The notions of a heading."""
    found: Counter[str] = Counter()
    last = ""
    chinese = bool(_HAN.search(heading))
    for token in _tokens(heading):
        notion = NOTION.get(token)
        found[notion or token] = max(_LIGHT.get(notion, 1) if notion else _LETTER * _size(token), 0)  # type: ignore[assignment]  # weights are fractions
        if notion and FAMILY.get(notion) == "head":
            last = notion
    return Notions(found, last, chinese)


def near_fields(heading: str, datasets: Dataset, names: Sequence[str]) -> list[tuple[int, str]]:
    """Fields that the heading is close to, the closest first, with scores; without those far behind it."""
    scored = [(closeness(heading, datasets.fields[name]), name) for name in names]
    least = max(NEAR, max(scored)[0] - _FAR_BEHIND) if scored else 0
    return sorted((item for item in scored if item[0] >= least), key=lambda item: -item[0])


def _size(token: str) -> float:
    return 1 if _HAN.match(token) else 2


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> int:
    here, there = notions(one), notions(other)
    if not here.weights or not there.weights or opposed(here, there):
        return 0
    if here.weights == there.weights:
        return 98
    common = [token for token in here.weights if token in there.weights]
    if all(token in COMMON_HEADS for token in common):
        return 0
    weight = sum(min(here.weights[token], there.weights[token]) for token in common)
    share = 2 * weight / (sum(here.weights.values()) + sum(there.weights.values()))
    spelt = fuzz.ratio(normal_heading(one), normal_heading(other))
    return round(max(100 * share - 2, spelt if spelt >= _SPELT_ALIKE else 0))


def _tokens(heading: str) -> list[str]:
    """Known words, longest first; otherwise single Chinese letters and whole names in Latin letters."""
    found: list[str] = []
    for run in re.findall("[\u3400-\u9fff]+|[A-Za-z0-9_]+", normal_spacing(heading)):
        found += _chinese(run) if _HAN.match(run) else [word.casefold() for word in _NAMES.findall(run)]
    return [token for token in found if token not in EMPTY_WORDS]


def normal_spacing(heading: str) -> str:
    """Full-width letters as ASCII, without what stands in brackets and without spaces between Chinese."""
    plain = re.sub(r"[(（\[【][^)）\]】]*[)）\]】]", "", heading)
    return re.sub("(?<=[\u3400-\u9fff])\\s+(?=[\u3400-\u9fff])", "", plain)


def _chinese(run: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(run):
        size = next(
            (size for size in range(min(LONGEST, len(run) - at), 1, -1) if run[at : at + size] in _KNOWN), 1
        )
        found.append(run[at : at + size])
        at += size
    return found


_KNOWN = frozenset(NOTION) | frozenset(EMPTY_WORDS)


def _by_pinyin(heading: str, words: Sequence[str]) -> int:
    """Names such as SXMC for 事项名称: the initials (or all) of the pinyin."""
    names = [part.casefold() for part in re.split("[^A-Za-z]+", heading) if len(part) in _INITIALS]
    names += ["".join(re.findall("[A-Za-z]", heading)).casefold()]
    if _HAN.search(heading) or all(name in NOTION for name in names if name):
        return 0
    spelt = {form for word in words if _HAN.search(word) for form in _pinyin(word)}
    short = any(len(name) in _INITIALS and name in spelt for name in names)
    return _PINYIN if short or names[-1] in spelt else 0


@lru_cache(maxsize=10_000)
def _pinyin(word: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 -- its dictionaries take long to load, few runs need them

    chinese = "".join(_HAN.findall(word))
    return "".join(lazy_pinyin(chinese, style=Style.FIRST_LETTER)), "".join(lazy_pinyin(chinese))
