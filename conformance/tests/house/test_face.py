"""What the library shows to others: few names, each of them explained."""

from __future__ import annotations

import ast

import guiju

PUBLIC_NAMES_MOST = 10
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def bound_names(module):
    """Public names that a module binds at its top level, those imported from this project included."""
    names = {name for node in module.tree.body for name in names_of(node)}
    return {name for name in names if not name.startswith("_")}


def names_of(node):
    if isinstance(node, ast.ImportFrom):
        ours = node.level or (node.module or "").partition(".")[0] in ("guiju", "guiju_tools")
        return [alias.asname or alias.name for alias in node.names if ours]
    if isinstance(node, Documented):
        return [node.name]
    return [
        found.id
        for found in ast.walk(node)
        if isinstance(found, ast.Name) and isinstance(found.ctx, ast.Store)
    ]


def listed_names(module):
    """What ``__all__`` lists, names of a table spread into it included; None without ``__all__``."""
    given = {goal.id: node.value for node in module.tree.body for goal in simple_goals(node)}
    if "__all__" not in given:
        return None
    items = given["__all__"].elts
    spread = [ast.literal_eval(given[item.value.id]) for item in items if isinstance(item, ast.Starred)]
    written = [ast.literal_eval(item) for item in items if not isinstance(item, ast.Starred)]
    return {*written, *(name for names in spread for name in names)}


def simple_goals(node):
    return [goal for goal in getattr(node, "targets", []) if isinstance(goal, ast.Name)]


def undocumented(module):
    """Public classes, functions and methods without a docstring."""
    return [
        f"{module.path}:{node.lineno} {name}"
        for name, node in public(module.tree)
        if not ast.get_docstring(node)
    ]


def public(body, prefix=""):
    for node in body.body:
        if (
            not isinstance(node, Documented)
            or node.name.startswith("_")
            or decorated(node, "overload", "override")
        ):
            continue
        yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from public(node, f"{prefix}{node.name}.")


def decorated(node, *names):
    return any(getattr(item, "id", getattr(item, "attr", "")) in names for item in node.decorator_list)


def face(packages):
    found = [module for module in packages if module.path == "conformance/guiju/__init__.py"]
    assert found, "conformance/guiju/__init__.py is missing: the library has no face"
    return found[0]


def test_the_library_shows_few_names(packages):
    module = face(packages)
    listed = listed_names(module)
    assert listed is not None, "guiju/__init__.py lists no __all__"
    assert len(listed) <= PUBLIC_NAMES_MOST, sorted(listed)
    assert bound_names(module) - listed == set(), "names that stand in guiju/__init__.py without being listed"


def test_every_name_of_the_face_can_be_had():
    assert guiju.__all__
    assert [name for name in guiju.__all__ if getattr(guiju, name, None) is None] == []


def test_every_public_thing_has_a_docstring(packages):
    found = [line for module in packages for line in undocumented(module)]
    assert not found, "\n".join(found)


def test_every_module_has_a_docstring(packages):
    assert [module.path for module in packages if not ast.get_docstring(module.tree)] == []


def test_the_measures_see_names_and_missing_docstrings(make_module):
    text = """
from __future__ import annotations
import os.path
from guiju.a import b as c, _d
E = f = 1
class G:
    def h(self): ...
    def _i(self): ...
"""
    module = make_module("conformance/guiju/__init__.py", text)
    assert bound_names(module) == {"c", "E", "f", "G"}
    assert [line.split()[-1] for line in undocumented(module)] == ["G", "G.h"]
    spread = make_module("conformance/guiju/__init__.py", "_F = {'a': 1}\n__all__ = [*_F, 'b']")
    assert listed_names(spread) == {"a", "b"}
