"""What each sheet of the workbook holds: columns, widths, choices, and how a row is told from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guiju_tools.drafting import headings as h

NUMBER, TITLE, WORDS = "条款", "标题", "文字"
PAPER, PAPER_TITLE, GROUP, PAPER_MARK = "文件", "名称", "类别", "核对"
PARAMETER, PARAMETER_TITLE, TYPE, KIND = "标识", "名称", "类型", "性质"
VALUE, UNIT, TIGHTER = "值", "单位", "收紧"
LIST, CODE, LABEL, DESCRIPTION = "代码表", "代码", "名称", "说明"
FROM, UNTIL, INSTEAD, OWNER, ORIGIN = "生效日期", "失效日期", "改用代码", "归口", "来源"
CODE_COLUMNS: Mapping[str, str] = {
    CODE: "code",
    LABEL: "label",
    DESCRIPTION: "description",
    FROM: "valid_from",
    UNTIL: "valid_to",
    INSTEAD: "replaced_by",
    OWNER: "owner",
    ORIGIN: "source",
}
"""The columns of a code list's CSV by heading."""
ABOUT, FIELDS, LISTS, BASE = "说明", "数据元查询", "_选项", "_底稿"
TOLD = "核验内容（只供查看）"
FORM = "guiju-draft/1"
SPARE = 500
"""Blank rows below that have the drop-downs, ready for what is new."""

_YES_NO = (h.YES, h.NO)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its width, the words to choose from, whether others are taken too, whether it is locked.

    `listed` names a list of the sheet of choices instead of `words`.
    """

    heading: str
    width: int = 12
    words: tuple[str, ...] = ()
    listed: str = ""
    loose: bool = False
    locked: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class SheetForm:
    """One sheet: its columns, those that make the key, those that stay in view."""

    name: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    frozen: int
    said: str

    def column(self, heading: str) -> Column | None:
        """The column of that heading."""
        return next((column for column in self.columns if column.heading == heading), None)


def forms(sources: int, of_parameters: int = 1) -> tuple[SheetForm, ...]:
    """The sheets in their order, with so many sources for a requirement and for a parameter."""
    return (_requirements(sources), _CLAUSES, _DOCUMENTS, _parameters(of_parameters), _CODES)


def _requirements(sources: int) -> SheetForm:
    columns = (
        Column(h.ID, 9, locked=True),
        Column(h.CLAUSE, 8, listed=h.CLAUSE, loose=True),
        Column(h.MODALITY, 7, tuple(h.MODALITIES.values())),
        Column(h.TEXT, 46),
        Column(h.WAY, 14, (*h.WAYS, h.EXPERT)),
        Column(h.DATASET, 16, listed=h.DATASET),
        Column(h.FIELDS, 26),
        Column(h.OTHER, 16, listed=h.DATASET),
        Column(h.AGAINST, 18, number=True),
        Column(h.COMPARED, 20),
        Column(h.REACHED, 24),
        Column(h.WHEN, 24),
        Column(h.DECIDABLE, 20),
        Column(h.TIES, 9, tuple(h.TIE_WORDS.values())),
        Column(h.MISSING, 9, tuple(h.MISSING_WORDS.values())),
        Column(h.QUESTION, 30),
        Column(h.METHOD, 30),
        Column(TOLD, 36, locked=True),
        Column(h.BASIS, 11, tuple(h.BASES.values())),
        Column(h.KEY, 6, _YES_NO),
        Column(h.REMEDY, 40),
        *(column for number in range(1, sources + 1) for column in _source(number)),
        Column(h.TOLERANCE, 9, number=True),
        Column(h.UNDECIDED, 13, number=True),
        Column(h.NAME, 26),
    )
    return SheetForm(h.REQUIREMENTS, columns, (h.ID,), 4, "一行一条要求")


def _source(number: int) -> tuple[Column, ...]:
    document, at, mark = h.source_headings(number)
    return (
        Column(document, 24, listed=h.DOCUMENTS, loose=True),
        Column(at, 20),
        Column(mark, 11, tuple(h.MARKS.values())),
    )


_CLAUSES = SheetForm(
    h.CLAUSES,
    (Column(NUMBER, 10, locked=True), Column(TITLE, 36), Column(WORDS, 70)),
    (NUMBER,),
    1,
    "章条的编号、标题和不是要求的文字",
)
_DOCUMENTS = SheetForm(
    h.DOCUMENTS,
    (
        Column(PAPER, 34, locked=True),
        Column(PAPER_TITLE, 60),
        Column(GROUP, 16, tuple(h.GROUP_WORDS.values())),
        Column(PAPER_MARK, 12, tuple(h.MARKS.values())),
    ),
    (PAPER,),
    1,
    "规范性引用文件和参考文献；依据是法律、标准、政策的来源都要列在这里",
)
_CODES = SheetForm(
    h.CODES,
    (
        Column(LIST, 20, listed=h.CODES, locked=True),
        Column(CODE, 10, locked=True),
        Column(LABEL, 26),
        Column(DESCRIPTION, 36),
        Column(FROM, 12),
        Column(UNTIL, 12),
        Column(INSTEAD, 10),
        Column(OWNER, 20),
        Column(ORIGIN, 40),
    ),
    (LIST, CODE),
    3,
    "本标准用到的代码表，一行一个代码",
)


def _parameters(sources: int) -> SheetForm:
    columns = (
        Column(PARAMETER, 20, locked=True),
        Column(PARAMETER_TITLE, 34),
        Column(TYPE, 8, tuple(h.TYPE_WORDS.values())),
        Column(KIND, 22, tuple(h.KIND_WORDS.values())),
        Column(VALUE, 12, number=True),
        Column(UNIT, 8),
        Column(TIGHTER, 11, tuple(h.TIGHTER_WORDS.values())),
        *(column for number in range(1, sources + 1) for column in _source(number)),
    )
    return SheetForm(h.PARAMETERS, columns, (PARAMETER,), 2, "条文和核验用到的数值")
