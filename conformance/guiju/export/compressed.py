"""Single compressed files, such as ``.csv.gz``: unpacked into a private folder, then read."""

from __future__ import annotations

import gzip
import zlib
from importlib import import_module
from pathlib import Path
from typing import IO, cast

from guiju.errors import InputError, Place
from guiju.export.private import Budget, PrivateFolder, made_or_gone, pour
from guiju.export.refusals import empty_file


def decompress(path: Path, budget: Budget) -> tuple[PrivateFolder, Path]:
    """The content of a ``.gz`` or ``.zst`` file as a file of its own.

    Raises:
        InputError: GJ-I105 empty; GJ-I151 damaged; GJ-I152 no reader for Zstandard installed; GJ-I141 too
            large; GJ-I142 no room.
    """
    if not path.stat().st_size:
        raise empty_file(path)
    try:
        with made_or_gone() as folder, path.open("rb") as packed, _stream(path, packed) as source:
            target = folder.path / path.stem
            pour(source, target, budget)
    except (EOFError, zlib.error, gzip.BadGzipFile, _zstandard_error()) as error:
        raise InputError(
            "GJ-I151",
            "压缩文件不能读取，或已损坏",
            place=Place(str(path)),
            cause=str(error),
            hint="请重新下载或重新压缩；也可解压后再交",
        ) from error
    return folder, target


def _stream(path: Path, packed: IO[bytes]) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=packed))
    try:
        zstandard = import_module("zstandard")
    except ImportError as error:
        raise InputError(
            "GJ-I152",
            "没有安装读取 .zst 的程序库",
            place=Place(str(path)),
            hint="请解压后再交；或安装：pip install zstandard"
            "（不连互联网时：pip install --no-index --find-links 存放安装包的文件夹 zstandard）",
        ) from error
    limit = 1 << 27
    reader = zstandard.ZstdDecompressor(max_window_size=limit).stream_reader(packed, read_across_frames=True)
    return cast("IO[bytes]", reader)


def _zstandard_error() -> type[Exception]:
    try:
        return cast("type[Exception]", import_module("zstandard").ZstdError)
    except ImportError:
        return EOFError
