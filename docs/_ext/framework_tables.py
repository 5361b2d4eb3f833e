"""The framework of standards on the site: its tables, its development plan, its drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import framework_picture
from docutils import nodes
from reference_tables import paragraph, table
from standard_tables import FromStandards

from guiju.content import own_pack
from guiju.standard.model import BASIS_WORDS
from guiju_tools.framework import telling
from guiju_tools.framework.load import read_framework

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class FrameworkTables(FromStandards):
    """``{framework-tables} nodes``, ``relations`` or ``register``: tables of the framework."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The tables of that part, each under its title."""
        self.depend()
        found = read_framework(own_pack())
        parts = {
            "nodes": telling.node_tables(found),
            "relations": (telling.relation_table(found),),
            "register": (telling.plan_table(found, None),),
        }[self.arguments[0]]
        return [node for part in parts for node in told(part)]


def told(text: telling.TableText) -> list[nodes.Node]:
    """A table with its title above it."""
    title = nodes.paragraph("", "", nodes.strong(text.title, text.title))
    return [title, table(text.head, [tuple(map(paragraph, row)) for row in text.rows])]


class DevelopmentPlan(FromStandards):
    """``{development-plan}``: periods, goals, tasks with their basis."""

    def run(self) -> list[nodes.Node]:
        """One table a period."""
        self.depend()
        shown: list[nodes.Node] = []
        for period in read_framework(own_pack()).periods:
            rows = [(paragraph("目标"), paragraph(goal), paragraph("")) for goal in period.goals]
            for task in period.tasks:
                basis = f"{BASIS_WORDS[task.basis]}；{telling.sources_words(task.sources)}"
                rows.append((paragraph("任务"), paragraph(task.text), paragraph(basis)))
            title = f"{period.title}（{period.first.isoformat()}至{period.last.isoformat()}）"
            shown += [nodes.paragraph("", "", nodes.strong(title, title)), table(("", "内容", "依据"), rows)]
        return shown


class FrameworkPicture(FromStandards):
    """``{framework-picture}``: the framework drawn."""

    def run(self) -> list[nodes.Node]:
        """The drawing as it stands in the page."""
        self.depend()
        return [nodes.raw("", framework_picture.drawn(read_framework(own_pack())), format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Registers the directives."""
    app.add_directive("framework-tables", FrameworkTables)
    app.add_directive("framework-picture", FrameworkPicture)
    app.add_directive("development-plan", DevelopmentPlan)
    return {"parallel_read_safe": True}
