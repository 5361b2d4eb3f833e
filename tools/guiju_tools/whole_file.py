"""A file put in its place whole: written beside it first, so that nobody ever sees a half of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` at the end; after a fault `path` is as it was.

    Raises:
        OSError: where the folder does not allow it, or another program holds the file.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def put(path: Path, content: bytes) -> Path:
    """Put bytes in place of a file, in a folder that is made where it is missing; gives the path.

    Raises:
        OSError: as `beside`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with beside(path) as part:
        part.write_bytes(content)
    return path
