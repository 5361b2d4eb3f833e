"""`guiju import`: filled self-assessments read into claims, or given back with what has to be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from guiju.content import Pack, find_packs
from guiju.errors import InputError, Place
from guiju_tools.assessment.claims_file import claims_name, write_claims
from guiju_tools.assessment.evidence import Files, read_files
from guiju_tools.assessment.foreign import FormMapping, read_form_mapping
from guiju_tools.assessment.grid import SUFFIXES
from guiju_tools.assessment.problems import LEVEL_WORDS
from guiju_tools.assessment.reading import ReadFile, read_file, read_foreign
from guiju_tools.whole_file import put

OUT = Path("自评")
_SHOWN = 20
_OURS = ("退回-", "核对-", "自评汇总", "~$", ".")


def import_(
    forms: Annotated[list[Path], typer.Argument(help="填好的自评表，可以有多个；也可以是放自评表的文件夹")],
    evidence: Annotated[Path | None, typer.Option(help="佐证材料：一个 .zip，或者一个文件夹")] = None,
    form_mapping: Annotated[
        Path | None, typer.Option(help="不是本程序写出的自评表：怎样对应到要求（.yaml）")
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="另写自评汇总：各地并排，按区划代码排列")
    ] = False,
    out: Annotated[Path, typer.Option(help="自评结论写到哪个文件夹")] = OUT,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """读入填好的自评表，写出自评结论；有要改的，退回一份标明问题的表。"""
    mapping = read_form_mapping(form_mapping) if form_mapping else None
    means = _Means(find_packs(pack), read_files(evidence), mapping)
    paths = list(_paths(forms))
    read = [item for path in paths if (item := _read(path, means, alone=len(paths) == 1))]
    for item in read:
        _tell(item)
        if item.problems:
            _give_back(item, out)
    usable = [item for item in read if item.usable]
    _refuse_twice(usable)
    for item in usable:
        for form in item.forms:
            path, changes = write_claims(form.claims, out)
            typer.echo(f"自评结论：{path}{_changes(changes)}")
    if summary and usable:
        _summarise(usable, out)
    if len(usable) < len(paths):
        raise typer.Exit(2)


def _paths(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if not path.is_dir():
            yield path
            continue
        found = [item for item in sorted(path.rglob("*")) if item.suffix.lower() in SUFFIXES]
        found = [item for item in found if item.is_file() and not item.name.startswith(_OURS)]
        if not found:
            raise InputError(
                "GJ-I430", "文件夹里没有自评表", place=Place(str(path)), hint="请放入填好的 .xlsx"
            )
        yield from found


@dataclass(frozen=True, slots=True)
class _Means:
    packs: Sequence[Pack]
    files: Files
    mapping: FormMapping | None


def _read(path: Path, means: _Means, *, alone: bool) -> ReadFile | None:
    """One file as read; among several, one that cannot be used is told and the others are read."""
    try:
        if means.mapping is not None:
            return read_foreign(path, means.packs, means.files, means.mapping)
        return read_file(path, means.packs, means.files)
    except InputError as error:
        if alone:
            raise
        typer.echo(str(error), err=True)
        return None


def _refuse_twice(read: Sequence[ReadFile]) -> None:
    """Two forms for one standard, region and period would overwrite each other."""
    seen: dict[str, Path] = {}
    for item in read:
        for form in item.forms:
            name = claims_name(form.claims)
            if seen.setdefault(name, item.path) != item.path:
                raise InputError(
                    "GJ-I431",
                    "两份自评表的标准、区划代码和期次都相同",
                    place=Place(f"{seen[name]}、{item.path}"),
                    hint="请只留一份，或者改正封面上的区划代码、期次",
                )


def _tell(read: ReadFile) -> None:
    lines = sum(len(form.typed) for form in read.forms)
    mend = sum(item.level == "mend" for item in read.problems)
    typer.echo(f"{read.path.name}：{lines}行，须改正{mend}处，请核对{len(read.problems) - mend}处")
    for item in read.problems[:_SHOWN]:
        typer.echo(f"  {LEVEL_WORDS[item.level]} {item.sentence}")
    if len(read.problems) > _SHOWN:
        typer.echo(f"  其余{len(read.problems) - _SHOWN}处见标明问题的表")


def _give_back(read: ReadFile, out: Path) -> None:
    from guiju_tools.assessment.returned import returned_book, returned_name  # noqa: PLC0415 - openpyxl is slow

    typer.echo(f"  标明问题的表：{_written(out / returned_name(read), returned_book(read))}")


def _summarise(read: Sequence[ReadFile], out: Path) -> None:
    from guiju_tools.assessment.summary_book import NAME, Handed, summary_book  # noqa: PLC0415 - as above

    handed = [Handed(form.form, form.claims, len(item.problems)) for item in read for form in item.forms]
    typer.echo(f"自评汇总：{_written(out / NAME, summary_book(handed))}")


def _written(path: Path, content: bytes) -> Path:
    try:
        return put(path, content)
    except OSError as error:
        raise InputError(
            "GJ-I429",
            "文件写不进这个文件夹",
            place=Place(str(path)),
            cause=error.strerror or str(error),
            hint="请关闭正打开着它的程序，或用 --out 换一个文件夹",
        ) from error


def _changes(changes: tuple[str, ...] | None) -> str:
    if changes is None:
        return ""
    if not changes:
        return "（与上次相同，没有改动）"
    return "，与上次相比：\n" + "\n".join(f"  {line}" for line in changes)
