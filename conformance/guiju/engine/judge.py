"""A planned standard judged: scans and relations run, counts folded, failing rows told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import duckdb

from guiju.engine.codes import CodeStats, Probed, code_probes, code_stats
from guiju.engine.findings import relation_findings, row_findings
from guiju.engine.fold import fold
from guiju.engine.kinds.indicator import measure
from guiju.engine.kinds.window import measure_windows
from guiju.engine.picked import NOTHING_PICKED, Picked, pick
from guiju.engine.plan import Context, IndicatorPlan, Planned, Relation, RowRule, Untested
from guiju.engine.relate import failing_relation_ids, relate
from guiju.engine.scan import RuleCounts, failing_ids, scan
from guiju.engine.tables import DatasetTable, missing_fields
from guiju.engine.undecided import undecided_partners, undecided_reasons
from guiju.errors import InternalError
from guiju.result import Finding, Indicator, OutcomeWord, UndecidedReason
from guiju.standard.checks import SchemaCheck

Codes = Mapping[str, Mapping[str, CodeStats]]
"""Statistics of code values, by dataset and field."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found out about one requirement."""

    planned: Planned
    outcome: OutcomeWord
    reason: str
    counts: RuleCounts = field(default_factory=RuleCounts)
    undecided: tuple[UndecidedReason, ...] = ()
    indicator: Indicator | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Judging:
    """The means of judging: connection, context, confirmed ids, finding cap.

    `codes` are statistics of code values by dataset and field; None where they are yet to be taken.
    """

    connection: duckdb.DuckDBPyConnection
    context: Context
    confirmed: frozenset[str]
    limit: int
    codes: Codes | None = None

    def suspects(self, planned: RowRule | Relation) -> tuple[str, ...]:
        """Titles of coded fields that a rule reads the codes of, and that are mostly outside their list."""
        codes = self.codes or {}
        stats = codes.get(planned.table.dataset.id, {})
        check = planned.requirement.check
        names = planned.fields
        if isinstance(planned, RowRule) and isinstance(check, SchemaCheck) and check.aspect != "code":
            names = planned.deciding
        mine = tuple(stats[name].field.title for name in names if name in stats and stats[name].suspect)
        return (*mine, *_suspects_beyond(planned, codes))


def _suspects_beyond(planned: RowRule | Relation, codes: Codes) -> Iterable[str]:
    """Coded fields by which related values are taken: a wrong list there would hide the partners."""
    if not isinstance(planned, Relation):
        return
    for need in planned.partners:
        stats = codes.get(need.table.dataset.id, {})
        for name in sorted(need.fields & set(stats)):
            if stats[name].suspect:
                yield f"{need.table.dataset.title}的{stats[name].field.title}"


def judge(judging: Judging, planned: Iterable[Planned]) -> tuple[list[Judged], Codes]:
    """Judge every planned requirement, in the given order, and tell how codes were understood."""
    ordered = list(planned)
    rules = [item for item in ordered if isinstance(item, RowRule)]
    scanned = {
        name: _scan_table(judging, table, [rule for rule in rules if rule.table.dataset.id == name])
        for name, table in judging.context.tables.items()
    }
    codes = {name: found.codes for name, found in scanned.items()}
    settled = replace(judging, codes=codes if judging.codes is None else judging.codes)
    return [
        _row_rule(settled, item, scanned[item.table.dataset.id])
        if isinstance(item, RowRule)
        else _judge(settled, item)
        for item in ordered
    ], settled.codes or {}


@dataclass(frozen=True, slots=True)
class _Scan:
    """One table scanned: counts and rows to tell by requirement, code statistics, the rows picked out."""

    counts: Mapping[str, RuleCounts]
    told: Mapping[str, tuple[int, ...]]
    codes: Mapping[str, CodeStats]
    picked: Picked


def _scan_table(judging: Judging, table: DatasetTable, rules: list[RowRule]) -> _Scan:
    """Scan a table once: its rules counted, and with them the codes that only a scan can read."""
    lists, as_of = judging.context.standard.codelists, judging.context.as_of
    probes = code_probes(table, lists, as_of) if rules and judging.codes is None else []
    counted = scan(judging.connection, table, [*rules, *probes])
    found = {rule.requirement.id: counts for rule, counts in zip(rules, counted[: len(rules)], strict=True)}
    told = {
        rule.requirement.id: failing_ids(judging.connection, rule, found[rule.requirement.id], judging.limit)
        for rule in rules
    }
    gathered = next((counts.open_rows for counts in counted if counts.undecided and counts.open_rows), ())
    picked = pick(judging.connection, table, chain.from_iterable(told.values()), gathered)
    if judging.codes is not None:
        return _Scan(found, told, {}, picked)
    probed = {
        probe.field.name: Probed(
            counts.passed + counts.undecided, counts.passed, picked if counts.open_rows else NOTHING_PICKED
        )
        for probe, counts in zip(probes, counted[len(rules) :], strict=True)
        if not counts.error
    }
    return _Scan(found, told, code_stats(judging.connection, table, lists, as_of, probed), picked)


