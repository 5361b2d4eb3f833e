"""From sqlglot's tree to ours, node by node; whatever is not listed here does not get through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from sqlglot import exp

from guiju.rule import typed
from guiju.rule.dialect import syntax_tree
from guiju.rule.functions import FUNCTIONS
from guiju.rule.kinds import Kind, kind_of_field, kind_of_parameter
from guiju.rule.scope import Scope
from guiju.rule.source import Source
from guiju.rule.tree import (
    ArithmeticOperator,
    Comparator,
    Constant,
    FieldRef,
    IsNull,
    Node,
    ParameterRef,
    RelatedRef,
)


def read(source: Source, scope: Scope) -> Node:
    """The typed tree of an expression.

    Raises:
        StandardError: GJ-S201 to GJ-S203 and GJ-S206 to GJ-S219.
    """
    return _Reader(source, scope).read(syntax_tree(source))


class _Reader:
    """One pass over sqlglot's tree; every method admits one class of its nodes."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source = source
        self.scope = scope
        self.checker = typed.Checker(source, scope)

    def read(self, node: exp.Expr) -> Node:
        reader = _READERS.get(type(node))
        if reader is None or set(_given(node)) - _PARTS.get(type(node), frozenset({"this", "expression"})):
            raise self._refused(node)
        return reader(self, node)

    def _refused(self, node: exp.Expr) -> Exception:
        at = start(node)
        if isinstance(node, exp.Alias):
            at = start(node.args["alias"])
        hint = _REFUSED_HINTS.get(type(node), "请检查前后是否漏了 and、or、逗号或括号")
        return self.source.fault("GJ-S206", "这里的写法不在规定的范围之内", at, hint=hint)

    def paren(self, node: exp.Expr) -> Node:
        return self.read(node.this)

    def text(self, node: exp.Expr) -> Node:
        return (
            Constant(Kind.TEXT, str(node.this))
            if node.is_string
            else self.checker.number(str(node.this), start(node))
        )

    def boolean(self, node: exp.Expr) -> Node:
        return Constant(Kind.BOOLEAN, bool(node.this))

    def null(self, node: exp.Expr) -> Node:
        raise self.source.fault(
            "GJ-S207",
            "null 不能当作值使用",
            start(node),
            hint="请写 is null（未填写）或 is not null（已填写）",
        )

    def date(self, node: exp.Expr) -> Node:
        written = node.this
        if not (isinstance(written, exp.Literal) and written.is_string and node.args["to"].is_type("date")):
            raise self._refused(node)
        return self.checker.date(str(written.this), start(node))

    def column(self, node: exp.Expr) -> Node:
        name = node.name
        item = self.scope.fields.get(name)
        if item is None:
            raise self._unknown("数据元", name, self.scope.fields, start(node))
        made = RelatedRef if name in self.scope.related else FieldRef
        return made(kind_of_field(item), name)

    def parameter(self, node: exp.Expr) -> Node:
        name = str(node.this)
        item = self.scope.parameters.get(name)
        if item is None:
            at = max(self.source.text.find(f":{name}"), 0)
            raise self._unknown("参数", name, self.scope.parameters, at)
        return ParameterRef(kind_of_parameter(item), name)

    def _unknown(self, what: str, name: str, known: Mapping[str, object], at: int) -> Exception:
        near = get_close_matches(name, list(known), n=1)
        if near:
            hint = f"是不是 {near[0]}？"
        elif known:
            hint = f"可用的{what}：{'、'.join(sorted(known))}"
        else:
            hint = f"这里没有可用的{what}"
        return self.source.fault("GJ-S208", f"没有{what}“{name}”", at, hint=hint)

    def negation(self, node: exp.Expr) -> Node:
        return self.checker.negation(self.read(node.this), start(node))

    def minus(self, node: exp.Expr) -> Node:
        return self.checker.minus(self.read(node.this), start(node))

    def logic(self, node: exp.Expr) -> Node:
        """A chain of one operator is flat: long lists of conditions do not nest."""
        same, parts, current = type(node), [], node
        while isinstance(current, same) and not set(_given(current)) - {"this", "expression"}:
            parts.append(current.expression)
            current = current.this
        operands = [(self.read(part), start(part)) for part in [current, *reversed(parts)]]
        return self.checker.logic("and" if same is exp.And else "or", operands)

    def comparison(self, node: exp.Expr) -> Node:
        left, right = self.read(node.this), self.read(node.expression)
        return self.checker.comparison(_COMPARATORS[type(node)], left, right, start(node))

    def arithmetic(self, node: exp.Expr) -> Node:
        left, right = self.read(node.this), self.read(node.expression)
        return self.checker.arithmetic(_ARITHMETIC[type(node)], left, right, start(node))

    def presence(self, node: exp.Expr) -> Node:
        if not isinstance(node.expression, exp.Null):
            raise self.source.fault(
                "GJ-S209",
                "is 后面只能写 null",
                start(node),
                hint="判断是否请写 = true 或 = false，比较其他值请用 =",
            )
        return IsNull(self.read(node.this))

    def member(self, node: exp.Expr) -> Node:
        options = [(self.read(item), start(item)) for item in node.args.get("expressions") or ()]
        return self.checker.member(self.read(node.this), options, start(node))

    def between(self, node: exp.Expr) -> Node:
        operand, low, high = (self.read(node.args[part]) for part in ("this", "low", "high"))
        return self.checker.between(operand, low, high, start(node))

    def call(self, node: exp.Expr) -> Node:
        name = str(node.this).lower()
        at = start(node)
        if name not in FUNCTIONS:
            raise self._unknown("函数", name, FUNCTIONS, at)
        arguments = [(self.read(item), start(item)) for item in node.expressions]
        return self.checker.call(name, arguments, at)


