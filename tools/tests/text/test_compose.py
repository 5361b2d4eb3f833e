"""The text holds every sentence of the data, in order, and no other."""

from __future__ import annotations

from dataclasses import replace

from guiju.standard.checks import RecordCheck, Related
from guiju.standard.fields import Code, Codelist
from guiju.standard.model import Clause
from guiju_tools.text import compose
from guiju_tools.text.annexes import LONGEST_LIST
from guiju_tools.text.blocks import Entry, Grid, Heading, Items, Paragraph, Remark
from guiju_tools.text.compose import printed

LEADS = {compose.REFERENCES_LEAD, compose.NO_REFERENCES, compose.TERMS_LEAD, compose.NO_TERMS}


def of_kind(text, kind):
    return [block for block in text.body if isinstance(block, kind)]


def before_annexes(text):
    found = []
    for block in text.body:
        if isinstance(block, Heading) and block.number.startswith("附录"):
            break
        found.append(block)
    return found


def test_each_requirement_stands_once_under_its_clause(standard):
    text = printed(standard)
    titled = {clause.number for clause in standard.clauses if clause.title}
    wanted = sorted(
        (("" if item.clause in titled else item.clause), item.text) for item in standard.requirements
    )
    texts = {item.text for item in standard.requirements}
    found = sorted((block.number, block.text) for block in of_kind(text, Paragraph) if block.text in texts)
    assert found == wanted


def test_clauses_come_in_the_order_of_the_tree(standard):
    numbers = [
        block.number
        for block in before_annexes(printed(standard))
        if isinstance(block, Heading | Paragraph) and block.number
    ]
    order = [clause.number for clause in standard.clauses]
    places = [order.index(number) for number in numbers if number in order]
    assert places == sorted(places)
    assert set(order) <= set(numbers) | {clause.number for clause in standard.clauses if not clause.title}


