"""Masked samples: what kind of text was found wrong, and which findings are about the same record.

A cell is told by its shape alone: every digit is 9, every Latin letter A, every other letter 字. The record
behind a finding is told by a keyed hash of its key, under a secret that stays at home: the same record has
the same link in every bundle of a region, and nobody outside can find out whose it is by trying all numbers.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterator
from typing import Any

from guiju.result import Finding, FindingCell, RequirementResult, Result
from guiju.result.masking import LEAST

MOST = 3
"""Samples of one requirement."""
SHAPE_LONGEST = 60
_LINK = 16


def samples(result: Result, secret: bytes) -> list[dict[str, Any]]:
    """Samples of each requirement that at least five rows fail, none of others.

    Args:
        result: not masked.
        secret: the home secret for links.
    """
    return [_sample(item, secret) for item in result.requirements if _many(item)]


def _many(item: RequirementResult) -> bool:
    return bool(item.findings) and item.counts.failed >= LEAST


def _sample(item: RequirementResult, secret: bytes) -> dict[str, Any]:
    told = [_finding(item, finding, secret) for finding in _different(item)]
    return {"requirement": item.id, "dataset": item.dataset, "findings": told}


def _different(item: RequirementResult) -> Iterator[Finding]:
    """The first findings whose shapes differ, so that three samples say more than one."""
    seen: set[tuple[str, ...]] = set()
    for finding in item.findings:
        looks = tuple(shape(cell.delivered) for cell in finding.cells if cell.blamed)
        if looks not in seen and len(seen) < MOST:
            seen.add(looks)
            yield finding


def _finding(item: RequirementResult, finding: Finding, secret: bytes) -> dict[str, Any]:
    return {
        "link": link(secret, item.dataset, finding.key) if finding.key else "",
        "cells": [_cell(cell) for cell in finding.cells],
    }


def _cell(cell: FindingCell) -> dict[str, Any]:
    return {"field": cell.field, "title": cell.title, "shape": shape(cell.delivered), "blamed": cell.blamed}


def link(secret: bytes, dataset: str, key: str) -> str:
    """The keyed hash of a record's key (HMAC-SHA-256), hex."""
    return hmac.digest(secret, f"{dataset}\n{key}".encode("utf-8", "surrogatepass"), "sha256")[:_LINK].hex()


def shape(text: str) -> str:
    """A text with every digit as 9, every Latin letter as A, every other letter as 字, signs as they are."""
    told = "".join(map(_sign, text[:SHAPE_LONGEST]))
    return f"{told}…" if len(text) > SHAPE_LONGEST else told


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind.startswith("N"):
        return "9"
    if kind.startswith(("L", "M")):
        return "A" if sign.isascii() else "字"
    return sign if sign.isascii() and sign.isprintable() else "·"
