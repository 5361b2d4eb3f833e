"""Blocks as plain text: for a console, an e-mail, a text editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from guiju_tools.text.blocks import Block, Entry, Grid, Heading, Items, Paragraph, Printed, Remark

INDENT = "\u3000\u3000"
WIDEST = 30
"""A column is padded up to this many cells; what is wider pushes the rest of its own row."""


def plain(text: Printed) -> str:
    """The whole standard as plain text."""
    lines = [*text.cover, "", "目次", "", *_contents(text.contents), ""]
    for block in text.body:
        lines += [*_lines(block), *([] if isinstance(block, Remark) else [""])]
    return "\n".join(_spaced(lines)).rstrip("\n") + "\n"


def _contents(headings: Sequence[Heading]) -> Iterator[str]:
    for item in headings:
        yield f"{chr(0x3000) * (item.level - 1)}{item.text}"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield f"{block.number}\u3000{block.text}" if block.number else f"{INDENT}{block.text}"
        case Remark():
            yield f"{INDENT}［{block.label}］{block.text}"
        case Entry():
            yield from (block.number, f"{INDENT}{block.term}\u3000{block.english}")
            yield f"{INDENT}{block.definition}"
        case Items():
            yield from (f"{INDENT}{line}" for line in block.lines)
        case Grid():
            yield from _grid(block)


def _grid(block: Grid) -> Iterator[str]:
    yield block.caption
    rows = [block.head, *block.rows]
    widths = [min(max(cell_len(row[at]) for row in rows), WIDEST) for at in range(len(block.head))]
    for row in rows:
        cells = [f"{cell or '—'}" for cell in row]
        padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
        yield "  ".join(padded).rstrip()


def _spaced(lines: Sequence[str]) -> Iterator[str]:
    """A blank line before what follows remarks; never two blank lines."""
    last = ""
    for line in lines:
        starts = last.startswith(f"{INDENT}［") and line and not line.startswith(f"{INDENT}［")
        if starts:
            yield ""
        if line or last:
            yield line
        last = line
