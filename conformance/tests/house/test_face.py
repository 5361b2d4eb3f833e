"""What the library shows to others: few names, each of them explained."""

from __future__ import annotations

import ast

PUBLIC_NAMES_MOST = 10
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def bound_names(module):
    """Names without underscore that a module binds at its top level, imported ones included."""
    names = {name for node in module.tree.body for name in names_of(node)}
    return {name for name in names if not name.startswith("_")}


def names_of(node):
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return []
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    if isinstance(node, Documented):
        return [node.name]
    return [
        found.id
        for found in ast.walk(node)
        if isinstance(found, ast.Name) and isinstance(found.ctx, ast.Store)
    ]


def listed_names(module):
    """What ``__all__`` lists; None without it."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and any(
            getattr(goal, "id", "") == "__all__" for goal in node.targets
        ):
            return set(ast.literal_eval(node.value))
    return None


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


def test_every_public_thing_has_a_docstring(packages):
    assert [line for module in packages for line in undocumented(module)] == []


def test_every_module_has_a_docstring(packages):
    assert [module.path for module in packages if not ast.get_docstring(module.tree)] == []


def test_the_measures_see_names_and_missing_docstrings(make_module):
    text = """
from __future__ import annotations
import os.path
from a import b as c, _d
E = f = 1
class G:
    def h(self): ...
    def _i(self): ...
"""
    module = make_module("conformance/guiju/__init__.py", text)
    assert bound_names(module) == {"os", "c", "E", "f", "G"}
    assert [line.split()[-1] for line in undocumented(module)] == ["G", "G.h"]
    assert listed_names(make_module("conformance/guiju/__init__.py", "__all__ = ['a', 'b']")) == {"a", "b"}
