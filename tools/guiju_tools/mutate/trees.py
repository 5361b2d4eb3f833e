"""Expressions altered in one place: comparisons, conditions, constants, functions, fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from guiju.rule import Kind, Node, Scope
from guiju.rule.functions import FUNCTIONS
from guiju.rule.tree import (
    Arithmetic,
    ArithmeticOperator,
    Between,
    Call,
    Compare,
    Constant,
    FieldRef,
    IsNull,
    Logic,
    Member,
    Negate,
    Not,
    ParameterRef,
    children,
)
from guiju.rule.typed import codes_of
from guiju_tools.mutate.constants import (
    moved,
    one_more,
    ordered_codes,
    other_codes,
    other_constants,
    other_texts,
    wider_patterns,
)
from guiju_tools.mutate.shapes import BOUNDARIES, normal, plain, with_part

_CALCULATIONS: dict[ArithmeticOperator, ArithmeticOperator] = {
    "+": "-",
    "-": "+",
    "*": "+",
    "//": "*",
    "%": "//",
}
_SIBLINGS = {
    "starts_with": ("ends_with", "contains"),
    "ends_with": ("starts_with", "contains"),
    "contains": ("starts_with", "ends_with"),
    "days_between": ("workdays_between",),
    "workdays_between": ("days_between",),
    "hours_between": ("minutes_between",),
    "minutes_between": ("hours_between",),
    "seconds_between": ("minutes_between",),
}
_OTHER_FIELDS = 2
"""As many other fields are tried in the place of one."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One alteration: what stood there, what stands there now (None: nothing), and the whole expression."""

    kind: str
    before: Node
    after: Node | None
    whole: Node


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an expression may name, and the fields that may take the place of others."""

    scope: Scope
    fields: tuple[str, ...]


def swaps(node: Node, around: Surroundings) -> Iterator[Swap]:
    """Every alteration of an expression in one place, from the whole inwards; what means the same, once."""
    seen = {normal(node)}
    for swap in _everywhere(node, around):
        meaning = normal(swap.whole)
        if meaning not in seen:
            seen.add(meaning)
            yield replace(swap, whole=plain(swap.whole))


def _everywhere(node: Node, around: Surroundings) -> Iterator[Swap]:
    for kind, fresh in _here(node, around):
        yield Swap(kind, node, fresh, fresh)
    if isinstance(node, Logic):
        yield from _without_terms(node)
    for place, part in enumerate(children(node)):
        for swap in _everywhere(part, around):
            yield _outwards(swap, node, place)


def _outwards(swap: Swap, node: Node, place: int) -> Swap:
    """The alteration seen from one level above; it is told by the smallest condition that it stands in."""
    whole = with_part(node, place, swap.whole)
    if swap.before.kind is Kind.BOOLEAN:
        return replace(swap, whole=whole)
    return replace(swap, before=node, after=whole, whole=whole)


Fresh = Iterator[tuple[str, Node]]


def _here(node: Node, around: Surroundings) -> Fresh:
    """Other nodes in the place of this one, each with the kind of alteration."""
    maker = _MAKERS.get(type(node))
    if maker is not None:
        yield from maker(node, around)
    if isinstance(node, Member | Between | Call | FieldRef) and node.kind is Kind.BOOLEAN:
        yield "negated", Not(node)


def _without_terms(node: Logic) -> Iterator[Swap]:
    for place, term in enumerate(node.operands):
        rest = node.operands[:place] + node.operands[place + 1 :]
        yield Swap("term-dropped", term, None, rest[0] if len(rest) == 1 else Logic(node.operator, rest))


def _logic(node: Logic, _around: Surroundings) -> Fresh:
    yield "connective", replace(node, operator="or" if node.operator == "and" else "and")


def _negation(node: Not, _around: Surroundings) -> Fresh:
    yield ("null-test" if isinstance(node.operand, IsNull) else "negated"), node.operand


def _null_test(node: IsNull, _around: Surroundings) -> Fresh:
    yield "null-test", Not(node)


def _compare(node: Compare, around: Surroundings) -> Fresh:
    yield "boundary", replace(node, operator=BOUNDARIES[node.operator])
    for place, (part, holder) in enumerate(((node.left, node.right), (node.right, node.left))):
        for fresh in other_constants(part, holder, around.scope):
            yield "other-text", with_part(node, place, fresh)


def _member(node: Member, around: Surroundings) -> Fresh:
    if len(node.options) > 1:
        for place in range(len(node.options)):
            yield (
                "option-dropped",
                replace(node, options=node.options[:place] + node.options[place + 1 :]),
            )
    fresh = one_more(node.operand, node.options, around.scope)
    if fresh is not None:
        yield "option-added", replace(node, options=(*node.options, fresh))


def _between(node: Between, _around: Surroundings) -> Fresh:
    yield "end-dropped", Compare(">=", node.operand, node.low)
    yield "end-dropped", Compare("<=", node.operand, node.high)


def _constant(node: Constant, _around: Surroundings) -> Fresh:
    for value in moved(node.value):
        yield "constant-moved", Constant(node.kind, value)


def _parameter(node: ParameterRef, around: Surroundings) -> Fresh:
    """A number one beside the parameter's value in the place of the parameter."""
    text = around.scope.parameters[node.name].value
    if text is not None and node.kind is not Kind.TEXT:
        for value in moved(int(text) if node.kind is Kind.INTEGER else Decimal(text)):
            yield "constant-moved", Constant(node.kind, value)


