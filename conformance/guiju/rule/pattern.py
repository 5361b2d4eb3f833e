"""Patterns that Python's `re` and DuckDB's RE2 read alike: parsed here, written out anew for each.

Allowed: characters, explicit classes ``[…]``, ``.`` (any character but a line feed), groups ``( )`` and
``(?: )``, ``|``, and the repetitions ``? * + {m} {m,} {m,n}``. A pattern always means the whole value; ``^``
and ``$`` are only allowed around all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

MOST_REPEATED = 1000
"""RE2's limit for the product of nested repetitions."""

_ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}
_PLAIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_REPEAT = re.compile(r"\{([0-9]{1,4})(,([0-9]{0,4}))?\}")


class PatternError(ValueError):
    """What is wrong with a pattern, and at which character (from 0)."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern in both notations, each to be matched against the whole value."""

    python: re.Pattern[str]
    re2: str


@lru_cache(maxsize=1024)
def read_pattern(text: str) -> Pattern:
    """Parse a pattern.

    Raises:
        PatternError: it uses what the two engines do not read alike.
    """
    return Pattern(re.compile(_Reader(text, _python_char).read()), _Reader(text, _re2_char).read())


def _python_char(char: str) -> str:
    return char if char in _PLAIN else re.escape(char)


def _re2_char(char: str) -> str:
    return char if char in _PLAIN else f"\\x{{{ord(char):X}}}"


class _Reader:
    """A recursive descent over the text; `write` puts one character into the wanted notation."""

    def __init__(self, text: str, write: Callable[[str], str]) -> None:
        self.text = text.removeprefix("^")
        self.shift = len(text) - len(self.text)
        if self.text.endswith("$") and not self.text.endswith("\\$"):
            self.text = self.text[:-1]
        self.write = write
        self.at = 0

    def read(self) -> str:
        found, _ = self._choice()
        if self.at < len(self.text):
            raise self._fault("多出一个右括号")
        return found

    def _fault(self, message: str, at: int | None = None) -> PatternError:
        return PatternError(message, (self.at if at is None else at) + self.shift)

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self, message: str) -> str:
        if self.at >= len(self.text):
            raise self._fault(message)
        self.at += 1
        return self.text[self.at - 1]

    def _choice(self) -> tuple[str, int]:
        """Alternatives, and how often the innermost is repeated at most (RE2 bounds the product)."""
        branches, most = [], 1
        while True:
            branch, weight = self._sequence()
            branches.append(branch)
            most = max(most, weight)
            if self._peek() != "|":
                return "|".join(branches), most
            self.at += 1

    def _sequence(self) -> tuple[str, int]:
        parts, most = [], 1
        while self._peek() not in ("", "|", ")"):
            start = self.at
            atom, weight = self._atom()
            repeat, times = self._repeat()
            if weight * times > MOST_REPEATED:
                raise self._fault(f"重复次数相乘超过{MOST_REPEATED}", start)
            parts.append(atom + repeat)
            most = max(most, weight * times)
        return "".join(parts), most

    def _repeat(self) -> tuple[str, int]:
        sign = self._peek()
        if sign in ("?", "*", "+") and sign:
            self.at += 1
            self._no_second_repeat()
            return sign, 1
        if sign != "{":
            return "", 1
        found = _REPEAT.match(self.text, self.at)
        if not found:
            raise self._fault("重复次数的写法不对，应为 {2}、{2,} 或 {2,5}；字符“{”请写作 [{]")
        least, most = int(found[1]), int(found[3] or found[1])
        if most < least or most > MOST_REPEATED:
            raise self._fault(f"重复次数应从小到大，且不超过{MOST_REPEATED}")
        self.at = found.end()
        self._no_second_repeat()
        return found[0], max(most, 1)

    def _no_second_repeat(self) -> None:
        if self._peek() in ("?", "*", "+", "{") and self._peek():
            raise self._fault("重复符号不能连用")

    def _atom(self) -> tuple[str, int]:
        char = self._take("")
        match char:
            case "(":
                return self._group()
            case "[":
                return self._class(), 1
            case ".":
                return f"[^{self.write(chr(10))}]", 1
            case "\\":
                return self.write(self._escape()), 1
            case "^" | "$":
                raise self._fault("“^”和“$”只能写在整个写法的两端", self.at - 1)
            case "?" | "*" | "+" | "{":
                raise self._fault(f"“{char}”前面没有可重复的内容", self.at - 1)
        return self.write(char), 1

    def _group(self) -> tuple[str, int]:
        start = self.at - 1
        if self.text.startswith("?:", self.at):
            self.at += 2
        elif self._peek() == "?":
            raise self._fault("不能用前后查看和命名分组", start)
        inner, most = self._choice()
        if self._peek() != ")":
            raise self._fault("左括号没有配对", start)
        self.at += 1
        return f"(?:{inner})", most

    def _escape(self) -> str:
        char = self._take("末尾多一个“\\”")
        if char in _ESCAPES:
            return _ESCAPES[char]
        if char in _PLAIN:
            raise self._fault(f"不能用“\\{char}”：请写明字符范围，如 [0-9]、[A-Za-z]", self.at - 2)
        return char

    def _class(self) -> str:
        start = self.at - 1
        negated = self._peek() == "^"
        self.at += negated
        items = []
        while self._peek() != "]":
            items.append(self._range(start))
        self.at += 1
        if not items:
            raise self._fault("方括号内没有字符", start)
        return f"[{'^' if negated else ''}{''.join(items)}]"

    def _range(self, start: int) -> str:
        low = self._class_char(start)
        if self._peek() != "-" or self.text[self.at + 1 : self.at + 2] in ("]", ""):
            return self.write(low)
        self.at += 1
        high = self._class_char(start)
        if high < low:
            raise self._fault(f"范围“{low}-{high}”首尾颠倒", start)
        return f"{self.write(low)}-{self.write(high)}"

    def _class_char(self, start: int) -> str:
        char = self._take("左方括号没有配对") if self.at < len(self.text) else ""
        if not char:
            raise self._fault("左方括号没有配对", start)
        if char == "[":
            raise self._fault("方括号内的“[”请写作“\\[”", self.at - 1)
        return self._escape() if char == "\\" else char
