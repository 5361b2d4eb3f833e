"""`guiju evaluate`: the effects of a standard, out of the registry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.errors import InputError, Place
from guiju.result.model import FOOT
from guiju_tools.cli.advance import day_of, facts_of
from guiju_tools.cli.registry import DEFAULT
from guiju_tools.evaluation.evaluating import TITLE
from guiju_tools.evaluation.evaluating import evaluate as evaluation_of
from guiju_tools.registry.adding import add_entries, user
from guiju_tools.registry.report import NOTICE
from guiju_tools.report.tables import Section, tables_book, tables_page


def evaluate(
    standard: Annotated[str, typer.Argument(help="标准的标识")],
    db: Annotated[str, typer.Option("--db", help="登记库：一个文件，或者 postgresql:// 地址")] = DEFAULT,
    date: Annotated[str, typer.Option(help="评估日期 YYYY-MM-DD；不写就是今天")] = "",
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = Path(TITLE),
    record: Annotated[bool, typer.Option("--record", help="把建议登记进登记库，供编制制修订计划")] = False,
    pack: Annotated[Path | None, typer.Option(help="标准包所在的文件夹；缺省为随程序附带的标准包")] = None,
) -> None:
    """评估一个标准的实施效果：实施率、各条款各期、换版前后、自评与实测、政策目标、修订建议。不排名。"""
    day = day_of(date)
    with facts_of(standard, pack, db) as facts:
        store = facts.store
        if store is None:
            raise InputError("GJ-I560", "没有写登记库", hint="请用 --db 写明登记库的文件或地址")
        found = evaluation_of(store, facts.standard, facts.log, day)
        title = f"{facts.standard.title} {day}"
        _write(out, title, found.sections)
        if record:
            entries = [
                {
                    "kind": "proposal",
                    "body": {
                        "no": f"{standard}:{day}:{one.kind}:{one.requirement or '整个标准'}",
                        "standard": standard,
                        "requirement": one.requirement,
                        "kind": one.kind,
                        "date": day,
                        "reason": one.why,
                    },
                }
                for one in found.proposals
            ]
            numbers = add_entries(store, entries, user())
            typer.echo(f"登记建议 {sum(number is not None for number in numbers)} 条")
    for one in found.proposals:
        typer.echo(f"建议{one.kind}：{one.requirement or '整个标准'}，{one.why}")
    typer.echo(f"已写出：{out / TITLE}.html、.xlsx")


def _write(out: Path, subtitle: str, sections: tuple[Section, ...]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        page = tables_page(TITLE, subtitle, NOTICE, sections, FOOT)
        (out / f"{TITLE}.html").write_text(page, encoding="utf-8", newline="\n")
        tables_book(out / f"{TITLE}.xlsx", TITLE, NOTICE, sections, FOOT)
    except OSError as error:
        raise InputError(
            "GJ-I561", "评估写不出来", place=Place(str(out)), cause=str(error), hint="请检查文件夹是否可写"
        ) from error
