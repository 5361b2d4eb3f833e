"""The row rules of the standard on one implementation list, each written by hand over `items` and `facts`.

`when` false: inapplicable; `when` or `claim` NULL, or `decidable` not true: undecided; `claim` false: fails.
"""

from __future__ import annotations

from dataclasses import dataclass

SHORT_NUMBER = "(0[0-9]{2,3}[-–—]*)?(12[0-9]{3}|9[0-9]{4})([-–—]+[0-9]+)*"
WITHOUT_AREA = "[2-8][0-9]{6,7}"
CONTACTS = "link_way IS NOT NULL AND supervise_way IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row rule: expressions of three values, and the columns that a finding shows.

    `sure`: `when` is never NULL, which saves a question.
    """

    id: str
    claim: str
    shown: tuple[str, ...]
    when: str = ""
    decidable: str = ""
    sure: bool = False


def present(*names: str) -> str:
    """All of these columns are filled in."""
    return " AND ".join(name if name.startswith("has_") else f"{name} IS NOT NULL" for name in names)


def filled_in(*names: str) -> str:
    """One of these columns is filled in."""
    return " OR ".join(f"{name} IS NOT NULL" for name in names)


def in_lists(*names: str) -> str:
    """Each of these columns has a code of its list, or nothing."""
    return " AND ".join(f"{name}_listed" for name in names)


def sets_in_lists(*names: str) -> str:
    """Each of these sets has codes of its list only, or nothing."""
    return " AND ".join(f"({name}_held OR {name} IS NULL)" for name in names)


def address(name: str) -> str:
    """A web address is there."""
    return f"{name} IS NOT NULL AND (starts_with({name}, 'https://') OR starts_with({name}, 'http://'))"


def without_area(name: str) -> str:
    """A telephone number without its area code; the first digit decides most cases."""
    return f"{name} BETWEEN '2' AND '9' AND regexp_full_match({name}, '{WITHOUT_AREA}')"


CODED = ("task_type", "use_level", "dept_type", "project_type")
OTHER_CODED = ("power_source", "task_state", "handle_area")
SETS = ("server_type", "handle_type", "online_handle_depth", "cross_province_mode", "result_type")
LIMITS = ("promise_limit", "anticipate_limit")
RULES = (
    Rule("IM-001", "in_form", ("task_code",), "task_code IS NOT NULL", sure=True),
    Rule("IM-003", "credit_valid", ("task_code",)),
    Rule(
        "IM-004",
        "(parent_sub = '00Y' AND own_sub <> '000') OR (parent_sub = '000' AND own_sub = '000')",
        ("catalog_code", "parent_catalog_code"),
    ),
    Rule(
        "IM-005",
        "starts_with(task_handle_item, task_code)",
        ("task_code", "task_handle_item"),
        "task_handle_item IS NOT NULL",
        sure=True,
    ),
    Rule("IM-007", "code_catalogue = catalog_code", ("task_code", "catalog_code")),
    Rule("IM-008", "substr(code_catalogue, 3, 2) = task_type", ("task_code", "task_type")),
    Rule("IM-009", "code_level = use_level", ("task_code", "use_level")),
    Rule("IM-010", "credit = dept_code", ("task_code", "dept_code")),
    Rule("IM-011", "substr(credit, 9, 9) = org_code", ("task_code", "org_code")),
    Rule("IM-053", "substr(area_code, 1, 2) = own_area", ("catalog_code", "area_code"), "own_area <> '00'"),
    Rule(
        "IM-017",
        present("task_code", "catalog_code", "task_name", "task_type", "use_level", "has_dept_name"),
        ("task_code", "catalog_code", "task_name", "task_type", "use_level", "dept_name"),
    ),
    Rule(
        "IM-018",
        f"{in_lists(*CODED)} AND own_area_listed",
        (*CODED, "catalog_code"),
        filled_in(*CODED, "own_area"),
        sure=True,
    ),
    Rule("IM-019", "open_type", ("task_type",)),
    Rule(
        "IM-048",
        present("dept_code", "dept_type", "task_state", "has_task_version"),
        ("dept_code", "dept_type", "task_state", "task_version"),
    ),
    Rule(
        "IM-051",
        f"{in_lists(*OTHER_CODED)} AND {sets_in_lists(*SETS)}",
        (*OTHER_CODED, *SETS),
        filled_in("task_state", "power_source", "anticipate_type", "promise_type", "handle_area", *SETS),
        sure=True,
    ),
    Rule(
        "IM-073",
        "starts_with(dept_code, '11')",
        ("task_type", "power_source", "dept_type", "dept_code"),
        "licence AND (power_source = '5' OR power_source = '6' OR dept_type = '3')",
    ),
    Rule(
        "IM-074",
        "NOT accept_office_many AND NOT deliver_office_many",
        ("task_type", "handle_office", "accept_office", "deliver_office"),
        "licence AND handle_office_many",
    ),
    Rule(
        "IM-021",
        "starts_with(task_name, catalog_name)",
        ("task_code", "task_name", "catalog_name"),
        "length(task_code) = 33",
    ),
    Rule(
        "IM-022", "has_promise_limit", ("task_type", "server_type", "promise_limit"), "power AND for_business"
    ),
    Rule("IM-023", "promise_day <= anticipate_day", LIMITS, decidable="promise_type = anticipate_type"),
    Rule("IM-024", "has_anticipate_limit AND anticipate_type IS NOT NULL", ("task_type", *LIMITS), "power"),
    Rule("IM-025", "project_type = '1'", ("promise_limit", "project_type"), "promise_day = 0"),
    Rule(
        "IM-026",
        "has_anticipate_explain",
        ("task_type", "anticipate_limit", "anticipate_explain"),
        "licence AND anticipate_type = '1' AND anticipate_day > 20",
    ),
    Rule("IM-111", "has_anticipate_limit OR has_promise_limit", ("task_type", *LIMITS), "licence"),
    Rule(
        "IM-027",
        "is_online OR is_express",
        ("limit_scene_num", "task_type", "is_online", "is_express"),
        "limit_scene_num = 0 AND power",
    ),
    Rule(
        "IM-028", "has_limit_scene_explain", ("limit_scene_num", "limit_scene_explain"), "limit_scene_num > 0"
    ),
    Rule("IM-029", address("link_addr"), ("is_online", "link_addr"), "is_online"),
    Rule("IM-080", "is_entry_center OR has_no_entry_reason", ("is_entry_center", "no_entry_reason")),
    Rule("IM-081", "is_online OR has_offline_reason", ("is_online", "offline_reason")),
    Rule(
        "IM-082",
        "handle_type_many OR has_channel_reason",
        ("server_type", "handle_type", "channel_reason"),
        "for_business",
    ),
    Rule("IM-033", "has_fee_basis", ("is_fee", "fee_basis"), "is_fee"),
    Rule("IM-035", CONTACTS, ("link_way", "supervise_way")),
    Rule(
        "IM-036",
        "NOT contains(link_way, supervise_way) AND NOT contains(supervise_way, link_way)",
        ("link_way", "supervise_way"),
        f"{CONTACTS} AND NOT regexp_full_match(link_way, '{SHORT_NUMBER}')",
        sure=True,
    ),
    Rule(
        "IM-110",
        f"NOT ({without_area('link_way')}) AND NOT ({without_area('supervise_way')})",
        ("link_way", "supervise_way"),
        CONTACTS,
        sure=True,
    ),
    Rule(
        "IM-037",
        present("has_by_law", "has_accept_condition", "has_handle_flow"),
        ("by_law", "accept_condition", "handle_flow"),
    ),
    Rule("IM-038", "hours_said", ("transact_time",), "transact_time IS NOT NULL", sure=True),
    Rule(
        "IM-039",
        "has_certificate",
        ("result_name", "result_type"),
        "CASE WHEN result_name IS NOT NULL THEN certificate_said END",
    ),
    Rule("IM-087", "has_limit_explain", ("task_type", "limit_explain"), "licence"),
    Rule("IM-088", address("guide_url"), ("guide_url",)),
    Rule("IM-089", "place_said", ("transact_addr",), "transact_addr IS NOT NULL", sure=True),
    Rule("IM-090", "has_result_guid", ("result_type", "result_guid"), "has_document"),
    Rule(
        "IM-032", "limit_scene_num = 0", ("cross_province_mode", "limit_scene_num"), "online_mode", sure=True
    ),
    Rule("IM-100", "is_online", ("cross_province_mode", "is_online"), "online_mode", sure=True),
    Rule("IM-047", "has_plan_cancel_date", ("task_state", "plan_cancel_date"), "task_state = '3'"),
)
