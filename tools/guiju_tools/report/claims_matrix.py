"""How many requirements of each answer have which measured outcome, in one small table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from guiju.result.claims import ANSWER_TITLES
from guiju.result.model import OUTCOME_TITLES

_ALWAYS = ("passed", "failed")


@dataclass(frozen=True, slots=True)
class Matrix:
    """`columns` are titles of outcomes; a row has its answer's title and the counts in that order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def matrix(pairs: Iterable[tuple[str, str]]) -> Matrix:
    """Count pairs of answer and measured outcome; what is answered by claims alone has no place in it."""
    counts = Counter(pairs)
    seen = {outcome for _, outcome in counts}
    outcomes = [word for word in OUTCOME_TITLES if word in _ALWAYS or word in seen]
    rows = tuple(
        (title, tuple(counts[answer, outcome] for outcome in outcomes))
        for answer, title in ANSWER_TITLES.items()
        if answer
    )
    return Matrix(tuple(OUTCOME_TITLES[word] for word in outcomes), rows)
