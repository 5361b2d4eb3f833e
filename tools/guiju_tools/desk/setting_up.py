"""A desk set up: `region.yaml` written with comments, checked before it stands there."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.content import find_packs, schema_path
from guiju.errors import InputError, Place
from guiju.run.desk.divisions import Division, division
from guiju.run.desk.mappings import find_mappings
from guiju.run.desk.workspace import FILE, Workspace, read_workspace
from guiju.run.profile import read_profile
from guiju.standard.load import load

SCHEMA_COPY = "region.schema.json"
_TEXT = """\
# yaml-language-server: $schema={schema}
# 地方工作台：按期核验要用的一切都写在这里。路径都从本文件所在的文件夹算起。
# 写好后在这个文件夹（或下级文件夹）里运行：guiju run

region:
  code: {code}            # 六位区划代码
{name}{parent}
tier: {tier}                    # 层级：province 省、city 市、county 县、township 乡镇街道、village 村社区

# 使用哪个地区的适用参数和代码对照表；不用就不写
{profile}

standards:                        # 要核验的标准，guiju standards 列出有哪些
{standards}

# 期次："2026-03" 月、"2026-Q1" 季、"2026" 年；另一期也可以用 guiju run --period
period: {period}

# 数据的基准日。不写，就从交来的文件名中找日期，找不到会停下来问；也可以取数据里最新的一天：
#   as_of: {{newest: implementation-item.plan_effective_date}}
{as_of}

# 交来的数据：文件、文件夹或带 * 的写法；{{period}} {{year}} {{month}} 按期次替换
deliveries:
{deliveries}

# 各份数据共用的字段对应表；只用于一份的，写在那一份下面
{mapping}

# 例外说明的文件（写法见文档“例外说明”）
{explanations}

# 自评结论（guiju import 写出）所在的文件夹：与实测对照
# claims: 自评

# 已确认的读法：核对过列和代码没有读错、数据确实如此的要求。用 guiju confirm 添加；
# 字段对应表或标准的判法一变，确认就失效。
confirmed: []
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody has said of a new desk; empty where nothing was said."""

    region: str
    tier: str
    standards: tuple[str, ...]
    period: str
    deliveries: tuple[str, ...]
    name: str = ""
    parent: str = ""
    profile: str = ""
    as_of: str = ""
    mapping: str = ""
    explanations: str = ""


def set_up(folder: Path, answers: Answers) -> tuple[Path, Division]:
    """Write `region.yaml` into a folder, made where missing; returns it, and what is known of the region.

    Raises:
        InputError: GJ-I380 there is one already; what does not hold in the answers; it cannot be written.
    """
    target = folder / FILE
    if target.exists():
        raise InputError(
            "GJ-I380",
            "这里已经有 region.yaml",
            place=Place(str(target)),
            hint="请直接修改它，或者换一个文件夹",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".guiju-", dir=folder) as temporary:
            made = Path(temporary) / FILE
            made.write_text(text_of(answers), encoding="utf-8", newline="\n")
            known = _checked(read_workspace(made), folder)
            (folder / SCHEMA_COPY).write_bytes(schema_path("region").read_bytes())
            made.replace(target)
    except OSError as error:
        raise InputError(
            "GJ-I381",
            "工作台的设置写不下",
            place=Place(str(target)),
            cause=error.strerror or str(error),
            hint="请换一个可写的文件夹",
        ) from error
    return target, known


def _checked(workspace: Workspace, folder: Path) -> Division:
    """Everything that can be checked before data are there."""
    packs = find_packs()
    region = workspace.region
    known = division(packs, region.code, region.parent)
    for name in workspace.standards:
        load(packs, name)
    read_profile(packs, workspace.profile)
    beside = folder / workspace.mapping
    find_mappings(packs, (str(beside) if beside.is_file() else workspace.mapping,))
    return known


def text_of(answers: Answers) -> str:
    """The text of `region.yaml`."""
    return _TEXT.format(
        schema=SCHEMA_COPY,
        code=_quoted(answers.region),
        name=f"  name: {_quoted(answers.name)}\n" if answers.name else '  # name: "某某市"\n',
        parent=f"  parent: {_quoted(answers.parent)}     # 功能区所在的区划\n"
        if answers.parent
        else '  # parent: "110000"              # 开发区、新区等功能区才写：所在的区划\n',
        tier=answers.tier,
        profile=_line("profile", answers.profile, '"440000"'),
        standards=_list(answers.standards, "- {}"),
        period=_quoted(answers.period),
        as_of=_line("as_of", answers.as_of, '"2026-03-31"'),
        deliveries=_list(answers.deliveries, "- path: {}"),
        mapping=_line("mapping", answers.mapping, "字段对应表.yaml"),
        explanations=_line("explanations", answers.explanations, "explanations.yaml"),
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _line(name: str, value: str, example: str) -> str:
    return f"{name}: {_quoted(value)}" if value else f"# {name}: {example}"


def _list(values: Sequence[str], form: str) -> str:
    return "\n".join(f"  {form.format(_quoted(value))}" for value in values)
