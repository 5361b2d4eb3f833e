"""What a filled-in self-assessment says (自评结论), as frozen data and as its published document.

Names of people are no part of it: a form says that 填表人 is filled in, never with whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

FORMAT = "guiju-claims/1"
Answer = Literal["met", "partly", "not-met", "not-applicable", ""]
ANSWER_TITLES: Mapping[Answer, str] = {
    "met": "符合",
    "partly": "部分符合",
    "not-met": "不符合",
    "not-applicable": "不适用",
    "": "没有回答",
}


AGREEMENT_TITLES: Mapping[str, str] = {
    "agrees": "一致",
    "claimed-more": "自评符合而实测不符合",
    "claimed-less": "自评不符合而实测符合",
    "scope-differs": "适用与否不一致",
    "unproven": "未证实",
    "nothing-beside": "无对照",
}
"""How a claim goes with what was measured."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence by its file name; `sha256` (hex) is empty where the file was not found."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One line as filled in: `line` is the id of a requirement, bonus or deduction; `score` decimal text."""

    line: str
    place: str
    answer: Answer
    score: str
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    opinion: str = ""

    @property
    def proven(self) -> bool:
        """Whether any of its evidence was there to be read."""
        return any(item.sha256 for item in self.evidence)


@dataclass(frozen=True, slots=True)
class ClaimsInput:
    """A file that claims were read from: its name without folder, and its SHA-256 (hex)."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Claims:
    """One self-assessment: edition, form, who it speaks for, and its lines in the order of the form."""

    standard: str
    version: str
    form_version: str
    form_digest: str
    region: str
    organisation: str
    period: str
    signed: tuple[str, ...]
    inputs: tuple[ClaimsInput, ...]
    claims: tuple[Claim, ...]

    def of(self, line: str) -> Claim | None:
        """The claim of a line."""
        return next((item for item in self.claims if item.line == line), None)


def document(claims: Claims) -> dict[str, Any]:
    """The claims as `claims.schema.json` publishes them."""
    plain = asdict(claims)
    form = {"version": plain.pop("form_version"), "digest": plain.pop("form_digest")}
    return {"format": FORMAT, **plain, "form": form}


def of_document(data: Mapping[str, Any]) -> Claims:
    """The claims of a document that its schema admits."""
    return Claims(
        data["standard"],
        data["version"],
        data["form"]["version"],
        data["form"]["digest"],
        data["region"],
        data["organisation"],
        data["period"],
        tuple(data["signed"]),
        tuple(ClaimsInput(**item) for item in data["inputs"]),
        tuple(_claim(item) for item in data["claims"]),
    )


def _claim(item: Mapping[str, Any]) -> Claim:
    return Claim(**{**item, "evidence": tuple(Evidence(**one) for one in item["evidence"])})
