"""`guiju opinions`: forms of opinions read, answers read back, one table of all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.standard.load import load
from guiju.standard.model import Standard
from guiju_tools.cli.advance import day_of
from guiju_tools.cli.registry import DEFAULT
from guiju_tools.opinions.collected import answer as give
from guiju_tools.opinions.collected import collect, counted, lines
from guiju_tools.opinions.reading import Opinion, read_answers, read_opinions
from guiju_tools.opinions.table import write_table
from guiju_tools.registry.adding import user
from guiju_tools.registry.store import open_store

opinions = typer.Typer(
    help="征求意见：读入意见反馈表，写出汇总处理表，读回处理结果。",
    no_args_is_help=True,
    add_completion=False,
)
_Where = Annotated[str, typer.Option("--db", help="登记库：一个文件，或者 postgresql:// 地址")]
_Pack = Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")]


@opinions.callback()
def _opinions() -> None:
    """征求意见：读入意见反馈表，写出汇总处理表，读回处理结果。"""


@opinions.command("import")
def import_(
    standard: Annotated[str, typer.Argument(help="对哪个标准的意见（标识或名称）")],
    files: Annotated[list[Path], typer.Argument(help="意见反馈表（.docx、.xlsx），可以有多个")],
    unit: Annotated[str, typer.Option(help="提出单位；表里写了的不必写")] = "",
    db: _Where = DEFAULT,
    pack: _Pack = None,
) -> None:
    """读入意见反馈表，登记各条意见；同一份读两次不会重复登记。"""
    found = load(find_packs(pack), standard)
    read = [(path, read_opinions(path, unit)) for path in files]
    with open_store(db, make=True) as store:
        for path, one in read:
            new = collect(store, found.id, one.opinions, user())
            known = len(one.opinions) - new
            typer.echo(f"{path.name}：意见 {new} 条，已登记过 {known} 条，没有意见的 {one.silent} 行")
            for strange in _strange(found, one.opinions):
                typer.echo(f"  {strange}")


def _strange(standard: Standard, found: tuple[Opinion, ...]) -> Iterator[str]:
    """Opinions on clauses that the standard does not have."""
    clauses = {item.clause for item in standard.requirements} | {item.number for item in standard.clauses}
    clauses |= {item.id for item in standard.requirements} | {item.number for item in standard.terms}
    for one in found:
        if one.clause[:1].isdigit() and one.clause not in clauses:
            yield f"{one.place}：标准里没有条款 {one.clause}，照录"


@opinions.command("table")
def table(
    standard: Annotated[str, typer.Argument(help="标准的标识或名称")],
    db: _Where = DEFAULT,
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = Path("征求意见"),
    pack: _Pack = None,
) -> None:
    """写出征求意见汇总处理表：.xlsx 供填写处理意见，.docx 供报送。"""
    found = load(find_packs(pack), standard)
    with open_store(db) as store:
        listed = lines(store, found.id)
    try:
        book, paper = write_table(out, found.title, listed)
    except OSError as error:
        raise InputError(
            "GJ-I574",
            "汇总处理表写不出来",
            place=Place(str(out)),
            cause=str(error),
            hint="请检查文件是否正被打开",
        ) from error
    typer.echo(counted(listed))
    typer.echo(f"已写出：{book}、{paper}")


@opinions.command("answer")
def answer(
    file: Annotated[Path, typer.Argument(help="填好处理意见的 .xlsx")],
    by: Annotated[str, typer.Option(help="哪个机构处理的")],
    date: Annotated[str, typer.Option(help="处理的日期 YYYY-MM-DD；不写就是今天")] = "",
    db: _Where = DEFAULT,
) -> None:
    """读回填好的处理意见；有一条不合要求的，一条也不登记。"""
    answers = read_answers(file)
    with open_store(db) as store:
        new, faults = give(store, answers, by, day_of(date), user())
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise InputError(
            "GJ-I575",
            f"有 {len(faults)} 条不合要求，没有登记",
            place=Place(str(file)),
            hint="请按上面所说改好再读",
        )
    typer.echo(f"登记处理意见 {new} 条，已登记过 {len(answers) - new} 条")
