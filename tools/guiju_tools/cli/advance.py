"""`guiju advance`: a standard taken to its next stage, if its gate is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as calendar_date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guiju.content import Pack, find_packs
from guiju.errors import InputError
from guiju.standard.formats import is_date
from guiju.standard.load import load_from
from guiju_tools.lifecycle.log import STAGES, read_log

if TYPE_CHECKING:
    from guiju_tools.lifecycle.facts import Facts

EXIT_SHUT = 1
_ALL = "、".join(f"{code} {name}" for code, name in STAGES.items())


def advance(
    standard: Annotated[str, typer.Argument(help="标准的标识")],
    to: Annotated[str, typer.Option(help="进入哪个阶段：10、20、30、40、50、60、90、95")],
    by: Annotated[str, typer.Option(help="哪个机构或者会议")] = "",
    what: Annotated[str, typer.Option(help="做了什么，一句话")] = "",
    date: Annotated[str, typer.Option(help="日期 YYYY-MM-DD；不写就是今天")] = "",
    db: Annotated[str, typer.Option("--db", help="登记库：一个文件，或者 postgresql:// 地址")] = "",
    override: Annotated[str, typer.Option(help="没有满足条件而仍要进入：由谁决定、理由")] = "",
    ask: Annotated[bool, typer.Option("--ask", help="只看条件满足没有，不进入")] = False,
    pack: Annotated[Path | None, typer.Option(help="标准包所在的文件夹；缺省为随程序附带的标准包")] = None,
) -> None:
    """把标准推进到下一阶段：逐条核对准入条件，满足的才进入并记入阶段记录；发布时冻结版本。"""
    from guiju_tools.lifecycle.advancing import Step  # noqa: PLC0415 - the help needs none of it
    from guiju_tools.lifecycle.advancing import advance as take  # noqa: PLC0415 - as above
    from guiju_tools.lifecycle.advancing import ask as examine  # noqa: PLC0415 - as above

    if to not in STAGES:
        raise InputError("GJ-I546", f"没有阶段 {to}", hint=_ALL)
    with facts_of(standard, pack, db) as facts:
        asked = examine(facts, to)
        title = f"{facts.standard.title} {facts.standard.version}"
        typer.echo(f"{title}：{asked.now}（{STAGES[asked.now]}）→ {to}（{STAGES[to]}）")
        for line in asked.lines:
            state = "满足　" if line.met else "未满足"
            typer.echo(f"  {state}  {line.criterion}：要求{line.required}；实际{line.found}")
        if ask or (not asked.open and not override):
            typer.echo("条件已满足。" if asked.open else "条件没有满足，没有进入。")
            raise typer.Exit(0 if asked.open else EXIT_SHUT)
        if not by:
            raise InputError("GJ-I547", "没有写由谁推进", hint="请用 --by 写明机构或者会议")
        _, edition = take(facts, Step(to, day_of(date), by, what, override))
    typer.echo(
        f"已进入 {to}（{STAGES[to]}）" + ("，越过了没有满足的条件" if override and not asked.open else "")
    )
    if edition is not None:
        typer.echo(f"已发布的版本：{edition}")


def day_of(text: str) -> str:
    """A day as given, or today's.

    Raises:
        InputError: GJ-I548 it is none.
    """
    if text and not is_date(text):
        raise InputError("GJ-I548", f"“{text}”不是日期", hint="写成 2024-03-31")
    return text or calendar_date.today().isoformat()  # noqa: DTZ011 - the day on the user's wall


@contextmanager
def facts_of(standard: str, folder: Path | None, db: str) -> Iterator[Facts]:
    """Everything known of a standard of a pack, with its registry open.

    Raises:
        InputError: GJ-I549 the pack has no such standard.
    """
    from guiju_tools.lifecycle.facts import Facts  # noqa: PLC0415 - the help needs none of it
    from guiju_tools.registry.store import open_store  # noqa: PLC0415 - as above

    packs = find_packs(folder)
    pack = holder(packs[0], standard)
    found = load_from(pack, standard, packs)
    log = read_log(pack, standard)
    if not db:
        yield Facts(found, pack, packs, log, None)
        return
    with open_store(db) as store:
        yield Facts(found, pack, packs, log, store)


def holder(pack: Pack, standard: str) -> Pack:
    """The pack, if it has the standard.

    Raises:
        InputError: GJ-I549 it has not.
    """
    if standard not in pack.standard_ids():
        known = "、".join(pack.standard_ids())
        raise InputError("GJ-I549", f"标准包里没有标准 {standard}", hint=f"有：{known}；写标识，不写名称")
    return pack
