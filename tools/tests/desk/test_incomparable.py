"""Where edition, parameter, mapping or calendar changed, a requirement is 不可比, with the reason."""

from __future__ import annotations

import shutil

import pytest

from guiju.content import own_pack
from guiju.run.desk.period import period
from guiju.standard.load import load
from guiju_tools.desk.comparing import compare
from guiju_tools.desk.ledger_book import MENDED, TODO, open_book
from guiju_tools.desk.shelf import Shelf

from .conftest import FILE, ITEM, read

NAMED, PUBLISHED, MATTER = "IM-017", "IM-046", "implementation-item"


def write_pack(root):
    """The same standard with a tolerance on one requirement, and a region that sets another level."""
    own = own_pack().root
    standards = root / "standards"
    shutil.copytree(own / "standards" / ITEM, standards / ITEM)
    shutil.copytree(own / "features" / ITEM, root / "features" / ITEM)
    for name in ("codelists", "schema"):
        shutil.copytree(own / "standards" / name, standards / name)
    shutil.copyfile(own / "standards" / "pack.yaml", standards / "pack.yaml")
    (standards / "calendars").mkdir()
    days = (own / "standards" / "calendars" / "cn-2026.csv").read_text(encoding="utf-8").splitlines()
    (standards / "calendars" / "cn-2026.csv").write_text("\n".join(days[:-1]) + "\n", encoding="utf-8")
    profile = standards / "regions" / "990000" / "profile.yaml"
    profile.parent.mkdir(parents=True)
    text = (own / "standards" / "regions" / "990000" / "profile.yaml").read_text(encoding="utf-8")
    profile.write_text(text.replace('catalogue_level: "3"', 'catalogue_level: "2"'), encoding="utf-8")
    path = next(standards.glob(f"{ITEM}/requirements/03-*.yaml"))
    text = path.read_text(encoding="utf-8")
    start = text.index(f"- id: {NAMED}\n")
    altered = text[start:].replace("  check:", '  tolerance: {share: "0.5"}\n  check:', 1)
    path.write_text(text[:start] + altered, encoding="utf-8")


def write_mapping(path, headings):
    """Every column as it was found before, and one value read in another way."""
    fields = load((own_pack(),), ITEM).datasets[MATTER].fields
    columns = "".join(
        f"      {name}: {item.title}\n" for name, item in fields.items() if item.title in headings
    )
    path.write_text(
        f"id: own\ntitle: 本地对应表\ndatasets:\n  {MATTER}:\n    columns:\n{columns}"
        '    values: {project_type: {"甲类": "1"}}\n',
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def changed(tmp_path_factory, once):
    folder = tmp_path_factory.mktemp("changed")
    desk = once.copy(folder)
    write_pack(folder / "pack")
    headings = set(read(folder / "数据" / "2026-03" / FILE)[0])
    write_mapping(folder / "map.yaml", headings)
    desk.set_up("mapping: map.yaml\npack: pack\n")
    desk.run("2026-03")
    return desk


@pytest.fixture(scope="module")
def reasons(changed):
    told = compare(Shelf(changed.folder / "结果"), period("2026-02"), period("2026-03"))
    (standard,) = told.standards
    assert any("判法改过" in note for note in standard.notes)
    return {item.now.id: item for item in standard.requirements}


def test_a_changed_edition_is_told_and_its_rows_are_not_called_mended(reasons):
    item = reasons[NAMED]
    assert [one.kind for one in item.reasons] == ["edition"]
    assert item.moves is None
    assert item.before.counts.failed > item.after.counts.failed


def test_a_changed_parameter_is_told_with_both_values(reasons):
    told = [one for item in reasons.values() for one in item.reasons if one.kind == "parameters"]
    assert {one.words for one in told} == {"参数“承接层级（行使层级代码）”由 3 改为 2"}


def test_a_changed_mapping_concerns_the_requirements_that_read_the_field(reasons):
    concerned = {name for name, item in reasons.items() if any(one.kind == "mapping" for one in item.reasons)}
    assert concerned
    words = {one.words for name in concerned for one in reasons[name].reasons if one.kind == "mapping"}
    assert words == {"“办件类型”的值的读法改了（字段对应表或代码对照表）"}
    assert NAMED not in concerned


def test_a_changed_calendar_concerns_what_counts_working_days(reasons):
    concerned = {
        name for name, item in reasons.items() if any(one.kind == "calendar" for one in item.reasons)
    }
    assert concerned == {PUBLISHED}
    assert reasons[PUBLISHED].reasons[-1].words == "工作日历改了"


def test_the_others_are_still_compared(reasons):
    compared = [item for item in reasons.values() if item.moves is not None]
    assert len(compared) >= 20
    assert all(item.comparable for item in compared)


def test_the_ledger_does_not_call_them_mended(changed, months):
    lines = open_book(changed.folder).lines
    mended = [lines[f"{NAMED}|{key}"] for key in months.done.mended]
    assert {line.texts["状态"] for line in mended} == {TODO}
    assert all("不可比，没有复核：标准中这条要求的判法" in line.texts["复核结果"] for line in mended)
    assert MENDED not in {line.texts["状态"] for name, line in lines.items() if name.startswith(NAMED)}


def test_the_first_page_marks_the_earlier_period(changed):
    page = (changed.internal("2026-03") / "report.html").read_text(encoding="utf-8")
    assert "<h3>近2期</h3>" in page
    assert "不可比：" in page
    assert "条要求的判法或读法有变" in page
