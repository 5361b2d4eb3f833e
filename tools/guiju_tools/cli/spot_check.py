"""`guiju spot-check`: rows drawn, shown with proofs, and the proofs examined."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.errors import InputError, Place
from guiju_tools.bundle.again import request_of
from guiju_tools.bundle.keys import FOLDER as KEYS
from guiju_tools.bundle.keys import read_keys
from guiju_tools.bundle.opened import Bundle, open_bundle
from guiju_tools.bundle.packing import read_run
from guiju_tools.bundle.rows import commit
from guiju_tools.bundle.spot import answer as answer_of
from guiju_tools.bundle.spot import check as check_answer
from guiju_tools.bundle.spot import draw as draw_rows
from guiju_tools.cli.key import password

EACH = 10
ANSWER = Path("抽查答复.json")

spot_check = typer.Typer(
    help="抽查：由公布的种子抽出记录，报送单位出示，证明它们确在核验过的数据之中。",
    no_args_is_help=True,
    add_completion=False,
)
_Bundle = Annotated[Path, typer.Argument(help="结果包")]
_Seed = Annotated[str, typer.Option(help="标准机构在收到结果包以后公布的抽查种子")]
_Each = Annotated[int, typer.Option(min=1, max=1000, help="每个数据集抽几条")]


@spot_check.callback()
def _spot_check() -> None:
    """抽查：由公布的种子抽出记录，报送单位出示，证明它们确在核验过的数据之中。"""


@spot_check.command("draw")
def draw(bundle: _Bundle, seed: _Seed, each: _Each = EACH) -> None:
    """看抽中了哪些记录：每个数据集的第几条（按核验时的次序，从1数起）。"""
    for one in draw_rows(_whole(bundle), seed, each):
        places = "、".join(str(place + 1) for place in one.places)
        typer.echo(f"{one.title}（{one.dataset}，共 {one.count} 条）：第 {places} 条")


@spot_check.command("answer")
def answer(
    bundle: _Bundle,
    seed: _Seed,
    run: Annotated[Path, typer.Option(help="当时 guiju run 写出的文件夹")],
    each: _Each = EACH,
    key: Annotated[Path, typer.Option(help="密钥所在的文件夹")] = Path(KEYS),
    out: Annotated[Path, typer.Option(help="答复写到哪个文件")] = ANSWER,
) -> None:
    """由报送单位运行：出示抽中的记录和证明。答复含业务数据，只交给约定的人。"""
    told = _whole(bundle)
    keys = read_keys(key, password())
    drawn = draw_rows(told, seed, each)
    wanted = {one.dataset: frozenset(one.places) for one in drawn}
    trees = commit(request_of(read_run(run)), keys.rows, wanted)
    text = answer_of(told, seed, drawn, trees, keys.rows)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            "GJ-I516", "答复写不出来", place=Place(str(out)), cause=str(error), hint="请检查文件夹是否可写"
        ) from error
    typer.echo(f"答复：{out}（含业务数据，不得外传）")


@spot_check.command("check")
def check(
    bundle: _Bundle,
    answer: Annotated[Path, typer.Argument(help="报送单位的答复")],
    seed: _Seed,
    each: _Each = EACH,
) -> None:
    """由标准机构运行：逐条核对答复中的证明。有不能证明的，退出码是 1。"""
    shown = check_answer(_whole(bundle), seed, each, answer)
    for one in shown:
        where = f"{one.row.get('file', '')} 第{one.row.get('row', '')}行" if one.row else ""
        typer.echo(f"{one.dataset} 第 {one.place + 1} 条 {where}：{one.fault or '已证明'}")
    wrong = sum(bool(one.fault) for one in shown)
    typer.echo(f"共 {len(shown)} 条，已证明 {len(shown) - wrong} 条")
    if wrong:
        raise typer.Exit(1)


def _whole(path: Path) -> Bundle:
    bundle = open_bundle(path)
    if bundle.faults:
        raise InputError(
            "GJ-I517",
            "结果包的内容与摘要不一致，不能抽查",
            place=Place(str(path)),
            cause="；".join(fault.text for fault in bundle.faults),
            hint="请用 guiju verify 查看，向报送单位要原来的文件",
        )
    return bundle
