"""Digests of bytes: SHA-256 always, SM3 where the system's library has it."""

from __future__ import annotations

import hashlib
from functools import cache


def sha256(content: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(content).hexdigest()


def sm3(content: bytes) -> str:
    """SM3 (GB/T 32905), hex; empty where it is not available."""
    return hashlib.new("sm3", content).hexdigest() if has_sm3() else ""


@cache
def has_sm3() -> bool:
    """Whether the library behind Python knows SM3."""
    return "sm3" in hashlib.algorithms_available


def grouped(digest: str) -> str:
    """A digest in groups of four, as it is read aloud and compared on paper."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
