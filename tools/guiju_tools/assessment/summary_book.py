"""自评汇总.xlsx: many regions' self-assessments side by side, in the order of region codes, without ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from guiju.result.claims import ANSWER_TITLES, Claim, Claims
from guiju.run.scoring import score
from guiju.standard.assessment import Form, Line
from guiju_tools.report import words
from guiju_tools.report.cells import Sheet, Value
from guiju_tools.report.workbook import sheet_of, workbook

NAME = "自评汇总.xlsx"
_LEADING, _CONTENT, _WIDE, _NARROW = 5, 2, 44, 14
_ON_A_PAGE = 8
"""Regions side by side on a printed page."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One usable self-assessment with its form, and how many things in it are to be looked at."""

    form: Form
    claims: Claims
    questions: int


def summary_book(handed: Sequence[Handed]) -> bytes:
    """The workbook as bytes, the same for the same forms."""
    ordered = sorted(handed, key=lambda one: (one.form.standard, one.claims.region, one.claims.period))
    buffer = BytesIO()
    with workbook(buffer, "自评汇总") as (book, formats):
        _overview(_sheet(book, "概况", formats), ordered)
        for standard in dict.fromkeys(one.form.standard for one in ordered):
            mine = [one for one in ordered if one.form.standard == standard]
            title = mine[0].form.standard_title[:31]
            _side_by_side(_sheet(book, title, formats), mine)
        _opinions(_sheet(book, "意见建议", formats), ordered)
    return buffer.getvalue()


def _sheet(book: Any, name: str, formats: Mapping[str, Any]) -> Sheet:
    sheet = sheet_of(book, name, formats, wide=True)
    sheet.sheet.set_header(f"&C{words.DRAFT}")
    sheet.sheet.set_footer("&L自评汇总　按区划代码排列，不是名次&R第 &P 页，共 &N 页")
    return sheet


def _overview(sheet: Sheet, handed: Sequence[Handed]) -> None:
    sheet.widths(30, 10, 28, 11, 9, 9, 9, 9, 9, 9, 38)
    sheet.line(["自评汇总"], "title")
    sheet.line(
        ["按区划代码排列，不是名次。分数由填报单位自己评定；试点检验的是标准，不作考核、排名依据。"], "notice"
    )
    heads = (
        "标准",
        "区划代码",
        "填报单位",
        "期次",
        "行数",
        "已回答",
        "应得分",
        "自评得分",
        "得分率",
        "请核对",
        "签章页已填",
    )
    sheet.sheet.repeat_rows(sheet.row)
    sheet.line(heads, "head")
    sheet.sheet.freeze_panes(sheet.row, 0)
    for one in handed:
        claims, total = one.claims, score(one.form, one.claims)
        asked = [line for line in one.form.lines if line.role == "requirement"]
        answered = sum(bool(item and item.answer) for item in (claims.of(line.id) for line in asked))
        told: list[Value] = [one.form.standard_title, claims.region, claims.organisation, claims.period]
        figures: list[Value] = [len(asked), answered, _points(total.base), _points(total.got)]
        figures += [f"{total.per_cent}%" if total.per_cent else "", one.questions]
        sheet.line([*told, *figures, "、".join(claims.signed) or "无"])


def _points(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


def _side_by_side(sheet: Sheet, handed: Sequence[Handed]) -> None:
    """A line of the form a row; a region a column, its answer and score in one cell."""
    sheet.widths(9, 9, _WIDE, 7, 22, *(_NARROW for _ in handed))
    sheet.line(
        ["条款", "能愿动词", "评价内容", "分值", "各地的回答", *(_head(one) for one in handed)], "head"
    )
    sheet.sheet.freeze_panes(sheet.row, _LEADING)
    sheet.sheet.repeat_rows(0)
    sheet.sheet.repeat_columns(0, _CONTENT)
    sheet.sheet.fit_to_pages(-(-len(handed) // _ON_A_PAGE), 0)
    for line in handed[0].form.lines:
        cells = [one.claims.of(line.id) for one in handed]
        told = [_cell(item) for item in cells]
        sheet.line([line.clause, line.modality, line.content, _points_of(line), _counted(cells), *told])


def _points_of(line: Line) -> str:
    return f"-{line.points}" if line.role == "deduction" else line.points


def _head(one: Handed) -> str:
    return f"{one.claims.region}\n{one.claims.period}"


def _cell(item: Claim | None) -> str:
    if item is None:
        return "没有这一行"
    score_told = f" {item.score}" if item.score else ""
    return f"{ANSWER_TITLES[item.answer]}{score_told}" if item.answer or item.score else ANSWER_TITLES[""]


def _counted(cells: Sequence[Claim | None]) -> str:
    """How many gave each answer: what the committee wants to know of a clause."""
    answers = [item.answer for item in cells if item]
    told = [(title, answers.count(answer)) for answer, title in ANSWER_TITLES.items()]
    return "，".join(f"{title}{count}" for title, count in told if count)


def _opinions(sheet: Sheet, handed: Sequence[Handed]) -> None:
    """What was said of the standard, by clause."""
    sheet.widths(28, 9, _WIDE, 11, 60, 40)
    sheet.line(["标准", "条款", "评价内容", "区划代码", "意见建议", "备注"], "head")
    sheet.sheet.repeat_rows(0)
    sheet.sheet.freeze_panes(sheet.row, 0)
    rows = [
        (one, line, item)
        for one in handed
        for line in one.form.lines
        if (item := one.claims.of(line.id)) is not None and item.opinion
    ]
    order = {id(line): place for one in handed for place, line in enumerate(one.form.lines)}
    for one, line, item in sorted(rows, key=lambda row: (row[0].form.standard, order[id(row[1])])):
        told = [one.form.standard_title, line.clause, line.content, one.claims.region]
        sheet.line([*told, item.opinion, item.note])
    if not rows:
        sheet.line([f"没有意见。{words.DRAFT}。"], "soft")
