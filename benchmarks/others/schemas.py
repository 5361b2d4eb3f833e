"""The rules that JSON Schema can express, over rows cleaned by Polars (what is absent has no key).

Left out is what compares columns with one another or rows with rows, and the check character.
"""

from __future__ import annotations

from typing import Any

from by_hand.facts import AREAS, CODES, HOURS, OPEN_TYPES, PLACES, SETS
from by_hand.items import CODE_FORM
from by_hand.rules import WITHOUT_AREA

Schema = dict[str, Any]


def has(**tests: Schema) -> Schema:
    """These properties are there and pass their tests."""
    return {"required": list(tests), "properties": tests}


def where_given(**tests: Schema) -> Schema:
    """These properties pass their tests where they are there."""
    return {"properties": tests}


def required(*names: str) -> Schema:
    """These properties are there."""
    return {"required": list(names)}


def when(condition: Schema, claim: Schema) -> Schema:
    """A claim that is made under a condition."""
    return {"if": condition, "then": claim}


def among(codes: tuple[str, ...]) -> Schema:
    """One of these codes."""
    return {"enum": list(codes)}


def members_among(codes: tuple[str, ...]) -> Schema:
    """A text of these codes, parted by commas."""
    one = f"(?:{'|'.join(codes)})"
    return {"pattern": f"^{one}(?:,{one})*$"}


def member(*codes: str) -> Schema:
    """A text that has one of these codes between commas."""
    return {"pattern": f"(?:^|,)(?:{'|'.join(codes)})(?:,|$)"}


IS, SEVERAL = {"const": True}, {"pattern": ","}
ONE = {"not": SEVERAL}
WITH_AREA = {"not": {"pattern": f"^{WITHOUT_AREA}$"}}
ADDRESS = {"pattern": "^https?://"}
LICENCE = has(task_type={"const": "01"})
POWER = has(task_type={"not": {"const": "20"}})
BUSINESS = has(server_type=member("2", "5"))
EVERYWHERE = has(cross_province_mode=member("1"))
FIRST_CODES = ("task_type", "use_level", "dept_type", "project_type")
SECOND_CODES = ("power_source", "task_state", "handle_area")
NAMED = has(result_name={"pattern": "证书?$", "not": {"pattern": "凭证$"}})


def both(*schemas: Schema) -> Schema:
    """All of these."""
    return {"allOf": list(schemas)}


SCHEMAS: dict[str, Schema] = {
    "IM-001": where_given(task_code={"pattern": f"^(?:{CODE_FORM})$"}),
    "IM-004": both(
        where_given(parent_sub=among(("00Y", "000"))),
        when(has(parent_sub={"const": "00Y"}), where_given(own_sub={"not": {"const": "000"}})),
        when(has(parent_sub={"const": "000"}), where_given(own_sub={"const": "000"})),
    ),
    "IM-017": required("task_code", "catalog_code", "task_name", "task_type", "use_level", "dept_name"),
    "IM-018": where_given(own_area=among(AREAS), **{name: among(CODES[name]) for name in FIRST_CODES}),
    "IM-019": where_given(task_type=among(OPEN_TYPES)),
    "IM-048": required("dept_code", "dept_type", "task_state", "task_version"),
    "IM-051": where_given(
        **{name: among(CODES[name]) for name in SECOND_CODES},
        **{name: members_among(codes) for name, codes in SETS.items()},
    ),
    "IM-073": when(
        both(LICENCE, {"anyOf": [has(power_source=among(("5", "6"))), has(dept_type={"const": "3"})]}),
        where_given(dept_code={"pattern": "^11"}),
    ),
    "IM-074": when(
        both(LICENCE, has(handle_office=SEVERAL)), where_given(accept_office=ONE, deliver_office=ONE)
    ),
    "IM-022": when(both(POWER, BUSINESS), required("promise_limit")),
    "IM-024": when(POWER, required("anticipate_limit", "anticipate_type")),
    "IM-025": when(has(promise_day={"const": 0}), where_given(project_type={"const": "1"})),
    "IM-026": when(
        both(LICENCE, has(anticipate_type={"const": "1"}, anticipate_day={"exclusiveMinimum": 20})),
        required("anticipate_explain"),
    ),
    "IM-111": when(LICENCE, {"anyOf": [required("anticipate_limit"), required("promise_limit")]}),
    "IM-027": when(
        both(POWER, has(limit_scene_num={"const": 0})),
        {"not": has(is_online={"const": False}, is_express={"const": False})},
    ),
    "IM-028": when(has(limit_scene_num={"exclusiveMinimum": 0}), required("limit_scene_explain")),
    "IM-029": when(has(is_online=IS), has(link_addr=ADDRESS)),
    "IM-080": when(has(is_entry_center={"const": False}), required("no_entry_reason")),
    "IM-081": when(has(is_online={"const": False}), required("offline_reason")),
    "IM-082": when(both(BUSINESS, has(handle_type=ONE)), required("channel_reason")),
    "IM-033": when(has(is_fee=IS), required("fee_basis")),
    "IM-035": required("link_way", "supervise_way"),
    "IM-110": when(
        required("link_way", "supervise_way"),
        where_given(link_way=WITH_AREA, supervise_way=WITH_AREA),
    ),
    "IM-037": required("by_law", "accept_condition", "handle_flow"),
    "IM-038": where_given(transact_time={"pattern": "|".join(HOURS)}),
    "IM-039": when(NAMED, where_given(result_type=member("10"))),
    "IM-087": when(LICENCE, required("limit_explain")),
    "IM-088": has(guide_url=ADDRESS),
    "IM-089": where_given(transact_addr={"pattern": "|".join(PLACES)}),
    "IM-090": when(has(result_type=member("10", "20")), required("result_guid")),
    "IM-032": when(EVERYWHERE, where_given(limit_scene_num={"const": 0})),
    "IM-100": when(EVERYWHERE, where_given(is_online=IS)),
    "IM-047": when(has(task_state={"const": "3"}), required("plan_cancel_date")),
}
