"""Blocks as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guiju_tools.text.blocks import Block, Entry, Grid, Heading, Items, Paragraph, Printed, Remark

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def markdown(text: Printed) -> str:
    """The whole standard as one Markdown document."""
    lines = [*_cover(text.cover), "## 目次", "", *_contents(text.contents), ""]
    for block in text.body:
        lines += [*_lines(block), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """A text whose signs stay signs."""
    return _SPECIAL.sub(r"\\\1", text)


def _cover(cover: Sequence[str]) -> Iterator[str]:
    state, title, *rest = cover
    yield from (f"**{escaped(state)}**", "", f"# {escaped(title)}", "")
    for line in rest:
        yield from (escaped(line), "")


def _contents(headings: Sequence[Heading]) -> Iterator[str]:
    for item in headings:
        yield f"{'  ' * (item.level - 1)}- {escaped(item.text)}"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * min(block.level + 1, 6)} {escaped(block.text)}"
        case Paragraph():
            yield f"**{block.number}**\u3000{escaped(block.text)}" if block.number else escaped(block.text)
        case Remark():
            yield f"> {block.label}：{escaped(block.text)}"
        case Entry():
            yield from (f"**{block.number}**\u3000**{escaped(block.term)}** {escaped(block.english)}", "")
            yield escaped(block.definition)
        case Items():
            yield from "\n\n".join(map(escaped, block.lines)).split("\n")
        case Grid():
            yield from _grid(block)


def _grid(block: Grid) -> Iterator[str]:
    yield from (escaped(block.caption), "")
    yield f"| {' | '.join(block.head)} |"
    yield f"|{'---|' * len(block.head)}"
    for row in block.rows:
        yield f"| {' | '.join(escaped(cell) or '—' for cell in row)} |"
