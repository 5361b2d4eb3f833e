"""calamine called with care: what it cannot read, and what it breaks on, is a damaged workbook."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from guiju.export.book.content import Kind
from guiju.export.book.refused import broken, encrypted

_PANIC = "PanicException"
_STDERR = 2


@contextmanager
def _careful(path: Path, inside: str = "") -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise encrypted(path) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise broken(path, f"{inside}{error}") from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:  # a panic of the library is no `Exception`, and cannot be imported
            raise
        raise broken(path, f"{inside}内容不合规") from None


@contextmanager
def _quiet(kind: Kind) -> Iterator[None]:
    """Old and binary workbooks are parsed while they are opened, and calamine tells of its panics itself.

    It writes to the descriptor of standard error, past Python; what it writes is of no use to people.
    """
    if kind == "xlsx":
        yield
        return
    sys.stderr.flush()
    with Path(os.devnull).open("wb") as nowhere:
        kept = os.dup(_STDERR)
        os.dup2(nowhere.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)


def open_book(path: Path, read: Path | bytes, kind: Kind) -> CalamineWorkbook:
    """The workbook; a file with another suffix than its content's is read by its content.

    Args:
        path: the delivered file, for messages.
        read: the file to read, or its content.
        kind: what the content is.

    Raises:
        InputError: GJ-I112 not readable, GJ-I113 encrypted.
    """
    with _careful(path), _quiet(kind):
        if isinstance(read, bytes):
            return CalamineWorkbook.from_filelike(io.BytesIO(read))
        if read.suffix.lower() in (".xlsm" if kind == "xlsx" else "", f".{kind}"):
            return CalamineWorkbook.from_path(str(read))
        return CalamineWorkbook.from_filelike(io.BytesIO(read.read_bytes()))


def sheet_of(book: CalamineWorkbook, path: Path, name: str, kind: Kind) -> CalamineSheet:
    """One sheet, wholly parsed.

    Raises:
        InputError: as `open_book`.
    """
    with _careful(path, f"工作表“{name}”："), _quiet(kind):
        return book.get_sheet_by_name(name)
