"""The tables and the drawing that the site makes of the standards."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from guiju.content import own_pack
from guiju_tools.framework.load import read_framework

EXTENSIONS = Path(__file__).parents[3] / "docs" / "_ext"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def extension(monkeypatch):
    """A module of the site's extensions by name."""
    monkeypatch.syspath_prepend(str(EXTENSIONS))
    yield import_module
    for name in [
        name for name, item in sys.modules.items() if str(EXTENSIONS) in str(getattr(item, "__file__", ""))
    ]:
        del sys.modules[name]


@pytest.fixture
def tables(extension):
    pytest.importorskip("sphinx", reason="没有安装 Sphinx，不生成文档")
    return extension("standard_tables")


def test_counts_add_up(tables):
    whole = [item for standard in tables.standards() for item in standard.requirements]
    for words, kind_of in tables.COUNTED.values():
        assert {kind_of(item) for item in whole} <= set(words)
    rows = [row for standard in tables.standards() for row in tables.chapter_rows(standard)]
    cells = [[cell.astext() for cell in row] for row in rows]
    assert sum(int(row[2]) for row in cells) == len(whole)
    assert all(int(row[2]) == sum(map(int, row[3:6])) == sum(map(int, row[6:])) for row in cells)


def test_a_source_leads_to_the_requirements_that_name_it(tables):
    document = "国发〔2022〕5号"
    listed = "、".join(row[2].astext() for row in tables.place_rows(document))
    for standard in tables.standards():
        for item in standard.requirements:
            cited = any(source.document == document for source in item.sources)
            assert (f"{item.id}（" in listed) is cited


def test_places_stand_in_the_order_of_the_document(tables):
    for places in (
        ["二（一）", "二（二）", "三（一）"],
        ["4.2", "4.10"],
        ["第九条", "第十条", "第二十四条", "第二十四条第二款", "第一百零二条"],
    ):
        turned = [places[-1], *places[:-1]]
        assert sorted(turned, key=tables.natural) == places


def test_the_drawing_shows_every_group_and_draft(extension):
    framework = read_framework(own_pack())
    picture = ET.fromstring(extension("framework_picture").drawn(framework))  # noqa: S314 - our own text
    text = "".join(item.text or "" for item in picture.iter(f"{SVG}text"))
    assert all(group.title in text for group in framework.groups)
    assert all(node.title in text for node in framework.nodes if node.standard)
    own = [item for item in picture.iter(f"{SVG}rect") if item.get("class") == "own"]
    assert len(own) == sum(bool(node.standard) for node in framework.nodes)


def test_the_drawing_stays_in_its_frame_and_takes_signs_as_signs(extension):
    framework = replace(read_framework(own_pack()), title="甲<乙>&“丙”")
    picture = ET.fromstring(extension("framework_picture").drawn(framework))  # noqa: S314 - our own text
    _, _, width, height = map(int, picture.get("viewBox", "").split())
    for item in picture.iter(f"{SVG}rect"):
        assert int(item.get("x")) + int(item.get("width")) <= width
        assert int(item.get("y")) + int(item.get("height")) <= height
    assert "甲<乙>&“丙”" in [item.text for item in picture.iter(f"{SVG}text")]


def test_the_page_of_a_standard_holds_its_text_under_anchors(tables, extension):
    from docutils import nodes  # noqa: PLC0415 - comes with Sphinx only

    pages = extension("standard_pages")
    for standard in tables.standards():
        built = pages.sections(pages.printed(standard, with_checks=True).body)
        text = "\n".join(node.astext() for node in built)
        ids = [
            name for node in built for inner in node.findall(nodes.Element) for name in inner.get("ids", ())
        ]
        assert len(ids) == len(set(ids))
        for item in standard.requirements:
            assert item.text in text
            assert nodes.make_id(f"clause-{item.clause}") in ids
        assert all(isinstance(node, nodes.section) for node in built)


def test_the_pages_of_standards_carry_their_titles(tables):
    pages = EXTENSIONS.parent / "governance" / "texts"
    for standard in tables.standards():
        page = pages / f"{standard.id}.md"
        wanted = f"# {standard.title}\n\n```{{standard-text}} {standard.id}\n```\n"
        found = page.read_text(encoding="utf-8") if page.is_file() else ""
        assert found == wanted, f"write docs/governance/texts/{page.name}:\n{wanted}"


def test_a_traced_requirement_leads_to_its_clause(tables):
    [standard] = [item for item in tables.standards() if item.id == "item-management"]
    shown = tables.listed([standard.requirement("IM-023"), standard.requirement("IM-023")])
    [link] = [node for node in shown.children if node.tagname == "reference"]
    assert link["refuri"] == "texts/item-management.html#clause-6-3-2"
