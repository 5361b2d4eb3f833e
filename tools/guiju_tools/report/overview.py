"""The first two sheets of the workbook: what was examined (说明), and the counts (汇总)."""

from __future__ import annotations

from collections import Counter

from guiju.result import IndicatorGroup, RequirementResult, Result
from guiju.result.model import OUTCOME_LEGEND, InputPart, InputTable
from guiju_tools.report import words
from guiju_tools.report.cells import Sheet, Value

REQUIREMENT_HEAD = (
    "要求编号",
    "条款",
    "能愿动词",
    "要求原文",
    "依据",
    "结论",
    "理由",
    "不适用",
    "符合",
    "不符合",
    "无法判定",
    "有例外说明",
    "列出的不符合项",
)
NO_OWNER = "（没有写明）"


def about(sheet: Sheet, result: Result, listed: int) -> None:
    """说明: what, by which edition, from which data, how complete, the legend and the foot."""
    sheet.widths(24, 96)
    sheet.line([words.NOTICE], "notice")
    sheet.line([words.TITLE], "title")
    sheet.line([f"{words.MAKER}　{result.engine}"], "soft")
    sheet.skip()
    for label, text in _facts(result, listed):
        sheet.line([label, text], looks={0: "label"})
    sheet.skip()
    sheet.line(["交来的数据和读法"], "section")
    for table in result.inputs:
        for label, text in _reading(table):
            sheet.line([label, text], looks={0: "label"})
    sheet.skip()
    if result.explanations:
        sheet.line(["例外说明"], "section")
    for one in result.explanations:
        told = words.explained(one.state, one.rows, one.changes)
        text = f"{one.scope}；{one.reason}（{one.decided_by}，{one.decided} 定，{one.expires} 失效）；{told}"
        sheet.line([f"{one.id}　{one.requirement}", text], looks={0: "label"})
    if result.explanations:
        sheet.skip()
    sheet.line(["结论的含义"], "section")
    for outcome, meaning in OUTCOME_LEGEND.items():
        sheet.line(
            [words.outcome_words(outcome, "shall", advisory=False), meaning],
            looks={0: "label"},
        )
    sheet.line(["提示", words.ADVICE_LEGEND], looks={0: "label"})
    sheet.skip()
    sheet.line([result.foot], "notice")


def _facts(result: Result, listed: int) -> list[tuple[str, str]]:
    editions = "；".join(_edition(result, place) for place in range(len(result.standards)))
    total = sum(item.counts.failed for item in result.requirements)
    return [
        ("依据版本", editions),
        ("区划代码", result.region or "没有指定"),
        ("地方适用参数", result.profile or "没有使用"),
        ("字段对应表", result.mapping or "没有使用，按列名识别"),
        *([("期次", result.period)] if result.period else []),
        ("数据基准日", result.as_of or "没有指定"),
        ("总体情况", result.summary.sentence),
        ("整体结论", result.conclusion or "依据的是草案，不对整个标准作结论"),
        (
            "不符合项",
            f"不符合共{total}行次，本工作簿列出{listed}行次；每条要求最多列出{result.findings_limit}行",
        ),
    ]


def _edition(result: Result, place: int) -> str:
    one = result.standards[place]
    state = "已发布" if one.published else words.DRAFT
    return f"{one.title} {one.version}（{state}），核验内容摘要 {one.judging_digest or '无'}"


def _reading(table: InputTable) -> list[tuple[str, str]]:
    parts = "\n".join(_part(part) for part in table.parts)
    columns = "；".join(
        f"{one.title}←{one.column}（{words.FOUND_BY.get(one.how, one.how)}）" for one in table.columns
    )
    told = [(f"{table.title}（{table.rows}行）", parts), ("列的识别", columns)]
    told += [(f"代码：{one.title}", _codes(one.present, one.known, one.unknown)) for one in table.codes]
    told += [("没有读取的列", "、".join(table.unread_columns))] if table.unread_columns else []
    return told + [("读取时的说明", words.told(one.text, one.hint)) for one in table.remarks]


def _part(part: InputPart) -> str:
    packed = f"，所在压缩包SHA-256 {part.archive_sha256}" if part.archive_sha256 else ""
    return f"{part.name}，{part.rows}行，SHA-256 {part.sha256}{packed}"


def _codes(present: int, known: int, unknown: tuple[tuple[str, int], ...]) -> str:
    others = "、".join(f"{words.visible(value)}（{count}行）" for value, count in unknown)
    return f"有值{present}行，在代码表内{known}行" + (f"；代码表外：{others}" if others else "")


def summary(sheet: Sheet, result: Result) -> None:
    """汇总: counts by requirement, then indicators, then by column, then by owner."""
    sheet.widths(11, 9, 9, 42, 18, 17, 34, 8, 8, 8, 9, 11, 11)
    sheet.line(["按要求"], "section")
    sheet.line(REQUIREMENT_HEAD, "head")
    for item in result.requirements:
        sheet.line(_requirement(item))
    _indicators(sheet, result)
    _columns(sheet, result)
    _owners(sheet, result)


def _requirement(item: RequirementResult) -> list[Value]:
    basis = f"{item.basis}，{words.MARK[item.mark]}" + ("，仅作提示" if item.advisory else "")
    counts = item.counts
    return [
        item.id,
        item.clause,
        words.MODALITY[item.modality],
        item.text,
        basis,
        words.outcome_of(item),
        item.reason,
        counts.inapplicable,
        counts.passed,
        counts.failed,
        counts.undecided,
        counts.explained,
        len(item.findings),
    ]


def _indicators(sheet: Sheet, result: Result) -> None:
    told = [(item, item.indicator) for item in result.requirements if item.indicator]
    if not told:
        return
    sheet.skip()
    sheet.line(["按指标分组"], "section")
    sheet.line(["要求编号", "条款", "能愿动词", "分组（时段）", "分子", "分母", "结论"], "head")
    for item, indicator in told:
        whole = IndicatorGroup(
            f"合计　{words.share_words(indicator)}",
            indicator.numerator,
            indicator.denominator,
            0,
            item.outcome,
        )
        for group in (whole, *indicator.groups):
            outcome = words.outcome_words(group.outcome, item.modality, advisory=item.advisory)
            modality = words.MODALITY[item.modality]
            sheet.line(
                [item.id, item.clause, modality, group.name, group.numerator, group.denominator, outcome]
            )


def _columns(sheet: Sheet, result: Result) -> None:
    rows = [(item, column) for item in result.requirements for column in item.columns]
    if not rows:
        return
    sheet.skip()
    sheet.line(["按列"], "section")
    sheet.line(["要求编号", "条款", "不符合", "数据元", "列名", "责任单位", "数据集"], "head")
    for item, column in sorted(rows, key=lambda row: -row[1].failed):
        owner = column.owner or NO_OWNER
        names = [column.title, column.column, owner, item.dataset_title]
        sheet.line([item.id, item.clause, column.failed, *names])


def _owners(sheet: Sheet, result: Result) -> None:
    owners = Counter(finding.owner or NO_OWNER for item in result.requirements for finding in item.findings)
    if not owners:
        return
    sheet.skip()
    sheet.line(["按责任单位（按列出的不符合项计）"], "section")
    sheet.line([None, None, "不符合项", "责任单位"], "head")
    for owner, count in sorted(owners.items(), key=lambda pair: (-pair[1], pair[0])):
        sheet.line([None, None, count, owner])
