"""The words of drafting: ways of examining, sheets, columns, and what their cells may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guiju.standard.model import BASIS_WORDS, MARK_WORDS, MODALITY_WORDS

Cells = Mapping[str, str]
"""One row: texts by heading; what is not there is blank."""
Sheet = Mapping[str, Cells]
"""One sheet: rows by key."""
Tables = Mapping[str, Sheet]
"""A standard as sheets: what goes out, what comes back, and what is compared."""

REQUIREMENTS, CLAUSES, DOCUMENTS, PARAMETERS, CODES = "要求", "章条", "参考文献", "参数", "代码表"

PRESENCE, CODE, FORM, UNIQUE = "必填", "取值在代码表内", "写法正确", "不重复"
NOT_AFTER, NOT_BEFORE, MEETS, SHARE = "不晚于", "不早于", "达到条件", "比例不低于"
SAME, COVERED, ORDER = "与目录一致", "每条都有着落", "先后次序"
EXAMINED, DECLARED, EXPERT = "现场查看", "自行声明", "专家编写"

WAY, DATASET, FIELDS, OTHER, AGAINST = "核验方式", "数据集", "数据元", "对照数据集", "对照"
COMPARED, REACHED, WHEN, DECIDABLE = "比较", "达到的条件", "适用条件", "可比条件"
TIES, MISSING, QUESTION, METHOD = "时间相同", "缺少时间", "问题", "查看方法"
CHECK_HEADINGS = (
    *(WAY, DATASET, FIELDS, OTHER, AGAINST, COMPARED),
    *(REACHED, WHEN, DECIDABLE, TIES, MISSING, QUESTION, METHOD),
)

ID, CLAUSE, MODALITY, TEXT, BASIS, KEY = "标识", "条款", "应宜可", "要求", "依据", "关键"
NAME, REMEDY, TOLERANCE, UNDECIDED = "英文短名", "整改建议", "允许偏差", "允许无法判定"
DOCUMENT, AT, MARK = "来源{}", "来源{}的位置", "来源{}核对"

YES, NO = "是", "否"
TIE_WORDS: Mapping[str, str] = {"allowed": "允许", "refused": "不允许"}
MISSING_WORDS: Mapping[str, str] = {"skip": "略过", "undecided": "无法判定", "refused": "不符合"}
KIND_WORDS: Mapping[str, str] = {
    "directed": "有方向，地方只可收紧",
    "fixed": "固定",
    "profile-sets": "由地方设定",
}
TYPE_WORDS: Mapping[str, str] = {"integer": "整数", "number": "数", "text": "文字"}
TIGHTER_WORDS: Mapping[str, str] = {"lower": "越小越严", "higher": "越大越严"}
GROUP_WORDS: Mapping[str, str] = {"references": "规范性引用文件", "bibliography": "参考文献"}
MODALITIES, BASES, MARKS = MODALITY_WORDS, BASIS_WORDS, MARK_WORDS


@dataclass(frozen=True, slots=True)
class Way:
    """A way of examining: what it takes, what it may take besides, and what it says in a sentence."""

    needs: tuple[str, ...]
    takes: tuple[str, ...]
    said: str


_ROW = (DATASET, FIELDS)
WAYS: Mapping[str, Way] = {
    PRESENCE: Way(_ROW, (WHEN,), "所列数据元都填了"),
    CODE: Way(_ROW, (WHEN,), "所列数据元的值都在代码表内"),
    FORM: Way(_ROW, (WHEN,), "所列数据元的写法都合规定（日期、数、位数、格式）"),
    UNIQUE: Way(_ROW, (WHEN,), "所列数据元合起来，没有两条记录相同"),
    NOT_AFTER: Way(
        (*_ROW, AGAINST), (WHEN, DECIDABLE), "数据元的日期、时间或数，不晚于（不大于）对照的数据元或参数"
    ),
    NOT_BEFORE: Way(
        (*_ROW, AGAINST), (WHEN, DECIDABLE), "数据元的日期、时间或数，不早于（不小于）对照的数据元或参数"
    ),
    MEETS: Way((DATASET, REACHED), (WHEN, DECIDABLE), "每条适用的记录都达到所写的条件"),
    SHARE: Way(
        (DATASET, REACHED, AGAINST), (WHEN,), "适用的记录中，达到条件的占多大比例；“对照”写比例或参数"
    ),
    SAME: Way((*_ROW, OTHER), (AGAINST, COMPARED, WHEN), "在对照数据集中找得到；写了“比较”的，还要逐项一致"),
    COVERED: Way((*_ROW, OTHER), (AGAINST, WHEN), "每条记录在对照数据集中都有对应的记录"),
    ORDER: Way((*_ROW, TIES, MISSING), (WHEN,), "所列日期或时间按先后排列"),
    EXAMINED: Way((QUESTION,), (METHOD,), "由人到现场或者查档案"),
    DECLARED: Way((QUESTION,), (), "由单位自评回答"),
}
"""Every way that a drafter chooses, in the order of the lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell or one answer: its heading and what to do."""

    heading: str
    said: str


Data = dict[str, Any]
"""A piece of YAML as plain data."""


def turned(words: Mapping[str, str]) -> dict[str, str]:
    """From the words back to what they stand for."""
    return {word: name for name, word in words.items()}


def source_headings(number: int) -> tuple[str, str, str]:
    """The three columns of the source with that number, from 1."""
    return DOCUMENT.format(number), AT.format(number), MARK.format(number)
