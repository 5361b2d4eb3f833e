"""frictionless on the CSV file itself: constraints of fields, and row constraints for a few conditions."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collections.abc import Iterator

from by_hand.facts import CODES, HOURS, OPEN_TYPES, PLACES, SETS
from by_hand.items import CODE_FORM, HEADINGS, WORDS_FOR_NONE, YES_NO
from frictionless import Checklist, Resource, Schema, checks, fields

from others.told import tell

REQUIRED = {
    "IM-017": ("task_code", "catalog_code", "task_name", "task_type", "use_level", "dept_name"),
    "IM-048": ("dept_code", "dept_type", "task_state", "task_version"),
    "IM-035": ("link_way", "supervise_way"),
    "IM-037": ("by_law", "accept_condition", "handle_flow"),
    "IM-088": ("guide_url",),
}
PATTERNS = {
    "IM-001": {"task_code": CODE_FORM},
    "IM-038": {"transact_time": f".*({'|'.join(HOURS)}).*"},
    "IM-089": {"transact_addr": f".*({'|'.join(PLACES)}).*"},
    "IM-088": {"guide_url": "https?://.*"},
    "IM-051": {name: f"({'|'.join(codes)})(,({'|'.join(codes)}))*" for name, codes in SETS.items()},
}
ENUMS = {
    "IM-018": ("task_type", "use_level", "dept_type", "project_type"),
    "IM-051": ("power_source", "task_state", "handle_area"),
}
FORMULAS = {
    "IM-019": f"task_type is None or task_type in {OPEN_TYPES}",
    "IM-028": "limit_scene_num is None or limit_scene_num <= 0 or limit_scene_explain is not None",
    "IM-033": "is_fee is not True or fee_basis is not None",
    "IM-047": "task_state != '3' or plan_cancel_date is not None",
    "IM-080": "is_entry_center is not False or no_entry_reason is not None",
    "IM-081": "is_online is not False or offline_reason is not None",
    "IM-087": "task_type != '01' or limit_explain is not None",
    "IM-111": "task_type != '01' or anticipate_limit is not None or promise_limit is not None",
}
UNIQUE = "IM-006"


def field(name: str) -> fields.AnyField:
    """One column with its constraints."""
    words = ["", *WORDS_FOR_NONE.get(name, ())]
    if name in YES_NO:
        return fields.BooleanField(
            name=name, true_values=["是"], false_values=["否", "无"], missing_values=words
        )
    if name == "limit_scene_num":
        return fields.IntegerField(name=name, missing_values=words)
    told = fields.StringField(name=name, missing_values=words)
    told.constraints = dict(constraints(name))
    return told


def constraints(name: str) -> Iterator[tuple[str, object]]:
    """What the rules say of one column alone."""
    if any(name in names for names in REQUIRED.values()):
        yield "required", True
    for patterns in PATTERNS.values():
        if name in patterns:
            yield "pattern", patterns[name]
    if any(name in names for names in ENUMS.values()):
        yield "enum", list(CODES[name])
    if name == "task_code":
        yield "unique", True


def rule_of(kind: str, note: str, name: str) -> str:
    """The rule behind an error; empty for what no rule asks, such as a yes that is none."""
    if kind == "row-constraint":
        return next((rule for rule, formula in FORMULAS.items() if formula in note), "")
    if kind == "unique-error":
        return UNIQUE
    by_kind = {"required": REQUIRED, "pattern": PATTERNS, "enum": ENUMS}
    found = next((rules for word, rules in by_kind.items() if f'"{word}"' in note), {})
    return next((rule for rule, names in found.items() if name in names), "")


def judge(file: str) -> dict[str, int]:
    """Failing rows by rule."""
    names = {heading: name for name, heading in HEADINGS.items()}
    with Path(file).open(encoding="utf-8-sig") as opened:
        headings = opened.readline().rstrip("\r\n").split(",")
    columns = [field(names[one]) if one in names else fields.AnyField(name=one) for one in headings]
    resource = Resource(path=Path(file).name, basepath=str(Path(file).parent), schema=Schema(fields=columns))
    rows = Checklist(checks=[checks.row_constraint(formula=formula) for formula in FORMULAS.values()])
    report = resource.validate(rows, limit_errors=10**9)
    failed: dict[str, set[int]] = {rule: set() for rule in (*REQUIRED, *PATTERNS, *ENUMS, *FORMULAS, UNIQUE)}
    for kind, note, name, row in report.flatten(["type", "note", "fieldName", "rowNumber"]):
        if rule := rule_of(kind, note or "", name or ""):
            failed[rule].add(row)
    return {rule: len(found) for rule, found in failed.items()}


if __name__ == "__main__":
    tell(judge)
