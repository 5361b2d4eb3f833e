"""From a form in `sample.yaml` to the SQL of a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from guiju.errors import StandardError
from guiju.export import literal
from guiju.rule import Kind
from guiju.rule.kinds import kind_of_field
from guiju.rule.moments import read_date
from guiju.standard.fields import Field
from guiju_tools.sample import chance
from guiju_tools.sample.credit_codes import credit_code_steps
from guiju_tools.sample.expressions import expression_sql
from guiju_tools.sample.hints import Form
from guiju_tools.sample.loom import Loom, Path
from guiju_tools.sample.templates import template_sql

SQL_TYPES: Mapping[str, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DECIMAL(38,6)",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "date-time": "TIMESTAMP",
    "set": "VARCHAR[]",
}
_SECONDS: Mapping[str, int] = {"day": 86400, "hour": 3600, "minute": 60, "second": 1}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_OPENS, _OPEN_SECONDS = 9 * 3600, 8 * 3600
"""Invented stamps fall into office hours: from 9:00, for eight hours (in seconds)."""


def form_sql(loom: Loom, path: Path, name: str) -> str:
    """SQL of a field or an inner value, of the DuckDB type that `SQL_TYPES` gives for its type."""
    return _Maker(loom, path, loom.field(path, name)).made(loom.plan.form(path[-1], name), name)


class _Maker:
    """Makes one value; `salt` keeps the draws of its branches apart."""

    def __init__(self, loom: Loom, path: Path, item: Field) -> None:
        self.loom, self.path, self.item = loom, path, item

    def made(self, form: Form, salt: str) -> str:
        """The form with its conditions: blank where not filled, `otherwise` where `when` is not true."""
        sql = _WAYS[form.way](self, form, salt)
        if form.filled != "1":
            sql = f"CASE WHEN {chance.share(self.drawn(f'{salt}/filled'), form.filled)} THEN {sql} END"
        if not form.when:
            return sql
        condition = expression_sql(self.loom, self.path, form.when, Kind.BOOLEAN)
        other = self.made(form.otherwise, f"{salt}/else") if form.otherwise else "NULL"
        return f"CASE WHEN {condition} THEN {sql} ELSE {other} END"

    def drawn(self, salt: str) -> str:
        return self.loom.drawn(self.path, salt)

    def value(self, form: Form, _salt: str) -> str:
        return expression_sql(self.loom, self.path, form.said, kind_of_field(self.item))

    def text(self, form: Form, salt: str) -> str:
        sql = template_sql(self.loom, self.path, form.said, salt)
        return f"string_split({sql}, ',')" if self.item.type == "set" else self.typed(sql)

    def choose(self, form: Form, salt: str) -> str:
        values = [self.constant(text) for text, _ in form.options]
        weights = [weight for _, weight in form.options]
        number = self.drawn(salt)
        if len(set(weights)) == 1 and len(values) > 1:
            return f"[{', '.join(values)}][{chance.below(number, str(len(values)))} + 1]"
        ends = chance.thresholds(weights)[:-1]
        branches = " ".join(
            f"WHEN {number} < {end} THEN {value}" for end, value in zip(ends, values, strict=False)
        )
        return f"CASE {branches} ELSE {values[-1]} END" if branches else values[-1]

    def constant(self, text: str) -> str:
        parts = text.split(",") if self.item.type == "set" else [text]
        self.listed(parts)
        if self.item.type == "set":
            return f"[{', '.join(literal(part) for part in parts)}]"
        return self.typed(literal(text))

    def listed(self, texts: Sequence[str]) -> None:
        """Raise GJ-S138 where a code is in no list."""
        codelist = self.loom.plan.standard.codelists.get(self.item.codelist or "")
        known = set(self.item.enum) if codelist is None else codelist.valid()
        strange = [text for text in texts if known and text not in known]
        if strange:
            raise StandardError(
                "GJ-S138",
                f"“{self.item.title}”的代码表中没有“{strange[0]}”",
                place=self.loom.plan.hints.place,
                hint=f"可用的代码：{'、'.join(sorted(known))}",
            )

    def typed(self, sql: str) -> str:
        kind = SQL_TYPES[self.item.type]
        return sql if kind == "VARCHAR" else f"CAST({sql} AS {kind})"

    def between(self, form: Form, salt: str) -> str:
        number = self.drawn(salt)
        low, high = (self.bound(text) for text in form.bounds)
        match self.item.type:
            case "date":
                return f"{low} + CAST({chance.below(number, f'({high} - {low} + 1)')} AS INTEGER)"
            case "date-time":
                second = f"{_OPENS} + {chance.below(self.drawn(f'{salt}/second'), str(_OPEN_SECONDS))}"
                day = chance.below(number, f"({high} - {low} + 1)")
                return f"CAST({low} AS TIMESTAMP) + to_seconds({day} * 86400 + {second})"
            case "number":
                steps = f"CAST(({high} - {low}) * 100 AS BIGINT) + 1"
                step = f"CAST({chance.below(number, f'({steps})')} AS DECIMAL(18,2)) / 100"
                return self.typed(f"{low} + {step}")
            case _:
                return self.typed(f"{low} + {chance.below(number, f'({high} - {low} + 1)')}")

    def bound(self, text: str) -> str:
        """A bound as SQL: a date or a number as written, or an expression."""
        if read_date(text) is not None:
            return f"DATE '{text}'"
        if _NUMBER.fullmatch(text):
            return text
        dates = self.item.type in ("date", "date-time")
        kind = Kind.DATE if dates else Kind.DECIMAL if self.item.type == "number" else Kind.INTEGER
        return f"({expression_sql(self.loom, self.path, text, kind)})"

    def after(self, form: Form, salt: str) -> str:
        earlier = self.loom.column(self.path, form.said)
        low, high = (self.bound_of_number(text) for text in form.bounds)
        count = f"({low} + {chance.below(self.drawn(salt), f'({high} - {low} + 1)')})"
        if self.item.type == "date":
            return f"CAST({earlier} AS DATE) + CAST({count} AS INTEGER)"
        return f"CAST({earlier} AS TIMESTAMP) + to_seconds({count} * {_SECONDS[form.unit]})"

    def bound_of_number(self, text: str) -> str:
        return text if _NUMBER.fullmatch(text) else f"({expression_sql(self.loom, self.path, text)})"

    def pick(self, form: Form, salt: str) -> str:
        tables = self.loom.plan.hints.tables_of(self.path[-1])
        table = tables.get(form.said)
        if table is None:
            have = "、".join(tables)
            raise StandardError(
                "GJ-S136",
                f"没有词表“{form.said}”",
                place=self.loom.plan.hints.place,
                hint=f"可用的有：{have}",
            )
        if form.by:
            return f"({expression_sql(self.loom, self.path, form.by)}) % {table.rows} + 1"
        return f"{chance.below(self.drawn(salt), str(table.rows))} + 1"

    def from_(self, form: Form, _salt: str) -> str:
        dataset_id, _, name = form.said.partition(".")
        self.loom.plan.dataset(dataset_id)
        path = (*self.path, dataset_id)
        self.loom.field(path, name)
        return self.loom.column(path, name)

    def credit_code(self, form: Form, salt: str) -> str:
        number = self.loom.keep(self.key(f"{salt}#"), lambda: expression_sql(self.loom, self.path, form.said))
        inner, outer, text = credit_code_steps(number)
        first = self.loom.keep(self.key(f"{salt}#1"), lambda: self.above(inner, f"{salt}#"))
        second = self.loom.keep(
            self.key(f"{salt}#2"), lambda: self.above(outer.format(first), f"{salt}#", f"{salt}#1")
        )
        return text.format(first, second)

    def key(self, name: str) -> str:
        return "/".join((*self.path[1:], name))

    def above(self, sql: str, *names: str) -> str:
        """`sql`, once the columns that it names are known to lie below it."""
        for name in names:
            self.loom.keep(self.key(name), str)
        return sql


_WAYS: Mapping[str, Callable[[_Maker, Form, str], str]] = {
    "value": _Maker.value,
    "text": _Maker.text,
    "choose": _Maker.choose,
    "between": _Maker.between,
    "after": _Maker.after,
    "pick": _Maker.pick,
    "from": _Maker.from_,
    "credit-code": _Maker.credit_code,
}
