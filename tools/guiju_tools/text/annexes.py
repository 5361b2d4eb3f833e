"""The annexes that the data make: data elements, code lists, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guiju.standard.fields import Codelist, Dataset, Field
from guiju.standard.model import MARK_WORDS, Parameter, Standard
from guiju_tools.template.forms import TYPE_WORDS, form_words
from guiju_tools.text.blocks import Block, Grid, Heading, Paragraph

LONGEST_LIST = 60
"""A longer code list is not printed: its number of codes and where it is kept are."""
FIELD_HEAD = ("名称", "标识", "类型", "必填", "写法或代码表", "说明")
CODE_HEAD = ("代码", "名称", "说明")
PARAMETER_HEAD = ("名称", "标识", "值", "性质", "来源")
KIND_WORDS = {"directed": "地方只可收紧", "fixed": "固定", "profile-sets": "由地方设定"}
TIGHTER_WORDS = {"lower": "，数值减小为收紧", "higher": "，数值增大为收紧"}


def annexes(standard: Standard, titles: Mapping[str, str]) -> Iterator[Block]:
    """Annexes lettered after those that the clauses already have; `titles` are those of other standards.

    What belongs to another standard is named and not printed again.
    """
    letters = iter(_free_letters(standard))
    borrowed = {
        name: one["standard"] for one in standard.document.get("uses", ()) for name in one["datasets"]
    }
    own = [item for name, item in standard.datasets.items() if name not in borrowed]
    if standard.datasets:
        yield from _datasets(standard, own, next(letters))
        yield from _borrowed(standard, borrowed, titles)
    listed = {item.codelist for dataset in own for item in dataset.fields.values()}
    if codelists := [item for name, item in standard.codelists.items() if name in listed]:
        yield from _codelists(standard, codelists, next(letters))
    if standard.parameters:
        yield from _parameters(standard, next(letters))


def _free_letters(standard: Standard) -> list[str]:
    used = {clause.number[0] for clause in standard.clauses}
    return [letter for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ" if letter not in used]


def _title(letter: str, title: str) -> Heading:
    return Heading(1, f"附录{letter}", f"（资料性）{title}")


def _datasets(standard: Standard, own: Sequence[Dataset], letter: str) -> Iterator[Block]:
    yield _title(letter, "数据元")
    for number, item in enumerate(own, 1):
        yield Heading(2, f"{letter}.{number}", f"{item.title}（{item.id}）")
        if item.grain:
            yield Paragraph(f"{item.grain.rstrip('。')}。")
        rows = tuple(_field_row(one, standard, item) for one in item.fields.values())
        yield Grid(f"表{letter}.{number}\u3000{item.title}的数据元", FIELD_HEAD, rows)


def _borrowed(standard: Standard, borrowed: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[Block]:
    for owner in dict.fromkeys(borrowed.values()):
        names = [name for name, other in borrowed.items() if other == owner]
        listed = "、".join(f"{standard.datasets[name].title}（{name}）" for name in names)
        yield Paragraph(f"{listed}：见{titles.get(owner, owner)}。")


def _field_row(item: Field, standard: Standard, dataset: Dataset) -> tuple[str, ...]:
    codes = standard.codelists.get(item.codelist or "")
    key = "，主键" if item.name in dataset.key else ""
    return (
        item.title,
        item.name,
        TYPE_WORDS[item.type],
        ("是" if item.required else "否") + key,
        f"代码表 {codes.id}" if codes else _form(item),
        "；".join(part for part in (item.description, f"单位：{item.unit}" if item.unit else "") if part),
    )


def _form(item: Field) -> str:
    """Length and limits; how a type is written is the same everywhere and stands in the reference."""
    words = form_words(item)
    if item.type in ("date", "date-time", "boolean"):
        return ""
    return words.partition("；")[2] if item.type in ("integer", "number") else words


def _codelists(standard: Standard, codelists: Sequence[Codelist], letter: str) -> Iterator[Block]:
    yield _title(letter, "代码表")
    for number, item in enumerate(codelists, 1):
        yield Heading(2, f"{letter}.{number}", f"{_used_as(item, standard)}（{item.id}）")
        yield Paragraph(f"来源：{_marked(item.source) or '未注明'}；维护：{item.owner or '未注明'}。")
        yield _codes(item, f"表{letter}.{number}\u3000代码表 {item.id}")


def _marked(source: str) -> str:
    """A source with its mark in words."""
    for mark, words in MARK_WORDS.items():
        source = source.replace(f"〔{mark}〕", f"（{words}）")
    return source


def _used_as(item: Codelist, standard: Standard) -> str:
    """What the list is for: the titles of the fields that hold its codes."""
    fields = (one for dataset in standard.datasets.values() for one in dataset.fields.values())
    return "、".join(dict.fromkeys(one.title for one in fields if one.codelist == item.id))


def _codes(item: Codelist, caption: str) -> Block:
    if len(item.codes) > LONGEST_LIST:
        return Paragraph(f"共{len(item.codes)}个代码，见标准包的 codelists/{item.id}.csv。")
    return Grid(caption, CODE_HEAD, tuple((one.code, one.label, one.description) for one in item.codes))


def _parameters(standard: Standard, letter: str) -> Iterator[Block]:
    yield _title(letter, "参数")
    rows = tuple(_parameter_row(item) for item in standard.parameters.values())
    yield Grid(f"表{letter}.1\u3000参数", PARAMETER_HEAD, rows)


def _parameter_row(item: Parameter) -> tuple[str, ...]:
    value = "（由地方设定）" if item.value is None else f"{item.value}{item.unit}"
    kind = KIND_WORDS[item.kind] + TIGHTER_WORDS.get(item.tighter or "", "")
    sources = "；".join(f"{one.document} {one.at}".strip() for one in item.sources)
    return (item.title, item.id, value, kind, sources)
