"""What a printed standard is made of, whatever it is printed as."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` 1 for chapters, annexes and the like, 2 for clauses, and so on."""

    level: int
    number: str
    title: str

    @property
    def text(self) -> str:
        """Number and title, one em space between them."""
        return f"{self.number}\u3000{self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, numbered where it is a clause without a title."""

    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A line about the requirement above it, which is no part of the standard's text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its English words and its definition."""

    number: str
    term: str
    english: str
    definition: str


@dataclass(frozen=True, slots=True)
class Items:
    """Lines that stand below each other, without numbers of their own."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption above it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Remark | Entry | Items | Grid


@dataclass(frozen=True, slots=True)
class Printed:
    """A standard as text: the lines of the cover, then blocks; the contents are made of the headings."""

    cover: tuple[str, ...]
    body: tuple[Block, ...]

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The headings of the first two levels, in order."""
        return tuple(item for item in self.body if isinstance(item, Heading) and item.level <= CONTENTS_DEPTH)


CONTENTS_DEPTH = 2
