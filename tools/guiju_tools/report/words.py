"""The words of reports, the same in the page, the workbook and on the terminal."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from guiju.result.claims import ANSWER_TITLES
from guiju.result.model import OUTCOME_TITLES, Finding, FindingCell, Indicator, RequirementResult

TITLE = "政务服务标准符合性核验报告"
MAKER = "Guiju 规矩"
NOTICE = "含业务数据，不得外传"
DRAFT = "试点用草案，非国家标准"
MODALITY = {"shall": "应", "should": "宜", "may": "可"}
MARK = {"verified": "原文已核", "seen": "二手转述", "recalled": "待核对原文"}
METHOD = {
    "schema": "逐个数据元核验",
    "record": "逐条记录核验",
    "unique": "查重",
    "reference": "引用核验",
    "match": "与另一数据集比对",
    "coverage": "覆盖核验",
    "sequence": "时间先后核验",
    "indicator": "指标计算",
    "declared": "自评",
    "examined": "查阅或现场查看",
}
ANSWERS = ANSWER_TITLES
BY_CLAIM = ("declared", "examined")
FOUND_BY = {
    "mapping": "字段对应表",
    "name": "数据元标识",
    "title": "数据元名称",
    "alias": "别名",
    "comment": "列的注释",
    "constant": "字段对应表中的固定值",
}
STAGE = {
    "00": "预阶段",
    "10": "立项",
    "20": "起草",
    "30": "征求意见",
    "40": "审查",
    "50": "批准",
    "60": "出版",
    "90": "复审",
    "95": "废止",
}
ADVICE_LEGEND = "“宜”“可”的不符合，或者依据待核对原文的要求，只作提示，不影响结论。"
BLANK = "（空白）"
_ENDS = re.compile(r"^[ \u3000\u00a0]+|[ \u3000\u00a0]+$")
_BLANK_NAMES = {" ": "⟨空格⟩", "\u3000": "⟨全角空格⟩", "\u00a0": "⟨不换行空格⟩"}


def outcome_words(outcome: str, modality: str, *, advisory: bool) -> str:
    """The outcome as it is printed: restrained where something is not met."""
    title = OUTCOME_TITLES[outcome]
    if outcome != "failed":
        return title
    return f"{title}（提示）" if advisory or modality != "shall" else f"{title}（请核实）"


def outcome_of(item: RequirementResult) -> str:
    """The printed outcome of a requirement."""
    return outcome_words(item.outcome, item.modality, advisory=item.advisory)


def explained(state: str, rows: int, changes: bool) -> str:
    """What became of an explanation, in words."""
    if state == "expired":
        return "已失效，没有使用"
    if state == "unused":
        return "没有用上"
    effect = "不计入结论" if changes else "只作说明，结论不变"
    return f"说明了{rows}行，{effect}" if rows else "指标的说明，结论不变"


def visible(text: str) -> str:
    """A delivered text with what the eye cannot see named: control marks, blanks at the ends."""
    named = _ENDS.sub(lambda found: "".join(_BLANK_NAMES[char] for char in found[0]), text)
    return "".join(_named(char) for char in named)


def _named(char: str) -> str:
    hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char not in "\n\t"
    return f"⟨U+{ord(char):04X}⟩" if hidden else char


def blamed_cells(finding: Finding) -> tuple[FindingCell, ...]:
    """The cells that are to blame; all of them where none is singled out."""
    return tuple(cell for cell in finding.cells if cell.blamed) or finding.cells


def share_words(indicator: Indicator) -> str:
    """An indicator in one line: exact share, per cent, what is asked."""
    value = f"（{indicator.value}%）" if indicator.value else ""
    share = f"{indicator.numerator}/{indicator.denominator}{value}"
    return f"{share}，要求 {indicator.operator} {indicator.threshold}"


def per_cent(share: str) -> str:
    """A share, a decimal text, in per cent."""
    return f"{(Decimal(share) * 100).normalize():f}%"


def told(text: str, hint: str) -> str:
    """A remark with what to do about it, as one sentence."""
    return visible(f"{text}。{hint}" if hint else text)
