"""One module a kind of check; this table is the only place that knows them all."""

from __future__ import annotations

from guiju.engine.kinds.indicator import plan_indicator
from guiju.engine.kinds.match import plan_match
from guiju.engine.kinds.record import plan_record, plan_sequence
from guiju.engine.kinds.reference import plan_coverage, plan_reference
from guiju.engine.kinds.related_record import plan_related
from guiju.engine.kinds.schema import plan_schema
from guiju.engine.kinds.unique import plan_unique
from guiju.engine.plan import CannotTest, Context, Planned, Untested
from guiju.standard.checks import (
    CoverageCheck,
    DeclaredCheck,
    ExaminedCheck,
    IndicatorCheck,
    MatchCheck,
    RecordCheck,
    ReferenceCheck,
    SchemaCheck,
    SequenceCheck,
    UniqueCheck,
)
from guiju.standard.model import Requirement


def plan(requirement: Requirement, context: Context) -> Planned:
    """Compile one requirement, or say why it stays untested.

    Raises:
        StandardError: the check is broken (GJ-S2xx, GJ-S4xx).
    """
    try:
        return _plan(requirement, context)
    except CannotTest as reason:
        return Untested(requirement, str(reason), getattr(requirement.check, "dataset", ""))


def _plan(requirement: Requirement, context: Context) -> Planned:  # noqa: C901, PLR0911 - one line a kind
    match requirement.check:
        case SchemaCheck() as check:
            return plan_schema(requirement, check, context)
        case RecordCheck(related=()) as check:
            return plan_record(requirement, check, context)
        case RecordCheck() as check:
            return plan_related(requirement, check, context)
        case SequenceCheck() as check:
            return plan_sequence(requirement, check, context)
        case UniqueCheck() as check:
            return plan_unique(requirement, check, context)
        case ReferenceCheck() as check:
            return plan_reference(requirement, check, context)
        case MatchCheck() as check:
            return plan_match(requirement, check, context)
        case CoverageCheck() as check:
            return plan_coverage(requirement, check, context)
        case IndicatorCheck() as check:
            return plan_indicator(requirement, check, context)
        case DeclaredCheck():
            return Untested(requirement, "需自行声明：没有交来自评")
        case ExaminedCheck():
            return Untested(requirement, "需现场或书面查看：没有交来查看结论")
