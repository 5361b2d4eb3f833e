"""How long the texts of a pattern are: an 18-digit code says more to people than its pattern."""

from __future__ import annotations

import re

from guiju.rule.pattern import PatternError, read_pattern

_REPEAT = re.compile(r"\{([0-9]+)(?:,([0-9]+))?\}")
_ATOM = re.compile(r"\[[^\]]+\]|\\.|[^()|?*+{}\[\]\\]")
_FEW = 3


def pattern_lengths(pattern: str) -> tuple[int, ...]:
    """The lengths that match, in order, where there are at most three of them; else none are told.

    Args:
        pattern: one of our restricted patterns.
    """
    try:
        read_pattern(pattern)
    except PatternError:
        return ()
    found = _Lengths(pattern.removeprefix("^").removesuffix("$")).read()
    return tuple(sorted(found)) if found and len(found) <= _FEW else ()


class _Lengths:
    """The lengths of the texts of a pattern; the empty set where they are many or unbounded."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def read(self) -> frozenset[int]:
        """Alternatives, up to the end or a closing bracket."""
        found = self._sequence()
        while self.text[self.at : self.at + 1] == "|":
            self.at += 1
            other = self._sequence()
            found = found | other if found and other else frozenset()
        return found

    def _sequence(self) -> frozenset[int]:
        found = frozenset({0})
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            found = _sums(found, self._repeated(self._atom()))
        return found

    def _atom(self) -> frozenset[int]:
        if self.text[self.at] == "(":
            self.at += 3 if self.text.startswith("(?:", self.at) else 1
            found = self.read()
            self.at += 1
            return found
        taken = _ATOM.match(self.text, self.at)
        self.at = taken.end() if taken else len(self.text)
        return frozenset({1}) if taken else frozenset()

    def _repeated(self, atom: frozenset[int]) -> frozenset[int]:
        sign = self.text[self.at : self.at + 1]
        if sign and sign in "*+":
            self.at += 1
            return frozenset()
        if sign == "?":
            self.at += 1
            return atom | {0} if atom else atom
        counted = _REPEAT.match(self.text, self.at)
        if counted is None:
            at_open = sign == "{"
            return frozenset() if at_open else atom
        self.at = counted.end()
        least, most = int(counted[1]), int(counted[2] or counted[1])
        return _times(atom, least, most)


def _times(atom: frozenset[int], least: int, most: int) -> frozenset[int]:
    if len(atom) != 1 or most - least > _FEW:
        return frozenset()
    (one,) = atom
    return frozenset(one * count for count in range(least, most + 1))


def _sums(left: frozenset[int], right: frozenset[int]) -> frozenset[int]:
    found = frozenset(one + other for one in left for other in right)
    return found if len(found) <= 2 * _FEW else frozenset()
