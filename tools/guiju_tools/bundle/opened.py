"""A bundle read back: whatever does not fit together is a fault with a name, never an exception."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from guiju.result.serial import canonical
from guiju.standard.validate import validator
from guiju_tools.bundle.archive import packed, unpacked
from guiju_tools.bundle.digests import has_sm3, sha256, sm3
from guiju_tools.bundle.keys import Signer, signer_of
from guiju_tools.bundle.manifest import (
    MANIFEST,
    OBJECTIONS,
    PAGE,
    RESULT,
    SAID,
    SAMPLES,
    SIGNATURE,
    bundle_digest,
    sealed,
)
from guiju_tools.bundle.packing import SIGNED

FaultKind = Literal["content", "edition", "signer", "unsigned", "stale"]
FAULT_WORDS: dict[FaultKind, str] = {
    "content": "内容与摘要不一致",
    "edition": "版本不同",
    "signer": "签名人未登记",
    "unsigned": "没有签名",
    "stale": "核验已过时",
}
_OURS = {MANIFEST, RESULT, PAGE, SAMPLES, OBJECTIONS, SIGNATURE}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a bundle is not taken as it is: the kind, and one sentence."""

    kind: FaultKind
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as read: its digest, manifest and result as JSON values, its signer, what does not fit.

    `signed` says that there is a signature; `signer` is None where that cannot be read.

    Where the manifest cannot be read, `manifest` and `result` are empty.
    """

    file: str
    digest: str
    manifest: Mapping[str, Any]
    result: Mapping[str, Any]
    samples: tuple[Mapping[str, Any], ...]
    objections: tuple[Mapping[str, Any], ...]
    signed: bool
    signer: Signer | None
    faults: tuple[Fault, ...]


def open_bundle(path: Path) -> Bundle:
    """Read a bundle and hold its parts against each other.

    Raises:
        InputError: GJ-I503 the file is no archive that a bundle could be.
    """
    members, content = unpacked(path)
    faults = [Fault("content", "文件的外层与内容不符")] if packed(members) != content else []
    body = members.get(MANIFEST, b"")
    told = _json(body)
    wrong = _manifest_fault(told, body)
    if wrong:
        return Bundle(
            path.name,
            sha256(body),
            {},
            {},
            (),
            (),
            signed=False,
            signer=None,
            faults=(*faults, Fault("content", wrong)),
        )
    faults += _file_faults(told, members)
    result = _json(members.get(RESULT, b"")) or {}
    faults += _result_faults(told, result)
    signer, unfit = _signature(members.get(SIGNATURE), body)
    faults += [Fault("content", unfit)] if unfit else []
    return Bundle(
        path.name,
        bundle_digest(body),
        told,
        result,
        _listed(members, SAMPLES, "samples"),
        _listed(members, OBJECTIONS, "objections"),
        SIGNATURE in members,
        signer,
        tuple(faults),
    )


def _json(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _listed(members: Mapping[str, bytes], name: str, key: str) -> tuple[Mapping[str, Any], ...]:
    data = _json(members.get(name, b""))
    found = data.get(key) if isinstance(data, dict) else None
    return tuple(item for item in found if isinstance(item, dict)) if isinstance(found, list) else ()


def _manifest_fault(told: Any, body: bytes) -> str:
    """Why the manifest is not one that we wrote; empty if it is."""
    if not isinstance(told, dict):
        return f"{MANIFEST} 缺失或者不能读取"
    error = next(iter(validator("bundle").iter_errors(told)), None)
    if error is not None:
        return f"{MANIFEST} 不合公布的格式（{'.'.join(map(str, error.absolute_path)) or '整体'}）"
    return "" if sealed(told) == body else f"{MANIFEST} 的写法与原来的不同"


def _file_faults(told: Mapping[str, Any], members: Mapping[str, bytes]) -> Iterator[Fault]:
    listed = {item["name"]: item for item in told["files"]}
    present = members.keys() - {MANIFEST, SIGNATURE}
    for name in sorted(listed.keys() - present):
        yield Fault("content", f"清单所列的 {name} 不在包内")
    for name in sorted((present - listed.keys()) | (members.keys() - _OURS)):
        yield Fault("content", f"包内的 {name} 不在清单上")
    for name in sorted(listed.keys() & present):
        item, content = listed[name], members[name]
        same = item["bytes"] == len(content) and item["sha256"] == sha256(content)
        if not same or (item["sm3"] and has_sm3() and item["sm3"] != sm3(content)):
            yield Fault("content", f"{name} 的内容与清单上的摘要不一致")


def _result_faults(told: Mapping[str, Any], result: Any) -> Iterator[Fault]:
    """The manifest repeats what the result says; a masked result says that it is one."""
    if not isinstance(result, dict) or result.get("masked") is not True:
        yield Fault("content", f"{RESULT} 不是去除了数据的核验结果")
        return
    same = all(told[name] == result.get(name, "") for name in SAID)
    if not same or told["standards"] != result.get("standards"):
        yield Fault("content", f"{RESULT} 与清单所说的不是同一次核验")


def _signature(content: bytes | None, body: bytes) -> tuple[Signer | None, str]:
    """Who signed, and why the signature does not fit."""
    if content is None:
        return None, ""
    data = _json(content)
    try:
        signer = signer_of(data["signer"])
        signature = base64.b64decode(data["signature"], validate=True)
        ours = canonical({"format": SIGNED, "signer": signer.document(), "signature": data["signature"]})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, f"{SIGNATURE} 不能读取"
    if ours.encode() != content:
        return None, f"{SIGNATURE} 的写法与原来的不同"
    return signer, "" if signer.signed(body, signature) else "签名与清单不符"