def _judge(judging: Judging, item: Untested | IndicatorPlan | Relation) -> Judged:
    if isinstance(item, Untested):
        return Judged(item, "untested", item.reason)
    if isinstance(item, IndicatorPlan):
        return _indicator(judging, item)
    return _relation(judging, item)


def _row_rule(judging: Judging, rule: RowRule, scanned: _Scan) -> Judged:
    counts = scanned.counts[rule.requirement.id]
    unclear = missing_fields(rule.table, frozenset(rule.table.near)) if rule.lacking else ()
    folded = fold(
        rule.requirement,
        counts,
        lacking=tuple(title for title in rule.lacking if title not in unclear),
        unclear=tuple(title for title in rule.lacking if title in unclear),
        suspect_codes=judging.suspects(rule),
        confirmed=rule.requirement.id in judging.confirmed,
    )
    reason = (
        f"{folded.reason}；没有交来、因而未核验的列：{'、'.join(rule.absent)}"
        if rule.absent
        else folded.reason
    )
    among = scanned.picked if counts.open_rows else NOTHING_PICKED
    undecided = undecided_reasons(judging.connection, rule, among) if counts.undecided else ()
    ids, texts = scanned.told[rule.requirement.id], scanned.picked.texts
    try:
        findings = row_findings(judging.connection, rule, ids, judging.context, texts)
    except InternalError as error:
        return Judged(rule, "error", str(error), counts)
    return Judged(rule, folded.outcome, reason, counts, undecided, None, findings)


def _relation(judging: Judging, relation: Relation) -> Judged:
    counts = relate(judging.connection, relation)
    folded = fold(
        relation.requirement,
        counts,
        suspect_codes=judging.suspects(relation),
        confirmed=relation.requirement.id in judging.confirmed,
    )
    ids = failing_relation_ids(judging.connection, relation, counts, judging.limit)
    try:
        findings = relation_findings(judging.connection, relation, ids, judging.context)
    except InternalError as error:
        return Judged(relation, "error", str(error), counts)
    undecided = undecided_partners(judging.connection, relation, counts.undecided) if counts.undecided else ()
    return Judged(relation, folded.outcome, folded.reason, counts, undecided, None, findings)


def _indicator(judging: Judging, plan: IndicatorPlan) -> Judged:
    window = plan.check.window
    try:
        if window is None:
            outcome, indicator = measure(judging.connection, plan)
        else:
            outcome, indicator = measure_windows(judging.connection, plan, window)
    except duckdb.Error as error:
        return Judged(plan, "error", f"核验时程序出错：{str(error).splitlines()[0]}")
    return judged_indicator(plan, outcome, indicator, judging.context)


def judged_indicator(
    plan: IndicatorPlan, outcome: OutcomeWord, indicator: Indicator, context: Context
) -> Judged:
    """A measured share with the reason for its outcome, which a target that is still ahead suspends."""
    reason = _indicator_reason(outcome, indicator)
    if plan.check.period is not None and context.period is not None:
        first, last = context.period
        reason += f"；只计{first.isoformat()}至{last.isoformat()}的记录"
    return _by_target(Judged(plan, outcome, reason, indicator=indicator), plan)


def _by_target(judged: Judged, plan: IndicatorPlan) -> Judged:
    """An indicator with a target: told, but not judged before its day, nor where the day is not known."""
    target = plan.check.target
    if target is None:
        return judged
    baseline = f"；基线 {target.baseline}" if target.baseline else ""
    reason = f"{judged.reason}{baseline}"
    if plan.due == "ahead":
        return replace(judged, outcome="inapplicable", reason=f"目标日期未到（{target.by}）：{reason}")
    if plan.due == "unknown":
        said = f"没有给出基准日，不知道目标日期（{target.by}）到了没有，请用 --as-of 给出：{reason}"
        return replace(judged, outcome="cantTell", reason=said)
    return replace(judged, reason=f"{reason}；目标日期 {target.by}")


def _indicator_reason(outcome: OutcomeWord, indicator: Indicator) -> str:
    share = f"{indicator.numerator}/{indicator.denominator}"
    value = f"（{indicator.value}%）" if indicator.value else ""
    needed = f"要求 {indicator.operator} {indicator.threshold}"
    groups = [group for group in indicator.groups if group.outcome == "failed"]
    where = f"；{len(groups)}组（段）未达到" if groups else ""
    open_rows = f"；{indicator.undecided}条无法判定" if indicator.undecided else ""
    if outcome == "inapplicable":
        return "没有计入指标的记录"
    return f"{share}{value}，{needed}{where}{open_rows}"
