"""`guiju import`: filled self-assessments read into claims, or given back with what has to be mended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju_tools.assessment.claims_file import write_claims
from guiju_tools.assessment.evidence import read_files
from guiju_tools.assessment.problems import LEVEL_WORDS
from guiju_tools.assessment.reading import ReadFile, read_file

OUT = Path("自评")
_SHOWN = 20


def import_(
    forms: Annotated[list[Path], typer.Argument(help="填好的自评表，可以有多个")],
    evidence: Annotated[Path | None, typer.Option(help="佐证材料：一个 .zip，或者一个文件夹")] = None,
    out: Annotated[Path, typer.Option(help="自评结论写到哪个文件夹")] = OUT,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """读入填好的自评表，写出自评结论；有要改的，退回一份标明问题的表。"""
    packs, files = find_packs(pack), read_files(evidence)
    read = [read_file(path, packs, files) for path in forms]
    for item in read:
        _tell(item)
        if item.problems:
            _give_back(item, out)
    if not all(item.usable for item in read):
        raise typer.Exit(2)
    for item in read:
        for form in item.forms:
            path, changes = write_claims(form.claims, out)
            typer.echo(f"自评结论：{path}{_changes(changes)}")


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

    path = out / returned_name(read)
    content = returned_book(read)
    part = path.with_name(f".{path.name}.part")
    try:
        out.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(
            "GJ-I429",
            "退回的表写不进这个文件夹",
            place=Place(str(path)),
            cause=error.strerror or str(error),
            hint="请关闭正打开着它的程序，或用 --out 换一个文件夹",
        ) from error
    typer.echo(f"  标明问题的表：{path}")


def _changes(changes: tuple[str, ...] | None) -> str:
    if changes is None:
        return ""
    if not changes:
        return "（与上次相同，没有改动）"
    return "，与上次相比：\n" + "\n".join(f"  {line}" for line in changes)
