"""自评对照: every requirement with what was claimed and what was measured, those at odds first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from guiju.result import RequirementResult, Result
from guiju.result.claims import AGREEMENT_TITLES
from guiju.result.model import ClaimBeside, ClaimsUse
from guiju_tools.report import words
from guiju_tools.report.cells import Sheet, Value
from guiju_tools.report.claims_matrix import matrix

HEAD = (
    "要求编号",
    "条款",
    "能愿动词",
    "要求原文",
    "自评结论",
    "自评得分",
    "分值",
    "佐证材料",
    "实测结论",
    "理由",
    "对照",
)
_ORDER = ("claimed-more", "claimed-less", "scope-differs", "unproven", "nothing-beside", "agrees")
NO_CLAIM = "没有自评"


def write_claims(sheet: Sheet, result: Result) -> None:
    """Whose self-assessment, how often each agreement, and then the lines."""
    sheet.widths(11, 9, 9, 44, 11, 11, 11, 17, 18, 36, 22)
    for one in result.claims:
        version = f"第{one.form_version}版" if one.form_version else ""
        told = (
            f"{one.organisation} {one.period}　{one.form}{version}：{one.lines}条要求中回答{one.answered}条"
        )
        points = (
            f"，应得{one.base}分，自评{one.got}分{_share(one)}（自己评定，不是核验结论）" if one.base else ""
        )
        sheet.line([f"{told}{points}"], "soft")
    paired = [(item, item.claim) for item in result.requirements if item.claim]
    counts = Counter(claim.agreement for _, claim in paired)
    shown = "，".join(f"{AGREEMENT_TITLES[word]}{counts[word]}条" for word in _ORDER if counts[word])
    sheet.line([shown or NO_CLAIM], "soft")
    _matrix(sheet, paired)
    sheet.sheet.repeat_rows(sheet.row)
    sheet.line(HEAD, "head")
    sheet.sheet.freeze_panes(sheet.row, 2)
    sheet.sheet.autofilter(sheet.row - 1, 0, sheet.row - 1 + len(paired), len(HEAD) - 1)
    for item, claim in sorted(paired, key=lambda pair: _ORDER.index(pair[1].agreement)):
        sheet.line(_line(item, claim))


def _share(one: ClaimsUse) -> str:
    weighted = "，按各章权重折算" if one.weighted else ""
    line = f"，表中规定的合格线是{words.per_cent(one.pass_share)}" if one.pass_share else ""
    return (f"，得分率{one.share}%{weighted}" if one.share else "") + line


def _matrix(sheet: Sheet, paired: Sequence[tuple[RequirementResult, ClaimBeside]]) -> None:
    told = matrix((claim.answer, item.outcome) for item, claim in paired if item.method not in words.BY_CLAIM)
    blank: list[Value] = [None] * 3
    sheet.line(
        [*blank, "从数据看得出来的各条：自评与实测的条数", *(f"实测{title}" for title in told.columns)],
        "label",
    )
    for title, counts in told.rows:
        sheet.line([*blank, f"自评{title}", *counts])


def _line(item: RequirementResult, claim: ClaimBeside) -> list[str]:
    by_claim = "凭自评：" if item.method in words.BY_CLAIM else ""
    return [
        item.id,
        item.clause,
        words.MODALITY[item.modality],
        item.text,
        words.ANSWERS[claim.answer],  # type: ignore[index]  # a word of the published form
        claim.score,
        claim.points,
        f"写出{claim.evidence}份，找到{claim.found}份" if claim.evidence else "无",
        f"{by_claim}{words.outcome_of(item)}",
        item.reason,
        AGREEMENT_TITLES[claim.agreement],
    ]