def _field(node: FieldRef, around: Surroundings) -> Fresh:
    """Other fields of the same kind, with the same code list or none, the nearest in order first."""
    fields = around.scope.fields
    names = list(fields)
    mine = fields[node.name]
    like = [
        name
        for name in around.fields
        if name != node.name and (fields[name].type, fields[name].codelist) == (mine.type, mine.codelist)
    ]
    like.sort(key=lambda name: (abs(names.index(name) - names.index(node.name)), names.index(name)))
    for name in like[:_OTHER_FIELDS]:
        yield "other-field", replace(node, name=name)


def _arithmetic(node: Arithmetic, _around: Surroundings) -> Fresh:
    yield "calculation", replace(node, operator=_CALCULATIONS[node.operator])


def _negate(node: Negate, _around: Surroundings) -> Fresh:
    yield "calculation", node.operand


def _call(node: Call, around: Surroundings) -> Fresh:
    function = FUNCTIONS[node.name]
    for name in _SIBLINGS.get(node.name, ()):
        yield "other-function", replace(node, name=name)
    arguments = node.arguments
    if len(arguments) > 1 and len(set(function.arguments)) == 1 and not function.written:
        yield "arguments-exchanged", replace(node, arguments=(arguments[1], arguments[0], *arguments[2:]))
    yield from _call_options(node, around)
    yield from _call_texts(node, around)


def _call_options(node: Call, around: Surroundings) -> Fresh:
    """One of several texts less, or one more: for functions whose last argument may be repeated."""
    if not FUNCTIONS[node.name].more:
        return
    first, *options = node.arguments
    if len(options) > 1:
        for place in range(len(options)):
            rest = options[:place] + options[place + 1 :]
            yield "option-dropped", replace(node, arguments=(first, *rest))
    fresh = one_more(first, tuple(options), around.scope)
    if fresh is not None:
        yield "option-added", replace(node, arguments=(first, *options, fresh))


def _call_texts(node: Call, around: Surroundings) -> Fresh:
    function = FUNCTIONS[node.name]
    for place, part in enumerate(node.arguments):
        if not isinstance(part, Constant) or not isinstance(part.value, str):
            continue
        if node.name == "matches":
            texts = wider_patterns(part.value)
        elif function.labels:
            texts = other_codes(part.value, list(function.labels))
        elif function.codes_of_first and codes_of(node.arguments[0], around.scope) is not None:
            texts = other_codes(part.value, ordered_codes(node.arguments[0], around.scope))
        else:
            texts = other_texts(part.value)
        for text in texts:
            yield "other-text", with_part(node, place, Constant(Kind.TEXT, text))


_MAKERS: dict[type, Callable[..., Fresh]] = {
    Logic: _logic,
    Not: _negation,
    IsNull: _null_test,
    Compare: _compare,
    Member: _member,
    Between: _between,
    Constant: _constant,
    ParameterRef: _parameter,
    FieldRef: _field,
    Arithmetic: _arithmetic,
    Negate: _negate,
    Call: _call,
}
