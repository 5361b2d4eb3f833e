"""`guiju new`: what a drafter adds to a standard, without YAML and without expressions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from guiju.content import Pack, find_packs
from guiju.errors import InputError
from guiju.standard.load import load
from guiju.standard.model import Standard
from guiju_tools.drafting import headings as h

new = typer.Typer(
    help="新增：起草人按提示回答，写出要求、条款和示例。", no_args_is_help=True, add_completion=False
)


@new.callback()
def _new() -> None:
    """新增：起草人按提示回答，写出要求、条款和示例。"""


OPTIONS: Mapping[str, str] = {
    h.WAY: "--way",
    h.DATASET: "--dataset",
    h.FIELDS: "--fields",
    h.OTHER: "--other",
    h.AGAINST: "--against",
    h.COMPARED: "--compare",
    h.REACHED: "--reached",
    h.WHEN: "--when",
    h.DECIDABLE: "--decidable",
    h.TIES: "--ties",
    h.MISSING: "--missing",
    h.QUESTION: "--question",
    h.METHOD: "--method",
    h.CLAUSE: "--clause",
    h.TEXT: "--text",
    h.MODALITY: "--modality",
    h.BASIS: "--basis",
    h.REMEDY: "--remedy",
    h.NAME: "--name",
    h.KEY: "--key",
}
"""The option of each heading, for messages."""
_GIVEN = {
    "way": h.WAY,
    "dataset": h.DATASET,
    "fields": h.FIELDS,
    "other": h.OTHER,
    "against": h.AGAINST,
    "compare": h.COMPARED,
    "reached": h.REACHED,
    "when": h.WHEN,
    "decidable": h.DECIDABLE,
    "ties": h.TIES,
    "missing": h.MISSING,
    "question": h.QUESTION,
    "method": h.METHOD,
    "clause": h.CLAUSE,
    "text": h.TEXT,
    "modality": h.MODALITY,
    "basis": h.BASIS,
    "remedy": h.REMEDY,
    "name": h.NAME,
}
"""The heading of each option that is one."""
_ALWAYS = (h.CLAUSE, h.TEXT, h.MODALITY, h.BASIS, h.REMEDY)


@new.command("requirement")
def requirement(
    standard: Annotated[str, typer.Argument(help="标准的标识或名称")],
    way: Annotated[str, typer.Option(help=f"核验方式：{'、'.join(h.WAYS)}")] = "",
    dataset: Annotated[str, typer.Option(help="数据集的中文名称")] = "",
    fields: Annotated[str, typer.Option(help="数据元的中文名称，几个之间用顿号")] = "",
    other: Annotated[str, typer.Option(help="对照的数据集")] = "",
    against: Annotated[
        str, typer.Option(help="对照什么：数据元、“参数：名称”，或者比例（如 0.95、95%）")
    ] = "",
    compare: Annotated[str, typer.Option(help="逐项比较的数据元，如 事项名称（按名称）、事项类型")] = "",
    reached: Annotated[str, typer.Option(help="要达到的条件，如 是否网办=是")] = "",
    when: Annotated[str, typer.Option(help="只对这样的记录适用，如 办结时间 已填；不写就是全部")] = "",
    decidable: Annotated[str, typer.Option(help="比得出来的前提，不成立就无法判定，如两个单位相同")] = "",
    ties: Annotated[str, typer.Option(help="先后次序：时间相同是否允许（允许、不允许）")] = "",
    missing: Annotated[str, typer.Option(help="先后次序：缺少时间怎样（略过、无法判定、不符合）")] = "",
    question: Annotated[str, typer.Option(help="现场查看或自行声明的问题")] = "",
    method: Annotated[str, typer.Option(help="现场查看怎样看")] = "",
    clause: Annotated[str, typer.Option(help="条款号，如 4.2.5；还没有的，加到章条里")] = "",
    clause_title: Annotated[str, typer.Option(help="新条款的标题；同一层都没有标题的不写")] = "",
    text: Annotated[str, typer.Option(help="要求的文字，一句话，用应、宜或者可")] = "",
    modality: Annotated[str, typer.Option(help="应、宜、可")] = "",
    basis: Annotated[str, typer.Option(help=f"依据的性质：{'、'.join(h.BASES.values())}")] = "",
    source: Annotated[
        list[str] | None,
        typer.Option(help="来源，写成“文件|位置|原文已核”，可以有几个；核对：原文已核、二手转述、待核对原文"),
    ] = None,
    document_title: Annotated[
        str, typer.Option(help="来源文件的全称：参考文献里还没有这个文件时，照此列入")
    ] = "",
    remedy: Annotated[str, typer.Option(help="整改建议，写给经办人看")] = "",
    key: Annotated[bool, typer.Option("--key", help="关键条款")] = False,
    name: Annotated[str, typer.Option(help="英文短名；不写就由程序起")] = "",
    chapter: Annotated[str, typer.Option(help="这一章还没有文件时，写明文件名，如 06-queue")] = "",
    pack: Annotated[Path | None, typer.Option(help="标准包所在的文件夹；缺省为随程序附带的标准包")] = None,
) -> None:
    """新增一条要求：标识由程序取，写好 YAML、条款、规则和示例；在终端上没写的逐项询问。"""
    options = dict(locals())
    given = {heading: str(options[name]) for name, heading in _GIVEN.items()}
    given |= {h.KEY: h.YES if key else "", **_sources(source or [])}
    packs = find_packs(pack)
    told = load(packs, standard)
    cells = {heading: answer for heading, answer in given.items() if answer}
    if _on_terminal():
        cells = _Asking(told, cells).asked()
    extra = {"clause_title": clause_title, "chapter": chapter, "document_title": document_title}
    _make(packs, told, cells, extra)


def _on_terminal() -> bool:
    return sys.stdin.isatty()


def _sources(listed: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, text in enumerate(listed, 1):
        parts = [part.strip() for part in text.replace("｜", "|").split("|")]
        parts += [""] * (3 - len(parts))
        found |= dict(
            zip(h.source_headings(number), (parts[0], "|".join(parts[1:-1]), parts[-1]), strict=True)
        )
    return found


def _make(packs: Sequence[Pack], told: Standard, cells: Mapping[str, str], extra: Mapping[str, str]) -> None:
    from guiju_tools.drafting.adding import Unfit, Wish, make_requirement  # noqa: PLC0415 - lint loads slowly

    pack = next(item for item in packs if told.id in item.standard_ids())
    try:
        made = make_requirement(pack, told.id, packs, Wish(cells, **extra))
    except Unfit as unfit:
        raise InputError(
            "GJ-I472",
            f"还不能写：有{len(unfit.problems)}处要补或要改；什么都没有写入",
            cause="".join(f"\n    {_option(one.heading)}：{one.said}" for one in unfit.problems),
            hint="请补上这些选项；在终端上运行，没写的会逐项询问",
        ) from unfit
    typer.echo(f"已新增 {made.added.id}（{made.added.data['clause']}）：{made.added.data['text']}")
    for label in made.files:
        typer.echo(f"  {label}")
    if not made.reminders:
        typer.echo("检查没有意见，示例都成立。")
    for text in made.reminders:
        typer.echo(f"还要做：{text}")


def _option(heading: str) -> str:
    if heading.startswith("来源"):
        return f"--source（{heading}）"
    return f"{OPTIONS[heading]}（{heading}）" if heading in OPTIONS else heading


@dataclass(frozen=True, slots=True)
class _Asking:
    """Questions on the terminal for what the options did not say."""

    standard: Standard
    given: Mapping[str, str]

    def asked(self) -> dict[str, str]:
        """All answers."""
        cells = dict(self.given)
        self._ask(cells, h.WAY, tuple(h.WAYS))
        way = h.WAYS.get(cells[h.WAY])
        if way is None:
            return cells
        for heading in way.needs:
            self._ask(cells, heading, self._choices(cells, heading))
        for heading in way.takes:
            self._ask(cells, heading, (), needed=False)
        for heading in _ALWAYS:
            self._ask(cells, heading, self._choices(cells, heading))
        self._source(cells)
        return cells

    def _choices(self, cells: Mapping[str, str], heading: str) -> tuple[str, ...]:
        listed: Mapping[str, Callable[[], Any]] = {
            h.DATASET: lambda: (item.title for item in self.standard.datasets.values()),
            h.OTHER: lambda: (item.title for item in self.standard.datasets.values()),
            h.TIES: h.TIE_WORDS.values,
            h.MISSING: h.MISSING_WORDS.values,
            h.MODALITY: h.MODALITIES.values,
            h.BASIS: h.BASES.values,
        }
        if heading == h.FIELDS:
            self._show_fields(cells.get(h.DATASET, ""))
        return tuple(listed[heading]()) if heading in listed else ()

    def _show_fields(self, title: str) -> None:
        for item in self.standard.datasets.values():
            if title in (item.title, item.id):
                typer.echo(f"  {item.title}的数据元：{'、'.join(one.title for one in item.fields.values())}")

    def _ask(
        self, cells: dict[str, str], heading: str, choices: Sequence[str], *, needed: bool = True
    ) -> None:
        if cells.get(heading):
            return
        for number, word in enumerate(choices, 1):
            said = f"  {h.WAYS[word].said}" if heading == h.WAY else ""
            typer.echo(f"  {number} {word}{said}")
        words = f"{heading}（可以写序号）" if choices else heading
        answer = typer.prompt(words if needed else f"{words}（没有就按回车）", default=None if needed else "")
        picked = str(answer).strip()
        if choices and picked.isdecimal() and 1 <= int(picked) <= len(choices):
            picked = choices[int(picked) - 1]
        if picked:
            cells[heading] = picked

    def _source(self, cells: dict[str, str]) -> None:
        document, at, mark = h.source_headings(1)
        self._ask(cells, document, ())
        self._ask(cells, at, (), needed=False)
        self._ask(cells, mark, tuple(h.MARKS.values()))
