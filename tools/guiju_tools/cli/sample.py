"""`guiju sample`: invented exports for standards, conforming or with planted faults."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.content import find_packs
from guiju.engine.session import Limits
from guiju_tools.cli.examine import progress
from guiju_tools.sample.make import Made, make_sample
from guiju_tools.sample.request import SampleRequest

OUT = Path("示例数据")


def sample(
    standards: Annotated[
        list[str] | None, typer.Argument(help="标准的标识或名称，可以有多个；不写就是标准包中的全部")
    ] = None,
    rows: Annotated[int, typer.Option(help="主数据集多少行；其他数据集按比例")] = 1000,
    faults: Annotated[str, typer.Option(help="在多大比例的行中放入问题，如 0.01；0 是不放")] = "0",
    seed: Annotated[int, typer.Option(help="随机数的种子；写法全同则数据全同")] = 1,
    kind: Annotated[str, typer.Option("--format", help="csv、xlsx、parquet 或 jsonl")] = "csv",
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = OUT,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="用几个线程")] = None,
    memory: Annotated[str, typer.Option(help="内存上限，如 2GB")] = "",
) -> None:
    """生成虚构的示例数据：合乎标准的，或者放入了问题并列出清单的。"""
    request = SampleRequest(
        standards=tuple(standards or own_ids(pack)),
        rows=rows,
        out=out,
        format=kind,  # type: ignore[arg-type]  # the request is checked, with a message in Chinese
        faults=faults,
        seed=seed,
        pack=pack,
        limits=Limits(threads, memory),
    )
    with progress(quiet=False) as report:
        made = make_sample(request, report)
    for item in made:
        _tell(item)
    if made[-1].as_of:
        typer.echo(
            f"数据是按{made[-1].as_of}这一天编的：核验时写 --as-of {made[-1].as_of}，有期限的要求才判得出"
        )


def own_ids(pack: Path | None) -> tuple[str, ...]:
    """The standards of the pack that is named, or of ours."""
    return find_packs(pack)[0].standard_ids()


def _tell(made: Made) -> None:
    named = f"{made.standard.title} {made.standard.version}"
    typer.echo(f"{named}：已生成{len(made.files)}个文件（机构、事项、电话都不存在）")
    for path in made.files:
        typer.echo(f"  {path}")
    if made.planted is not None:
        typer.echo(f"放入问题{made.faults}处，逐处列在 {made.planted}")
