"""A returned workbook taken over: compared three ways, tried on a stage, and written all or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guiju.content import Pack
from guiju.errors import GuijuError, InputError, Place
from guiju.standard.load import load_from
from guiju_tools.drafting import headings as h
from guiju_tools.drafting import sheets as s
from guiju_tools.drafting.adding import settled
from guiju_tools.drafting.applying import Applied, Applying
from guiju_tools.drafting.choices import read_check
from guiju_tools.drafting.chosen import cells_of
from guiju_tools.drafting.headings import Tables
from guiju_tools.drafting.lexicon import Lexicon
from guiju_tools.drafting.read_book import Line, Returned, read_book
from guiju_tools.drafting.stage import staged
from guiju_tools.drafting.tables import tables_of
from guiju_tools.drafting.three_way import Change, Comparison, Conflict, compare

BOOK, FILES = "book", "files"
_RENEW = "；核验方式改了，示例也要跟着改，加 --renew-examples 由程序重新生成"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a workbook is taken over.

    Attributes:
        prefer: `book` or `files` decides conflicts; empty leaves them to people.
        withdraw: keys of rows that may be deleted.
        ask: asked about every other deleted row; None where nobody can be asked.
        reason: why requirements are withdrawn.
        renew: whether examples are made anew where a check changes.
        chapter: the file of a chapter that has none yet.
        dry: whether nothing is written.
    """

    prefer: str = ""
    withdraw: tuple[str, ...] = ()
    ask: Callable[[str], bool] | None = None
    reason: str = "起草组在工作簿中删去"
    renew: bool = False
    chapter: str = ""
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a workbook changed: in words, the files, and what is still to be done."""

    said: tuple[str, ...]
    files: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()


def take_over(pack: Pack, standard_id: str, libraries: Sequence[Pack], path: Path, wanted: Wanted) -> Taken:
    """Take a workbook over.

    Raises:
        InputError: GJ-I473 no such workbook; GJ-I474 another standard's; GJ-I475 cells to be mended, rows to
            be confirmed; GJ-I476 conflicts to be decided; GJ-I471 lint or examples speak against it.
    """
    returned = read_book(path)
    if returned.base.standard_id != standard_id:
        raise InputError(
            "GJ-I474",
            f"这个工作簿是 {returned.base.standard_id} 的，不是 {standard_id} 的",
            place=Place(str(path)),
            hint="请写对标准，或者换一个工作簿",
        )
    standard = load_from(pack, standard_id, (pack, *libraries))
    lexicon = Lexicon(standard)
    files = tables_of(standard, pack)
    found = compared(lexicon, returned, files)
    _decide(found, wanted, path)
    _confirm(found, wanted, files)
    with staged(pack, standard_id, libraries) as stage:
        applying = Applying(stage, lexicon, files, found, returned.base)
        applied = _apply(applying, wanted)
        _refuse(path, [*returned.faults, *found.faults], [])
        if not applied.said:
            return Taken(())
        stale = any(one.heading in h.CHECK_HEADINGS for one in found.changes) and not wanted.renew
        reminders = settled(stage, applied.left, _RENEW if stale else "")
        return Taken(applied.said, tuple(stage.changed() if wanted.dry else stage.save()), reminders)


def compared(lexicon: Lexicon, returned: Returned, files: Tables) -> Comparison:
    """What the workbook changes, sheet by sheet."""
    found = Comparison()
    for form in s.forms(1):
        lines = returned.lines[form.name]
        if form.name == h.REQUIREMENTS:
            lines = tuple(canonical(lexicon, line) for line in lines)
        wide = next(one for one in s.forms(20, 20) if one.name == form.name)
        compare(wide, returned.base.tables, files, lines, found)
    return found


def canonical(lexicon: Lexicon, line: Line) -> Line:
    """A row whose check is written as an export writes it: 95% is 0.95, commas are 、."""
    check, _ = read_check(lexicon, line.cells)
    if check is None:
        return line
    kept = {heading: text for heading, text in line.cells.items() if heading not in h.CHECK_HEADINGS}
    return replace(line, cells={**kept, **cells_of(lexicon, check)})


def _decide(found: Comparison, wanted: Wanted, path: Path) -> None:
    """Conflicts become changes or nothing; without a preference they stay for the final word."""
    rows = [one for one in found.conflicts if not one.heading]
    gone = {(one.sheet, one.key) for one in rows}
    if wanted.prefer == BOOK:
        found.changes += [_change(one) for one in found.conflicts if one.heading]
        lost = [one for one in rows if (one.sheet, one.key) not in found.gone]
        found.faults += [
            f"{one.at}：{one.key} 在文件里已经删去，改不了；要恢复的另写一条新的" for one in lost
        ]
        found.conflicts.clear()
    elif wanted.prefer == FILES:
        found.gone = [key for key in found.gone if key not in gone]
        found.conflicts.clear()
    elif found.conflicts and not found.faults:
        _refuse(path, [], found.conflicts)


def _change(one: Conflict) -> Change:
    return Change(one.sheet, one.key, one.heading, one.files, one.book, one.at)


def _confirm(found: Comparison, wanted: Wanted, files: Tables) -> None:
    """Rows that were deleted: agreed to, asked about, or refused."""
    for sheet, key in list(found.gone):
        if sheet == h.CLAUSES or key in wanted.withdraw:
            continue
        text = files[sheet][key].get(h.TEXT, "")
        if wanted.ask is not None and wanted.ask(
            f"“{sheet}”页少了 {key}{text and f'（{text}）'}，是要删去吗"
        ):
            continue
        found.faults.append(f"“{sheet}”页：少了 {key} 一行；漏了的请补回去，要删去的加 --withdraw “{key}”")
    known = {key for _, key in found.gone}
    for key in wanted.withdraw:
        if key not in known and any(key in rows for rows in files.values()):
            found.faults.append(f"--withdraw {key}：工作簿里还有这一行，请先在工作簿里删去")


def _apply(applying: Applying, wanted: Wanted) -> Applied:
    try:
        return applying.apply(wanted.reason, wanted.chapter, renew=wanted.renew)
    except GuijuError:
        if not applying.found.faults:
            raise
        return Applied((), ())


def _refuse(path: Path, faults: Sequence[str], conflicts: Sequence[Conflict]) -> None:
    if faults:
        raise InputError(
            "GJ-I475",
            f"工作簿有{len(faults)}处要改或要确认；什么都没有写入",
            place=Place(str(path)),
            cause="".join(f"\n    {text}" for text in faults),
            hint="请逐处改好后再导入",
        )
    if conflicts:
        raise InputError(
            "GJ-I476",
            f"有{len(conflicts)}处两边都改了，写的不一样；什么都没有写入",
            place=Place(str(path)),
            cause="".join(f"\n    {_conflict(one)}" for one in conflicts),
            hint="请商定后改成一样；或者用 --prefer book（都以工作簿为准）、--prefer files（都以文件为准）",
        )


def _conflict(one: Conflict) -> str:
    shown: Mapping[str, str] = {"导出时": one.base, "工作簿": one.book, "文件": one.files}
    texts = "；".join(f"{who}：{text or '（空）'}" for who, text in shown.items() if one.heading or text)
    return f"{one.at} {one.key}{' ' if one.heading else ''}{one.heading}｜{texts}"
