"""Outcomes by chapter as inline SVG: four kinds told apart by shade and hatching, to print in grey."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

KINDS = ("符合", "不符合", "无法判定", "不适用和未核验")
_FILLS = ("#7fa8cf", "url(#unmet)", "#d9d9d9", "#f4f4f4")
_ROW, _BAR, _LEFT, _WIDE, _TOP = 26, 16, 150, 560, 30
_HATCH = (
    '<defs><pattern id="unmet" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<rect width="3" height="6" fill="#a63a2b"/></pattern></defs>'
)
Bar = tuple[str, Sequence[int]]


def bars(rows: Sequence[Bar], title: str) -> str:
    """One bar a row, its parts in the order of `KINDS`, each with its figure as a tooltip.

    Args:
        rows: label and figures.
        title: read out by screen readers.
    """
    height = _TOP + _ROW * len(rows) + 6
    size = f'viewBox="0 0 {_LEFT + _WIDE + 60} {height}" font-size="13"'
    begin = f'<svg role="img" aria-label="{escape(title)}" {size} xmlns="http://www.w3.org/2000/svg">'
    parts = [begin, _HATCH, *_legend()]
    for number, (label, figures) in enumerate(rows):
        parts += _row(label, figures, _TOP + _ROW * number)
    return "".join([*parts, "</svg>"])


def _legend() -> list[str]:
    found = []
    for number, (kind, fill) in enumerate(zip(KINDS, _FILLS, strict=True)):
        x = _LEFT + 125 * number
        found.append(f'<rect x="{x}" y="4" width="14" height="14" fill="{fill}" stroke="#566170"/>')
        found.append(f'<text x="{x + 19}" y="16">{kind}</text>')
    return found


def _row(label: str, figures: Sequence[int], top: int) -> list[str]:
    whole, x = sum(figures), float(_LEFT)
    found = [f'<text x="{_LEFT - 8}" y="{top + 13}" text-anchor="end">{escape(label)}</text>']
    for kind, fill, figure in zip(KINDS, _FILLS, figures, strict=True):
        if figure:
            wide = _WIDE * figure / whole
            box = f'x="{x:.1f}" y="{top}" width="{wide:.1f}" height="{_BAR}" fill="{fill}" stroke="#566170"'
            found.append(f"<rect {box}><title>{escape(label)}：{kind} {figure}</title></rect>")
            x += wide
    found.append(f'<text x="{_LEFT + _WIDE + 8}" y="{top + 13}">{whole}</text>')
    return found
