"""A run's folder packed as a bundle."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place
from guiju.result import Result
from guiju.result.serial import canonical, from_json, masked
from guiju_tools.bundle.archive import packed
from guiju_tools.bundle.keys import HomeKeys
from guiju_tools.bundle.manifest import (
    MANIFEST,
    OBJECTIONS,
    PAGE,
    RESULT,
    SAMPLES,
    SIGNATURE,
    manifest,
    sealed,
)
from guiju_tools.bundle.privacy import personal_numbers
from guiju_tools.bundle.rows import Committed
from guiju_tools.bundle.samples import samples
from guiju_tools.report.folders import INTERNAL, RUN, SUBMITTED

SIGNED = "guiju-signature/1"
_WORDS = 24


@dataclass(frozen=True, slots=True)
class RunFolder:
    """What a run left: the whole result, its masked twin as bytes, the page that may leave, `run.json`."""

    path: Path
    result: Result
    submitted: bytes
    page: bytes
    run: Mapping[str, Any]


def read_run(folder: Path) -> RunFolder:
    """The run in a folder that holds 内部 and 报送.

    Raises:
        InputError: GJ-I504 there is none, it is damaged, or the two folders are not of one run.
    """
    try:
        result = from_json(
            (folder / INTERNAL / RESULT).read_text(encoding="utf-8"), str(folder / INTERNAL / RESULT)
        )
        run = json.loads((folder / INTERNAL / RUN).read_bytes())
        submitted, page = ((folder / SUBMITTED / name).read_bytes() for name in (RESULT, PAGE))
        used = run["used"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_run(folder, "缺少文件，或者由较早的程序写出") from error
    if not isinstance(used, dict) or submitted != canonical(masked(result)).encode():
        raise _no_run(folder, f"“{SUBMITTED}”中的结果与“{INTERNAL}”中的不是同一次核验")
    return RunFolder(folder, result, submitted, page, run)


def _no_run(folder: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I504",
        "这里没有可以报送的核验结果",
        place=Place(str(folder)),
        cause=cause,
        hint=f"请指定 guiju run 写出的文件夹（其中有“{INTERNAL}”和“{SUBMITTED}”），或重新核验一次；"
        "不要改动其中的文件",
    )


def make_bundle(
    run: RunFolder,
    keys: HomeKeys,
    trees: Sequence[Committed] = (),
    objections: Sequence[Mapping[str, Any]] = (),
    *,
    signed: bool = True,
) -> bytes:
    """The bundle of a run as bytes, the same for the same run and keys.

    Args:
        run: what the run left.
        keys: the region's keys.
        trees: the rows of each dataset, for spot checks.
        objections: what the region objects to.
        signed: whether to sign it; otherwise it is handed in with its signature page.

    Raises:
        InputError: GJ-I505 something in it looks like a person's number.
    """
    members = {RESULT: run.submitted, PAGE: run.page}
    members[SAMPLES] = _bytes({"samples": samples(run.result, keys.links)})
    if objections:
        members[OBJECTIONS] = _bytes({"objections": list(objections)})
    told = json.loads(run.submitted)
    body = sealed(manifest(told, keys.signer, run.run["used"], trees, members))
    _without_persons({**members, MANIFEST: body})
    members[MANIFEST] = body
    if signed:
        members[SIGNATURE] = _bytes(
            {
                "format": SIGNED,
                "signer": keys.signer.document(),
                "signature": base64.b64encode(keys.sign(body)).decode(),
            }
        )
    return packed(members)


def _bytes(value: Mapping[str, Any]) -> bytes:
    return canonical(dict(value)).encode()


def _without_persons(members: Mapping[str, bytes]) -> None:
    for name, content in members.items():
        text = content.decode("utf-8", "replace")
        for kind, start in personal_numbers(text):
            around = text[max(0, start - _WORDS) : start].replace("\n", " ")
            raise InputError(
                "GJ-I505",
                f"结果包中有像{kind}的数字，没有打包",
                place=Place(name),
                cause=f"在“…{around}”之后",
                hint="多半出自文件名、列名或填写的说明：请改掉以后重新核验、打包",
            )
