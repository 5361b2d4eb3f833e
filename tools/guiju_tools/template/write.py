"""The files of a template, written beside their places first, so that nothing half written is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from guiju.errors import InputError, Place
from guiju_tools.template import texts
from guiju_tools.template.fill_book import fill_book
from guiju_tools.template.skeleton import Dialect, Period, script
from guiju_tools.template.told import Told
from guiju_tools.whole_file import put


def request_files(told: Told, dialects: Sequence[Dialect], period: Period) -> dict[str, bytes]:
    """Names and contents of what goes to a vendor."""
    from guiju_tools.template.document import document  # noqa: PLC0415 - slow to load, and only needed here
    from guiju_tools.template.request_book import request_book  # noqa: PLC0415 - as above

    scripts = {texts.script_name(one): script(told.datasets, one, period).encode() for one in dialects}
    return {
        texts.DOCUMENT: document(told, dialects, period),
        texts.REQUEST: request_book(told, dialects, period),
        **scripts,
    }


def fill_files(told: Told) -> dict[str, bytes]:
    """Name and content of the workbook to fill."""
    return {texts.FILLED: fill_book(told)}


def only(told: Told, names: Sequence[str]) -> Told:
    """The same with the datasets of these ids or titles; with all of them where none is named.

    Raises:
        InputError: GJ-I350 when there is no such dataset.
    """
    known = {word: item for item in told.datasets for word in (item.dataset.id, item.dataset.title)}
    missing = [name for name in names if name not in known]
    if missing:
        have = "、".join(f"{item.dataset.title}（{item.dataset.id}）" for item in told.datasets)
        raise InputError(
            "GJ-I350", f"“{told.standard.title}”没有数据集“{missing[0]}”", hint=f"--dataset 可选：{have}"
        )
    chosen = {known[name].dataset.id for name in names}
    kept = tuple(item for item in told.datasets if not names or item.dataset.id in chosen)
    return replace(told, datasets=kept)


def write_files(files: Mapping[str, bytes], out: Path) -> list[Path]:
    """Write the files into a folder, made where it is missing.

    Raises:
        InputError: GJ-I351 a file of that name is there already; GJ-I352 it cannot be written.
    """
    there = [name for name in files if (out / name).exists()]
    if there:
        raise InputError(
            "GJ-I351",
            f"已经有“{there[0]}”，没有改动它",
            place=Place(str(out / there[0])),
            hint="里面可能已经填了内容：请先移走，或用 --out 换一个文件夹",
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [put(out / name, content) for name, content in files.items()]
    except OSError as error:
        raise InputError(
            "GJ-I352",
            "文件写不进这个文件夹",
            place=Place(str(out)),
            cause=error.strerror or str(error),
            hint="请确认磁盘有空间、文件夹可写，或用 --out 换一个",
        ) from error
