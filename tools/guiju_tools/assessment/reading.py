"""A filled form read whole: claims where it can be used, and everything that is wrong or doubtful in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guiju.content import Pack
from guiju.errors import InputError, Place
from guiju.export import digest
from guiju.result.claims import Claim, Claims, ClaimsInput
from guiju.standard.assessment import Form, Line, read_form
from guiju.standard.load import load
from guiju_tools.assessment.answers import Typed, understand
from guiju_tools.assessment.evidence import Files, doubtful_pictures, evidence_of, pictured, unnamed
from guiju_tools.assessment.foreign import ForeignLine, FormMapping, answer_of, foreign_lines, matched
from guiju_tools.assessment.grid import Grid, read_grids
from guiju_tools.assessment.own_form import Cover, Identity, cover, identities
from guiju_tools.assessment.own_lines import typed_lines
from guiju_tools.assessment.pictures import has_pictures
from guiju_tools.assessment.problems import Problem


@dataclass(frozen=True, slots=True)
class Read:
    """One form as read; its claims may be used where nothing has to be mended."""

    form: Form
    sheet: str
    old: bool
    typed: tuple[Typed, ...]
    claims: Claims


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as read: the forms in it, the problems in the order of sheets and rows, how many pictures."""

    path: Path
    forms: tuple[Read, ...]
    problems: tuple[Problem, ...]
    pictures: int = 0

    @property
    def usable(self) -> bool:
        """Whether nothing has to be mended."""
        return not any(item.level == "mend" for item in self.problems)


def read_file(path: Path, packs: Sequence[Pack], files: Files) -> ReadFile:
    """Read one workbook of ours.

    Raises:
        InputError: GJ-I426 when it is none of our forms; what `read_grids` raises.
    """
    grids = read_grids(path)
    known = identities(grids)
    if not known:
        raise InputError(
            "GJ-I426",
            "这不是本程序写出的自评表",
            place=Place(str(path)),
            cause="里面没有表的标识",
            hint="请用 guiju template <标准> --self-assessment 写出的表填报，另存时保留所有工作表；"
            "别的自评表请用 --form-mapping 说明怎样对应",
        )
    front, problems = cover(grids)
    forms: list[Read] = []
    named: list[str] = []
    for item in known:
        read, more = _read(item, grids, (packs, front, files, path))
        forms.append(read)
        problems += more
        named += [one.name for claim in read.claims.claims for one in claim.evidence]
    problems += [*unnamed(files, named), *_old_pictures(path)]
    order = {grid.name: number for number, grid in enumerate(grids)}
    problems.sort(key=lambda one: (order.get(one.sheet, -1), one.row, one.column, one.code))
    return ReadFile(path, tuple(forms), tuple(problems), _count(grids))


_Around = tuple[Sequence[Pack], Cover, Files, Path]


def _read(known: Identity, grids: Sequence[Grid], around: _Around) -> tuple[Read, list[Problem]]:
    packs, front, files, path = around
    form = read_form(packs, load(packs, known.standard))
    old = form.digest != known.digest
    typed, problems = typed_lines(grids, known, form)
    if old:
        problems = [_outdated(known, form), *(replace(item, level="ask") for item in problems)]
    claims: list[Claim] = []
    for line in typed:
        claim, more = _claim(line, files)
        claims.append(claim)
        problems += more
    told = Claims(
        form.standard,
        known.standard_version,
        known.version,
        known.digest,
        front.region,
        front.organisation,
        front.period,
        front.signed,
        (ClaimsInput(path.name, digest(path)),),
        tuple(claims),
    )
    return Read(form, known.sheet, old, tuple(typed), told), problems


def _claim(typed: Typed, files: Files) -> tuple[Claim, list[Problem]]:
    read, problems = understand(typed)
    evidence, more = evidence_of(typed, read, files)
    place = f"{typed.sheet}!{typed.row}"
    claim = Claim(typed.line.id, place, read.answer, read.score, evidence, typed.note, typed.opinion)
    return claim, problems + more


def _outdated(known: Identity, form: Form) -> Problem:
    text = (
        f"所用的表（第{known.version}版，依据 {known.standard_version}）不是现行的"
        f"（第{form.version}版，依据 {form.standard_version}）"
    )
    hint = "退回的是现行的表，内容没有变的行已经照抄过去，请补填其余各行"
    return Problem("GJ-D519", "mend", known.sheet, 0, 0, text, hint)