def start(node: exp.Expr) -> int:
    """The offset at which a syntax node begins, as well as its parts tell (0 where none does)."""
    return min((item.meta["start"] for item in node.walk() if "start" in item.meta), default=0)


def _given(node: exp.Expr) -> list[str]:
    return [name for name, value in node.args.items() if value not in (None, False, [])]


_COMPARATORS: Mapping[type[exp.Expr], Comparator] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: Mapping[type[exp.Expr], ArithmeticOperator] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.IntDiv: "//",
    exp.Mod: "%",
}
_READERS: Mapping[type[exp.Expr], Callable[[_Reader, exp.Expr], Node]] = {
    exp.Paren: _Reader.paren,
    exp.Literal: _Reader.text,
    exp.Boolean: _Reader.boolean,
    exp.Null: _Reader.null,
    exp.Cast: _Reader.date,
    exp.Column: _Reader.column,
    exp.Placeholder: _Reader.parameter,
    exp.Not: _Reader.negation,
    exp.Neg: _Reader.minus,
    exp.And: _Reader.logic,
    exp.Or: _Reader.logic,
    exp.Is: _Reader.presence,
    exp.In: _Reader.member,
    exp.Between: _Reader.between,
    exp.Anonymous: _Reader.call,
    **dict.fromkeys(_COMPARATORS, _Reader.comparison),
    **dict.fromkeys(_ARITHMETIC, _Reader.arithmetic),
}
_PARTS: Mapping[type[exp.Expr], frozenset[str]] = {
    exp.Literal: frozenset({"this", "is_string"}),
    exp.Cast: frozenset({"this", "to"}),
    exp.Column: frozenset({"this"}),
    exp.In: frozenset({"this", "expressions"}),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.Anonymous: frozenset({"this", "expressions"}),
}
_REFUSED_HINTS: Mapping[type[exp.Expr], str] = {
    exp.In: "in 后面写一列值，如 in ('01', '02')；判断多项取值请用 has",
    exp.Concat: "两段文字之间少了逗号或比较符",
    exp.Star: "“*”只用于相乘",
    exp.Tuple: "几个条件请用 and 连接",
}
