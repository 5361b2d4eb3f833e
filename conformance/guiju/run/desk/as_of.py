"""The day to which an export refers: from its own stamps or the names of its files, never today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from guiju.content import find_packs
from guiju.engine.kinds.facts import column
from guiju.engine.session import session
from guiju.engine.tables import DatasetTable, Need, reading
from guiju.errors import InputError, Place
from guiju.export import Binding, identifier, known_words, open_sources
from guiju.run import prepare
from guiju.run.desk.mappings import find_mappings
from guiju.run.desk.shared import own_part, recognised
from guiju.run.request import RunRequest
from guiju.standard.load import load
from guiju.standard.model import Standard

_IN_NAME = re.compile(
    r"(?<![0-9])(?P<y>20[0-9]{2})(?:[-_.年](?P<m>[01]?[0-9])[-_.月](?P<d>[0-3]?[0-9])日?"
    r"|(?P<mm>[01][0-9])(?P<dd>[0-3][0-9]))(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day as text, and how it was come by, in words."""

    day: str
    how: str


def stated_day(deliveries: Sequence[Path | str]) -> AsOf:
    """The newest day that the names of delivered files, or of files in delivered folders, carry.

    Addresses of databases carry none.

    Raises:
        InputError: GJ-I340 when none carries one.
    """
    files = [item for item in deliveries if isinstance(item, Path)]
    files = [item for item in deliveries if isinstance(item, Path)]
    named = {path.name: day for path in _all(files) if (day := _day_in(path.stem))}
    if not named:
        raise InputError(
            "GJ-I340",
            "不知道数据是哪一天的",
            place=Place("、".join(path.name for path in files[:5])),
            cause="没有写 as_of，交来的文件名中也没有日期",
            hint='在 region.yaml 中写 as_of: "2026-03-31" 或 as_of: {newest: 数据集.数据元}，或用 --as-of',
        )
    newest = max(named.values())
    names = [name for name, day in named.items() if day == newest]
    others = "" if len(set(named.values())) == 1 else "；各文件的日期不同，取最新的"
    return AsOf(newest.isoformat(), f"取自文件名“{names[0]}”{others}")


def _all(files: Sequence[Path]) -> list[Path]:
    return [
        found for path in files for found in ([path, *sorted(path.rglob("*"))] if path.is_dir() else [path])
    ]


def _day_in(name: str) -> date | None:
    for found in _IN_NAME.finditer(name):
        month, day = found["m"] or found["mm"], found["d"] or found["dd"]
        try:
            return date(int(found["y"]), int(month), int(day))
        except ValueError:
            continue
    return None


def newest_stamp(request: RunRequest, dataset: str, field: str) -> AsOf:
    """The newest day in a date or stamp of a delivered dataset.

    Raises:
        InputError: GJ-I342 the field is no date, is not delivered, or holds no day that can be read.
    """
    standard = load(find_packs(request.pack), request.standard)
    known = standard.datasets[dataset].fields.get(field) if dataset in standard.datasets else None
    if known is None or known.type not in ("date", "date-time"):
        raise _no_day(f"{dataset}.{field}", "标准中没有这个日期或时间型的数据元")
    bindings = _bindings(request, standard, dataset, field)
    if not bindings:
        raise _no_day(f"{dataset}.{field}", "交来的数据中没有这一列")
    newest = _newest(request, standard, bindings, field)
    if newest is None:
        raise _no_day(f"{dataset}.{field}", "这一列没有能识别的日期")
    title = standard.datasets[dataset].title
    return AsOf(newest.isoformat(), f"取自{title}的“{known.title}”中最新的一天")


def _no_day(name: str, cause: str) -> InputError:
    return InputError(
        "GJ-I342", f"不能从 {name} 得出基准日", cause=cause, hint="请改正 as_of 中的 newest，或直接写日期"
    )


def _bindings(request: RunRequest, standard: Standard, dataset: str, field: str) -> list[Binding]:
    found = find_mappings(find_packs(request.pack), (request.mapping, *request.more_mappings))
    mapping = own_part(found, request.others)
    sources = open_sources(request.exports, known_words({**request.others, **standard.datasets}, mapping))
    return [
        replace(item, columns={field: item.columns[field]})
        for item in recognised(sources, standard, mapping, request.others, alone=not request.others)
        if item.dataset.id == dataset and field in item.columns
    ]


def _newest(request: RunRequest, standard: Standard, bindings: Sequence[Binding], field: str) -> date | None:
    packs = find_packs(request.pack)
    found = find_mappings(packs, (request.mapping, *request.more_mappings))
    mapping = own_part(found, request.others)
    (dataset,) = {item.dataset.id for item in bindings}
    scopes = prepare.scopes_of(standard)
    env = prepare.environment({}, prepare.calendar(packs), "")
    read = {dataset: prepare.readings(standard, standard.datasets[dataset], mapping, packs, request.region)}
    files = [path for item in bindings for path in item.source.reads]
    with session(files, request.limits) as connection:
        tables = prepare.load_tables(connection, standard, bindings, read, scopes, env)
        return _largest(connection.execute(_query(tables[dataset], field)).fetchall()[0][0])


def _query(table: DatasetTable, field: str) -> str:
    begin = reading([Need(table, frozenset({field}))])
    return f"{begin}SELECT max({column(table.dataset.fields[field])}) FROM {identifier(table.view)}"


def _largest(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
