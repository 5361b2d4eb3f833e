"""Where a row stands: its number, its parent's number, its place among the parent's rows, its own chance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from guiju_tools.sample import chance
from guiju_tools.sample.expressions import expression_sql
from guiju_tools.sample.hints import Link
from guiju_tools.sample.loom import HASH, POSITION, ROUND, ROW, Loom, Path
from guiju_tools.sample.plan import one_pass

NAMES = (ROW, HASH, POSITION, ROUND)


def place_sql(loom: Loom, path: Path, name: str) -> str:
    """SQL of one of `NAMES` for a row of the path's dataset."""
    if name == ROW:
        return ROW if path == loom.root else _parent_row(loom, path)
    if name == HASH:
        return _hash(loom, path)
    return _position(loom, path) if name == POSITION else _round(loom, path)


def _hash(loom: Loom, path: Path) -> str:
    steps = chance.row_steps(loom.column(path, ROW), f"{loom.plan.seed}/{path[-1]}")
    below = ""
    uses: tuple[str, ...] = (ROW,)
    for number, step in enumerate(steps[:-1]):
        name = f"{HASH}{number}"
        below = loom.keep(_key(path, name), partial(_above, loom, path, step.format(below), uses))
        uses = (name,)
    return steps[-1].format(below)


def _above(loom: Loom, path: Path, sql: str, uses: Sequence[str]) -> str:
    """`sql`, once the columns that it names are known to lie below it."""
    for name in uses:
        loom.keep(_key(path, name), str)
    return sql


def _key(path: Path, name: str) -> str:
    return "/".join((*path[1:], name))


def _parent_row(loom: Loom, path: Path) -> str:
    """The row number of the parent: declared, by counts, or any."""
    child, rows = path[:-1], loom.plan.rows[path[-1]]
    link = loom.plan.link(path[-2], path[-1])
    if link.row:
        return f"({expression_sql(loom, child, link.row)} - 1) % {rows} + 1"
    if not link.counts:
        return f"{chance.below(loom.drawn(child, f'link/{path[-1]}'), str(rows))} + 1"
    place = _in_pass(loom, child, link)
    owners = [number for number, count in enumerate(link.counts) for _ in range(count)]
    owner = f"{_list(owners)}[{place} % {len(owners)} + 1]"
    return f"{place} // {len(owners)} * {len(link.counts)} + {owner} + 1"


def _position(loom: Loom, path: Path) -> str:
    """Which child of its parent's row a row is, from 1."""
    link = _counted(loom, path)
    if link is None:
        return "1"
    positions = [number + 1 for count in link.counts for number in range(count)]
    return f"{_list(positions)}[{_in_pass(loom, path, link)} % {len(positions)} + 1]"


def _round(loom: Loom, path: Path) -> str:
    """In which pass over the parent's rows a row came, from 0."""
    link = _counted(loom, path)
    if link is None:
        return "0"
    return f"({loom.column(path, ROW)} - 1) // {_pass(loom, link)}"


def _counted(loom: Loom, path: Path) -> Link | None:
    return next((item for item in loom.plan.hints.of(path[-1]).links.values() if item.counts), None)


def _in_pass(loom: Loom, path: Path, link: Link) -> str:
    return f"(({loom.column(path, ROW)} - 1) % {_pass(loom, link)})"


def _pass(loom: Loom, link: Link) -> int:
    return max(one_pass(link, loom.plan.rows[link.dataset]), 1)


def _list(numbers: Sequence[int]) -> str:
    return f"[{', '.join(map(str, numbers))}]"
