"""A standard as a page: the blocks that `guiju text` prints, as sections with anchors by clause number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from reference_tables import paragraph, table
from standard_tables import FromStandards, standards

from guiju_tools.text.blocks import Block, Entry, Grid, Heading, Items, Paragraph, Printed, Remark
from guiju_tools.text.compose import printed

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class StandardText(FromStandards):
    """``{standard-text} item-management``: the whole text with what each requirement rests on."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The cover, then one section a chapter with its clauses inside."""
        self.depend()
        [standard] = [item for item in standards() if item.id == self.arguments[0]]
        titles = {item.id: f"《{item.title}》" for item in standards()}
        text = printed(standard, with_checks=True, titles=titles)
        return [*cover(text), *sections(text.body)]


def cover(text: Printed) -> list[nodes.Node]:
    """The lines of the cover but the title, which is the page's own."""
    state, _, *rest = text.cover
    return [nodes.paragraph("", "", nodes.strong(state, state)), paragraph("；".join(rest))]


def sections(body: Iterable[Block]) -> list[nodes.Node]:
    """Headings as nested sections, with what follows inside them."""
    top = nodes.container()
    open_at: list[nodes.Element] = [top]
    for block in body:
        if isinstance(block, Heading):
            section = nodes.section("", nodes.title(block.text, block.text), ids=[anchor(block)])
            del open_at[block.level :]
            open_at[-1] += section
            open_at.append(section)
        else:
            add(open_at[-1], block)
    return list(top.children)


def anchor(block: Heading) -> str:
    """An anchor that can be cited: ``clause-4-1``, ``clause-a``."""
    return nodes.make_id(f"clause-{block.number or 'references'}")


def add(place: nodes.Element, block: Block) -> None:
    """One block below its heading; remarks of one requirement stand together."""
    match block:
        case Paragraph():
            place += numbered(block.number, block.text)
        case Remark():
            remark(place, f"{block.label}：{block.text}")
        case Entry():
            place += numbered(block.number, f"{block.term}　{block.english}")
            place += paragraph(block.definition)
        case Items():
            place += nodes.line_block("", *(nodes.line(text, text) for text in block.lines))
        case Grid():
            place += nodes.paragraph("", "", nodes.strong(block.caption, block.caption))
            place += table(block.head, [tuple(map(paragraph, row)) for row in block.rows])


def numbered(number: str, text: str) -> nodes.paragraph:
    """A paragraph with its clause number before it."""
    if not number:
        return paragraph(text)
    target = nodes.inline("", "", nodes.strong(number, number), ids=[nodes.make_id(f"clause-{number}")])
    return nodes.paragraph("", "", target, nodes.Text(f"　{text}"))


def remark(place: nodes.Element, text: str) -> None:
    """A line of a quotation below the requirement."""
    last = place.children[-1] if place.children else None
    if not isinstance(last, nodes.block_quote):
        last = nodes.block_quote()
        place += last
    last += paragraph(text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Registers the directive."""
    app.add_directive("standard-text", StandardText)
    return {"parallel_read_safe": True}
