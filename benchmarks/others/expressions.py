"""The row rules as Polars expressions, true where a row breaks one; unknown and inapplicable rows do not."""

from __future__ import annotations

import polars as pl
from by_hand.facts import AREAS, CODES, HOURS, OPEN_TYPES, PLACES, SETS
from by_hand.rules import SHORT_NUMBER, WITHOUT_AREA

from others.reading import whole

c = pl.col
Broken = pl.Expr


def breaks(claim: pl.Expr, *conditions: pl.Expr) -> Broken:
    """Where the conditions hold and the claim does not."""
    broken = ~claim
    for condition in conditions:
        broken &= condition
    return broken.fill_null(value=False)


def empty(*names: str) -> Broken:
    """Where one of these columns has nothing."""
    return pl.any_horizontal(c(name).is_null() for name in names)


def lacking(name: str, *conditions: pl.Expr) -> Broken:
    """Where a column has nothing although the conditions hold."""
    return breaks(c(name).is_not_null(), *conditions)


def has(name: str, *codes: str) -> pl.Expr:
    """A set has one of these members."""
    return c(name).str.contains(f"(?:^|,)(?:{'|'.join(codes)})(?:,|$)")


def several(name: str) -> pl.Expr:
    """A set has more than one member."""
    return c(name).str.contains(",", literal=True)


def outside(codes: dict[str, tuple[str, ...]], sets: dict[str, tuple[str, ...]]) -> Broken:
    """Where a code, or a member of a set, is not in its list."""
    single = [~c(name).is_in(listed) for name, listed in codes.items()]
    many = [
        ~whole(name, f"(?:{'|'.join(listed)})(?:,(?:{'|'.join(listed)}))*") for name, listed in sets.items()
    ]
    return pl.any_horizontal(broken.fill_null(value=False) for broken in (*single, *many))


def no_address(name: str) -> pl.Expr:
    """Where no web address stands."""
    return ~c(name).str.contains("^https?://").fill_null(value=False)


def expressions(wrong: pl.Series) -> dict[str, Broken]:
    """All row rules, by id; `wrong` has the credit codes that are none."""
    return codes(wrong) | elements() | limits() | channels() | guides()


def codes(wrong: pl.Series) -> dict[str, Broken]:
    """The chapter on codes."""
    parent, own = c("parent_sub"), c("own_sub")
    return {
        "IM-001": breaks(c("in_form")),
        "IM-003": breaks(~c("credit").is_in(wrong.implode())),
        "IM-004": breaks(((parent == "00Y") & (own != "000")) | ((parent == "000") & (own == "000"))),
        "IM-005": breaks(c("task_handle_item").str.starts_with(c("task_code"))),
        "IM-007": breaks(c("code_catalogue") == c("catalog_code")),
        "IM-008": breaks(c("code_catalogue").str.slice(2, 2) == c("task_type")),
        "IM-009": breaks(c("code_level") == c("use_level")),
        "IM-010": breaks(c("credit") == c("dept_code")),
        "IM-011": breaks(c("credit").str.slice(8, 9) == c("org_code")),
        "IM-053": breaks(c("area_code").str.slice(0, 2) == c("own_area"), c("own_area") != "00"),
    }


def elements() -> dict[str, Broken]:
    """What is to be filled in, and the code lists."""
    licence = c("task_type") == "01"
    first = ("task_type", "use_level", "dept_type", "project_type")
    second = ("power_source", "task_state", "handle_area")
    others = c("power_source").is_in(("5", "6")) | (c("dept_type") == "3")
    return {
        "IM-017": empty("task_code", "catalog_code", "task_name", "task_type", "use_level", "dept_name"),
        "IM-018": outside({**{name: CODES[name] for name in first}, "own_area": AREAS}, {}),
        "IM-019": breaks(c("task_type").is_in(OPEN_TYPES)),
        "IM-048": empty("dept_code", "dept_type", "task_state", "task_version"),
        "IM-051": outside({name: CODES[name] for name in second}, SETS),
        "IM-073": breaks(c("dept_code").str.starts_with("11"), licence, others),
        "IM-074": breaks(
            ~several("accept_office") & ~several("deliver_office"), licence, several("handle_office")
        ),
        "IM-021": breaks(
            c("task_name").str.starts_with(c("catalog_name")), c("task_code").str.len_chars() == 33
        ),
        "IM-035": empty("link_way", "supervise_way"),
        "IM-037": empty("by_law", "accept_condition", "handle_flow"),
        "IM-087": lacking("limit_explain", licence),
    }


def limits() -> dict[str, Broken]:
    """The time limits."""
    licence, power = c("task_type") == "01", c("task_type") != "20"
    days, unit = c("anticipate_day"), c("anticipate_type")
    given, promised = c("anticipate_limit").is_not_null(), c("promise_limit").is_not_null()
    return {
        "IM-022": lacking("promise_limit", power, has("server_type", "2", "5")),
        "IM-023": breaks(c("promise_day") <= days, c("promise_type") == unit),
        "IM-024": breaks(given & unit.is_not_null(), power),
        "IM-025": breaks(c("project_type") == "1", c("promise_day") == 0),
        "IM-026": lacking("anticipate_explain", licence, unit == "1", days > 20),
        "IM-111": breaks(given | promised, licence),
    }


def channels() -> dict[str, Broken]:
    """Where and how one applies."""
    visits, online = c("limit_scene_num"), c("is_online")
    everywhere = has("cross_province_mode", "1")
    return {
        "IM-027": breaks(online | c("is_express"), visits == 0, c("task_type") != "20"),
        "IM-028": lacking("limit_scene_explain", visits > 0),
        "IM-029": breaks(~no_address("link_addr"), online),
        "IM-080": breaks(c("is_entry_center") | c("no_entry_reason").is_not_null()),
        "IM-081": breaks(online | c("offline_reason").is_not_null()),
        "IM-082": breaks(
            several("handle_type") | c("channel_reason").is_not_null(), has("server_type", "2", "5")
        ),
        "IM-033": lacking("fee_basis", c("is_fee")),
        "IM-032": breaks(visits == 0, everywhere),
        "IM-100": breaks(online, everywhere),
        "IM-047": lacking("plan_cancel_date", c("task_state") == "3"),
    }


def guides() -> dict[str, Broken]:
    """Contacts, hours, addresses and results."""
    link, other = c("link_way"), c("supervise_way")
    named = c("result_name").str.contains("证书?$") & ~c("result_name").str.ends_with("凭证")
    within = link.str.contains(other, literal=True) | other.str.contains(link, literal=True)
    return {
        "IM-036": breaks(~within, ~whole("link_way", SHORT_NUMBER)),
        "IM-110": breaks(~whole("link_way", WITHOUT_AREA) & ~whole("supervise_way", WITHOUT_AREA)),
        "IM-038": breaks(c("transact_time").str.contains_any(HOURS)),
        "IM-039": breaks(has("result_type", "10"), named),
        "IM-088": no_address("guide_url"),
        "IM-089": breaks(c("transact_addr").str.contains_any(PLACES)),
        "IM-090": lacking("result_guid", has("result_type", "10", "20")),
    }
