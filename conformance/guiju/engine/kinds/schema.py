"""`schema`: facts of single fields, one aspect and one clause at a time."""

from __future__ import annotations

from dataclasses import replace

from guiju.engine.kinds.facts import Fact, code, column, form, has_code, has_form, presence
from guiju.engine.parts import Parts
from guiju.engine.plan import (
    FALSE_SQL,
    Bit,
    CannotTest,
    Context,
    Record,
    RowRule,
    Verdict,
    all_of,
    any_of,
    need,
    nodes_need,
    table_of,
    when_sql,
)
from guiju.engine.tables import Need, missing_fields
from guiju.rule import evaluate
from guiju.standard.checks import SchemaCheck
from guiju.standard.fields import Dataset
from guiju.standard.model import Requirement


def plan_schema(requirement: Requirement, check: SchemaCheck, context: Context) -> RowRule:
    """Compile one aspect of the listed fields (or of all fields that have it)."""
    table = table_of(context, check.dataset)
    when = context.parse(check.dataset, check.when, requirement)
    wanted = check.fields or fields_with(check.aspect, table.dataset)
    lacking = tuple(missing_fields(table, frozenset(wanted)))
    parts = context.parts(table)
    found = [_fact(name, check, parts, context) for name in wanted if name in table.available]
    if not found and (check.aspect != "presence" or not lacking):
        need(table, frozenset(wanted))
        raise CannotTest("没有可核验的数据元")
    used = nodes_need(table, when) | frozenset(fact.field.as_of for fact in found if fact.field.as_of)
    holds, off, unknown = when_sql(context, when, parts.of(when))
    judged = tuple(fact.field.name for fact in found)
    broken = {fact.field.name: _broken(fact, parts) for fact in found}
    blank = FALSE_SQL if check.aspect == "presence" and found else _all_blank(found, parts)

    def judge(record: Record) -> Verdict:
        applies = evaluate(when, record, context.env)
        if applies is None:
            return Verdict("undecided")
        if applies is False or not found or _nothing_given(found, record, check.aspect):
            return Verdict("inapplicable")
        broken = [fact for fact in found if fact.breaks(record)]
        blamed = tuple(fact.field.name for fact in broken)
        return Verdict("failed" if broken else "passed", blamed, _message(broken))

    return RowRule(
        requirement,
        table,
        fields=(*judged, *(name for name in table.dataset.fields if name in used - frozenset(judged))),
        read=Need(table, frozenset(parts.fields), tuple(parts.listed)),
        inapplicable=any_of(off, all_of(holds, blank)),
        undecided=unknown,
        bits=tuple(Bit(all_of(holds, sql), name) for name, sql in broken.items()),
        judge=judge,
        deciding=tuple(name for name in table.dataset.fields if name in used),
        lacking=lacking if check.aspect == "presence" else (),
        absent=() if check.aspect == "presence" else lacking,
    )


def fields_with(aspect: str, dataset: Dataset) -> tuple[str, ...]:
    """Names of the dataset's fields about which the schema says something under that aspect."""
    tests = {"presence": lambda item: item.required, "form": has_form, "code": has_code}
    return tuple(name for name, item in dataset.fields.items() if tests[aspect](item))


def _fact(name: str, check: SchemaCheck, parts: Parts, context: Context) -> Fact:
    field = parts.table.dataset.fields[name]
    if field.as_of not in parts.table.available:
        field = replace(field, as_of=None)
    if check.aspect == "presence":
        return presence(field)
    if check.aspect == "form":
        return form(field, parts.fits(name))
    listed = None if field.codelist is None else context.standard.codelists[field.codelist]
    return code(field, listed, context.as_of)


def _broken(fact: Fact, parts: Parts) -> str:
    """The fact as a part of its own; one that asks for the record's day reads two fields and is none."""
    if fact.field.as_of is None:
        return parts.fact(fact.field.name, fact.broken)
    parts.fields |= {fact.field.name, fact.field.as_of}
    return fact.broken


def _all_blank(facts: list[Fact], parts: Parts) -> str:
    return all_of(*(parts.fact(fact.field.name, f"{column(fact.field, '__t')} IS NULL") for fact in facts))


def _nothing_given(facts: list[Fact], record: Record, aspect: str) -> bool:
    return aspect != "presence" and all(record.get(fact.field.name) is None for fact in facts)


def _message(broken: list[Fact]) -> str:
    return "；".join(f"{fact.field.title}{fact.expected}" for fact in broken)
