"""A proposed mapping as commented YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from guiju.export.recognition.mapping_form import OPEN
from guiju_tools.mapping.proposal import HOW, Line, Proposal, Proposals

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]*")
_READ_OTHERWISE = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_ABOUT = """\
# 字段对应表：由 guiju map 写出。“#”后面的是说明，不起作用。
# 左边是标准的数据元，右边是导出数据里的列名。每行写着凭什么认出、填写率和几个值，请逐行看一遍。
# 写着“待确认”的，请从它下面的备选中选一个列名填上；确认导出里没有的，删去那一行，把数据元写进 absent，
# 如 absent: [task_state]。还有待确认的，guiju run 不核验。改好后：guiju run … --mapping 这个文件
"""


def yaml_text(proposals: Proposals) -> str:
    """The whole file."""
    lines = [
        *_ABOUT.splitlines(),
        f"id: {quoted(proposals.id)}",
        f"title: {quoted(proposals.title)}",
        f"standard: {quoted(proposals.standard)}",
        "datasets:",
    ]
    for item in proposals.datasets:
        lines += _dataset(item)
    for table in proposals.passed:
        lines.append(f"# 没有认出是哪个数据集的表：{table.label}（{table.looked_at}）")
        lines += [f"#   {_bare(heading)}" for heading in table.headings[:40]]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as YAML reads it back: bare where no reader can take it for something else."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _READ_OTHERWISE:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\u2028", "\\u2028")


def _bare(text: str) -> str:
    """A text within a comment: on one line."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+", " ", text)


def _dataset(item: Proposal) -> Iterator[str]:
    yield f"  {item.dataset.id}:  # {_bare(item.dataset.title)}"
    for table in item.tables:
        yield f"    # 表：{_bare(table.label)}（{table.looked_at}）"
    for label in item.others:
        yield f"    # {_bare(label)} 也像这个数据集，但列名不同：请把它单独放在一处，另写一份对应表"
    if item.use != "是":
        yield f"    use: {item.use}  # 这张表是不是“{_bare(item.dataset.title)}”：写 是 或 否"
    yield from _settings(item)
    yield "    columns:"
    for line in item.lines:
        yield from _line(item, line)
    for name in item.missing:
        yield f"      # 没有找到必有的数据元：{name}（{_bare(item.dataset.fields[name].title)}）"
    yield from _extras(item)
    yield from _codes(item)
    if item.unread:
        yield "    # 没有读取的列："
        for column in item.unread:
            yield f"    #   {_bare(column.heading)}：填写率 {column.rate}；例：{_bare(column.shown)}"


def _settings(item: Proposal) -> Iterator[str]:
    told = item.told
    for key, text in (("file", told.file), ("sheet", told.sheet)):
        if text:
            yield f"    {key}: {json.dumps(text, ensure_ascii=False)}"
    if told.head:
        yield f"    head: {told.head}"
    if told.skip:
        yield f"    skip: [{', '.join(map(str, told.skip))}]"


def _line(item: Proposal, line: Line) -> Iterator[str]:
    field = item.dataset.fields[line.name]
    mark = f"{_bare(field.title)}{'（必有）' if field.required else ''}"
    if line.open:
        yield f"      {line.name}: {OPEN}  # {mark}：请选一个列名填在这里，或者写进 absent"
        for candidate in line.candidates:
            score = f" {candidate.score} 分" if candidate.score else ""
            said = f"{HOW[candidate.how]}{score}{_facts(item, candidate.heading)}"
            yield f"      # {line.name}: {quoted(candidate.heading)}  # {said}"
        return
    said = f"{HOW.get(line.how, line.how)} {line.score} 分{_facts(item, line.heading)}"
    yield f"      {line.name}: {quoted(line.heading)}  # {mark}：{said}"


def _facts(item: Proposal, heading: str) -> str:
    column = item.column(heading)
    if column is None:
        return ""
    return f"；填写率 {column.rate}；例：{_bare(column.shown)}"


def _extras(item: Proposal) -> Iterator[str]:
    told = item.told
    if told.absent:
        yield f"    absent: [{', '.join(told.absent)}]"
    pairs: tuple[tuple[str, Mapping[str, str]], ...] = (
        ("constant", told.constant),
        ("crosswalks", told.crosswalks),
        ("separators", told.separators),
        ("dates", told.dates),
    )
    for key, values in pairs:
        if values:
            yield f"    {key}:"
            for name, text in values.items():
                yield f"      {name}: {text if key == 'crosswalks' else json.dumps(text, ensure_ascii=False)}"


def _codes(item: Proposal) -> Iterator[str]:
    """Values as decided before, and unknown ones as comments to take over."""
    if item.told.values:
        yield "    values:"
    elif item.codes:
        yield "    # 不在代码表里的值：认得的去掉行首的“# ”，写上代码；读作空文字就是按空白处理"
        yield "    # values:"
    for name, codes in item.told.values.items():
        yield f"      {name}:"
        for text, code in codes.items():
            yield f"        {quoted(text)}: {json.dumps(code, ensure_ascii=False)}"
        yield from _unknown(item, name, named=True)
    for name in dict.fromkeys(code.name for code in item.codes):
        if name not in item.told.values:
            yield from _unknown(item, name, named=False)


def _unknown(item: Proposal, name: str, *, named: bool) -> Iterator[str]:
    found = [code for code in item.codes if code.name == name]
    known = item.told.values.get(name, {})
    if found and not named:
        yield f"    #   {name}:  # {_bare(item.dataset.fields[name].title)}"
    for code in found:
        if code.text not in known:
            near = f"；相近：{_bare(code.nearest)}" if code.nearest else ""
            yield f'    #     {json.dumps(code.text, ensure_ascii=False)}: ""  # {code.count} 行{near}'
