"""Imports run one way: this table is the drawing, and the code has to agree with it."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

FACE = "(face)"
BELOW_ENGINE = {"rule", "export", "standard", "result", "content", "errors"}
BELOW_RUN = BELOW_ENGINE | {"engine"}

# part of guiju -> the parts it may import from
MAY_IMPORT = {
    "errors": set(),
    "content": {"errors"},
    "result": {"errors"},
    "standard": {"content", "errors"},
    "rule": {"standard", "content", "errors"},
    "export": {"standard", "content", "errors"},
    "engine": BELOW_ENGINE,
    "run": BELOW_RUN,
    "bdd": BELOW_RUN | {"run"},
    FACE: BELOW_RUN | {"run", "bdd"},
}
SAYING_SOMETHING = 15  # letters of a docstring
TOOLS_TOP = {"cli", "__main__", FACE}


def imported(module, names):
    """Full names of the project's modules that `module` imports, wherever in the file it does so."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = base_of(module, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in names else base


def base_of(module, node):
    if not node.level:
        return node.module or ""
    package = module.name if module.is_package else module.name.rpartition(".")[0]
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *filter(None, [node.module])])


def arrows(modules):
    """Pairs (importing module, imported module), both of this project."""
    names = {module.name for module in modules}
    roots = {name.partition(".")[0] for name in names}
    pairs = {(module.name, target) for module in modules for target in imported(module, names)}
    return sorted(pair for pair in pairs if pair[1].partition(".")[0] in roots and pair[0] != pair[1])


def part_of(name):
    """The package and the part of it a module belongs to, ``(face)`` for the package's own ``__init__``."""
    package, _, rest = name.partition(".")
    return package, rest.partition(".")[0] or FACE


def offending(pairs):
    return [
        f"{source} -> {target}   ({reason})" for source, target in pairs if (reason := fault(source, target))
    ]


def fault(source, target):
    """Why an arrow is not in the drawing; empty if it is."""
    (package, part), (other, goal) = part_of(source), part_of(target)
    if package == other == "guiju":
        return fault_inside(part, goal)
    if package == "guiju":
        return "guiju does not know guiju_tools"
    if other == "guiju_tools" and part not in TOOLS_TOP and goal in TOOLS_TOP:
        return "only the command line stands above the other tools"
    return ""


def fault_inside(part, goal):
    if part == goal:
        return ""
    if part not in MAY_IMPORT:
        return f"'{part}' is a new part: give it its place in MAY_IMPORT and on the architecture page"
    allowed = MAY_IMPORT[part]
    return "" if goal in allowed else f"'{part}' may import {sorted(allowed) or 'nothing of ours'}"


def circle(pairs):
    """The modules of one circle of imports, in order; empty when there is none."""
    graph: dict[str, set[str]] = {}
    for source, target in pairs:
        graph.setdefault(source, set()).add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return " <- ".join(error.args[1])
    return ""


def part_pairs(pairs):
    """The same arrows between parts: a circle of parts is one even when no two modules form it."""
    parts = {(".".join(part_of(source)), ".".join(part_of(target))) for source, target in pairs}
    return sorted((source, target) for source, target in parts if source != target)


def test_imports_run_one_way(packages):
    found = offending(arrows(packages))
    assert not found, "these arrows are not in the drawing:\n" + "\n".join(found)


def test_every_part_of_the_library_is_in_the_drawing(packages):
    parts = {part_of(module.name)[1] for module in packages if part_of(module.name)[0] == "guiju"}
    assert parts - set(MAY_IMPORT) == set(), "a new part: give it its place in MAY_IMPORT"


def test_no_modules_import_each_other_in_a_circle(packages):
    assert circle(arrows(packages)) == ""


def test_no_parts_import_each_other_in_a_circle(packages):
    assert circle(part_pairs(arrows(packages))) == ""


def test_every_folder_of_a_package_says_what_it_is_for(packages):
    folders = {module.path.rpartition("/")[0] for module in packages}
    faces = {module.path.rpartition("/")[0]: module for module in packages if module.is_package}
    assert folders - set(faces) == set(), "a folder without __init__.py"
    assert [
        path for path, module in faces.items() if len(ast.get_docstring(module.tree) or "") < SAYING_SOMETHING
    ] == []


def test_the_drawing_itself_has_no_circle():
    assert circle((part, goal) for part, goals in MAY_IMPORT.items() for goal in goals) == ""


def library(make_module, **texts):
    return [
        make_module(f"conformance/guiju/{path.replace('__', '/')}.py", text) for path, text in texts.items()
    ]


def test_an_arrow_against_the_direction_is_drawn(make_module):
    modules = library(
        make_module, rule__parse="from guiju.export import read\n", result__model="import guiju.errors\n"
    )
    assert offending(arrows(modules)) == [
        "guiju.rule.parse -> guiju.export   ('rule' may import ['content', 'errors', 'standard'])"
    ]


def test_an_import_inside_a_function_or_a_relative_one_is_no_way_round(make_module):
    modules = library(make_module, standard__load="def f():\n    from ..engine import judge\n")
    assert [line.split("   ")[0] for line in offending(arrows(modules))] == [
        "guiju.standard.load -> guiju.engine"
    ]


def test_the_library_must_not_know_the_tools_nor_a_tool_the_command_line(make_module):
    modules = [
        *library(make_module, run__judge="import guiju_tools.cli\n"),
        make_module("tools/guiju_tools/report/page.py", "from guiju_tools import cli\nimport guiju.result\n"),
        make_module("tools/guiju_tools/cli/__init__.py", "from guiju_tools.report import page\n"),
    ]
    assert [line.split("   ")[0] for line in offending(arrows(modules))] == [
        "guiju.run.judge -> guiju_tools.cli",
        "guiju_tools.report.page -> guiju_tools.cli",
    ]


def test_a_circle_is_found(make_module):
    pairs = arrows(
        library(make_module, rule__a="from guiju.rule import b\n", rule__b="from guiju.rule.a import x\n")
    )
    assert "guiju.rule.a" in circle(pairs)
    assert "guiju.rule.b" in circle(pairs)
    assert circle(part_pairs(pairs)) == ""


def test_a_new_part_asks_for_its_place(make_module):
    found = offending(arrows(library(make_module, magic="import guiju.errors\n")))
    assert len(found) == 1
    assert "new part" in found[0]
