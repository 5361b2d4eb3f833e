"""All row rules in one scan: two bits a rule in a mask, rows grouped by mask with their first row numbers."""

from __future__ import annotations

import duckdb

from by_hand.beside import FIRST, Told
from by_hand.rules import RULES, Rule
from by_hand.source import Source

PASSED, INAPPLICABLE, FAILED, UNDECIDED = range(4)
HALF = 32
FAULTY = 0xAAAAAAAAAAAAAAAA
"""The upper bit of every rule: failed or undecided."""


def state(rule: Rule, place: int) -> str:
    """The rule's two bits at their place. The claim is asked again only where it does not hold."""
    bits = [f"{word << 2 * place}::UBIGINT" for word in range(4)]
    claim = f"({rule.decidable}) AND ({rule.claim})" if rule.decidable else rule.claim
    unknown = f"({rule.claim}) IS NULL"
    if rule.decidable:
        unknown = f"({rule.decidable}) IS NOT TRUE OR {unknown}"
    judged = f"CASE WHEN {claim} THEN 0 WHEN {unknown} THEN {bits[UNDECIDED]} ELSE {bits[FAILED]} END"
    if not rule.when:
        return judged
    open_ = "" if rule.sure else f"WHEN ({rule.when}) IS NULL THEN {bits[UNDECIDED]} "
    return f"CASE WHEN {rule.when} THEN {judged} {open_}ELSE {bits[INAPPLICABLE]} END"


def judge(connection: duckdb.DuckDBPyConnection, source: Source) -> dict[str, Told]:
    """Counts and first failing rows of every rule."""
    masks = [RULES[start : start + HALF] for start in range(0, len(RULES), HALF)]
    columns = ", ".join(
        f"{' | '.join(state(rule, place) for place, rule in enumerate(rules))} AS m{number}"
        for number, rules in enumerate(masks)
    )
    names = ", ".join(f"m{number}" for number in range(len(masks)))
    faulty = " OR ".join(f"m{number} & {FAULTY}::UBIGINT <> 0" for number in range(len(masks)))
    groups = connection.execute(
        f"SELECT count(*), min(n, {FIRST}) FILTER (WHERE {faulty}), {names} "
        f"FROM (SELECT n, {columns} FROM ({source.rows()})) GROUP BY {names}"
    ).fetchall()
    return {
        rule.id: told([(count, rows, found[number] >> 2 * place & 3) for count, rows, *found in groups])
        for number, rules in enumerate(masks)
        for place, rule in enumerate(rules)
    }


def told(groups: list[tuple[int, list[int] | None, int]]) -> Told:
    """What one rule came to, over groups of rows: how many, the first of them, and the rule's state."""
    counts = [sum(count for count, _, found in groups if found == word) for word in range(4)]
    rows = sorted(row for _, first, found in groups if found == FAILED for row in first or ())
    return Told(counts[INAPPLICABLE], counts[FAILED], counts[UNDECIDED], rows[:FIRST])
