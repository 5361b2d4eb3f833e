"""What the documents show is read here: example packs are clean, and every included part is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.bdd.runner import run_examples
from guiju.content import Pack
from guiju.standard.load import load_from
from guiju_tools.lint import lint

DOCS = Path(__file__).resolve().parents[3] / "docs"
PARTNERS = DOCS / "examples" / "partners"
INCLUDED = re.compile(r"```\{literalinclude\} (?P<path>\S+)\n(?P<options>(?::\S+:.*\n)*)```")
MARK = re.compile(r':(?P<which>start-at|end-before): "?(?P<text>.*?)"?\n')


def missing_parts(page, text):
    """What a page includes that is not there: a file, the line it starts at, the line it ends before."""
    for found in INCLUDED.finditer(text):
        path = page.parent / found["path"]
        if not path.is_file():
            yield found["path"]
            continue
        rest = path.read_text(encoding="utf-8")
        for mark in MARK.finditer(found["options"]):
            if mark["text"] not in rest:
                yield f"{found['path']}: {mark['text']}"
                break
            rest = rest[rest.index(mark["text"]) + 1 :]


def test_every_included_part_is_there():
    pages = {page: page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md")}
    assert sum(len(INCLUDED.findall(text)) for text in pages.values()) >= 10
    assert [part for page, text in pages.items() for part in missing_parts(page, text)] == []


def test_a_part_that_is_gone_is_noticed(tmp_path):
    (tmp_path / "a.yaml").write_text("- id: A\n- id: B\n", encoding="utf-8")
    page = tmp_path / "page.md"

    def told(path, start, end):
        text = f'```{{literalinclude}} {path}\n:start-at: "{start}"\n:end-before: "{end}"\n```\n'
        return list(missing_parts(page, text))

    assert told("a.yaml", "- id: A", "- id: B") == []
    assert told("a.yaml", "- id: B", "- id: A") == ["a.yaml: - id: A"], "in this order"
    assert told("b.yaml", "- id: A", "- id: B") == ["b.yaml"]


def test_the_example_pack_is_clean():
    assert [str(one) for one in lint(Pack(PARTNERS))] == []


@pytest.mark.parametrize("standard", Pack(PARTNERS).standard_ids())
def test_its_examples_hold(standard):
    pack = Pack(PARTNERS)
    report = run_examples(load_from(pack, standard), [pack])
    assert not report.fault
    assert [(one.name, one.message) for one in report.failed] == []
    assert report.count("passed") == len(report.scenarios) >= 3


def test_every_new_word_of_a_check_is_shown():
    """The words by which several tables are put together stand in the examples of the reference."""
    shown = "".join(path.read_text(encoding="utf-8") for path in PARTNERS.rglob("*.yaml"))
    for word in ("related:", "count}", "sum(", "one(", "when:", "to-when:", "period:", "target:", "uses:"):
        assert word in shown, word
