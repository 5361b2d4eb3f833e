"""The page: complete, self-contained, harmless whatever the data holds, and restrained."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from guiju.result.model import FOOT, OUTCOME_LEGEND
from guiju.result.serial import document, masked
from guiju_tools.report.html import render
from guiju_tools.report.words import NOTICE, TITLE

VOID = {"meta", "br", "rect"}


class Reader(HTMLParser):
    """Elements with their attributes, the visible text, and whether tags pair up."""

    def __init__(self):
        super().__init__()
        self.elements = []
        self.open = []
        self.texts = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}>"

    def handle_data(self, data):
        if not {"script", "style"} & set(self.open):
            self.texts.append(data)


def read(text):
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return reader


def words_of(reader):
    return re.sub(r"[ \n]+", " ", "".join(reader.texts))


@pytest.fixture
def page(result):
    return render(document(result))


def test_the_page_is_well_formed_and_complete(page, result):
    reader = read(page)
    text = words_of(reader)
    for wanted in (
        TITLE,
        "Guiju 规矩",
        "试点用草案，非国家标准",
        result.summary.sentence,
        FOOT,
        "sample-items",
        "2026-03-31",
    ):
        assert wanted in text
    for item in result.requirements:
        assert item.text in text
        assert all(source in text for source in item.sources)
    for meaning in OUTCOME_LEGEND.values():
        assert meaning in text
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"][1:] for tag, attributes in reader.elements if tag == "a"]
    assert set(links) <= set(ids)


def test_the_internal_page_opens_with_its_notice(page):
    assert words_of(read(page)).split("跳到正文")[1].strip().startswith(NOTICE)


def test_words_are_restrained(page):
    text = words_of(read(page))
    assert "不符合（请核实）" in text
    assert "不符合（提示）" in text
    assert "依据待核对原文，仅作提示" in text
    assert not re.search("违法|篡改|违规", text)


def test_nothing_is_fetched_and_only_our_script_runs(page):
    reader = read(page)
    assert not {tag for tag, _ in reader.elements} & {"link", "img", "iframe", "object", "base", "form"}
    given = {name for _, attributes in reader.elements for name in attributes}
    assert not {name for name in given if name.startswith("on") or name in ("src", "style", "srcset")}
    (script,) = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    policy = next(attributes["content"] for tag, attributes in reader.elements if "http-equiv" in attributes)
    for text in (script, style):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "url(" not in style


def test_values_that_mean_harm_are_shown_as_text(page):
    assert page.count("<script>") == 1
    text = words_of(read(page))
    assert "<script>alert('甲')</script>" in text
    assert "=cmd|'/C calc'!A0" in text
    assert "１２３４５　号" in text
    assert "办⟨U+200B⟩结⟨U+202E⟩⟨空格⟩" in text
    assert "⟨U+0007⟩" in text
    assert not set(page) & {"\x07", "\u200b", "\u202e"}


def test_blamed_cells_are_marked_for_eyes_and_ears(page):
    reader = read(page)
    marked = [attributes for tag, attributes in reader.elements if attributes.get("class") == "blamed"]
    assert marked
    assert "（不符之处）" in words_of(reader)


def test_ten_findings_a_requirement_and_the_rest_is_said(page):
    part = page[page.index('id="IM-023"') : page.index('id="IM-024"')]
    assert part.count('<th scope="row">') == 10
    assert "共 60 行，本页列 10 行，findings.xlsx 列 25 行" in part


def test_the_bar_and_the_filter_count_alike(page, result):
    reader = read(page)
    label = next(attributes["aria-label"] for tag, attributes in reader.elements if tag == "svg")
    assert label == "各结论的要求数：符合1条，不符合4条，无法判定1条，未核验1条，不适用1条，出错1条"
    values = [attributes["value"] for tag, attributes in reader.elements if tag == "button"]
    groups = [attributes["data-outcome"] for tag, attributes in reader.elements if tag == "article"]
    assert set(values[1:]) == set(groups)
    assert len(groups) == len(result.requirements)


def test_untested_requirements_stand_once_by_reason(page):
    assert "没有交来数据集“基本目录”：1 条" in words_of(read(page))


def test_a_published_edition_has_its_conclusion(result):
    published = replace(
        result,
        standards=(replace(result.standards[0], published=True, stage="60"),),
        conclusion="总体尚未符合（请核实）",
    )
    text = words_of(read(render(document(published))))
    assert "试点用草案" not in text
    assert "总体尚未符合（请核实）" in text
    assert "出版阶段，已发布" in text


def test_the_masked_page_has_no_values(result):
    page = render(masked(result))
    text = words_of(read(page))
    assert NOTICE not in text
    assert "不含单元格的值" in text
    for finding in (one for item in result.requirements for one in item.findings):
        assert finding.key not in text or finding.key == "+1"
        for cell in finding.cells:
            assert not cell.delivered.strip() or cell.delivered not in text
    assert "不符合 <5" in text
    assert "&lt;5" in page


def test_the_same_result_gives_the_same_page(result, page):
    assert render(document(result)) == page


def test_nothing_delivered(result):
    bare = replace(result, inputs=(), requirements=(), summary=replace(result.summary, advisory=0))
    text = words_of(read(render(document(bare))))
    assert "没有交来可核验的数据" in text


def test_a_large_result_stays_small(result):
    many = replace(result, requirements=result.requirements[:3] * 100)
    assert len(render(document(many)).encode()) < 3_000_000
