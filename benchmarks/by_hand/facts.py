"""What rules ask of a row, worked out once: segments of codes, codes in their lists, members of sets."""

from __future__ import annotations

from by_hand.items import CATALOGUE_FORM, CODE_FORM, among, raw

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_FORM = "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"
WEIGHTS = (*(pow(3, power, 31) for power in range(17)), 1)
AREAS = (
    *(
        "00",
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
    ),
    *("43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"),
)
CODES = {
    "task_type": ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"),
    "use_level": tuple("1234567"),
    "dept_type": tuple("1239"),
    "project_type": tuple("129"),
    "power_source": tuple("123456"),
    "task_state": tuple("123"),
    "handle_area": tuple("123456"),
}
SETS = {
    "server_type": tuple("1234569"),
    "handle_type": tuple("123"),
    "online_handle_depth": tuple("12345679"),
    "cross_province_mode": tuple("123"),
    "result_type": ("10", "20", "30"),
}
OPEN_TYPES = ("01", "05", "07", "08", "09", "10", "20")
OFTEN_MANY = ("handle_type", "accept_office", "handle_office", "deliver_office")
HOURS = ("工作日", "全天", "24小时", "节假日", "周", "星期")
PLACES = ("号", "楼", "层", "室", "窗")


def members(name: str) -> str:
    """The members of a set; in the sample they are parted by commas and never come twice."""
    return f"string_split({raw(name)}, ',')"


def listed(texts: tuple[str, ...]) -> str:
    """Texts as a list."""
    return f"[{', '.join(repr(text) for text in texts)}]"


def holds(name: str, texts: tuple[str, ...]) -> str:
    """Whether a text contains one of these."""
    return " OR ".join(f"contains({raw(name)}, '{text}')" for text in texts)


def raw_facts() -> dict[str, str]:
    """Facts of one column each, over the columns of the file; what a blank gives is for others to see to."""
    found = {f"{name}_listed": among(name, codes) for name, codes in CODES.items()}
    found |= {
        f"{name}_held": f"list_has_all({listed(codes)}, {members(name)})" for name, codes in SETS.items()
    }
    found |= {f"{name}_parted": f"contains({raw(name)}, ',')" for name in OFTEN_MANY}
    name = raw("result_name")
    return found | {
        "open_type_in": among("task_type", OPEN_TYPES),
        "business_in": f"list_has_any({members('server_type')}, ['2', '5'])",
        "online_mode_in": f"list_contains({members('cross_province_mode')}, '1')",
        "certificate_in": f"list_contains({members('result_type')}, '10')",
        "document_in": f"list_has_any({members('result_type')}, ['10', '20'])",
        "own_form": f"regexp_full_match({raw('catalog_code')}, '{CATALOGUE_FORM}')",
        "in_form": f"regexp_full_match({raw('task_code')}, '{CODE_FORM}')",
        "hours_said": holds("transact_time", HOURS),
        "place_said": holds("transact_addr", PLACES),
        "certificate_said": f"(ends_with({name}, '证') OR ends_with({name}, '证书')) "
        f"AND NOT ends_with({name}, '凭证')",
    }


def facts() -> dict[str, str]:
    """Facts over the readings and the raw facts; NULL where the column is blank.

    A code cut off after twelve digits can be read as a catalogue code.
    """
    sub = "substr(catalog_code, 10, 3)"
    cut = f"regexp_full_match(task_code, '{CATALOGUE_FORM}')"
    parent = f"regexp_full_match(parent_catalog_code, '{CATALOGUE_FORM}')"
    many = {f"{name}_many": f"CASE WHEN {name} IS NOT NULL THEN {name}_parted END" for name in OFTEN_MANY}
    return many | {
        "licence": "task_type = '01'",
        "power": "task_type <> '20'",
        "for_business": "CASE WHEN server_type IS NOT NULL THEN business_in END",
        "online_mode": "cross_province_mode IS NOT NULL AND online_mode_in",
        "has_certificate": "CASE WHEN result_type IS NOT NULL THEN certificate_in END",
        "has_document": "CASE WHEN result_type IS NOT NULL THEN document_in END",
        "open_type": "CASE WHEN task_type IS NOT NULL THEN open_type_in END",
        "own_area": "CASE WHEN own_form THEN substr(catalog_code, 1, 2) END",
        "own_sub": f"CASE WHEN own_form THEN {sub} END",
        "parent_sub": f"CASE WHEN parent_catalog_code = catalog_code THEN CASE WHEN own_form THEN {sub} END "
        f"WHEN {parent} THEN substr(parent_catalog_code, 10, 3) END",
        "credit": "CASE WHEN in_form THEN substr(task_code, 1, 18) END",
        "code_level": "CASE WHEN in_form THEN substr(task_code, 19, 1) END",
        "code_catalogue": f"CASE WHEN in_form THEN substr(task_code, 20, 12) WHEN {cut} THEN task_code END",
    }


def late_facts() -> dict[str, str]:
    """Facts over the facts: the national list comes first, nearly all items are of it.

    Nearly all codes begin with the department's own code, so that those few different codes are checked once
    each (`wrong_codes`), and other codes where they occur.
    """
    areas = " ".join(f"WHEN '{area}' THEN TRUE" for area in AREAS)
    return {
        "own_area_listed": f"CASE own_area {areas} ELSE own_area IS NULL END",
        "credit_valid": "CASE WHEN credit = dept_code THEN dept_code NOT IN (SELECT code FROM wrong_codes) "
        f"WHEN credit IS NOT NULL THEN {check_digit('credit')} END",
    }


def wrong_codes(source: str) -> str:
    """The departments' codes that are no credit codes, each once."""
    codes = f"SELECT DISTINCT {raw('dept_code')} AS code FROM {source} WHERE {raw('dept_code')} IS NOT NULL"
    return f"SELECT code FROM ({codes}) WHERE NOT {check_digit('code')}"


def check_digit(code: str) -> str:
    """Whether a text is a credit code of GB 32100 with the right last character."""
    terms = " + ".join(
        f"(strpos('{ALPHABET}', substr({code}, {place}, 1)) - 1) * {weight}"
        for place, weight in enumerate(WEIGHTS, start=1)
    )
    return f"(regexp_full_match({code}, '{CREDIT_FORM}') AND ({terms}) % 31 = 0)"
