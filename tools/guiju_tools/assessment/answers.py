"""One line as typed, read as a claim: the answer's word, the score's number, the names of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from guiju.export import kind_of_values, normal_text
from guiju.result.claims import ANSWER_TITLES, Answer, Evidence
from guiju.standard.assessment import Line
from guiju_tools.assessment.layout import ANSWER, EVIDENCE, NOTE, OPINION, SCORE
from guiju_tools.assessment.problems import Level, Problem

_ANSWERS: dict[str, Answer] = {title: answer for answer, title in ANSWER_TITLES.items() if answer}
_NOT_APPLICABLE = frozenset({"不涉及", "不适用项", "无此项", "无此情形", "无关"})
_NOTHING = frozenset({"", "/", "-", "—", "——", "－", "无", "不涉及", "不适用", "\\"})
_SEE_PICTURE = frozenset({"见图", "见图片", "见附图", "附图", "如图", "图片"})
_SCORE = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,2})?)\s*分?")
_LONG = re.compile(r"[+-]?[0-9]{1,3}\.[0-9]{3,}")
_BETWEEN_FILES = re.compile(r"[、；;\n\r，]+")
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the cells of one line: texts as shown; `row` and the columns say where.

    `pictures` stand in the row itself; `uncalculated`: the row has a formula of which no value is stored.
    """

    line: Line
    sheet: str
    row: int
    answer: str
    score: str
    evidence: str
    note: str
    opinion: str
    columns: tuple[int, int, int, int, int] = (ANSWER, SCORE, EVIDENCE, NOTE, OPINION)
    pictures: tuple[Evidence, ...] = ()
    uncalculated: bool = False

    def problem(self, code: str, level: Level, cell: int, text: str, hint: str) -> Problem:
        """A problem of one of the five cells (0 the answer, 1 the score …)."""
        return Problem(code, level, self.sheet, self.row, self.columns[cell], text, hint)


@dataclass(frozen=True, slots=True)
class Understood:
    """The same as read: `score` a decimal text or empty, `files` the names of evidence in order."""

    answer: Answer
    score: str
    files: tuple[str, ...]


def understand(typed: Typed, *, scored: bool = True) -> tuple[Understood, list[Problem]]:
    """Read one line, and tell what is wrong or doubtful in it.

    Without `scored` the score is not read: a form of others has points of its own.
    """
    problems: list[Problem] = []
    answer = _answer(typed, problems, scored=scored)
    score = _score(typed, answer, problems) if scored else ""
    files = tuple(
        dict.fromkeys(part.strip() for part in _BETWEEN_FILES.split(typed.evidence) if part.strip())
    )
    left_out = _NOTHING | _SEE_PICTURE if typed.pictures else _NOTHING
    files = tuple(name for name in files if name not in left_out)
    problems += _doubts(typed, Understood(answer, score, files))
    return Understood(answer, score, files), problems


def _answer(typed: Typed, problems: list[Problem], *, scored: bool) -> Answer:
    text = normal_text(typed.answer).replace(" ", "")
    words = "、".join(_ANSWERS)
    if text in _ANSWERS:
        return _ANSWERS[text]
    if text in _NOT_APPLICABLE:
        problems.append(
            typed.problem("GJ-D501", "ask", 0, f"“{typed.answer}”理解为“不适用”", "不是这个意思的请改正")
        )
        return "not-applicable"
    if text:
        problems.append(
            typed.problem("GJ-D502", "mend", 0, f"自评结论“{typed.answer}”不在四种之内", f"请从{words}中选")
        )
    elif typed.line.role == "requirement" and typed.uncalculated and not scored:
        problems.append(_not_calculated(typed, 0))
    elif typed.line.role == "requirement":
        problems.append(typed.problem("GJ-D503", "mend", 0, "没有选自评结论", f"请从{words}中选"))
    return ""


def _not_calculated(typed: Typed, cell: int) -> Problem:
    hint = "请用 WPS 或者 Excel 打开，保存后再交；或者直接填写"
    return typed.problem("GJ-D527", "mend", cell, "这一格是公式，文件里没有算出的值", hint)


def _score(typed: Typed, answer: Answer, problems: list[Problem]) -> str:
    text = normal_text(typed.score)
    low, high = typed.line.bounds
    if text in _NOTHING or answer == "not-applicable":
        _blank_score(typed, answer, text, problems)
        return ""
    found = _SCORE.fullmatch(text)
    if found is None:
        text = f"自评得分“{typed.score}”" + ("有错误值" if _ERROR.search(text) else "不是数字")
        if _LONG.fullmatch(normal_text(typed.score)):
            text = f"自评得分“{typed.score}”的小数多于两位"
        problems.append(typed.problem("GJ-D504", "mend", 1, text, f"请填{low}至{high}之间的数，至多两位小数"))
        return ""
    value = Decimal(found[1])
    if not low <= value <= high:
        text = f"自评得分{value}超出范围"
        problems.append(typed.problem("GJ-D505", "mend", 1, text, f"应在{low}至{high}之间"))
        return ""
    return f"{value.normalize():f}" if value else "0"


def _blank_score(typed: Typed, answer: Answer, text: str, problems: list[Problem]) -> None:
    if answer == "not-applicable":
        if text not in _NOTHING and text != "0":
            told = f"选了“不适用”，又填了得分“{typed.score}”"
            problems.append(typed.problem("GJ-D506", "ask", 1, told, "不适用的不计得分；适用的请改结论"))
    elif typed.uncalculated:
        problems.append(_not_calculated(typed, 1))
    elif typed.line.role == "requirement" and answer and Decimal(typed.line.points):
        problems.append(
            typed.problem("GJ-D507", "mend", 1, "没有填自评得分", f"请填0至{typed.line.points}之间的数")
        )


def _doubts(typed: Typed, read: Understood) -> Iterator[Problem]:
    """Answers that do not go with their score or evidence, and texts that should not be there."""
    line = typed.line
    if line.evidence and read.answer in ("met", "partly") and not read.files and not typed.pictures:
        told = "没有写佐证材料"
        yield typed.problem("GJ-D508", "mend", 2, told, f"请写文件名：{'、'.join(line.evidence)}")
    if read.score and line.role == "requirement" and Decimal(line.points):
        score, most = Decimal(read.score), Decimal(line.points)
        if read.answer == "met" and score < most:
            yield typed.problem("GJ-D509", "ask", 1, f"选了“符合”，得分{score}却不是满分", "请核对结论和得分")
        if read.answer == "not-met" and score > 0:
            yield typed.problem("GJ-D509", "ask", 1, f"选了“不符合”，得分却是{score}", "请核对结论和得分")
    for cell, text in ((2, typed.evidence), (3, typed.note), (4, typed.opinion)):
        kind = kind_of_values([text]) if text else ""
        if kind:
            yield typed.problem("GJ-D510", "mend", cell, f"像是有{kind}", "自评表中不写个人信息，请去掉")
