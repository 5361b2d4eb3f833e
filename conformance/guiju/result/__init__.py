"""Results (核验结果): what every report is written from."""

from guiju.result.model import (
    Counts,
    ExplanationUse,
    Finding,
    FindingCell,
    Indicator,
    IndicatorGroup,
    InputPart,
    InputTable,
    OutcomeWord,
    RequirementResult,
    Result,
    StandardIdentity,
    Summary,
    UndecidedReason,
)

__all__ = [
    "Counts",
    "ExplanationUse",
    "Finding",
    "FindingCell",
    "Indicator",
    "IndicatorGroup",
    "InputPart",
    "InputTable",
    "OutcomeWord",
    "RequirementResult",
    "Result",
    "StandardIdentity",
    "Summary",
    "UndecidedReason",
]
