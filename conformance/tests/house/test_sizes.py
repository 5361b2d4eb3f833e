"""How large a module or a function may grow."""

from __future__ import annotations

import ast
from statistics import median

import pytest

MODULE_LINES_MOST = 500
MODULE_LINES_AS_A_RULE = 250
SHARE_ABOVE_THE_RULE = 0.10
FUNCTION_LINES_MOST = 60
FUNCTION_LINES_MEDIAN = 10
FORBIDDEN_WORDS = frozenset({"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def longer_than(modules, limit):
    return [f"{module.lines} {module.path}" for module in modules if module.lines > limit]


def functions(module):
    return [node for node in ast.walk(module.tree) if isinstance(node, Function)]


def length(function):
    """Lines from ``def`` to the end, decorators left out."""
    return function.end_lineno - function.lineno + 1


def code_length(function):
    """The same without the docstring: words that explain do not make a function long."""
    if ast.get_docstring(function) is None:
        return length(function)
    docstring = function.body[0]
    return length(function) - (docstring.end_lineno - docstring.lineno + 1)


def long_functions(modules):
    return [
        f"{length(function)} {module.path}:{function.lineno} {function.name}"
        for module in modules
        for function in functions(module)
        if length(function) > FUNCTION_LINES_MOST
    ]


def median_length(modules):
    return median(code_length(function) for module in modules for function in functions(module))


def badly_named(modules):
    words = {
        module.path: {word for part in module.name.split(".") for word in part.split("_")}
        for module in modules
    }
    return [path for path, found in words.items() if found & FORBIDDEN_WORDS]


@pytest.mark.parametrize("kind", ["packages", "tests"])
def test_no_module_is_longer_than_the_limit(kind, request):
    assert longer_than(request.getfixturevalue(kind), MODULE_LINES_MOST) == [], (
        "split them where their parts part"
    )


@pytest.mark.parametrize("kind", ["packages", "tests"])
def test_few_modules_are_longer_than_the_rule(kind, request):
    modules = [module for module in request.getfixturevalue(kind) if module.lines > 1]
    above = longer_than(modules, MODULE_LINES_AS_A_RULE)
    assert len(above) <= SHARE_ABOVE_THE_RULE * len(modules), (
        f"{len(above)} of {len(modules)} modules are above {MODULE_LINES_AS_A_RULE} lines:\n"
        + "\n".join(above)
    )


@pytest.mark.parametrize("kind", ["packages", "tests"])
def test_no_function_is_longer_than_the_limit(kind, request):
    found = long_functions(request.getfixturevalue(kind))
    assert not found, "\n".join(found)


def test_functions_are_short_on_the_whole(packages):
    assert median_length(packages) <= FUNCTION_LINES_MEDIAN


@pytest.mark.parametrize("kind", ["packages", "tests"])
def test_modules_are_named_after_what_they_do(kind, request):
    found = badly_named(request.getfixturevalue(kind))
    assert not found, "\n".join(found)


def test_the_measures_see_what_is_too_long(make_module):
    body = "    x = 1\n"
    long = make_module("conformance/guiju/long.py", "def f():\n" + body * FUNCTION_LINES_MOST)
    edge = make_module("conformance/guiju/edge.py", "def f():\n" + body * (FUNCTION_LINES_MOST - 1))
    assert long_functions([long, edge]) == ["61 conformance/guiju/long.py:1 f"]
    assert longer_than([long, edge], FUNCTION_LINES_MOST) == ["61 conformance/guiju/long.py"]
    assert median_length([long]) == FUNCTION_LINES_MOST + 1


def test_a_docstring_counts_for_the_limit_but_not_for_the_median(make_module):
    module = make_module(
        "conformance/guiju/a.py", 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    )
    assert [(length(function), code_length(function)) for function in functions(module)] == [(6, 2)]


@pytest.mark.parametrize("path", ["guiju/utils.py", "guiju/rule/date_helpers.py", "guiju/common/__init__.py"])
def test_the_measure_sees_a_forbidden_name(path, make_module):
    assert badly_named([make_module(f"conformance/{path}", "")]) == [f"conformance/{path}"]
