"""`record` with related values: its own query, in both readings."""

from __future__ import annotations

from guiju.engine.kinds.record import Assertion, assertion
from guiju.engine.kinds.related import Joined, join
from guiju.engine.kinds.related_reading import Reread
from guiju.engine.kinds.relations import FAILED, INAPPLICABLE, PASSED, UNDECIDED
from guiju.engine.plan import Context, Record, Relation, State, nodes_need, three_ways
from guiju.export import literal
from guiju.rule import describe, emit, fields_of, related_of
from guiju.standard.checks import RecordCheck
from guiju.standard.model import Requirement


def plan_related(requirement: Requirement, check: RecordCheck, context: Context) -> Relation:
    """Compile an assertion over a row and its partners."""
    joined = join(requirement, check, context)
    table = joined.table
    parsed = assertion(requirement, check, context)
    nodes = (parsed.when, parsed.decidable, parsed.claim)
    names = nodes_need(table, *nodes) | frozenset(joined.keys)
    fields = tuple(name for name in table.dataset.fields if name in names)

    def state(record: Record) -> State:
        return parsed.state(record, context.env)

    whens = related_of(parsed.when)
    return Relation(
        requirement,
        table,
        fields,
        _states(joined, parsed, context),
        f"不满足：{describe(parsed.claim, context.scope(check))}",
        joined.told(),
        joined.partners,
        blamed=_blamed(joined, parsed),
        why=_why(joined, parsed, context),
        second=Reread(table, fields, joined.links, context.env, state),
        partners=joined.partners,
        resting=(FAILED, PASSED, *([INAPPLICABLE] if whens else [])),
    )


def _case(parsed: Assertion, context: Context) -> str:
    _, off, unknown = three_ways(emit(parsed.when, context.env))
    ready, _, _ = three_ways(emit(parsed.decidable, context.env))
    claim = emit(parsed.claim, context.env)
    return (
        f"CASE WHEN {off} THEN {INAPPLICABLE} WHEN {unknown} OR NOT ({ready}) THEN {UNDECIDED} "
        f"WHEN ({claim}) IS NULL THEN {UNDECIDED} WHEN ({claim}) THEN {PASSED} ELSE {FAILED} END"
    )


def _states(joined: Joined, parsed: Assertion, context: Context) -> str:
    return f'SELECT "_rid", {_case(parsed, context)} AS state FROM {joined.source}'


def _blamed(joined: Joined, parsed: Assertion) -> tuple[str, ...]:
    """The fields of the row that the claim reads, else those by which the partners were found."""
    mine = fields_of(parsed.claim)
    claimed = related_of(parsed.claim)
    found = {here for link in joined.links if link.related.name in claimed for here, _ in link.related.on}
    return tuple(name for name in joined.table.dataset.fields if name in (mine or found))


def _why(joined: Joined, parsed: Assertion, context: Context) -> str:
    """A query of reasons, each with the number of undecided rows."""
    used = related_of(parsed.when) | related_of(parsed.decidable) | related_of(parsed.claim)
    cases = []
    for number, link in enumerate(joined.links):
        if link.related.name not in used:
            continue
        mine = [joined.table.dataset.fields[here] for here, _ in link.related.on]
        title = link.table.dataset.title
        lacking = f"缺少用来与“{title}”对应的{'、'.join(item.title for item in mine)}，或者不能识别"
        unclear = f"{link.title}不能确定"
        whole = joined.whole(number).replace("v.", "")
        cases.append(f"WHEN NOT ({whole}) THEN {literal(lacking)}")
        cases.append(f"WHEN {joined.unknown(number)} THEN {literal(unclear)}")
    other = literal("所列的值缺少、不能识别，或不能确定地比较")
    reason = f"CASE {' '.join(cases)} ELSE {other} END" if cases else other
    return (
        f"SELECT {reason}, count(*) FROM {joined.source} "
        f"WHERE {_case(parsed, context)} = {UNDECIDED} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
