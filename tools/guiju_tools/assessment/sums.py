"""小计, 合计 and 得分率 of a form as plain formulas; they say what `guiju.run.scoring` reckons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter

from guiju.standard.assessment import Block
from guiju_tools.assessment import layout as at
from guiju_tools.assessment.layout import FormSheet

Told = tuple[str, str | None, str]
"""What stands in a row of sums: its label, the points, the score."""
_ANSWER, _POINTS, _SCORE = map(get_column_letter, (at.ANSWER, at.POINTS, at.SCORE))
_OUT = at.ANSWERS[-1]


def sums(item: FormSheet) -> Mapping[int, Told]:
    """Each row of sums by its number."""
    full = item.form.scoring.not_applicable == "full"
    spans = {id(block): (first, last) for first, last, block in item.spans("block")}
    rows: list[int] = []
    bases: list[tuple[int, str, str]] = []
    told: dict[int, Told] = {}
    for row in item.rows:
        if row.kind == "subtotal" and row.block is not None:
            span = spans[id(row.block)]
            told[row.number] = _subtotal(row.block, span, full=full)
            rows.append(row.number)
            bases.append((row.number, _base(row.block, span, full=full), row.block.weight))
        elif row.kind == "total":
            told[row.number] = ("合计", _added(_POINTS, rows), _added(_SCORE, rows))
        elif row.kind == "share":
            told[row.number] = _share(bases)
    return told


def _subtotal(block: Block, span: tuple[int, int], *, full: bool) -> Told:
    score = f"SUM({_cells(_SCORE, span)})"
    if full:
        score += f'+SUMIF({_cells(_ANSWER, span)},"{_OUT}",{_cells(_POINTS, span)})'
    points = block.most if _capped(block) else f"SUM({_cells(_POINTS, span)})"
    return "小计", f"={points}", f"=MAX(0,MIN({block.most},{score}))"


def _base(block: Block, span: tuple[int, int], *, full: bool) -> str:
    """What could be got in a chapter; its lines stand before its bonuses and deductions."""
    asked = sum(line.role == "requirement" for line in block.lines)
    lines = (span[0], span[0] + asked - 1)
    if not asked:
        return "0"
    points = _cells(_POINTS, lines)
    counted = f"SUM({points})" if full else f'SUMIF({_cells(_ANSWER, lines)},"<>{_OUT}",{points})'
    return f"MIN({block.most},{counted})"


def _share(bases: Sequence[tuple[int, str, str]]) -> Told:
    if all(weight for _, _, weight in bases):
        got = "+".join(f"IF({base}>0,{weight}*{_SCORE}{row}/{base},0)" for row, base, weight in bases)
        most = "+".join(f"IF({base}>0,{weight},0)" for _, base, weight in bases)
        return "得分率（按各章权重折算）", None, f'=IF({most}=0,"",({got})/({most}))'
    got, most = _added(_SCORE, [row for row, _, _ in bases]), "+".join(base for _, base, _ in bases)
    return "得分率", None, f'=IF({most}=0,"",({got[1:]})/({most}))'


def _cells(letter: str, span: tuple[int, int]) -> str:
    return f"{letter}{span[0]}:{letter}{span[1]}"


def _capped(block: Block) -> bool:
    """Whether the chapter's cap differs from what its points add up to (deductions count for nothing)."""
    plain = sum((Decimal(line.points) for line in block.lines if line.role == "requirement"), Decimal(0))
    return plain != Decimal(block.most) or any(line.role != "requirement" for line in block.lines)


def _added(letter: str, rows: Sequence[int]) -> str:
    return "=" + "+".join(f"{letter}{row}" for row in rows)
