"""Examples invented from the choices of a requirement, by construction: what each record must come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from guiju.standard.fields import Dataset, Field
from guiju_tools.drafting import headings as h
from guiju_tools.drafting.conditions import Atom, read_condition
from guiju_tools.drafting.headings import Cells, Data
from guiju_tools.drafting.scenarios import (
    FAILED,
    INAPPLICABLE,
    PASSED,
    UNDECIDED,
    Impossible,
    Row,
    Rows,
    Scenario,
    Table,
    way_name,
)
from guiju_tools.drafting.values import BLANK, Values

_MOST_ROWS = 20
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Case:
    """One requirement to be shown: its choices, its check, its dataset and the conditions read."""

    values: Values
    cells: Cells
    check: Data
    dataset: Dataset
    when: tuple[Atom, ...]
    decidable: tuple[Atom, ...]
    reached: tuple[Atom, ...]

    def field(self, name: str) -> Field:
        """A field of the judged dataset."""
        return self.dataset.fields[name]

    def right(self, name: str, number: int = 0) -> str:
        """A right value of a field of the judged dataset."""
        return self.right_in(self.dataset, self.field(name), number)

    def right_in(self, dataset: Dataset, item: Field, number: int = 0) -> str:
        """A right value; raises Impossible where none can be invented."""
        value = self.values.right(dataset.id, item, number)
        if value is None:
            raise Impossible(f"{dataset.title}的{item.title}写法特别，造不出示例的值")
        return value

    def holding(self, atom: Atom) -> Row:  # noqa: PLR0911 - one case an operator
        """Values with which a condition holds."""
        name, item = atom.field.name, atom.field
        if atom.other is not None:
            return self._pair(atom, holds=True)
        match atom.operator:
            case "filled":
                return {name: self.right(name)}
            case "blank":
                return {name: BLANK}
            case "yes" | "no":
                return {name: "是" if atom.operator == "yes" else "否"}
            case "<>":
                return {name: self._different(item, atom.values)}
            case ">" | "<":
                return {name: _moved(atom.values[0], 1 if atom.operator == ">" else -1)}
            case _:
                return {name: _plain(atom.values[0])}

    def breaking(self, atom: Atom) -> Row:  # noqa: PLR0911 - as above
        """Values with which a condition does not hold."""
        name, item = atom.field.name, atom.field
        if atom.other is not None:
            return self._pair(atom, holds=False)
        match atom.operator:
            case "filled":
                return {name: BLANK}
            case "blank":
                return {name: self.right(name)}
            case "yes" | "no":
                return {name: "否" if atom.operator == "yes" else "是"}
            case "=" | "in" | "has":
                return {name: self._different(item, atom.values)}
            case "<>" | ">" | "<":
                return {name: _plain(atom.values[0])}
            case _:
                return {name: _moved(atom.values[0], -1 if atom.operator == ">=" else 1)}

    def _different(self, item: Field, values: tuple[str, ...]) -> str:
        taken = {_plain(value) for value in values}
        for number in range(len(taken) + 2):
            value = self.right(item.name, number)
            if value not in taken:
                return value
        raise Impossible(f"{item.title}没有别的值可作示例")

    def _pair(self, atom: Atom, *, holds: bool) -> Row:
        low, middle, high = (self.right(atom.field.name, number) for number in (0, 1, 2))
        other = atom.other.name if atom.other else ""
        same = {"=": True, "<>": False, ">=": True, "<=": True, ">": False, "<": False}[atom.operator]
        if same == holds:
            mine = middle
        elif holds:
            mine = low if atom.operator == "<" else high
        else:
            mine = high if atom.operator in ("<=", "=") else low
        return {atom.field.name: mine, other: middle}


def invent(values: Values, cells: Cells, check: Data) -> tuple[Scenario, ...]:
    """The examples; none for what no data show.

    Raises:
        Impossible: no example can be invented.
    """
    if "dataset" not in check:
        return ()
    lexicon = values.lexicon
    dataset = lexicon.standard.datasets[check["dataset"]]
    when, decidable, reached = (
        read_condition(lexicon, dataset, cells.get(heading, ""))
        for heading in (h.WHEN, h.DECIDABLE, h.REACHED)
    )
    case = Case(values, cells, check, dataset, when, decidable, reached)
    if cells[h.WAY] == h.SHARE:
        return _share(case)
    rows, others = _MAKERS[cells[h.WAY]](case)
    _conditions(case, rows)
    name = way_name(rows.verdicts, cells[h.WAY])
    return (Scenario(name, (rows.table(), *others), tuple(rows.verdicts)),)


def _base(case: Case, names: list[str]) -> tuple[Rows, dict[str, str]]:
    """No rows yet, and a record that every condition admits and whose fields are right."""
    atoms = (*case.when, *case.decidable, *case.reached)
    used = [*names, *(name for atom in atoms for name in case.holding(atom))]
    headings = {name: case.field(name).title for name in dict.fromkeys(used)}
    row = {name: case.right(name) for name in headings}
    for atom in (*case.reached, *case.decidable, *case.when):
        if atom.operator != "filled" or row[atom.field.name] == BLANK:  # what is filled in stays as it is
            row |= case.holding(atom)
    return Rows(case.dataset.title, headings, [], []), row


def _conditions(case: Case, rows: Rows) -> None:
    """A record to which the requirement does not apply, and one that cannot be compared."""
    first = rows.rows[0]
    if case.when:
        rows.add({**first, **case.breaking(case.when[0])}, INAPPLICABLE)
    if case.decidable:
        rows.add({**first, **case.breaking(case.decidable[0])}, UNDECIDED)


def _presence(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    names = [item.name for item in case.values.lexicon.fields(case.dataset, case.cells[h.FIELDS])]
    rows, row = _base(case, names)
    rows.add(row, PASSED)
    held = {atom.field.name for atom in case.when}
    for name in names:
        if name not in held:
            rows.add({**row, name: BLANK}, FAILED)
    return rows, ()


def _code(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    names = case.check["fields"]
    rows, row = _base(case, names)
    rows.add(row, PASSED)
    for name in names:
        rows.add({**row, name: case.values.outside()}, FAILED)
    return rows, ()


def _form(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    names = case.check["fields"]
    rows, row = _base(case, names)
    rows.add(row, PASSED)
    for name in names:
        wrong = case.values.wrong_form(case.field(name))
        if wrong is None:
            raise Impossible(
                f"{case.field(name).title}什么都可以写，没有写法可核验；请换一个数据元或核验方式"
            )
        rows.add({**row, name: wrong}, FAILED)
    return rows, ()


def _unique(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    names = case.check["fields"]
    rows, row = _base(case, names)
    held = {atom.field.name for atom in case.when}
    free = [name for name in names if name not in held] or names
    rows.add(row, PASSED)
    twice = {**row, free[-1]: case.right(free[-1], 1)}
    if twice == row:
        raise Impossible(f"{case.field(free[-1]).title}只有一种值，造不出不重复的记录")
    rows.rows += [twice, twice]
    rows.verdicts += [FAILED, FAILED]
    asked = any(atom.field.name == free[-1] and atom.operator == "filled" for atom in case.when)
    rows.add({**row, free[-1]: BLANK}, INAPPLICABLE if asked else UNDECIDED)
    return rows, ()


def _ordered(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    name, sign, other = case.check["assert"].split(" ")
    if other.startswith(":"):
        return _against_parameter(case, name, sign, other[1:])
    rows, row = _base(case, [name, other])
    low, middle, high = (case.right(name, number) for number in (0, 1, 2))
    before, after = (low, high) if sign == "<=" else (high, low)
    for mine, verdict in ((before, PASSED), (middle, PASSED), (after, FAILED)):
        rows.add({**row, name: mine, other: middle}, verdict)
    rows.add({**row, name: case.values.unreadable(case.field(name)) or BLANK, other: middle}, UNDECIDED)
    return rows, ()


def _against_parameter(case: Case, name: str, sign: str, parameter: str) -> tuple[Rows, tuple[Table, ...]]:
    item = case.values.lexicon.standard.parameters[parameter]
    if item.value is None:
        raise Impossible(f"参数“{item.title}”由地方设定，没有国家的值，造不出示例；请在场景中自己写参数的值")
    rows, row = _base(case, [name])
    step = -1 if sign == "<=" else 1
    for mine, verdict in (
        (item.value, PASSED),
        (_moved(item.value, step), PASSED),
        (_moved(item.value, -step), FAILED),
    ):
        rows.add({**row, name: mine}, verdict)
    rows.add({**row, name: case.values.unreadable(case.field(name)) or BLANK}, UNDECIDED)
    return rows, ()


def _meets(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    rows, row = _base(case, [])
    rows.add(row, PASSED)
    held = {atom.field.name for atom in case.when}
    for atom in case.reached:
        if not held & set(case.breaking(atom)):
            rows.add({**row, **case.breaking(atom)}, FAILED)
    if FAILED not in rows.verdicts:
        raise Impossible("适用条件与要达到的条件说的是同一个数据元，造不出不符合的记录")
    open_to_doubt = [atom.field.name for atom in case.reached if atom.operator not in ("filled", "blank")]
    if open_to_doubt and len(case.reached) == 1 and open_to_doubt[0] not in held:
        rows.add({**row, open_to_doubt[0]: BLANK}, UNDECIDED)
    return rows, ()


def _sequence(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    names = case.check["stages"]
    rows, row = _base(case, names)
    row |= {name: case.right(name, number) for number, name in enumerate(names)}
    last, before = names[-1], names[-2]
    rows.add(row, PASSED)
    rows.add(
        {**row, last: case.right(last, len(names) - 2), before: case.right(before, len(names) - 1)}, FAILED
    )
    tied = PASSED if case.check["ties"] == "allowed" else FAILED
    if case.field(last).type == case.field(before).type:
        rows.add({**row, last: row[before]}, tied)
    held = {atom.field.name for atom in case.when}
    missing = {"skip": PASSED, "undecided": UNDECIDED, "refused": FAILED}[case.check["missing"]]
    if last not in held and (missing != PASSED or len(names) > 2):  # noqa: PLR2004 - one stamp alone has no order
        rows.add({**row, last: BLANK}, missing)
    return rows, ()


def _partner(case: Case, other: Data, records: list[Row]) -> Table:
    """The other dataset with such records."""
    dataset = case.values.lexicon.standard.datasets[other["dataset"]]
    titles = tuple(dataset.fields[name].title for name in records[0])
    return Table(dataset.title, titles, tuple(tuple(row.values()) for row in records))


def _found(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    if case.check["kind"] == "match":
        return _matched(case)
    other = case.check.get("to") or case.check["by"]
    names = case.check["fields"]
    rows, row = _base(case, names)
    row |= {name: case.right(name) for name in names}
    held = {atom.field.name for atom in case.when}
    free = [name for name in names if name not in held] or names
    rows.add(row, PASSED)
    rows.add({**row, free[-1]: case.right(free[-1], 1)}, FAILED)
    if other["dataset"] == case.dataset.id:
        raise Impossible("与自己这张表对照的，请由熟悉的人写示例")
    return rows, (
        _partner(
            case, other, [{theirs: row[mine] for mine, theirs in zip(names, other["fields"], strict=True)}]
        ),
    )


def _matched(case: Case) -> tuple[Rows, tuple[Table, ...]]:
    judged = [one for one in case.check["compare"] if one["how"] != "shown"]
    rows, row = _base(case, [*case.check["on"], *(one["field"] for one in case.check["compare"])])
    held = {name for atom in case.when for name in case.holding(atom)}
    texts = {one["field"]: _texts(case, one, row, held) for one in case.check["compare"]}
    row |= {name: pair[0] for name, pair in texts.items()}
    partners = [_counterpart(case, row, row)]
    rows.add(row, PASSED)
    for one in judged:
        if one["field"] not in held:
            rows.add({**row, one["field"]: texts[one["field"]][1]}, FAILED)
    for one in judged[:1] if FAILED not in rows.verdicts else []:
        other = {**row, **{name: case.right(name, 1) for name in case.check["on"] if name not in held}}
        rows.add(other, FAILED)
        partners.append(_counterpart(case, other, {**other, one["field"]: texts[one["field"]][1]}))
    if FAILED not in rows.verdicts:
        raise Impossible("比较的和对应的数据元都在适用条件里，造不出不一致的记录")
    return rows, (_partner(case, case.check["to"], partners),)


def _counterpart(case: Case, row: Row, compared: Row) -> Row:
    """The record of the other dataset that belongs to a row, with the values that are compared."""
    key = {theirs: row[mine] for mine, theirs in case.check["on"].items()}
    return key | {one["to"]: compared[one["field"]] for one in case.check["compare"]}


def _texts(case: Case, one: Data, row: Row, held: set[str]) -> tuple[str, str]:
    """A value and another one."""
    if one["how"] == "cited":
        return "《示例法》第十条", "《另一示例法》第十条"
    first = row[one["field"]] if one["field"] in held else case.right(one["field"])
    return first, next(value for number in (1, 2) if (value := case.right(one["field"], number)) != first)


def _share(case: Case) -> tuple[Scenario, ...]:
    """Just enough records reach the condition; one fewer; both in as few rows as the share allows."""
    threshold = case.check["threshold"]
    item = case.values.lexicon.standard.parameters.get(threshold[1:]) if threshold.startswith(":") else None
    written = item.value if item else threshold
    if written is None:
        raise Impossible("这个比例由地方设定，没有国家的值，造不出示例；请在场景中自己写参数的值")
    share = Fraction(Decimal(written))
    if share <= 0:
        raise Impossible("比例为0，没有不符合的情形")
    total = share.denominator if share.denominator <= _MOST_ROWS else 1
    enough = int(share * total) if total > 1 else 1
    rows, row = _base(case, [])
    missed = {**row, **case.breaking(case.reached[0])}
    others = [] if not case.when else [{**row, **case.breaking(case.when[0])}]
    shown = f"{float(share * _PERCENT):g}%"
    found = []
    for count, outcome, name in (
        (enough, PASSED, f"达到条件的占{shown}，符合" if total > 1 else "都达到条件的符合"),
        (enough - 1, FAILED, f"比{shown}少一条的被检出" if total > 1 else "没有达到条件的被检出"),
    ):
        records: list[Row] = [*[row] * count, *[missed] * (total - count), *others]
        table = Rows(case.dataset.title, rows.headings, records, []).table()
        found.append(Scenario(name, (table,), outcome=outcome))
    return tuple(found)


def _plain(literal: str) -> str:
    return literal.removeprefix("date ").strip("'")


def _moved(literal: str, step: int) -> str:
    text = _plain(literal)
    if text.count("-") == 2 and not text.startswith("-"):  # noqa: PLR2004 - a day
        return f"{text[:8]}{int(text[8:10]) + step:02d}"
    return str(Decimal(text) + step)


_MAKERS: Mapping[str, Callable[[Case], tuple[Rows, tuple[Table, ...]]]] = {
    h.PRESENCE: _presence,
    h.CODE: _code,
    h.FORM: _form,
    h.UNIQUE: _unique,
    h.NOT_AFTER: _ordered,
    h.NOT_BEFORE: _ordered,
    h.MEETS: _meets,
    h.SAME: _found,
    h.COVERED: _found,
    h.ORDER: _sequence,
}
