"""`guiju registry`: bundles and the registers of the loop put on record, listed, shown, counted, checked."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.result.model import FOOT
from guiju.standard.load import load

if TYPE_CHECKING:
    from guiju_tools.registry.store import Store

DEFAULT = "登记库.db"
EXIT_REFUSED = 1

registry = typer.Typer(
    help="结果登记库：登记结果包和试点、采用、异议等，列出、查看、汇总、核对。",
    no_args_is_help=True,
    add_completion=False,
)
_Where = Annotated[str, typer.Option("--db", help="登记库：一个文件，或者 postgresql:// 地址")]
_Who = Annotated[str, typer.Option("--by", help="经办人或者岗位；不写就是系统用户名")]
_Pack = Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")]


@registry.callback()
def _registry() -> None:
    """结果登记库：登记结果包和试点、采用、异议等，列出、查看、汇总、核对。"""


@registry.command("add")
def add(
    bundles: Annotated[list[Path], typer.Argument(help="结果包，可以有多个")],
    db: _Where = DEFAULT,
    by: _Who = "",
    signers: Annotated[Path | None, typer.Option(help="另外认可的公钥；已登记的不必写")] = None,
    period: Annotated[str, typer.Option(help="应当是哪一期")] = "",
    paper: Annotated[str, typer.Option(help="签章页上的摘要（没有电子签名时）；只登记一个包时用")] = "",
    scan: Annotated[Path | None, typer.Option(help="签章页的扫描件，登记它的摘要；只登记一个包时用")] = None,
    pack: _Pack = None,
) -> None:
    """核对结果包，通过的登记；已登记的不重复登记。有没通过的，退出码是 1。"""
    from guiju_tools.bundle.keys import read_signers  # noqa: PLC0415 - the help needs none of it
    from guiju_tools.bundle.opened import FAULT_WORDS  # noqa: PLC0415 - as above
    from guiju_tools.bundle.verifying import Expected  # noqa: PLC0415 - as above
    from guiju_tools.registry.adding import add_bundle, check_bundle, user  # noqa: PLC0415 - as above
    from guiju_tools.registry.store import open_store  # noqa: PLC0415 - as above

    if (paper or scan) and len(bundles) != 1:
        raise InputError("GJ-I525", "--paper 和 --scan 只能用于一个结果包", hint="请一次登记一个")
    if scan and not scan.is_file():
        raise InputError("GJ-I526", "没有这个扫描件", place=Place(str(scan)), hint="请检查文件名")
    known = read_signers(signers) if signers else ()
    expected = Expected(find_packs(pack), known, period, paper)
    refused = 0
    with open_store(db, make=True) as store:
        for path in bundles:
            verified = check_bundle(store, path, expected)
            if verified.whole:
                number = add_bundle(store, verified, by or user(), scan)
                typer.echo(f"{path.name}：{f'登记为第 {number} 条' if number else '已登记过'}")
                continue
            refused += 1
            typer.echo(f"{path.name}：没有登记")
            for fault in verified.faults:
                typer.echo(f"  {FAULT_WORDS[fault.kind]}：{fault.text}")
    if refused:
        raise typer.Exit(EXIT_REFUSED)


@registry.command("record")
def record(
    files: Annotated[list[Path], typer.Argument(help="条目：.yaml 或 .xlsx；公钥文件 签名公钥.json 也可以")],
    db: _Where = DEFAULT,
    by: _Who = "",
) -> None:
    """登记试点、结论、采用声明、单位数、培训、保障、异议、裁定、意见、处理，以及公钥。"""
    from guiju_tools.bundle.keys import read_signer  # noqa: PLC0415 - the help needs none of it
    from guiju_tools.registry.adding import add_entries, user  # noqa: PLC0415 - as above
    from guiju_tools.registry.reading import read_entries  # noqa: PLC0415 - as above
    from guiju_tools.registry.store import open_store  # noqa: PLC0415 - as above

    with open_store(db, make=True) as store:
        for path in files:
            if path.suffix.lower() == ".json":
                entries = [{"kind": "signer", "body": read_signer(path).document()}]
            else:
                entries = read_entries(path)
            numbers = add_entries(store, entries, by or user(), path.name)
            new = sum(number is not None for number in numbers)
            typer.echo(f"{path.name}：登记 {new} 条，已登记过 {len(numbers) - new} 条")


@registry.command("list")
def list_(
    db: _Where = DEFAULT,
    kind: Annotated[str, typer.Option(help="只列一种，如 试点、结果包")] = "",
    standard: Annotated[str, typer.Option(help="只列涉及这个标准的")] = "",
    region: Annotated[str, typer.Option(help="只列这个区划代码的")] = "",
) -> None:
    """列出登记库的条目，按登记的先后。"""
    from guiju_tools.registry.adding import KIND_WORDS  # noqa: PLC0415 - the help needs none of it

    kinds = {word: name for name, word in KIND_WORDS.items()}
    if kind and kind not in kinds:
        raise InputError("GJ-I527", f"没有“{kind}”这种条目", hint=f"有：{'、'.join(kinds)}")
    with _open(db) as store:
        for entry in store.entries(*([kinds[kind]] if kind else [])):
            body = entry.body
            standards = [item["id"] for item in body.get("standards", ())] or [body.get("standard", "")]
            if (standard and standard not in standards) or (region and body.get("region", "") != region):
                continue
            told = " ".join(filter(None, [body.get("region", ""), *standards, body.get("period", "")]))
            words = [str(entry.number), entry.stamp[:10], entry.who, KIND_WORDS.get(entry.kind, entry.kind)]
            typer.echo("  ".join([*words, entry.subject[:16], told]))


@registry.command("show")
def show(
    number: Annotated[int, typer.Argument(help="第几条")],
    db: _Where = DEFAULT,
) -> None:
    """显示一条的全部内容和摘要。"""
    with _open(db) as store:
        entry = next((one for one in store.entries() if one.number == number), None)
        if entry is None:
            raise InputError("GJ-I528", f"没有第 {number} 条", hint="请用 guiju registry list 查看")
        typer.echo(f"第 {entry.number} 条  {entry.stamp}  {entry.who}  {entry.kind}  {entry.subject}")
        typer.echo(json.dumps(dict(entry.body), ensure_ascii=False, indent=1, sort_keys=True))
        typer.echo(f"上一条的摘要：{entry.previous}")
        typer.echo(f"这一条的摘要：{entry.digest}")


@registry.command("report")
def report(
    standard: Annotated[str, typer.Argument(help="标准的标识或名称")],
    db: _Where = DEFAULT,
    period: Annotated[str, typer.Option(help="只汇总这一期")] = "",
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = Path("登记汇总"),
    pack: _Pack = None,
) -> None:
    """汇总一个标准的登记：层级、各条款的结论数、各登记簿。不列地区名称，不排名。"""
    from guiju_tools.registry.report import NOTICE, TITLE  # noqa: PLC0415 - the help needs none of it
    from guiju_tools.registry.report import report as sections_of  # noqa: PLC0415 - as above
    from guiju_tools.report.tables import tables_book, tables_page  # noqa: PLC0415 - as above

    found = load(find_packs(pack), standard)
    with _open(db) as store:
        sections = sections_of(store, found, period)
    try:
        out.mkdir(parents=True, exist_ok=True)
        subtitle = f"{found.title} {period}".strip()
        page = tables_page(TITLE, subtitle, NOTICE, sections, FOOT)
        (out / f"{TITLE}.html").write_text(page, encoding="utf-8", newline="\n")
        tables_book(out / f"{TITLE}.xlsx", TITLE, NOTICE, sections, FOOT)
    except OSError as error:
        raise InputError(
            "GJ-I529", "汇总写不出来", place=Place(str(out)), cause=str(error), hint="请检查文件夹是否可写"
        ) from error
    typer.echo(f"已写出：{out / TITLE}.html、.xlsx")


@registry.command("check")
def check(db: _Where = DEFAULT) -> None:
    """核对登记库的散列链：有缺失、改动的，说明是哪一条，退出码是 1。"""
    from guiju_tools.registry.chain import broken  # noqa: PLC0415 - the help needs none of it

    with _open(db) as store:
        faults = list(broken(store.entries()))
        entries = deque(store.entries(), maxlen=1)
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(EXIT_REFUSED)
    count = entries[0].number if entries else 0
    typer.echo(f"共 {count} 条，前后相接，内容与摘要一致。")
    if entries:
        typer.echo(f"最后一条的摘要：{entries[0].digest}（请另行记下，末尾被截去时靠它发现）")


@contextmanager
def _open(where: str) -> Iterator[Store]:
    from guiju_tools.registry.store import open_store  # noqa: PLC0415 - the help needs none of it

    with open_store(where) as store:
        yield store
