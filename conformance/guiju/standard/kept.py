"""What was worked out before from the same bytes by the same program: kept in the user's cache folder.

A standard of eighty requirements takes longer to read and check than a thousand rows take to judge. What
comes of it is therefore kept under a digest of everything that it depends on: the files, and the program that
read them. Nothing is ever looked up by name or date, so nothing can be out of date; a folder that cannot be
written, or an entry that cannot be read, only costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

ENTRIES = 400
"""How many entries are kept; the oldest go first."""
FOLDER_VARIABLE = "GUIJU_CACHE"
"""Names another folder; an empty text keeps nothing."""


def kept(kind: str, parts: Iterable[bytes], make: Callable[[], Any]) -> Any:
    """A value of plain JSON types: read where it was kept, else made and kept.

    Args:
        kind: what it is, part of its identity.
        parts: all that it depends on, apart from the program.
        make: works it out; what it raises goes through, and nothing is kept then.
    """
    folder = kept_folder()
    if folder is None:
        return make()
    path = folder / f"{kind}-{_identity(kind, parts)}.json"
    with suppress(OSError, ValueError):
        return json.loads(path.read_bytes())
    text = json.dumps(make(), ensure_ascii=False, separators=(",", ":"))
    with suppress(OSError):
        _write(path, text)
    return json.loads(text)


def kept_folder() -> Path | None:
    """Where things are kept; it need not be there yet. None where nothing is to be kept."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named is None:
        return platformdirs.user_cache_path("guiju", appauthor=False)
    return Path(named) if named else None


def _identity(kind: str, parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256(program())
    for part in (kind.encode(), *parts):
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:40]


@cache
def program() -> bytes:
    """The digest of the modules that read standards and expressions, and of those that say which to keep."""
    root = Path(__file__).resolve().parent.parent
    whole = hashlib.sha256()
    for path in sorted(path for part in ("standard", "rule", "run") for path in root.glob(f"{part}/*.py")):
        whole.update(path.read_bytes())
    return whole.digest()


def _write(path: Path, text: str) -> None:
    """Put the whole file there at once: another run may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".guiju-", dir=path.parent) as folder:
        made = Path(folder) / path.name
        made.write_text(text, encoding="utf-8")
        made.replace(path)
    _tidy(path.parent)


def _tidy(folder: Path) -> None:
    entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in entries[ENTRIES:]:
        path.unlink(missing_ok=True)
