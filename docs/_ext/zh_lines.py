"""Joins lines of Chinese without a space: a line may end in the source wherever that reads well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

WIDE = "[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
BREAK = re.compile(rf"(?<={WIDE})\n(?={WIDE})")


def join_lines(_app: Sphinx, doctree: nodes.document) -> None:
    """Drops a line break between two wide characters, in one text or between neighbours."""
    for text in list(doctree.findall(nodes.Text)):
        if isinstance(text.parent, nodes.FixedTextElement | nodes.literal):
            continue
        joined = BREAK.sub("", text.astext())
        if joined == "\n" and between_wide(text):
            joined = ""
        if joined != text.astext():
            text.parent.replace(text, nodes.Text(joined))


def between_wide(text: nodes.Text) -> bool:
    """Whether wide characters stand on both sides of a text that is a line break."""
    parent = text.parent
    at = parent.index(text)
    before = parent[at - 1].astext() if at else ""
    after = parent[at + 1].astext() if at + 1 < len(parent) else ""
    return bool(BREAK.search(f"{before}\n{after}"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Joins lines once a page is read."""
    app.connect("doctree-read", join_lines)
    return {"parallel_read_safe": True}
