"""A comparison of editions in words: for the terminal, the page and the revision note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju_tools.editions.model import GRADE_LEGEND, GRADE_WORDS, GRADES, PART_WORDS, Change, Comparison

SHOWN = 20
"""Lines that the terminal shows of each grade; page and workbook hold all."""


def sentence(comparison: Comparison) -> str:
    """The one line: how many changes of which grade, and the number that they call for."""
    if comparison.grade is None:
        return "两个版本没有差别。"
    counts = "，".join(f"{GRADE_WORDS[grade]} {len(comparison.of(grade))} 处" for grade in reversed(GRADES))
    now = comparison.after.version
    told = f"共 {len(comparison.changes)} 处改动：{counts}。建议的版本号：{comparison.version}"
    return f"{told}（现在写的是 {now}）。" if now != comparison.version else f"{told}。"


def line(change: Change) -> str:
    """One change on one line."""
    name = PART_WORDS[change.part]
    told = "→".join(part for part in (change.before, change.after) if part)
    subject = change.id if change.title in ("", change.id) else f"{change.id} {change.title}"
    return f"{name} {subject}：{change.what}{'：' + told if told else ''}"


def lines(comparison: Comparison) -> Iterator[str]:
    """What the terminal says."""
    title = comparison.after.title
    yield f"{title}：{comparison.before.version} 与 {comparison.after.version} 比较"
    for grade in reversed(GRADES):
        found = comparison.of(grade)
        if found:
            yield f"{GRADE_WORDS[grade]}（{GRADE_LEGEND[grade]}）"
            yield from (f"  {_cut(line(change))}" for change in found[:SHOWN])
            if len(found) > SHOWN:
                yield f"  还有 {len(found) - SHOWN} 处，见对比文件"
    for one in comparison.moved:
        yield f"编号对照：{one.before} 看来由 {one.after} 接替（{one.why}），请确认"
    yield sentence(comparison)


def _cut(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def note(comparison: Comparison) -> str:
    """The revision note (修订说明) in Markdown: what the secretary puts before the changed text."""
    before, after = comparison.before, comparison.after
    parts = [
        f"# {after.title}修订说明",
        "",
        f"由 {before.version} 改为 {comparison.version}（建议的版本号）。试点用草案，非国家标准。",
        "",
        sentence(comparison),
        "",
    ]
    for grade in reversed(GRADES):
        parts += _section(comparison.of(grade), f"{GRADE_WORDS[grade]}改动", GRADE_LEGEND[grade])
    if comparison.moved:
        parts += ["## 编号对照", "", "| 前一版本 | 后一版本 | 依据 |", "|---|---|---|"]
        parts += [f"| {one.before} | {one.after} | {one.why} |" for one in comparison.moved]
        parts.append("")
    reassess = sorted({change.id for change in comparison.changes if change.reassess})
    if reassess:
        parts += ["## 须重新确认核验办法的要求", "", f"文字有改动：{'、'.join(reassess)}。", ""]
    parts += ["## 摘要", ""]
    parts += [f"- 判定摘要：{before.judging_digest} → {after.judging_digest}"]
    parts += [f"- 文字摘要：{before.text_digest} → {after.text_digest}", ""]
    return "\n".join(parts)


def _section(changes: Sequence[Change], title: str, legend: str) -> list[str]:
    if not changes:
        return []
    return [f"## {title}", "", legend, "", *(f"- {_plain(line(change))}" for change in changes), ""]


def _plain(text: str) -> str:
    """Text that Markdown takes as it stands."""
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
