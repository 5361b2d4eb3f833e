"""What a data engineer would write by hand for one known file: one scan, failing rows grouped by bit mask.

It knows this file's headings, code list and habits, and nothing else; `first_timing.py` compares its answers.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
NONE = "('无', '不涉及', '—', '-', '/')"
BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(12288) || chr(160) || chr(8203) || chr(65279)"
OBJECTS = "['自然人', '企业法人', '事业法人', '社会组织法人', '非法人企业', '行政机关', '其他组织']"
KIND = "CASE {0} WHEN '20' THEN '10' WHEN '21' THEN '20' ELSE {0} END"
UNITS = "CASE WHEN {0} LIKE '%(工作日)' THEN '1' WHEN {0} LIKE '%(自然日)' THEN '2' END"


def check_digit(code: str) -> str:
    """GB 32100, as an expression over one column."""
    parts = " + ".join(
        f"(strpos('{ALPHABET}', substr({code}, {place}, 1)) - 1) * {weight}"
        for place, weight in enumerate(WEIGHTS, start=1)
    )
    shape = f"regexp_full_match({code}, '[0-9A-HJ-NPQRTUWXY]{{2}}[0-9]{{6}}[0-9A-HJ-NPQRTUWXY]{{10}}')"
    return f"({shape} AND substr('{ALPHABET}', 1 + (31 - ({parts}) % 31) % 31, 1) = substr({code}, 18, 1))"


def filled(column: str) -> str:
    """Not blank and not a word for none."""
    return f"({column} IS NOT NULL AND ltrim({column}, {BLANKS}) <> '' AND {column} NOT IN {NONE})"


NAMES = {
    "code": "TASK_CODE",
    "catalogue": "CATAID",
    "parent": "parentCatalogId",
    "org": "ORGCODE",
    "name": "TASK_NAME",
    "catalogue_name": "subCatalogName",
    "department": "DEPT_NAME",
    "kind": KIND.format("TASK_TYPE"),
    "kind_in_code": (KIND.format("substr(TASK_CODE, 22, 2)")),
    "level": "CASE matter_level WHEN '省级' THEN '2' WHEN '市级' THEN '3' END",
    "visits": "TRY_CAST(visit_number AS INTEGER)",
    "online": "CASE ONLINECHECK WHEN '1' THEN TRUE WHEN '0' THEN FALSE END",
    "courier": "CASE courier_service WHEN '是' THEN TRUE ELSE FALSE END",
    "statutory": "TRY_CAST(regexp_extract(handle_time, '^([0-9]+)\\(', 1) AS INTEGER)",
    "statutory_unit": UNITS.format("handle_time"),
    "promise": "TRY_CAST(regexp_extract(handle_time_limit, '^([0-9]+)\\(', 1) AS INTEGER)",
    "promise_unit": UNITS.format("handle_time_limit"),
    "asks": f"CASE WHEN {filled('consult_phone')} THEN consult_phone END",
    "complains": f"CASE WHEN {filled('complain_phone')} THEN complain_phone END",
    "address": f"CASE WHEN {filled('URL')} THEN URL END",
    "objects": (
        "CASE WHEN service_object_name LIKE '[%' THEN from_json(service_object_name, '[\"VARCHAR\"]') END"
    ),
}
SHORT = "regexp_full_match(asks, '(0[0-9]{2,3}-?)?(12[0-9]{3}|9[0-9]{4})(-[0-9]+)*')"
WITH_SUB_ITEMS = "(substr(parent, 10) = '00Y' AND substr(catalogue, 10) <> '000')"
WITHOUT_SUB_ITEMS = "(substr(parent, 10) <> '00Y' AND substr(catalogue, 10) = '000')"
RULES = {
    # id: (does not apply, cannot be decided, fails)
    "IM-003": ("FALSE", "FALSE", "NOT coalesce(d.ok, FALSE)"),
    "IM-004": ("FALSE", "FALSE", f"NOT ({WITH_SUB_ITEMS} OR {WITHOUT_SUB_ITEMS})"),
    "IM-007": ("FALSE", "FALSE", "substr(code, 20, 12) <> catalogue"),
    "IM-008": ("FALSE", "FALSE", "kind_in_code <> kind"),
    "IM-009": ("FALSE", "FALSE", "substr(code, 19, 1) <> level"),
    "IM-011": ("FALSE", "FALSE", "substr(code, 9, 9) <> org"),
    "IM-017": (
        "FALSE",
        "FALSE",
        " OR ".join(f"NOT {filled(c)}" for c in ("code", "catalogue", "name", "kind", "level", "department")),
    ),
    "IM-019": ("FALSE", "FALSE", "kind NOT IN ('01', '05', '07', '08', '09', '10', '20')"),
    "IM-021": ("length(code) <> 33", "FALSE", "NOT starts_with(name, catalogue_name)"),
    "IM-022": (
        "NOT (kind <> '20' AND (list_contains(objects, '企业法人') OR list_contains(objects, '非法人企业')))",
        "FALSE",
        "promise IS NULL OR promise_unit IS NULL",
    ),
    "IM-023": (
        "FALSE",
        "coalesce(promise_unit <> statutory_unit, TRUE)",
        "promise > statutory",
    ),
    "IM-024": ("kind = '20'", "FALSE", "statutory IS NULL OR statutory_unit IS NULL"),
    "IM-027": ("NOT (visits = 0 AND kind <> '20')", "FALSE", "NOT (online OR courier)"),
    "IM-029": ("NOT online", "FALSE", "address IS NULL"),
    "IM-035": ("FALSE", "FALSE", "asks IS NULL OR complains IS NULL"),
    "IM-036": (
        f"NOT coalesce(asks IS NOT NULL AND complains IS NOT NULL AND NOT {SHORT}, FALSE)",
        "FALSE",
        "asks = complains",
    ),
}


def main() -> None:
    """Judge one Parquet file and write counts and first rows."""
    file, target = sys.argv[1], Path(sys.argv[2])
    con = duckdb.connect()
    named = ", ".join(f"{sql} AS {name}" for name, sql in NAMES.items())
    con.execute(f"CREATE VIEW items AS SELECT file_row_number + 1 AS n, {named} FROM read_parquet('{file}')")
    bits = " | ".join(
        f"(CASE WHEN NOT ({off}) AND NOT ({open_}) AND ({bad}) THEN {1 << place} ELSE 0 END)"
        for place, (off, open_, bad) in enumerate(RULES.values())
    )
    wanted = dict.fromkeys(sql for off, open_, _ in RULES.values() for sql in (off, open_) if sql != "FALSE")
    conditions = ", ".join(f"({sql}) AS c{place}" for place, sql in enumerate(wanted))
    counted = ", ".join(f"count_if(c{place})" for place in range(len(wanted)))
    groups = con.execute(
        f"WITH d AS MATERIALIZED (SELECT k, {check_digit('k')} AS ok FROM "
        f"(SELECT DISTINCT substr(code, 1, 18) AS k FROM items)) "
        f"SELECT m, count(*), min(n, 10) FILTER (WHERE m <> 0), {counted} FROM "
        f"(SELECT n, ({bits})::BIGINT AS m, {conditions} "
        f"FROM items i LEFT JOIN d ON substr(i.code, 1, 18) = d.k) "
        f"GROUP BY m"
    ).fetchall()
    totals = dict.fromkeys(["FALSE"], 0) | {
        sql: sum(group[3 + place] for group in groups) for place, sql in enumerate(wanted)
    }
    told = {}
    for place, (name, (off, open_, _)) in enumerate(RULES.items()):
        hit = [group for group in groups if group[0] >> place & 1]
        rows = sorted(row for group in hit for row in group[2])[:10]
        told[name] = {
            "inapplicable": totals[off],
            "failed": sum(group[1] for group in hit),
            "undecided": totals[open_],
            "rows": rows,
        }
    target.write_text(json.dumps(told), encoding="utf-8")


main()
