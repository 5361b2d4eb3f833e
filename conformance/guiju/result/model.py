"""The result of a run as frozen data; it holds no time, path, host or duration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OutcomeWord = Literal["passed", "failed", "cantTell", "inapplicable", "untested", "error"]

OUTCOME_TITLES: dict[str, str] = {
    "passed": "符合",
    "failed": "不符合",
    "cantTell": "无法判定",
    "inapplicable": "不适用",
    "untested": "未核验",
    "error": "出错",
}
OUTCOME_LEGEND: dict[str, str] = {
    "passed": "适用的记录都满足要求（或在允许的偏差之内）。",
    "failed": "有记录不满足要求，请按所列行核实。",
    "cantTell": "数据缺项、无法比较，或读数疑似取错列、代码表、口径，需先确认。",
    "inapplicable": "没有适用这条要求的记录。",
    "untested": "没有交来所需的数据或自评，因此没有核验。",
    "error": "核验程序自身出错，与数据无关，请反馈。",
}
FOOT = "依据所列数据与版本得出；供自查与标准验证，不作考核、排名、问责依据。不得处理涉密数据。"


@dataclass(frozen=True, slots=True)
class StandardIdentity:
    """Which edition judged: ids, version, stage and the two digests (sha256, hex)."""

    id: str
    title: str
    version: str
    stage: str
    published: bool
    judging_digest: str
    text_digest: str


@dataclass(frozen=True, slots=True)
class InputPart:
    """One delivered file or sheet: its name without folder, its rows, the SHA-256 of the file.

    `sha256` is that of what was read: of a member of an archive, not of the archive, which has its own (empty
    where there is none); of a table of a database the SHA-256 of the rows it gave.
    """

    name: str
    rows: int
    sha256: str
    archive_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """How a field was found in the export: its heading, and by what (mapping, name, title, alias)."""

    field: str
    title: str
    column: str
    how: str


@dataclass(frozen=True, slots=True)
class CodeReading:
    """How the values of a coded field were understood; `unknown` are values outside the list, counted."""

    field: str
    title: str
    codelist: str
    crosswalk: str
    present: int
    known: int
    unknown: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class InputRemark:
    """What was met while a delivery was read: `code` is stable, `text` one sentence, `hint` what to do.

    `part` is the file or sheet, `column` the heading concerned (or empty), `count` how many rows or cells
    (0 where that says nothing), `rows` the first of them.
    """

    code: str
    part: str
    column: str
    text: str
    count: int
    rows: tuple[int, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class InputTable:
    """What was delivered for one dataset and how it was read."""

    dataset: str
    title: str
    rows: int
    parts: tuple[InputPart, ...]
    columns: tuple[ColumnReading, ...]
    unread_columns: tuple[str, ...]
    codes: tuple[CodeReading, ...]
    remarks: tuple[InputRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what the requirement says of them; they add up to the rows of the dataset."""

    inapplicable: int = 0
    passed: int = 0
    failed: int = 0
    undecided: int = 0
    explained: int = 0


@dataclass(frozen=True, slots=True)
class FindingCell:
    """One cell that a finding is about: the value as delivered and as understood (empty when blank)."""

    field: str
    title: str
    column: str
    delivered: str
    understood: str
    blamed: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that does not meet a requirement: where it stands, its key, its cells, who owns it.

    `explained` is the id of the explanation that covers it; empty where there is none.
    """

    part: str
    row: int
    key: str
    message: str
    owner: str
    cells: tuple[FindingCell, ...]
    explained: str = ""


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """Failed rows of one requirement, by the column that is to blame."""

    field: str
    title: str
    column: str
    owner: str
    failed: int


@dataclass(frozen=True, slots=True)
class UndecidedReason:
    """Why rows could not be decided, and how many."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """One group (or failing interval) of an indicator with exact counts."""

    name: str
    numerator: int
    denominator: int
    undecided: int
    outcome: OutcomeWord


@dataclass(frozen=True, slots=True)
class Indicator:
    """An exact share beside its threshold; `value` is the share in per cent, cut to two decimals.

    `baseline` is a share as decimal text, `by` the day from which on the threshold is asked for; both may be
    empty.
    """

    numerator: int
    denominator: int
    undecided: int
    operator: str
    threshold: str
    value: str
    groups: tuple[IndicatorGroup, ...] = ()
    baseline: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ClaimBeside:
    """What a self-assessment claims of one requirement, beside what was measured.

    `answer` and `agreement` are words of `guiju.result.claims`; `score` and `points` decimal texts (empty for
    none); `evidence` files are named, `found` of them were there.
    """

    answer: str
    score: str
    points: str
    evidence: int
    found: int
    agreement: str


@dataclass(frozen=True, slots=True)
class ClaimsUse:
    """The self-assessment that was laid beside: whose, on which form, and what it adds up to.

    `got`, `base` are points as decimal texts and `share` what was got of it in per cent, cut to two places;
    `weighted` says that chapters count in it by their weights; `pass_share` is empty where the form sets
    none.
    """

    standard: str
    organisation: str
    period: str
    form: str
    form_version: str
    lines: int
    answered: int
    got: str
    base: str
    share: str
    weighted: bool
    pass_share: str


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """The outcome of one requirement with everything needed to understand it.

    `method` is the kind of check; `reason` one sentence; `findings` are at most the stated number, the true
    total is `counts.failed`.
    """

    standard: str
    id: str
    name: str
    clause: str
    modality: str
    text: str
    basis: str
    sources: tuple[str, ...]
    mark: str
    advisory: bool
    key: bool
    method: str
    dataset: str
    dataset_title: str
    outcome: OutcomeWord
    reason: str
    remedy: str
    counts: Counts
    undecided_reasons: tuple[UndecidedReason, ...] = ()
    columns: tuple[ColumnCount, ...] = ()
    indicator: Indicator | None = None
    findings: tuple[Finding, ...] = ()
    claim: ClaimBeside | None = None


@dataclass(frozen=True, slots=True)
class ExplanationUse:
    """What became of one explanation: `rows` failing rows that it covers, and whether it sets them aside.

    `scope` says in words which rows it is about; the days are YYYY-MM-DD.
    """

    id: str
    requirement: str
    scope: str
    reason: str
    decided_by: str
    decided: str
    expires: str
    state: Literal["used", "unused", "expired"]
    rows: int
    changes: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of requirements by outcome; advice stands apart. `sentence` is the line people quote."""

    selected: int
    examined: int
    passed: int
    failed: int
    cant_tell: int
    inapplicable: int
    untested: int
    errors: int
    key_failed: int
    advisory: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a run; `exit_code` as in the design: 0, 1, 2, 3 or 4."""

    engine: str
    standards: tuple[StandardIdentity, ...]
    region: str
    profile: str
    mapping: str
    as_of: str
    findings_limit: int
    inputs: tuple[InputTable, ...]
    requirements: tuple[RequirementResult, ...]
    summary: Summary
    conclusion: str
    exit_code: int
    foot: str = FOOT
    period: str = ""
    explanations: tuple[ExplanationUse, ...] = ()
    claims: tuple[ClaimsUse, ...] = ()
