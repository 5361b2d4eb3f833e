"""The base of a workbook: what was exported, kept on a hidden sheet, so that changes can be told."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.standard.model import Standard
from guiju_tools.drafting.headings import Tables
from guiju_tools.drafting.sheets import FORM

_CHUNK = 30_000
"""Letters of one cell; a cell holds 32767."""
_MOST = 50_000_000


@dataclass(frozen=True, slots=True)
class Base:
    """What was exported: of which standard and edition, and the sheets as they were then."""

    standard_id: str
    version: str
    judging: str
    text: str
    tables: Tables


class Damaged(ValueError):  # noqa: N818 - says what the base is
    """A base that is not as it was written; its text says what is wrong."""


def base_of(standard: Standard, tables: Tables) -> Base:
    """The base of an export made now."""
    return Base(standard.id, standard.version, standard.judging_digest, standard.text_digest, tables)


def base_lines(base: Base) -> list[str]:
    """The cells of the hidden sheet, top to bottom."""
    plain = json.dumps(base.tables, ensure_ascii=False, separators=(",", ":")).encode()
    packed = base64.b64encode(zlib.compress(plain, 9)).decode()
    chunks = [packed[start : start + _CHUNK] for start in range(0, len(packed), _CHUNK)]
    facts = [FORM, base.standard_id, base.version, base.judging, base.text]
    return [*facts, _digest([*facts, packed]), str(len(chunks)), *chunks]


def read_base(lines: Sequence[str]) -> Base:
    """The base in the cells of the hidden sheet.

    Raises:
        Damaged: the cells are not as they were written.
    """
    if not lines or lines[0] != FORM:
        raise Damaged("没有底稿，或者是别的程序写的")
    try:
        facts, digest, count = lines[:5], lines[5], int(lines[6])
        packed = "".join(lines[7 : 7 + count])
        if _digest([*facts, packed]) != digest:
            raise Damaged("底稿被改过")
        plain = zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), _MOST)
        return Base(facts[1], facts[2], facts[3], facts[4], json.loads(plain))
    except (IndexError, ValueError, zlib.error, binascii.Error) as fault:
        if isinstance(fault, Damaged):
            raise
        raise Damaged("底稿不完整") from fault


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
