"""The rules of kinds: which values can be compared, added, looked up, and which codes exist."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from guiju.rule.functions import FUNCTIONS, Function
from guiju.rule.kinds import NUMBERS, ORDERED, Kind, alike
from guiju.rule.moments import read_date
from guiju.rule.scope import Scope
from guiju.rule.source import Source
from guiju.rule.tree import (
    Arithmetic,
    ArithmeticOperator,
    Between,
    Call,
    Comparator,
    Compare,
    Constant,
    FieldRef,
    Logic,
    LogicOperator,
    Member,
    Negate,
    Node,
    Not,
    ParameterRef,
)
from guiju.standard.fields import Codelist

Placed = tuple[Node, int]
"""A node and the offset at which it begins."""

_DIGITS, _DECIMALS = 18, 6


class Checker:
    """Makes typed nodes out of typed parts, or says what does not fit."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source = source
        self.scope = scope

    def number(self, text: str, at: int) -> Constant:
        """An exact number: an integer, or a decimal where there is a point."""
        whole, _, fraction = text.partition(".")
        if len(whole) > _DIGITS or len(fraction) > _DECIMALS:
            hint = f"整数部分至多{_DIGITS}位，小数至多{_DECIMALS}位；编码是文字，请加单引号"
            raise self.source.fault("GJ-S210", f"数“{text}”太长", at, hint=hint)
        return Constant(Kind.DECIMAL, Decimal(text)) if fraction else Constant(Kind.INTEGER, int(text))

    def date(self, text: str, at: int) -> Constant:
        """A day of the calendar."""
        day = read_date(text)
        if day is None:
            raise self.source.fault("GJ-S211", f"没有“{text}”这一天", at, hint="日期请写作 date '2024-01-31'")
        return Constant(Kind.DATE, day)

    def negation(self, operand: Node, at: int) -> Not:
        """`not` of a condition."""
        self._condition(operand, at)
        return Not(operand)

    def logic(self, operator: LogicOperator, operands: Sequence[Placed]) -> Logic:
        """`and` or `or` of conditions."""
        for operand, at in operands:
            self._condition(operand, at)
        return Logic(operator, tuple(operand for operand, _ in operands))

    def _condition(self, node: Node, at: int) -> None:
        if node.kind is not Kind.BOOLEAN:
            raise self.source.fault(
                "GJ-S212",
                f"and、or、not 连接的应是条件，这里是{node.kind.value}",
                at,
                hint="请写成比较，例如 … = '01'",
            )

    def comparison(self, operator: Comparator, left: Node, right: Node, at: int) -> Compare:
        """Two values of like kind; only what has an order is ordered."""
        self._alike(left, right, at)
        self._codes(left, right, at)
        self._codes(right, left, at)
        if operator not in ("=", "<>"):
            self._ordered(left, at)
        return Compare(operator, left, right)

    def between(self, operand: Node, low: Node, high: Node, at: int) -> Between:
        """A value of a kind that has an order, between two of like kind."""
        self._alike(operand, low, at)
        self._alike(operand, high, at)
        self._ordered(operand, at)
        return Between(operand, low, high)

    def member(self, operand: Node, options: Sequence[Placed], at: int) -> Member:
        """A value among constants and parameters of like kind."""
        if not options:
            raise self.source.fault("GJ-S213", "in 后面没有列出值", at, hint="请写作 in ('01', '02')")
        for option, place in options:
            if not isinstance(option, Constant | ParameterRef | Negate):
                raise self.source.fault(
                    "GJ-S213", "in 后面只能列出常量和参数", place, hint="同其他数据元比较请用 = 和 or"
                )
            self._alike(operand, option, place)
            self._codes(operand, option, place)
        return Member(operand, tuple(option for option, _ in options))

    def _alike(self, left: Node, right: Node, at: int) -> None:
        if not alike(left.kind, right.kind):
            hint = (
                _unlike_hint(left, right) or _unlike_hint(right, left) or "请核对数据元的类型；没有类型转换"
            )
            message = f"{left.kind.value}和{right.kind.value}不能比较"
            raise self.source.fault("GJ-S214", message, at, hint=hint)
        if left.kind is Kind.SET:
            hint = "请用 has、has_any、size；两者相同即 subset(a, b) and subset(b, a)"
            raise self.source.fault("GJ-S214", "多项取值不能直接比较", at, hint=hint)

    def _ordered(self, node: Node, at: int) -> None:
        if node.kind not in ORDERED:
            hint = "文字的先后没有意义：数请把数据元声明为 integer 或 number，日期声明为 date"
            raise self.source.fault("GJ-S215", f"{node.kind.value}不能比较大小", at, hint=hint)

    def _codes(self, holder: Node, other: Node, at: int) -> None:
        """A text compared with a coded value must be one of the codes."""
        if not isinstance(other, Constant) or other.kind is not Kind.TEXT:
            return
        codes = codes_of(holder, self.scope)
        if codes is not None and other.value not in codes:
            shown = "、".join(sorted(codes)[:20])
            raise self.source.fault(
                "GJ-S216", f"代码表中没有“{other.value}”", at, hint=f"可用的代码：{shown}"
            )

    def minus(self, operand: Node, at: int) -> Node:
        """A negative number; of a constant, a constant."""
        self._number(operand, at)
        if isinstance(operand, Constant) and isinstance(operand.value, int | Decimal):
            return Constant(operand.kind, -operand.value)
        return Negate(operand.kind, operand)

    def arithmetic(self, operator: ArithmeticOperator, left: Node, right: Node, at: int) -> Arithmetic:
        """Sums, products, quotients of numbers, all exact."""
        self._number(left, at)
        self._number(right, at)
        decimals = (left.kind, right.kind).count(Kind.DECIMAL)
        if (decimals and operator in ("//", "%")) or (decimals > 1 and operator == "*"):
            hint = "// 和 % 只用于整数；小数只能与整数相乘"
            raise self.source.fault("GJ-S217", f"“{operator}”不能这样用于小数", at, hint=hint)
        return Arithmetic(Kind.DECIMAL if decimals else Kind.INTEGER, operator, left, right)

    def _number(self, node: Node, at: int) -> None:
        if node.kind not in NUMBERS:
            dates = "日期请用 days_between、workdays_between、add_workdays"
            hint = dates if node.kind in (Kind.DATE, Kind.STAMP) else "只有数可以加减乘除"
            raise self.source.fault("GJ-S217", f"{node.kind.value}不能加减乘除", at, hint=hint)

    def call(self, name: str, arguments: Sequence[Placed], at: int) -> Call:
        """A call whose arguments agree with the signature in `FUNCTIONS`."""
        function = FUNCTIONS[name]
        self._count(name, function, len(arguments), at)
        for place, (argument, where) in enumerate(arguments):
            wanted = function.arguments[min(place, len(function.arguments) - 1)]
            self._argument(name, function, place, wanted, argument, where)
        nodes = tuple(argument for argument, _ in arguments)
        self._written(name, function, nodes, at)
        if function.codes_of_first:
            for option, where in arguments[1:]:
                self._codes(nodes[0], option, where)
        return Call(function.result, name, nodes)

    def _count(self, name: str, function: Function, given: int, at: int) -> None:
        wanted = len(function.arguments)
        if given < wanted or (given > wanted and not function.more):
            raise self.source.fault(
                "GJ-S218", f"{name} 应有{wanted}个参数，这里有{given}个", at, hint=signature(name)
            )

    def _argument(
        self, name: str, function: Function, place: int, wanted: Kind, given: Node, at: int
    ) -> None:
        if given.kind is not wanted:
            message = f"{name} 的第{place + 1}个参数应是{wanted.value}，这里是{given.kind.value}"
            raise self.source.fault(
                "GJ-S218", message, at, hint=_unlike_hint(given, given) or signature(name)
            )
        last = len(function.arguments) - 1
        if min(place, last) in function.written and not isinstance(given, Constant):
            message = f"{name} 的第{place + 1}个参数只能是直接写出的值"
            raise self.source.fault("GJ-S218", message, at, hint=signature(name))

    def _written(self, name: str, function: Function, nodes: tuple[Node, ...], at: int) -> None:
        last = len(function.arguments) - 1
        values = [
            node.value
            for place, node in enumerate(nodes)
            if isinstance(node, Constant) and min(place, last) in function.written
        ]
        fault = function.check(*values)
        if fault:
            raise self.source.fault("GJ-S219", f"{name}：{fault}", at, hint=signature(name))


