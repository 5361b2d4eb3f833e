"""What is put into the registry: bundles that verify, and entries of the registers that fit their form."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place
from guiju.standard.validate import validator
from guiju_tools.bundle.digests import sha256
from guiju_tools.bundle.keys import Signer, signer_of
from guiju_tools.bundle.verifying import Expected, Verified, verify
from guiju_tools.registry.store import BUNDLE, New, Store

SIGNER = "signer"
KIND_WORDS = {
    BUNDLE: "结果包",
    SIGNER: "公钥",
    "pilot": "试点",
    "pilot-conclusion": "试点结论",
    "adoption": "采用声明",
    "units": "应实施的单位数",
    "training": "宣贯培训",
    "safeguard": "监督保障",
    "objection": "异议",
    "ruling": "异议裁定",
    "opinion": "征求意见",
    "answer": "意见处理",
    "proposal": "修订建议",
}
_SUBJECT = {
    SIGNER: "fingerprint",
    "pilot": "no",
    "pilot-conclusion": "pilot",
    "objection": "no",
    "ruling": "objection",
    "opinion": "no",
    "answer": "opinion",
    "proposal": "no",
}
_REFERS = {"pilot-conclusion": "pilot", "ruling": "objection", "answer": "opinion"}
_COUNTS = ("inapplicable", "passed", "failed", "undecided", "explained")


def user() -> str:
    """Who is at work here, where nobody is named."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "未具名"


def registered_signers(store: Store) -> tuple[Signer, ...]:
    """The public keys that are registered."""
    return tuple(signer_of(entry.body) for entry in store.entries(SIGNER))


def check_bundle(store: Store, path: Path, expected: Expected) -> Verified:
    """Verify a bundle by the registered signers and those named.

    Raises:
        InputError: GJ-I503 the file is no archive that a bundle could be.
    """
    known = (*expected.signers, *registered_signers(store))
    return verify(path, replace(expected, signers=known))


def add_bundle(store: Store, verified: Verified, who: str, scan: Path | None = None) -> int | None:
    """Register a bundle that was verified; None where it is there already.

    Args:
        store: an open registry.
        verified: nothing may speak against it.
        who: who registers it.
        scan: the scan of its signature page, kept beside the bundle; its digest is registered.

    Raises:
        InputError: GJ-I522 something speaks against the bundle.
    """
    if not verified.whole:
        raise InputError(
            "GJ-I522",
            "结果包没有通过核对，没有登记",
            place=Place(verified.bundle.file),
            cause="；".join(fault.text for fault in verified.faults),
            hint="请用 guiju verify 查看，向报送单位要一份能通过的",
        )
    bundle = verified.bundle
    body = {**kept_of(bundle.manifest, bundle.result), "scan": sha256(scan.read_bytes()) if scan else ""}
    new = [New(BUNDLE, bundle.digest, body)]
    new += [
        New("objection", item["no"], _objection(item, bundle.manifest, bundle.digest))
        for item in bundle.objections
    ]
    return store.add(new, who)[0]


def kept_of(manifest: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a bundle: figures by requirement, no finding."""
    told = {name: manifest[name] for name in ("unit", "engine", "region", "profile", "as_of", "period")}
    return {
        **told,
        "standards": manifest["standards"],
        "inputs": [{"dataset": item["dataset"], "rows": item["rows"]} for item in manifest["inputs"]],
        "summary": {key: value for key, value in result["summary"].items() if key != "sentence"},
        "requirements": {item["id"]: _requirement(item) for item in result["requirements"]},
    }


def _requirement(item: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "outcome": item["outcome"],
        "counts": [item["counts"][name] for name in _COUNTS],
    }
    indicator = item.get("indicator")
    if indicator:
        kept = ("numerator", "denominator", "undecided", "operator", "threshold", "value")
        told["indicator"] = {name: indicator[name] for name in kept}
    if item.get("claim"):
        told["claim"] = {name: item["claim"][name] for name in ("answer", "agreement")}
    return told


def _objection(item: Mapping[str, Any], manifest: Mapping[str, Any], digest: str) -> dict[str, Any]:
    standard = manifest["standards"][0]["id"]
    return {**item, "standard": standard, "region": manifest["region"], "bundle": digest}


def add_entries(
    store: Store, entries: Sequence[Mapping[str, Any]], who: str, name: str = ""
) -> list[int | None]:
    """Register entries of the loop's registers, all or none.

    Args:
        store: an open registry.
        entries: each with `kind` and `body`, as `registry-entry.schema.json` has it.
        who: who registers them.
        name: the file they come from, for messages.

    Raises:
        InputError: GJ-I523 one does not fit its form, or is about what is not registered.
    """
    for number, item in enumerate(entries, start=1):
        for fault in _faults(item):
            raise _unfit(name, number, fault)
    known = {kind: {entry.subject for entry in store.entries(kind)} for kind in {*_REFERS.values()}}
    for number, item in enumerate(entries, start=1):
        kind, body = item["kind"], item["body"]
        about = _REFERS.get(kind)
        if about and body[about] not in known[about]:
            raise _unfit(name, number, f"没有登记过{KIND_WORDS[about]}“{body[about]}”")
        if kind in known:
            known[kind].add(body[_SUBJECT[kind]])
    return store.add([_new(item) for item in entries], who)


def _new(item: Mapping[str, Any]) -> New:
    kind, body = item["kind"], item["body"]
    return New(kind, body[_SUBJECT[kind]] if kind in _SUBJECT else "", body)


def _faults(item: Any) -> Iterator[str]:
    for error in validator("registry-entry").iter_errors(item):
        place = ".".join(map(str, error.absolute_path)) or "整条"
        yield f"{place}：{error.message}"


def _unfit(name: str, number: int, cause: str) -> InputError:
    return InputError(
        "GJ-I523",
        f"第 {number} 条不合登记的格式，没有登记任何内容",
        place=Place(name),
        cause=cause,
        hint="写法见 standards/schema/registry-entry.schema.json 和文档中的登记库一页",
    )
