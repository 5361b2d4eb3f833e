"""`guiju lifecycle`: the log of a standard shown, added to, and examined."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.standard.load import load_from
from guiju_tools.bundle.digests import sha256
from guiju_tools.cli.advance import day_of, holder
from guiju_tools.lifecycle.log import KINDS, LINKS, STAGES, append, broken, read_log, stage_now

lifecycle = typer.Typer(
    help="标准的阶段记录：查看，记入会议、决定、确认和证据，核对。",
    no_args_is_help=True,
    add_completion=False,
)
_Standard = Annotated[str, typer.Argument(help="标准的标识")]
_Pack = Annotated[Path | None, typer.Option(help="标准包所在的文件夹；缺省为随程序附带的标准包")]
_NOTED = {word: kind for kind, word in KINDS.items() if kind != "stage"}


@lifecycle.callback()
def _lifecycle() -> None:
    """标准的阶段记录：查看，记入会议、决定、确认和证据，核对。"""


@lifecycle.command("show")
def show(standard: _Standard, pack: _Pack = None) -> None:
    """显示现在的阶段和全部记录；记录被改动过的，说明是哪一条，退出码是 1。"""
    chosen = holder(find_packs(pack)[0], standard)
    entries = read_log(chosen, standard)
    now = stage_now(entries)
    link = next((name for name, codes in LINKS.items() if now in codes), "")
    typer.echo(f"现在：{now}（{STAGES[now]}）" + (f"，属于“{link}”" if link else ""))
    for entry in entries:
        kind = KINDS.get(str(entry.get("kind", "stage")), "")
        who = f"{entry['by']}，" if entry.get("by") else ""
        typer.echo(f"{entry['date']}  {entry['stage']}  {kind}  {who}{entry['what']}")
        if entry.get("override"):
            unmet = "；".join(line["criterion"] for line in entry.get("gate", ()) if not line["met"])
            typer.echo(f"  越过了准入条件（{unmet}）：{entry['override']}")
    faults = list(broken(entries))
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)


@lifecycle.command("note")
def note(
    standard: _Standard,
    kind: Annotated[str, typer.Option(help="种类：决定、会议、确认核验办法、证据")],
    what: Annotated[str, typer.Option(help="内容，一句话")],
    by: Annotated[str, typer.Option(help="哪个机构或者会议")],
    date: Annotated[str, typer.Option(help="日期 YYYY-MM-DD；不写就是今天")] = "",
    evidence: Annotated[
        list[Path] | None, typer.Option(help="作为证据的文件，记下它的摘要；可以写几次")
    ] = None,
    vote: Annotated[str, typer.Option(help="会议的委员数、参加数、赞成数、反对数，如 25,20,18,1")] = "",
    pack: _Pack = None,
) -> None:
    """在阶段记录里加一条会议、决定、确认或者证据。"""
    if kind not in _NOTED:
        raise InputError("GJ-I550", f"没有“{kind}”这种记录", hint=f"有：{'、'.join(_NOTED)}")
    packs = find_packs(pack)
    chosen = holder(packs[0], standard)
    entries = read_log(chosen, standard)
    found = load_from(chosen, standard, packs)
    told: dict[str, Any] = {
        "stage": stage_now(entries),
        "kind": _NOTED[kind],
        "date": day_of(date),
        "what": what,
        "by": by,
        "version": found.version,
        "judging": found.judging_digest,
        "text": found.text_digest,
    }
    if vote:
        told["meeting"] = _vote(vote)
    if evidence:
        told["evidence"] = [_evidence(path) for path in evidence]
    entry = append(chosen, standard, told)
    typer.echo(f"已记为第 {entry['number']} 条，摘要 {entry['digest']}")


def _vote(text: str) -> dict[str, int]:
    parts = text.replace("，", ",").split(",")
    names = ("members", "present", "yes", "no")
    if len(parts) != len(names) or not all(part.strip().isdigit() for part in parts):
        raise InputError(
            "GJ-I551", f"“{text}”不是表决的人数", hint="依次写委员数、参加数、赞成数、反对数，如 25,20,18,1"
        )
    vote = {name: int(part) for name, part in zip(names, parts, strict=True)}
    if not vote["yes"] + vote["no"] <= vote["present"] <= vote["members"]:
        raise InputError("GJ-I551", f"“{text}”前后不符", hint="赞成加反对不多于参加，参加不多于委员")
    return vote


def _evidence(path: Path) -> dict[str, str]:
    try:
        return {"name": path.name, "sha256": sha256(path.read_bytes())}
    except OSError as error:
        raise InputError(
            "GJ-I552", "证据文件读不出来", place=Place(str(path)), cause=str(error), hint="请检查文件名"
        ) from error
