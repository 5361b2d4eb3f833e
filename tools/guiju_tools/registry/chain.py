"""The log as a hash chain: each entry carries the digest of the one before, so nothing is altered unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: number from 1, when (UTC) and by whom it was made, what it says, and the two digests.

    `subject` is what the entry is about, unique within its kind where it is not empty.
    """

    number: int
    stamp: str
    who: str
    kind: str
    subject: str
    body: Mapping[str, Any]
    previous: str
    digest: str


def link(
    number: int, stamp: str, who: str, kind: str, subject: str, body: Mapping[str, Any], previous: str
) -> str:
    """The digest of an entry: SHA-256 (hex) over all of it and the digest of the one before (RFC 8785)."""
    told: dict[str, Any] = {
        "number": number,
        "stamp": stamp,
        "who": who,
        "kind": kind,
        "subject": subject,
        "body": dict(body),
        "previous": previous,
    }
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()


def broken(entries: Iterable[Entry]) -> Iterator[str]:
    """Where a chain does not hold, in words; nothing where it does."""
    previous, expected = START, 1
    for entry in entries:
        if entry.number != expected:
            yield f"第 {expected} 条缺失（下一条是第 {entry.number} 条）"
        elif entry.previous != previous:
            yield f"第 {entry.number} 条与上一条接不上"
        own = link(
            entry.number, entry.stamp, entry.who, entry.kind, entry.subject, entry.body, entry.previous
        )
        if own != entry.digest:
            yield f"第 {entry.number} 条（{entry.kind} {entry.subject}）的内容与摘要不一致"
        previous, expected = entry.digest, entry.number + 1
