"""The framework as one drawing: lines of text in boxes, in the colour of the page's own text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from guiju_tools.framework.model import STATE_WORDS, Framework, Group

WIDTH, MARGIN, GAP = 360, 6, 12
"""Narrow enough for a telephone without shrinking the letters."""
WHOLE = WIDTH - 2 * MARGIN
BOX = (WHOLE - GAP) // 2
LINE, FONT, PER_LINE = 19, 13, 12
HEAD = 40
STYLE = (
    ".framework{max-width:36rem;width:100%;height:auto;color:inherit}"
    ".framework rect{fill:none;stroke:currentColor;stroke-width:1}"
    ".framework .own{stroke-dasharray:4 3}"
    ".framework path{fill:none;stroke:currentColor;stroke-width:1;opacity:.5}"
    f".framework text{{fill:currentColor;font-size:{FONT}px;font-family:inherit}}"
    ".framework .title{font-weight:bold;font-size:14px}"
)


def drawn(framework: Framework) -> str:
    """The drawing as SVG: the groups that the policy names in two columns, then what serves them all."""
    parts, top = [_box(MARGIN, MARGIN, WHOLE, HEAD - MARGIN, [framework.title])], HEAD + GAP
    for row in _rows(framework):
        texts = [list(_lines(framework, group)) for group in row]
        height = LINE * max(map(len, texts)) + FONT
        width = BOX if row[0].named else WHOLE
        for at, (group, lines) in enumerate(zip(row, texts, strict=True)):
            x = MARGIN + at * (BOX + GAP)
            own = any(node.standard for node in framework.of(group))
            parts += [_stem(x + BOX // 2, top), _box(x, top, width, height, lines, own=own)]
        top += height + GAP
    label = escape(_told(framework))
    return (
        f'<svg class="framework" viewBox="0 0 {WIDTH} {top}" role="img" aria-label="{label}" '
        f'xmlns="http://www.w3.org/2000/svg"><style>{STYLE}</style>{"".join(parts)}</svg>'
    )


def _rows(framework: Framework) -> Iterator[tuple[Group, ...]]:
    named = [group for group in framework.groups if group.named]
    for at in range(0, len(named), 2):
        yield tuple(named[at : at + 2])
    yield from ((group,) for group in framework.groups if not group.named)


def _lines(framework: Framework, group: Group) -> Iterator[str]:
    """The title, the pack's draft, then how many standards stand in which state."""
    yield group.title
    nodes = framework.of(group)
    for node in nodes:
        if node.standard:
            whole = f"草案：{node.title}"
            yield from (whole[at : at + PER_LINE] for at in range(0, len(whole), PER_LINE))
    states = Counter(node.state for node in nodes if not node.standard)
    for state, word in STATE_WORDS.items():
        if states[state]:
            yield f"{word}标准{states[state]}项" if state != "planned" else f"{word}{states[state]}项"


def _box(x: int, y: int, width: int, height: int, lines: list[str], *, own: bool = False) -> str:
    rect = f'<rect{_class("own" if own else "")} x="{x}" y="{y}" width="{width}" height="{height}" rx="4"/>'
    return rect + "".join(
        f'<text{_class("" if at else "title")} x="{x + 8}" y="{y + 21 + at * LINE}">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _stem(x: int, top: int) -> str:
    return f'<path d="M{x} {top - GAP} V{top}"/>'


def _told(framework: Framework) -> str:
    """The drawing in one sentence, for those who cannot see it."""
    parts = ["，".join(_lines(framework, group)) for group in framework.groups]
    return f"{framework.title}：{'；'.join(parts)}"
