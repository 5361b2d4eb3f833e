"""`record`: an assertion on one record; and `sequence`, which is written as one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise

from guiju.engine.hoist import hoists, known
from guiju.engine.plan import (
    Bit,
    Context,
    Record,
    RowRule,
    State,
    Verdict,
    all_of,
    any_of,
    nodes_need,
    table_of,
    three_ways,
)
from guiju.engine.tables import Need
from guiju.rule import Env, Node, describe, emit, evaluate, fields_of, unmet
from guiju.standard.checks import RecordCheck, SequenceCheck
from guiju.standard.model import Requirement


@dataclass(frozen=True, slots=True)
class Assertion:
    """The three expressions of a record check, parsed."""

    when: Node
    decidable: Node
    claim: Node

    def state(self, record: Record, env: Env) -> State:
        """The three-valued meaning: `when` false is not applicable, anything unknown is undecided."""
        applies = evaluate(self.when, record, env)
        if applies is False:
            return "inapplicable"
        if applies is None or evaluate(self.decidable, record, env) is not True:
            return "undecided"
        verdict = evaluate(self.claim, record, env)
        return "undecided" if verdict is None else "passed" if verdict else "failed"


def assertion(requirement: Requirement, check: RecordCheck, context: Context) -> Assertion:
    """Parse a record check.

    Raises:
        StandardError: GJ-S2xx, placed at the requirement.
    """
    when, decidable, claim = (
        context.parse(check.dataset, text, requirement)
        for text in (check.when, check.decidable, check.assertion)
    )
    return Assertion(when, decidable, claim)


def plan_record(requirement: Requirement, check: RecordCheck, context: Context) -> RowRule:
    """Compile an assertion with its conditions."""
    table = table_of(context, check.dataset)
    parsed = assertion(requirement, check, context)
    names = nodes_need(table, parsed.when, parsed.decidable, parsed.claim)
    parts = context.parts(table)
    holds, off, unknown = three_ways(parts.whole(parsed.when))
    ready, _, _ = three_ways(parts.whole(parsed.decidable))
    apart = parts.of(parsed.claim)
    found = hoists(parsed.claim, parts)
    test = emit(parsed.claim, context.env, {**apart, **known(found)}) if found else parts.whole(parsed.claim)
    scope = context.scopes[check.dataset]

    def judge(record: Record) -> Verdict:
        state = parsed.state(record, context.env)
        if state != "failed":
            return Verdict(state)
        broken = unmet(parsed.claim, record, context.env)
        guilty = frozenset[str]().union(*map(fields_of, broken))
        blamed = tuple(name for name in table.dataset.fields if name in guilty)
        return Verdict(state, blamed, "；".join(f"不满足：{describe(part, scope)}" for part in broken))

    return RowRule(
        requirement,
        table,
        fields=tuple(name for name in table.dataset.fields if name in names),
        read=Need(table, frozenset(parts.fields), tuple(parts.listed)),
        inapplicable=off,
        undecided=any_of(unknown, all_of(holds, f"NOT ({all_of(ready, f'({test}) IS NOT NULL')})")),
        bits=(Bit(all_of(holds, ready, f"({test}) IS FALSE")),),
        judge=judge,
        deciding=tuple(name for name in table.dataset.fields if name in names),
        condition=describe(parsed.decidable, scope) if check.decidable else "",
        hoists=tuple(found.values()),
    )


def plan_sequence(requirement: Requirement, check: SequenceCheck, context: Context) -> RowRule:
    """Stages in order, told as an assertion: every earlier stamp before every later one."""
    told = RecordCheck(check.dataset, sequence_assertion(check), check.when)
    return plan_record(requirement, told, context)


def sequence_assertion(check: SequenceCheck) -> str:
    """The assertion a sequence stands for; missing stamps and ties as declared."""
    operator = "<=" if check.ties == "allowed" else "<"
    if check.missing == "skip":
        return " and ".join(
            f"({first} is null or {second} is null or {first} {operator} {second})"
            for first, second in combinations(check.stages, 2)
        )
    ordered = [f"{first} {operator} {second}" for first, second in pairwise(check.stages)]
    required = [f"{stage} is not null" for stage in check.stages] if check.missing == "refused" else []
    return " and ".join(required + ordered)
