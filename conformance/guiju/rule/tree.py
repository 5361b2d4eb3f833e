"""The typed tree that an expression becomes: frozen, hashable, free of any parser's classes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from guiju.rule.kinds import Kind

LogicOperator = Literal["and", "or"]
Comparator = Literal["=", "<>", "<", "<=", ">", ">="]
ArithmeticOperator = Literal["+", "-", "*", "//", "%"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the expression."""

    kind: Kind
    value: str | int | Decimal | bool | dt.date


@dataclass(frozen=True, slots=True)
class FieldRef:
    """The value of a field of the record."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class RelatedRef(FieldRef):
    """A value that the record takes from its partners in another dataset."""


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """The value of a parameter of the standard, written ``:name``."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """Logical negation."""

    operand: Node
    kind: ClassVar[Kind] = Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Logic:
    """`and` or `or` over two or more operands, with three values."""

    operator: LogicOperator
    operands: tuple[Node, ...]
    kind: ClassVar[Kind] = Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values of like kind."""

    operator: Comparator
    left: Node
    right: Node
    kind: ClassVar[Kind] = Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Member:
    """`in`: whether a value is one of several constants or parameters."""

    operand: Node
    options: tuple[Node, ...]
    kind: ClassVar[Kind] = Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Between:
    """`between`: both ends belong to the range."""

    operand: Node
    low: Node
    high: Node
    kind: ClassVar[Kind] = Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class IsNull:
    """`is null`: a field is not filled in, or another operand has no value.

    Unknown only of a related value of which it is unknown whether there is one.
    """

    operand: Node
    kind: ClassVar[Kind] = Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Negate:
    """Unary minus."""

    kind: Kind
    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum, difference, product, whole quotient or remainder."""

    kind: Kind
    operator: ArithmeticOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A call of one of the functions in `guiju.rule.functions`."""

    kind: Kind
    name: str
    arguments: tuple[Node, ...]


Node = (
    Constant
    | FieldRef
    | ParameterRef
    | Not
    | Logic
    | Compare
    | Member
    | Between
    | IsNull
    | Negate
    | Arithmetic
    | Call
)


def children(node: Node) -> tuple[Node, ...]:  # noqa: PLR0911 -- one case a class of nodes
    """The direct parts of a node, from left to right."""
    match node:
        case Constant() | FieldRef() | ParameterRef():
            return ()
        case Not() | IsNull() | Negate():
            return (node.operand,)
        case Logic():
            return node.operands
        case Compare() | Arithmetic():
            return (node.left, node.right)
        case Member():
            return (node.operand, *node.options)
        case Between():
            return (node.operand, node.low, node.high)
        case Call():
            return node.arguments


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, a node before its parts."""
    yield node
    for child in children(node):
        yield from walk(child)


def depth(node: Node) -> int:
    """How many levels the tree has."""
    return 1 + max(map(depth, children(node)), default=0)


def fields_of(node: Node) -> frozenset[str]:
    """Names of the fields of the record itself that an expression reads."""
    return frozenset(item.name for item in walk(node) if type(item) is FieldRef)


def related_of(node: Node) -> frozenset[str]:
    """Names of the related values that an expression reads."""
    return frozenset(item.name for item in walk(node) if isinstance(item, RelatedRef))


def parameters_of(node: Node) -> frozenset[str]:
    """Names of the parameters an expression reads."""
    return frozenset(item.name for item in walk(node) if isinstance(item, ParameterRef))


def nulls_tested(node: Node) -> frozenset[str]:
    """Names of the fields whose presence an expression asks for with `is null` or `is not null`."""
    tests = (item.operand for item in walk(node) if isinstance(item, IsNull))
    return frozenset(operand.name for operand in tests if type(operand) is FieldRef)
