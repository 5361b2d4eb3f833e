"""`guiju what-if`: what a draft would change for the bundles on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from guiju.errors import InputError, Place
from guiju.result.model import FOOT, OUTCOME_TITLES
from guiju_tools.cli.registry import DEFAULT
from guiju_tools.editions.opening import open_edition
from guiju_tools.editions.what_if import Effect
from guiju_tools.editions.what_if import what_if as foretell
from guiju_tools.registry.report import NOTICE
from guiju_tools.registry.store import open_store
from guiju_tools.report.tables import Section, tables_book, tables_page

TITLE = "草案影响预测"


def what_if(
    before: Annotated[str, typer.Argument(help="结果包所用的版本：标识@版本，或 guiju edition 写出的 .json")],
    draft: Annotated[str, typer.Argument(help="草案：标识，或 .json")],
    db: Annotated[str, typer.Option("--db", help="登记库：一个文件，或者 postgresql:// 地址")] = DEFAULT,
    period: Annotated[str, typer.Option(help="只看这一期的结果包")] = "",
    out: Annotated[Path | None, typer.Option(help="把网页和工作簿写到这个文件夹")] = None,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """用登记库里的数目，推算草案会改变多少结果包的结论；推算不出的说明为什么要重新核验。"""
    first, second = open_edition(before, pack), open_edition(draft, pack)
    with open_store(db) as store:
        found = store.bundles(standard=first.id, period=period)
        digest = first.judging_digest
        bodies = [entry.body for entry in found if entry.body["standards"][0]["judging_digest"] == digest]
    effects = foretell(first, second, bodies)
    typer.echo(f"{second.title}：{first.version} → {second.version}，按这个版本核验的结果包 {len(bodies)} 份")
    for effect in effects:
        typer.echo(f"{effect.requirement.clause}  {effect.requirement.id}  {effect.requirement.text}")
        for line in told(effect):
            typer.echo(f"    {line}")
    if not effects:
        typer.echo("没有要求受影响。")
    if out is not None:
        _write(out, f"{second.title} {first.version} → {second.version}", effects, len(bodies))
        typer.echo(f"已写出：{out / TITLE}.html、.xlsx")


def told(effect: Effect) -> Iterator[str]:
    """What becomes of one requirement, in words."""
    for (old, new), count in sorted(effect.moves.items()):
        same = old == new
        words = f"仍为{OUTCOME_TITLES[new]}" if same else f"由{OUTCOME_TITLES[old]}变为{OUTCOME_TITLES[new]}"
        yield f"{words} {count} 份"
    for why, count in sorted(effect.unknown.items()):
        yield f"推算不出 {count} 份：{why}"


def _write(out: Path, subtitle: str, effects: list[Effect], count: int) -> None:
    rows = tuple(
        (one.requirement.clause, one.requirement.id, one.requirement.text, "；".join(told(one)))
        for one in effects
    )
    words = (
        f"按前一版本核验、登记在库的结果包 {count} 份，只列受影响的要求。",
        "只写由登记的数目一定推得出的；推算不出的，要用草案重新核验才知道。",
    )
    sections = [Section("受影响的要求", words, ("条款", "要求编号", "要求", "结果包"), rows, (8, 10, 50, 60))]
    try:
        out.mkdir(parents=True, exist_ok=True)
        page = tables_page(TITLE, subtitle, NOTICE, sections, FOOT)
        (out / f"{TITLE}.html").write_text(page, encoding="utf-8", newline="\n")
        tables_book(out / f"{TITLE}.xlsx", TITLE, NOTICE, sections, FOOT)
    except OSError as error:
        raise InputError(
            "GJ-I494", "预测写不出来", place=Place(str(out)), cause=str(error), hint="请检查文件夹是否可写"
        ) from error