def test_what_the_clause_tree_leaves_out_is_printed_in_its_place(tiny):
    found = [block for block in before_annexes(printed(tiny)) if isinstance(block, Heading | Paragraph)]
    numbers = [block.number for block in found if block.number]
    assert numbers == [
        *("1", "2", "3", "4", "4.1", "4.1.1", "4.1.2", "4.2", "4.2.1", "4.2.2", "5"),
        *("5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "6"),
    ]
    ten = replace(tiny, requirements=(replace(tiny.requirements[0], clause="4.10"), *tiny.requirements[1:]))
    found = [block for block in before_annexes(printed(ten)) if isinstance(block, Heading | Paragraph)]
    assert [block.number for block in found if block.number][9:11] == ["4.10", "5"]


def test_no_sentence_is_invented(standard):
    known = {item.text for item in standard.requirements} | {clause.text for clause in standard.clauses}
    known |= LEADS | {standard.document["scope"]["text"]}
    paragraphs = [block.text for block in before_annexes(printed(standard)) if isinstance(block, Paragraph)]
    assert [text for text in paragraphs if text not in known] == []
    assert of_kind(printed(standard), Remark) == []


def test_the_elements_of_every_document(standard):
    text = printed(standard)
    assert text.cover[:2] == ("试点用草案（非国家标准）", standard.title)
    titles = [heading.title for heading in of_kind(text, Heading) if heading.level == 1]
    assert titles[:3] == ["范围", "规范性引用文件", "术语和定义"]
    assert titles[-1] == "参考文献"
    assert [entry.term for entry in of_kind(text, Entry)] == [term.term for term in standard.terms]
    assert "（资料性）数据元" in titles


def test_with_checks_every_requirement_tells_how_it_is_examined(standard):
    text = printed(standard, with_checks=True)
    methods = [block.text for block in of_kind(text, Remark) if block.label == "核验"]
    assert len(methods) == len(standard.requirements)
    assert not [
        told for told in methods if not told.endswith(("。", "？")) or "。。" in told or "？。" in told
    ]
    named = [block.text.partition("，")[0] for block in of_kind(text, Remark) if block.label == "标识"]
    assert sorted(named) == sorted(item.id for item in standard.requirements)


def told(standard, requirement):
    text = printed(standard, with_checks=True)
    remarks = [block for block in text.body if isinstance(block, Remark)]
    [at] = [index for index, block in enumerate(remarks) if block.text.startswith(requirement)]
    return remarks[at + 1].text


def test_every_kind_of_check_is_told_in_words(tiny):
    kinds = {item.check.kind: item.id for item in tiny.requirements}
    assert len(kinds) > 6
    for identifier in kinds.values():
        words = told(tiny, identifier)
        assert " = " not in words
        assert "is not null" not in words
    assert told(tiny, kinds["unique"]).startswith("查重：")
    assert told(tiny, kinds["indicator"]).startswith("指标：")
    assert told(tiny, kinds["declared"]).startswith("自评：")


def test_a_standard_without_references_and_terms_says_so(tiny):
    bare = replace(tiny, terms=(), document={**tiny.document, "references": [], "bibliography": []})
    text = printed(bare)
    leads = [block.text for block in of_kind(text, Paragraph)]
    assert compose.NO_REFERENCES in leads
    assert compose.NO_TERMS in leads
    assert "参考文献" not in [heading.title for heading in of_kind(text, Heading)]


def test_a_published_edition_is_no_draft_and_still_no_national_standard(tiny):
    cover = printed(replace(tiny, published=True)).cover
    assert cover[0] == "试点版本（非国家标准）"


def test_letters_that_the_clauses_use_are_not_given_again(tiny):
    own = replace(tiny, clauses=(*tiny.clauses, Clause("A", "流程"), Clause("A.1", "", "按图办理。")))
    letters = [heading.number for heading in of_kind(printed(own), Heading) if "附录" in heading.number]
    assert letters[0] == "附录B"


def test_a_long_code_list_is_named_and_not_printed(tiny):
    [name, *_] = tiny.codelists
    for size, grids in ((LONGEST_LIST, 1), (LONGEST_LIST + 1, 0)):
        codes = tuple(Code(str(number), f"名称{number}") for number in range(size))
        text = printed(replace(tiny, codelists={name: Codelist(name, codes)}))
        captions = [grid.caption for grid in of_kind(text, Grid) if "代码表" in grid.caption]
        assert len(captions) == grids
        assert any(f"共{size}个代码" in block.text for block in of_kind(text, Paragraph)) is not bool(grids)


def test_marks_stand_beside_what_is_cited(standard):
    [*_, last] = of_kind(printed(standard), Items)
    assert len(last.lines) == len(standard.document["bibliography"])
    assert all(line.endswith(("（原文已核）", "（二手转述）", "（待核对原文）")) for line in last.lines)


def test_what_another_standard_defines_is_named_and_not_printed_again(tiny):
    [first, *rest] = tiny.datasets
    uses = [{"standard": "item-management", "datasets": [first]}]
    borrowing = replace(tiny, document={**tiny.document, "uses": uses})
    text = printed(borrowing, titles={"item-management": "《某规范》"})
    headings = [heading.title for heading in of_kind(text, Heading)]
    assert not [title for title in headings if title.endswith(f"（{first}）")]
    assert all(any(title.endswith(f"（{name}）") for title in headings) for name in rest)
    said = f"{tiny.datasets[first].title}（{first}）：见《某规范》。"
    assert said in [block.text for block in of_kind(text, Paragraph)]
    lists = {field.codelist for name in rest for field in tiny.datasets[name].fields.values()} - {None}
    printed_lists = {
        name for name in tiny.codelists if any(title.endswith(f"（{name}）") for title in headings)
    }
    assert printed_lists == lists


def test_a_value_from_another_dataset_is_told_with_where_it_comes_from(tiny):
    partners = Related("found", "item", (("item_code", "item_code"),), "count", title="对应的事项")
    check = RecordCheck("case", "found = 1", related=(partners,))
    only = (replace(tiny.requirements[0], check=check),)
    related = replace(tiny, requirements=only, judging_digest="related")
    [_, words, _] = [block.text for block in of_kind(printed(related, with_checks=True), Remark)]
    assert "对应的事项等于1" in words
    assert "“对应的事项”是“事项清单”中事项编码相同的记录数" in words
