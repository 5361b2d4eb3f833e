"""The shipped standards as templates tell them, and a small one with what the shipped ones lack."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest

from guiju.content import find_packs
from guiju.standard.checks import IndicatorCheck, RecordCheck
from guiju.standard.fields import Code, Codelist, Dataset, Field
from guiju.standard.load import load
from guiju_tools.template.told import Told, tell


@pytest.fixture(scope="session")
def packs():
    return find_packs()


@pytest.fixture(scope="session")
def items(packs) -> Told:
    return tell(load(packs, "item-management"), packs)


@pytest.fixture(scope="session")
def tickets(packs) -> Told:
    return tell(load(packs, "hotline-operation"), packs)


def codelist(name, count, label="代码项{}"):
    return Codelist(name, tuple(Code(f"{n:04d}", label.format(n)) for n in range(1, count + 1)))


HOSTILE = "=cmd|'/C calc'!A0 */ -- \x07"


@pytest.fixture(scope="session")
def odd(packs) -> Told:
    """A standard with long lists, a sensitive field, a stamped dataset and hostile words."""
    base = load(packs, "item-management")
    fields = [
        Field("ticket_no", "工单编号", "string", required=True, key=True, pattern="^[0-9]{18}$"),
        Field("closed_on", "办结日期", "date", required=True),
        Field("seen_at", "签收时间", "date-time"),
        Field("minutes", "办理分钟数", "integer", minimum="0"),
        Field("solved", "是否解决", "boolean"),
        Field("short", "短代码", "string", codelist="short"),
        Field("middle", "中等代码", "string", codelist="middle"),
        Field("long", "长代码", "string", codelist="long"),
        Field("many", "多个代码", "set", codelist="short"),
        Field("caller", "来电人姓名", "string", sensitive=True),
        Field("is_very_long_english_name", "是否属于跨层级跨地区跨部门办理的诉求", "boolean"),
        Field("evil", HOSTILE, "string", description=HOSTILE),
    ]
    named = {item.name: item for item in fields}
    text = " and ".join(f"{name} is not null" for name in named if name != "caller")
    requirement = replace(
        base.requirements[0],
        id="T-001",
        modality="shall",
        check=RecordCheck("ticket", text),
    )
    share = replace(
        base.requirements[0],
        id="T-002",
        modality="should",
        check=IndicatorCheck("ticket", "solved", "true", ">=", "0.9", period="closed_on"),
    )
    standard = replace(
        base,
        id="odd",
        title="怪题/目[1]",
        requirements=(requirement, share),
        datasets={"ticket": Dataset("ticket", "工单/明细:*?", named, grain=HOSTILE)},
        codelists={
            "short": codelist("short", 3),
            "middle": codelist("middle", 200),
            "long": codelist("long", 501),
        },
        judging_digest="00" * 32,
        features={},
    )
    return tell(standard, packs)


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Convert files with LibreOffice, without a macro; skips where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("没有 LibreOffice（soffice），不能转换")
    profile = tmp_path_factory.mktemp("office")

    def convert(path, kind, out):
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
        done = subprocess.run(
            [*command, "--outdir", str(out), str(path)],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        made = out / f"{path.stem}.{kind}"
        assert made.is_file(), done.stderr
        return made

    return convert
