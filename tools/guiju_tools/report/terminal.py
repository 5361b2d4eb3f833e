"""The result on the terminal: what needs attention, where the reports are, and one line of summary.

Redirected output is plain text, and what the console's encoding lacks is replaced, never fatal.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from guiju.result import RequirementResult, Result
from guiju.result.model import OUTCOME_TITLES
from guiju_tools.report import words

_ATTENTION = ("failed", "cantTell", "error")
_REASONS_SHOWN = 5
_STYLES = {"failed": "bold red", "cantTell": "yellow", "error": "bold magenta"}


def print_result(result: Result, out: Path, stream: TextIO | None = None) -> None:
    """Print a result: a table where somebody watches, plain lines where the output is redirected.

    Args:
        result: what was found.
        out: the folder that holds the two report folders.
        stream: standard output unless given.
    """
    target = sys.stdout if stream is None else stream
    attention = [item for item in result.requirements if item.outcome in _ATTENTION]
    if target.isatty() and attention:
        _print_table(attention, target)
    else:
        _write(target, *(_line(item) for item in attention))
    _write(target, *_rest(result), *_where(out), summary_line(result))


def summary_line(result: Result) -> str:
    """The one line that people and programs look for; it is the last one."""
    editions = "、".join(f"{one.title} {one.version}" for one in result.standards)
    drafts = "" if all(one.published for one in result.standards) else f"（{words.DRAFT}）"
    concluded = f"整体结论：{result.conclusion}。" if result.conclusion else ""
    return f"{editions}{drafts}：{result.summary.sentence}{concluded}退出码 {result.exit_code}"


def _print_table(items: list[RequirementResult], target: TextIO) -> None:
    from rich import box  # noqa: PLC0415 - only where somebody watches
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for heading in ("条款", "要求", "结论", "说明"):
        table.add_column(_fit(heading, target), no_wrap=heading != "说明")
    for item in items:
        told = (item.clause, item.id, words.outcome_of(item), f"{item.text}\n{item.reason}")
        style = _STYLES[item.outcome]
        cells = [Text(_fit(text, target), style if place == 2 else "") for place, text in enumerate(told)]  # noqa: PLR2004 - the outcome
        table.add_row(*cells)
    Console(file=target, highlight=False).print(table)


def _line(item: RequirementResult) -> str:
    return f"{item.clause}  {item.id}  {words.outcome_of(item)}  {item.text}  {item.reason}"


def _rest(result: Result) -> Iterator[str]:
    """What the table leaves out, counted: untested ones by reason, the others by outcome."""
    untested = Counter(item.reason for item in result.requirements if item.outcome == "untested")
    shown = untested.most_common(_REASONS_SHOWN)
    for reason, count in shown:
        yield f"未核验 {count} 条：{reason}"
    left = untested.total() - sum(count for _, count in shown)
    if left:
        yield f"未核验 {left} 条：其他原因，见报告"
    others = Counter(
        item.outcome for item in result.requirements if item.outcome in ("passed", "inapplicable")
    )
    told = "，".join(f"{OUTCOME_TITLES[outcome]} {count} 条" for outcome, count in sorted(others.items()))
    if told:
        yield f"其余：{told}"
    if result.summary.advisory:
        yield f"其中 {result.summary.advisory} 条依据待核对原文，只作提示，不计入汇总"


def _where(out: Path) -> tuple[str, str]:
    return (
        f"内部报告（{words.NOTICE}）：{out / '内部' / 'report.html'}",
        f"报送材料（已去除数据）：{out / '报送'}",
    )


def _write(target: TextIO, *texts: str) -> None:
    target.writelines(_fit(text, target) + "\n" for text in texts)


def _fit(text: str, target: TextIO) -> str:
    """The text with control marks named, and what the encoding of the console lacks as a question mark."""
    encoding = getattr(target, "encoding", None) or "utf-8"
    return words.visible(text).encode(encoding, "replace").decode(encoding)
