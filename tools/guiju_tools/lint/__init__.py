"""Lint (标准数据检查): what a program can judge of a standard's text, data, checks and features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.content import Pack
from guiju_tools.lint.checks import lint_checks
from guiju_tools.lint.clauses import lint_clauses
from guiju_tools.lint.document import lint_document
from guiju_tools.lint.features import lint_features
from guiju_tools.lint.finding import LEVEL_TITLES, Level, Notice, ordered
from guiju_tools.lint.fix import fix
from guiju_tools.lint.forms import lint_form
from guiju_tools.lint.framework import lint_framework
from guiju_tools.lint.identity import lint_names, lint_pack
from guiju_tools.lint.lists import lint_codelists, lint_crosswalks
from guiju_tools.lint.profiles import lint_profiles
from guiju_tools.lint.prose import lint_wording
from guiju_tools.lint.records import lint_records
from guiju_tools.lint.requirements import lint_requirements
from guiju_tools.lint.view import View, read_view

__all__ = ["LEVEL_TITLES", "Level", "Notice", "fix", "lint"]

_RULES = (
    lint_names,
    lint_document,
    lint_clauses,
    lint_wording,
    lint_requirements,
    lint_form,
    lint_records,
    lint_checks,
    lint_features,
)


def lint(pack: Pack, standard_id: str | None = None, libraries: Sequence[Pack] = ()) -> list[Notice]:
    """Everything that is wrong with one standard, or with all of a pack.

    Args:
        pack: the pack to look at.
        standard_id: one standard only; None looks at the pack's code lists, crosswalks and profiles as well.
        libraries: packs in which code lists and standards are looked up that the pack does not hold.

    Returns:
        Remarks by file and line. A broken file is told and does not hide what is wrong with the others.
    """
    libraries = [library for library in libraries if library != pack]
    if standard_id is not None:
        view, found = read_view(pack, standard_id, libraries)
        return ordered([*found, *_standard(view)])
    return ordered(_pack(pack, libraries))


def _standard(view: View) -> Iterator[Notice]:
    for rule in _RULES:
        yield from rule(view)


def _pack(pack: Pack, libraries: Sequence[Pack]) -> Iterator[Notice]:
    views: dict[str, View] = {}
    for source in (*reversed(libraries), pack):
        for standard_id in source.standard_ids():
            view, found = read_view(source, standard_id, libraries)
            views[standard_id] = view
            if source is pack:
                yield from found
                yield from _standard(view)
    yield from lint_pack(pack, libraries)
    yield from lint_framework(pack)
    yield from lint_codelists(pack)
    yield from lint_crosswalks(pack, libraries)
    yield from lint_profiles(pack, views, libraries)
