"""calamine called with care: what it cannot read, and what it breaks on, is a damaged workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from guiju.export.book.content import Kind
from guiju.export.book.refused import broken, encrypted

_PANIC = "PanicException"


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


def open_book(path: Path, kind: Kind) -> CalamineWorkbook:
    """The workbook; a file with another suffix than its content's is read by its content.

    Raises:
        InputError: GJ-I112 not readable, GJ-I113 encrypted.
    """
    with _careful(path):
        if path.suffix.lower() in (".xlsm" if kind == "xlsx" else "", f".{kind}"):
            return CalamineWorkbook.from_path(str(path))
        return CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def sheet_of(book: CalamineWorkbook, path: Path, name: str) -> CalamineSheet:
    """One sheet, wholly parsed.

    Raises:
        InputError: as `open_book`.
    """
    with _careful(path, f"工作表“{name}”："):
        return book.get_sheet_by_name(name)