def codes_of(node: Node, scope: Scope) -> frozenset[str] | None:
    """The codes a value can have; None where none are listed."""
    enum = scope.fields[node.name].enum if isinstance(node, FieldRef) else ()
    listed = codelist_of(node, scope)
    if listed is None:
        return frozenset(enum) or None
    return frozenset(code.code for code in listed.codes)


def codelist_of(node: Node, scope: Scope) -> Codelist | None:
    """The code list behind a field or behind the result of a function."""
    name = ""
    if isinstance(node, FieldRef):
        name = scope.fields[node.name].codelist or ""
    elif isinstance(node, Call):
        name = FUNCTIONS[node.name].codelist
    return scope.codelists.get(name)


def signature(name: str) -> str:
    """How a function is written, with the kinds of its arguments."""
    function = FUNCTIONS[name]
    kinds = [kind.value for kind in function.arguments]
    return f"写法：{name}({', '.join(kinds)}{', …' if function.more else ''})"


def _unlike_hint(left: Node, right: Node) -> str:
    if isinstance(right, Constant) and right.kind is Kind.TEXT:
        if left.kind in (Kind.DATE, Kind.STAMP):
            return "日期常量请写作 date '2024-01-31'；时间请先用 day(…) 取日期"
        if left.kind in NUMBERS:
            return "数不加引号"
    if left.kind is Kind.STAMP and right.kind is Kind.DATE:
        return "请先用 day(…) 取时间的日期"
    if left.kind is Kind.TEXT and right.kind in NUMBERS:
        return "编码和文字请加单引号"
    if left.kind is Kind.SET:
        return "多项取值请用 has(…, '代码') 或 has_any"
    return ""
