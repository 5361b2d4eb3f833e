"""Digests of delivered files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_all(paths: Sequence[Path]) -> str:
    """One SHA-256 over several files: that of a list of their digests and names, a line each."""
    lines = "".join(f"{digest(path)}  {path.name}\n" for path in paths)
    return hashlib.sha256(lines.encode()).hexdigest()
