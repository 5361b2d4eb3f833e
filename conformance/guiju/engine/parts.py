"""Which parts of a rule's expressions are computed once instead of wherever they stand.

A part that reads a single column with few distinct texts is worked out in the dictionary of that column,
whatever it costs. A call that several expressions make, and what several calls ask first, is worked out once
a row.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guiju.engine.reading_sql import bare, fits_sql
from guiju.engine.tables import DatasetTable
from guiju.engine.views import Computed, Part
from guiju.export import identifier
from guiju.rule import Env, Node, basis_of, children, costly, emit, fields_of, guard_of
from guiju.rule.first import FIRST
from guiju.rule.tree import Call, Constant, FieldRef, ParameterRef

OFTEN = 2


def often_called(trees: Iterable[Node]) -> frozenset[Node]:
    """Calls, and what calls ask first, that occur more than once in the expressions of a dataset."""
    counts: Counter[Node] = Counter()
    for tree in trees:
        counts.update(_calls(tree))
    return frozenset(node for node, count in counts.items() if count >= OFTEN)


def _calls(node: Node) -> Iterable[Node]:
    if isinstance(node, Call):
        yield node
    for child in _read(node):
        yield from _calls(child)


def _read(node: Node) -> Iterable[Node]:
    """What the SQL of a node reads: its children or what stands in their place, and what is asked first."""
    basis, guard = basis_of(node), guard_of(node)
    below = list(children(node)) if basis is None else [basis]
    return below if guard is None else [*below, guard]


@dataclass(slots=True)
class Parts:
    """The parts of one rule: `known` tells the emitter their columns, `listed` a query how to make them."""

    table: DatasetTable
    env: Env
    often: frozenset[Node]
    known: dict[Node, str] = field(default_factory=dict)
    listed: list[Part] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def of(self, *nodes: Node) -> Mapping[Node, str]:
        """Set the parts of expressions apart; `fields` are what else they read. Returns what is known."""
        for node in nodes:
            self._visit(node)
        return self.known

    def whole(self, node: Node) -> str:
        """The SQL of an expression that is asked for several times: a column where it is no single one."""
        self._visit(node)
        names = fields_of(node)
        if (
            node in self.known
            or isinstance(node, FieldRef)
            or not names
            or isinstance(self.table.values, Computed)
        ):
            return emit(node, self.env, self.known)
        if self._one_origin(node):
            return emit(node, self.env, self.known)
        self._part(node, tuple(self._below(node)))
        return self.known[node]

    def _below(self, node: Node) -> Iterable[Part]:
        """The parts that the SQL of a node reads."""
        if node in self.known:
            yield from (part for part in self.listed if part.node == node)
            return
        for child in _read(node):
            yield from self._below(child)

    def fact(self, name: str, sql: str) -> str:
        """A condition on one field: its column where the field is looked up, else the condition itself."""
        if self.table.values.dictionary(name) is None:
            self.fields.add(name)
            return sql
        return self._add(Part(_column(sql), sql, None, frozenset({name})))

    def fits(self, name: str) -> str:
        """Whether the text of a field fits its pattern, where that is worked out row by row; else nothing."""
        part = self._fitting(name)
        return self._add(part) if part else ""

    def _fitting(self, name: str) -> Part | None:
        field, values = self.table.dataset.fields[name], self.table.values
        if field.pattern is None or isinstance(values, Computed) or values.dictionary(name) is not None:
            return None
        sql = fits_sql(field)
        return Part(_column(sql), sql, None, frozenset({name}))

    def _sooner(self, node: Node) -> Part | None:
        """The pattern of a field, where a text that fits it surely has what a call asks first."""
        if not isinstance(node, Call) or node.name not in FIRST:
            return None
        (argument,) = node.arguments
        if not isinstance(argument, FieldRef):
            return None
        pattern = self.table.dataset.fields[argument.name].pattern
        return self._fitting(argument.name) if FIRST[node.name].surely(bare(pattern or "")) else None

    def _visit(self, node: Node) -> tuple[Part, ...]:
        """Returns the parts that the SQL of the node reads."""
        if node in self.known:
            return tuple(part for part in self.listed if part.node == node)
        if isinstance(self.table.values, Computed) or isinstance(node, Constant | ParameterRef):
            self.fields |= fields_of(node)
            return ()
        if isinstance(node, FieldRef):
            return self._field(node.name)
        if self._looked_up(node):
            return (self._part(node, ()),)
        inner = tuple(part for child in _read(node) for part in self._visit(child))
        if node in self.often and node not in costly(node) and self._one_origin(node):
            return (self._part(node, inner),)
        return inner

    def _field(self, name: str) -> tuple[Part, ...]:
        """A field that is derived row by row is derived from parts as well."""
        self.fields.add(name)
        if name in self.table.derived and self.table.values.dictionary(name) is None:
            self._visit(self.table.derived[name].node)
        return ()

    def _looked_up(self, node: Node) -> bool:
        names = fields_of(node)
        return self._one_origin(node) and self.table.values.dictionary(next(iter(names))) is not None

    def _one_origin(self, node: Node) -> bool:
        return len({self.table.origin(name) for name in fields_of(node)}) == 1

    def _part(self, node: Node, inner: tuple[Part, ...]) -> Part:
        sql = emit(node, self.env, self.known)
        sooner = self._sooner(node)
        if sooner is not None:
            sql, inner = f"(CASE WHEN {identifier(sooner.column)} THEN TRUE ELSE {sql} END)", (*inner, sooner)
        whole = tuple(dict.fromkeys(one for part in inner for one in (*part.after, part)))
        part = Part(_column(emit(node, self.env)), sql, node, fields_of(node), whole)
        self.known[node] = self._add(part)
        return part

    def _add(self, part: Part) -> str:
        if part not in self.listed:
            self.listed.append(part)
        return identifier(part.column)


def _column(sql: str) -> str:
    return f"part_{hashlib.sha256(sql.encode()).hexdigest()[:12]}"
