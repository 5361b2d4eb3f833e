"""Three texts of each cell: what was exported, what came back, what the files say now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guiju_tools.drafting import headings as h
from guiju_tools.drafting.headings import Cells, Tables
from guiju_tools.drafting.read_book import Line
from guiju_tools.drafting.sheets import SheetForm
from guiju_tools.drafting.tables import JOINT


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that only the workbook changed."""

    sheet: str
    key: str
    heading: str
    old: str
    new: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One cell that both sides changed, differently; without `heading` a row that one side deleted."""

    sheet: str
    key: str
    heading: str
    base: str
    book: str
    files: str
    at: str


@dataclass(slots=True)
class Comparison:
    """What a workbook changes: cells, new rows, rows left out, and what must be decided first."""

    changes: list[Change] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def group_of(heading: str) -> str:
    """Headings that only make sense together belong to one group: a check, a source with its place."""
    if heading in h.CHECK_HEADINGS:
        return h.WAY
    digits = "".join(letter for letter in heading if letter.isdecimal())
    return h.DOCUMENT.format(digits) if digits and heading in h.source_headings(int(digits)) else heading


def compare(form: SheetForm, base: Tables, files: Tables, lines: Sequence[Line], found: Comparison) -> None:
    """Compare one sheet; what is found is added to `found`."""
    before, now = base.get(form.name, {}), files[form.name]
    seen: dict[str, Line] = {}
    for line in lines:
        key = key_of(form, line.cells)
        if key and key in seen:
            found.faults.append(f"{line.at(form.keys[0])}：“{key}”与第{seen[key].number}行相同，请改回原来的")
        elif key in before:
            seen[key] = line
        else:
            _new_row(form, line, key, now, found)
            seen |= {key: line} if key else {}
    for key, line in seen.items():
        if key in before:
            _row(form, key, line, (before[key], now.get(key)), found)
        elif key in now:
            _row(form, key, line, ({}, now[key]), found)
    for key in before:
        if key not in seen and key in now:
            _left_out(form, key, before[key], now[key], found)


def key_of(form: SheetForm, cells: Cells) -> str:
    """The key of a row; empty where one part of it is."""
    parts = [cells.get(heading, "") for heading in form.keys]
    return JOINT.join(parts) if all(parts) else ""


def _new_row(form: SheetForm, line: Line, key: str, now: Mapping[str, Cells], found: Comparison) -> None:
    if form.name == h.REQUIREMENTS:
        if key:
            found.faults.append(
                f"{line.at(h.ID)}：标识“{key}”不是导出时的，标识由程序取；"
                "新的要求请空着标识，改动了的请改回原来的标识"
            )
        else:
            found.added.append(line)
    elif not key:
        missing = next(heading for heading in form.keys if not line.cells.get(heading))
        found.faults.append(f"{line.at(missing)}：没有写{missing}")
    elif key not in now:
        found.added.append(line)


def _row(form: SheetForm, key: str, line: Line, sides: tuple[Cells, Cells | None], found: Comparison) -> None:
    before, now = sides
    edited = {one for one in {*before, *line.cells} if not _same(before, line.cells, one)}
    if now is None:
        if edited:
            found.conflicts.append(Conflict(form.name, key, "", "", "改了", "已经删去", line.at()))
        return
    for group in dict.fromkeys(map(group_of, _ordered(form, edited))):
        members = [one for one in _ordered(form, {*before, *line.cells, *now}) if group_of(one) == group]
        theirs = [one for one in members if not _same(before, line.cells, one)]
        ours = [one for one in members if not _same(before, now, one)]
        apart = [one for one in members if not _same(now, line.cells, one)]
        for one in apart if theirs else ():
            told = (before.get(one, ""), line.cells.get(one, ""), now.get(one, ""))
            if ours:
                found.conflicts.append(Conflict(form.name, key, one, *told, line.at(one)))
            else:
                found.changes.append(Change(form.name, key, one, told[2], told[1], line.at(one)))


def _left_out(form: SheetForm, key: str, before: Cells, now: Cells, found: Comparison) -> None:
    found.gone.append((form.name, key))
    if any(not _same(before, now, one) for one in {*before, *now}):
        found.conflicts.append(Conflict(form.name, key, "", "", "删去了这一行", "改了", f"“{form.name}”页"))


def _same(one: Cells, other: Cells, heading: str) -> bool:
    return plain(one.get(heading, "")) == plain(other.get(heading, ""))


def plain(text: str) -> str:
    """A text as a workbook gives it back: without blanks at its ends."""
    return text.replace("\r\n", "\n").strip()


def _ordered(form: SheetForm, headings: set[str]) -> Iterator[str]:
    yield from (column.heading for column in form.columns if column.heading in headings)
