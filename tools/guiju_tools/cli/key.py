"""`guiju key`: a region's keys made, and its public key shown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from guiju_tools.bundle.digests import grouped
from guiju_tools.bundle.keys import FOLDER, HOME, PRIVATE, PUBLIC, Signer, make_keys, read_signer

PASSWORD_VARIABLE = "GUIJU_KEY_PASSWORD"  # noqa: S105 - the name of a variable

key = typer.Typer(help="签名用的密钥：生成，查看公钥。", no_args_is_help=True, add_completion=False)


def password() -> str:
    """The password of the private key, from the environment; empty for none."""
    return os.environ.get(PASSWORD_VARIABLE, "")


@key.callback()
def _key() -> None:
    """签名用的密钥：生成，查看公钥。"""


@key.command("new")
def new(
    region: Annotated[str, typer.Option(help="六位区划代码")],
    unit: Annotated[str, typer.Option(help="报送单位的名称")],
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = Path(FOLDER),
) -> None:
    """生成一套密钥。私钥和本地密钥留在本单位，公钥交给标准机构登记。"""
    made = make_keys(out, region, unit, password())
    typer.echo(f"已生成：{out / PRIVATE}、{HOME}（留在本单位，不外传，请另存一份）")
    typer.echo(f"　　　　{out / PUBLIC}（交给标准机构登记）")
    if not password():
        typer.echo(f"私钥没有口令；要加口令的，先设环境变量 {PASSWORD_VARIABLE} 再生成。")
    _show(made.signer)


@key.command("show")
def show(
    file: Annotated[Path, typer.Argument(help="公钥文件")] = Path(FOLDER) / PUBLIC,
) -> None:
    """显示公钥是哪个单位的，以及它的指纹。"""
    _show(read_signer(file))


def _show(signer: Signer) -> None:
    typer.echo(f"单位：{signer.region} {signer.unit}")
    typer.echo(f"公钥指纹：{grouped(signer.fingerprint)}")
    typer.echo("登记时请用电话或者当面核对指纹。")
