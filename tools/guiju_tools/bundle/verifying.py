"""Whether a bundle may be taken: its content, its editions, who signed it, and whether it is up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.content import Pack
from guiju.standard.load import load_edition, load_from
from guiju_tools.bundle.keys import Signer
from guiju_tools.bundle.opened import Bundle, Fault, open_bundle


@dataclass(frozen=True, slots=True)
class Expected:
    """What a bundle is held against.

    Args:
        packs: where the editions are.
        signers: the registered public keys.
        period: the period that is asked for; empty for any.
        paper: the digest on the signature page, as typed (blanks allowed); empty for none.
    """

    packs: Sequence[Pack]
    signers: Sequence[Signer] = ()
    period: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle with all that speaks against taking it; nothing where it may be taken."""

    bundle: Bundle
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.faults


def verify(path: Path, expected: Expected) -> Verified:
    """Verify one bundle, offline.

    Raises:
        InputError: GJ-I503 the file is no archive that a bundle could be.
    """
    bundle = open_bundle(path)
    if not bundle.manifest:
        return Verified(bundle, bundle.faults)
    faults = (
        *bundle.faults,
        *_signers(bundle, expected),
        *(fault for item in bundle.manifest["standards"] for fault in _editions(item, expected.packs)),
        *_stale(bundle, expected),
    )
    return Verified(bundle, faults)


def _signers(bundle: Bundle, expected: Expected) -> Iterator[Fault]:
    if expected.paper:
        typed = "".join(expected.paper.split()).lower()
        if typed != bundle.digest:
            yield Fault("content", "结果包的摘要与签章页上的不同")
    if not bundle.signed and not expected.paper:
        yield Fault("unsigned", "结果包没有电子签名，请与盖章的签章页核对摘要")
    signer = bundle.signer
    if signer is None:
        return
    known = next((one for one in expected.signers if one.key == signer.key), None)
    if known is None:
        yield Fault("signer", f"签名的公钥没有登记，指纹 {signer.fingerprint[:16]}…")
    elif (known.region, known.unit) != (bundle.manifest["region"], bundle.manifest["unit"]):
        yield Fault("signer", f"这把公钥登记的是 {known.region} {known.unit}，不是结果包所写的单位")


def _editions(item: Any, packs: Sequence[Pack]) -> Iterator[Fault]:
    """Whether the pack has this very edition: of that number, with those digests."""
    title = f"{item['title']} {item['version']}"
    found = list(_known(item["id"], packs))
    if not found:
        yield Fault("edition", f"这里没有标准 {item['id']}（{item['title']}）")
        return
    same = [one for one in found if one[0] == item["version"]]
    if not same:
        have = "、".join(sorted({one[0] for one in found}))
        yield Fault("edition", f"{title} 不是这里的版本（有：{have}）")
    elif all(one[1] != item["judging_digest"] for one in same):
        yield Fault("edition", f"{title} 的判定内容与这里同号的版本不同")


def _known(standard: str, packs: Sequence[Pack]) -> Iterator[tuple[str, str]]:
    """Number and judging digest of every edition on file, and of the draft."""
    for pack in packs:
        for path in sorted((pack.standards / "editions").glob(f"{standard}-*.json")):
            edition = load_edition(path)
            if edition.id == standard:
                yield edition.version, edition.judging_digest
        if standard in pack.standard_ids():
            draft = load_from(pack, standard, packs)
            yield draft.version, draft.judging_digest


def _stale(bundle: Bundle, expected: Expected) -> Iterator[Fault]:
    period = str(bundle.manifest["period"])
    if expected.period and period != expected.period:
        yield Fault("stale", f"要的是 {expected.period}，结果包是 {period or '没有写明时期的'}")
    for item in bundle.manifest["standards"]:
        newest = newest_published(item["id"], expected.packs)
        if newest and _number(newest) > _number(item["version"]):
            yield Fault("stale", f"{item['title']} {item['version']} 已由 {newest} 代替，请用新版本重新核验")


def newest_published(standard: str, packs: Sequence[Pack]) -> str:
    """The number of the newest published edition; empty where none is."""
    names = [
        path.stem.removeprefix(f"{standard}-")
        for pack in packs
        for path in (pack.standards / "editions").glob(f"{standard}-*.json")
    ]
    return max(names, key=_number, default="")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