def read_foreign(path: Path, packs: Sequence[Pack], files: Files, mapping: FormMapping) -> ReadFile:
    """Read one form of others; its scores stay in the notes, for its points are not ours.

    Raises:
        InputError: GJ-I441 no sheet has headings of a self-assessment; what `read_grids` raises.
    """
    grids = read_grids(path)
    form = read_form(packs, load(packs, mapping.standard))
    lines = foreign_lines(grids, mapping)
    if not lines:
        raise InputError(
            "GJ-I441",
            "没有找到自评表的标题行",
            place=Place(str(path)),
            cause="前十五行中，没有一行同时有评价内容和结论（或者得分）",
            hint="请在对应表的 columns 中写明各栏的列名",
        )
    pairs, problems = matched(lines, form, mapping)
    typed: list[Typed] = []
    claims: list[Claim] = []
    by_name = {grid.name: grid for grid in grids}
    for one, line in pairs:
        item = _as_typed(one, line, by_name[one.sheet])
        read, more = understand(item, scored=False)
        evidence, doubts = evidence_of(item, read, files, named=False)
        typed.append(item)
        claims.append(
            Claim(
                line.id, f"{one.sheet}!{one.row}", read.answer, "", evidence, _note(one, item), item.opinion
            )
        )
        problems += more + doubts
    told = Claims(
        form.standard,
        form.standard_version,
        "",
        "",
        mapping.region,
        mapping.organisation,
        mapping.period,
        (),
        (ClaimsInput(path.name, digest(path)),),
        tuple(claims),
    )
    problems += [*_left_out(form, claims), *_unsure(grids, lines), *_old_pictures(path)]
    whole = Read(form, "", old=False, typed=tuple(typed), claims=told)
    return ReadFile(path, (whole,), tuple(problems), _count(grids))


def _count(grids: Sequence[Grid]) -> int:
    return sum(len(grid.pictures) for grid in grids)


def _unsure(grids: Sequence[Grid], lines: Sequence[ForeignLine]) -> Iterator[Problem]:
    """Pictures that are in no line, and lines that were read although their rows are hidden."""
    for grid in grids:
        rows = {one.row for one in lines if one.sheet == grid.name}
        if not rows:
            continue
        yield from doubtful_pictures(grid, rows)
        out = sorted(row for row in rows if any(first <= row <= last for first, last in grid.hidden))
        if out:
            text = f"第{'、'.join(map(str, out[:8]))}{'等' if len(out) > 8 else ''}行是隐藏的，也读了"  # noqa: PLR2004 - so many are shown
            yield Problem("GJ-D523", "ask", grid.name, out[0], 1, text, "不要的请删去，要的请取消隐藏")


def _old_pictures(path: Path) -> list[Problem]:
    if not has_pictures(path):
        return []
    text = "表里有图片；.xls 里的图片认不出在哪一格，没有算作佐证"
    return [Problem("GJ-D526", "ask", "", 0, 0, text, "请另存为 .xlsx 再交，或者把图片另存成文件")]


def _as_typed(one: ForeignLine, line: Line, grid: Grid) -> Typed:
    answer, score = answer_of(one)
    evidence, note, opinion = (one.texts.get(role, "") for role in ("evidence", "note", "opinion"))
    fallback = one.columns["content"]
    places = [one.columns.get(role, fallback) for role in ("answer", "score", "evidence", "note", "opinion")]
    columns = (places[0], places[1], places[2], places[3], places[4])
    shown, left = pictured(grid, one.row, line.clause), one.row in grid.uncalculated
    return Typed(line, one.sheet, one.row, answer, score, evidence, note, opinion, columns, shown, left)


def _note(one: ForeignLine, typed: Typed) -> str:
    if not typed.score:
        return typed.note
    told = f"原表得分{typed.score}" + (f"（满分{one.points}）" if one.points else "")
    return f"{told}；{typed.note}" if typed.note else told


def _left_out(form: Form, claims: Sequence[Claim]) -> list[Problem]:
    """The requirements that the form does not speak of: they stay without a claim."""
    had = {item.line for item in claims}
    left = [line.id for line in form.lines if line.role == "requirement" and line.id not in had]
    if not left:
        return []
    shown = "、".join(left[:8]) + ("等" if len(left) > 8 else "")  # noqa: PLR2004 - so many are shown
    text = f"有{len(left)}条要求在表中没有对应的行：{shown}"
    return [Problem("GJ-D522", "ask", "", 0, 0, text, "这些要求按没有自评处理")]
