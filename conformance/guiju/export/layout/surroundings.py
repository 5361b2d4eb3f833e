"""Rows below the head that are no data: headings repeated, totals, footers, and what follows another head."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from guiju.export.layout import signs
from guiju.export.layout.headings import listed
from guiju.export.recognition.match import normal_heading
from guiju.export.remarks import SHOWN, Remark
from guiju.export.sql_text import literal
from guiju.export.values.forms import BLANKS

_FRONT = 4
_DEEP = 12
_FEWEST_KNOWN = 2
_SHARE_KNOWN = 0.6
_SHORT = 24
_COUNTERS = frozenset({"序号", "编号", "行号", "no", "no.", "id"})
_HINT_STAYS = "请核对；不是数据的行请从文件中删去"
_HINT_TABLES = "请把各张表分别放在自己的工作表或文件中再交"
_TOLD = {
    "repeated": ("GJ-D204", "{count}行是重复的标题（第{rows}行），未作为数据读取", ""),
    "total": ("GJ-D205", "{count}行是合计、小计（第{rows}行），未作为数据读取", ""),
    "footer": ("GJ-D206", "{count}行是表尾的注释、签名或页码（第{rows}行），未作为数据读取", ""),
    "stays": (
        "GJ-D207",
        "{count}行像是合计或表尾（第{rows}行），但也可能是数据，仍作为数据读取",
        _HINT_STAYS,
    ),
    "apart": (
        "GJ-D216",
        "第{rows}行与上面隔着空行，像是另一张表的标题，该行及以下仍作为数据读取",
        _HINT_TABLES,
    ),
}


class Surroundings:
    """Tells rows that are no data. `odd` wants whole rows, as the head had them, not chosen columns.

    Rows may be asked about in any order and more than once: each is counted once. Once a second head is met
    (another table below this one), all rows from it on are odd, and `end` is its number: readers that ask
    only about `suspects` leave out the rows from `end` on themselves.
    """

    __slots__ = (
        "_ended",
        "_firsts",
        "_heads",
        "_initials",
        "_kinds",
        "_last",
        "_second",
        "_short",
        "_titles",
        "_width",
        "_words",
        "end",
    )

    def __init__(
        self,
        heads: Sequence[Sequence[str]] = (),
        titles: Collection[str] = (),
        words: frozenset[str] = frozenset(),
        width: int = 0,
    ) -> None:
        """Rows of the head as delivered, texts of title rows, known words, and the number of columns."""
        self._heads = [tuple(_bare(cell) for cell in cells) for cells in heads]
        self._titles = frozenset(_bare(title) for title in titles)
        self._words = words | _COUNTERS if words else words
        self._width = width
        known = {*self._titles, *(_first(cells) for cells in self._heads)} - {""}
        self._firsts = frozenset(known)
        self._initials = frozenset({text[0] for text in known} | signs.FOOTER_STARTS)
        self._short = max(_SHORT, *map(len, known), 0)
        self._kinds: dict[str, set[int]] = {}
        self.end: int | None = None
        self._second = ""
        self._last = 0
        self._ended = 0

    def odd(self, number: int, cells: Sequence[str]) -> bool:
        """Whether the row is to be left out; it is counted then."""
        if self.end is not None and number >= self.end:
            self._ended += number > self._last
            self._last = max(self._last, number)
            return True
        first = _first(cells)
        if not first:
            return False
        if self._telling(first) or not signs.TOTALS.isdisjoint(cells[:_FRONT]):
            return self._judged(number, [_bare(cell) for cell in cells], first)
        return False

    def apart(self, number: int, cells: Sequence[object]) -> None:
        """Told of a row below blank rows: where it looks like the head of another table, that is remarked."""
        filled = [text for text in map(_bare, cells) if text]
        if _FEWEST_KNOWN <= len(filled) < self._width and all(signs.heading(text) for text in filled):
            self._note("apart", number)

    def _telling(self, first: str) -> bool:
        """Whether the first text of a row is a reason to look at the rest."""
        if first[0] in self._initials and (len(first) <= self._short or ":" in first or "：" in first):
            return (
                first in self._firsts or first in signs.TOTALS or signs.footer(first) or self._heading(first)
            )
        return self._heading(first)

    def _heading(self, first: str) -> bool:
        return first.casefold() in self._words

    def suspects(self, columns: Sequence[str]) -> str:
        """An SQL condition that is true for every row that `odd` might leave out before `end`.

        Args:
            columns: a VARCHAR expression for each column, in the order of the head.
        """
        first = "CASE"
        for column in columns[:_DEEP]:
            text = f"ltrim({column}, {literal(BLANKS)})"
            first += f" WHEN {text} <> '' THEN {self._suspicious(text)}"
        deep = "true" if len(columns) > _DEEP else "false"
        front = " OR ".join(
            f"coalesce({_one_of(column, signs.TOTALS)}, false)" for column in columns[:_FRONT]
        )
        return f"({first} ELSE {deep} END OR {front})" if columns else ""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was left out, and what looked odd and stayed; complete once all rows were asked about."""
        found = []
        for kind, (code, text, hint) in _TOLD.items():
            rows = sorted(self._kinds.get(kind, ()))
            if rows:
                shown = text.format(count=len(rows), rows=listed(rows))
                found.append(Remark(code, shown, "", len(rows), tuple(rows[:SHOWN]), hint))
        return (*found, *self._below())

    def _below(self) -> tuple[Remark, ...]:
        if self.end is None:
            return ()
        text = f"第{self.end}行起是另一张表（标题：{self._second}），该行及以下的{self._ended}行未读取"
        return (Remark("GJ-D208", text, "", self._ended, (self.end,), _HINT_TABLES),)

    def _judged(self, number: int, cells: Sequence[str], first: str) -> bool:
        filled = [cell for cell in cells if cell]
        if self._repeated(cells, filled):
            return self._note("repeated", number)
        if any(cell in signs.TOTALS for cell in cells[:_FRONT]):
            return self._note("total" if _adds_up(cells) else "stays", number)
        if signs.footer(first):
            return self._note("footer" if self._sparse(filled) else "stays", number)
        if self._other_head(filled):
            self.end, self._second = number, "、".join(filled[:_DEEP])
            return self.odd(number, cells)
        return False

    def _note(self, kind: str, number: int) -> bool:
        self._kinds.setdefault(kind, set()).add(number)
        return kind != "stays"

    def _repeated(self, cells: Sequence[str], filled: Sequence[str]) -> bool:
        if len(filled) == 1 and filled[0] in self._titles:
            return True
        for head in self._heads:
            same = sum(1 for cell, other in zip(cells, head, strict=False) if cell and cell == other)
            if same == len(filled) and same >= min(_FEWEST_KNOWN, sum(map(bool, head))):
                return True
        return False

    def _sparse(self, filled: Sequence[str]) -> bool:
        """Few cells, or only labels and what stands behind each."""
        labels = sum(1 for cell in filled if signs.footer(cell))
        return self._width > 1 and (len(filled) <= max(1, self._width // 3) or 2 * labels >= len(filled))

    def _other_head(self, filled: Sequence[str]) -> bool:
        if len(filled) < _FEWEST_KNOWN or not all(signs.heading(cell) for cell in filled):
            return False
        known = sum(1 for cell in filled if self._known(cell))
        return known >= max(_FEWEST_KNOWN, _SHARE_KNOWN * len(filled))

    def _known(self, text: str) -> bool:
        return bool(self._words) and (text in self._words or normal_heading(text) in self._words)

    def _suspicious(self, text: str) -> str:
        initials = literal("".join(sorted(self._initials)))
        told = (
            f"contains({initials}, left({text}, 1)) AND "
            f"(length({text}) <= {self._short} OR contains({text}, ':') OR contains({text}, '：'))"
        )
        return f"({told} OR {_one_of(f'lower({text})', self._words)})" if self._words else f"({told})"


def _first(cells: Sequence[str]) -> str:
    """The first text of a row, trimmed."""
    for cell in cells:
        if cell:
            text = str(cell).strip(BLANKS)
            if text:
                return text
    return ""


def _bare(cell: object) -> str:
    return str(cell).strip(BLANKS) if cell is not None else ""


def _adds_up(cells: Sequence[str]) -> bool:
    """Whether nothing but numbers stands behind the word, and at most a group before it."""
    at = next(index for index, cell in enumerate(cells) if cell in signs.TOTALS)
    before = [cell for cell in cells[:at] if cell]
    behind = [cell for cell in cells[at + 1 :] if cell]
    return len(before) <= 1 and all(signs.amount(cell) or cell in "-—/、" for cell in behind)


def _one_of(text: str, words: Collection[str]) -> str:
    """A condition that looks a text up among words of its length, joined: no list becomes a join."""
    by_length: dict[int, list[str]] = {}
    for word in sorted(words):
        by_length.setdefault(len(word.encode()), []).append(word)
    cases = "".join(
        f" WHEN {length} THEN contains({_joined(found)}, chr(31) || {text} || chr(31))"
        for length, found in sorted(by_length.items())
    )
    return f"CASE strlen({text}){cases} ELSE false END"


def _joined(words: Sequence[str]) -> str:
    return literal("\x1f".join(["", *words, ""]))
