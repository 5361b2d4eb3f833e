"""The mask scan against plain counting: many rules, more than 62 bits, and a scan that cannot finish."""

from __future__ import annotations

import duckdb
import pytest

from guiju.engine.plan import Bit, RowRule, Verdict
from guiju.engine.scan import FIRST_ROWS, failing_ids, scan
from guiju.engine.tables import DatasetTable, Need
from guiju.engine.views import Computed
from guiju.standard import decode
from guiju.standard.checks import DeclaredCheck
from guiju.standard.model import Requirement

ROWS = 5000
MORE = 2 * FIRST_ROWS
DATASET = decode.dataset({"$id": "d", "title": "d", "x-grain": "", "required": [], "properties": {}})
TABLE = DatasetTable(DATASET, "raw", Computed("v"), ROWS, ("d",), {}, {}, {})
NEED = Need(TABLE, frozenset())


@pytest.fixture
def connection():
    con = duckdb.connect(":memory:", config={"threads": 2})
    con.execute(f"CREATE TABLE raw AS SELECT range AS n, range % 7 AS m FROM range({ROWS})")
    con.execute('CREATE VIEW v AS SELECT rowid AS "_rid", n, m FROM raw')
    yield con
    con.close()


def rule(number, *bits, inapplicable="FALSE", undecided="FALSE"):
    requirement = Requirement(
        f"TT-{number:03d}", "x", "4", "shall", "应。", "practice", (), DeclaredCheck("?"), "改"
    )
    return RowRule(
        requirement, TABLE, (), NEED, inapplicable, undecided, tuple(bits), lambda _: Verdict("passed")
    )


def test_counts_and_first_rows_equal_plain_queries(connection):
    rules = [
        rule(number, Bit(f"n % {number + 2} = 0 AND m <> 3"), inapplicable="m = 3", undecided="FALSE")
        for number in range(150)
    ]
    for item, counts in zip(rules, scan(connection, TABLE, rules), strict=True):
        sql = item.bits[0].sql
        assert counts.failed == connection.execute(f"SELECT count(*) FROM v WHERE {sql}").fetchone()[0]
        assert counts.inapplicable == connection.execute("SELECT count(*) FROM v WHERE m = 3").fetchone()[0]
        assert counts.passed + counts.failed + counts.inapplicable + counts.undecided == ROWS
        first = connection.execute(
            f'SELECT "_rid" FROM v WHERE {sql} ORDER BY 1 LIMIT {FIRST_ROWS}'
        ).fetchall()
        assert counts.first == tuple(row[0] for row in first)
        wanted = f'SELECT "_rid" FROM v WHERE {sql} ORDER BY 1 LIMIT {MORE}'
        more = connection.execute(wanted).fetchall()
        assert failing_ids(connection, item, counts, MORE) == tuple(row[0] for row in more)


def test_a_row_that_fails_two_bits_counts_once(connection):
    (counts,) = scan(connection, TABLE, [rule(1, Bit("m = 1", "f"), Bit("m IN (1, 2)", "g"))])
    assert counts.failed == connection.execute("SELECT count(*) FROM v WHERE m IN (1, 2)").fetchone()[0]
    assert counts.by_field["f"] < counts.by_field["g"] == counts.failed


def test_only_the_guilty_rule_is_an_error(connection):
    rules = [
        rule(1, Bit("m = 1")),
        rule(2, Bit("CAST(concat('x', m) AS INTEGER) = 1")),
        rule(3, Bit("m = 2")),
    ]
    first, guilty, last = scan(connection, TABLE, rules)
    assert guilty.error
    assert guilty.failed == 0
    assert first.failed > 0
    assert last.failed > 0
    assert not first.error


def test_no_rules_no_scan(connection):
    assert scan(connection, TABLE, []) == []


def test_a_rule_without_any_way_to_fail_still_counts(connection):
    (counts,) = scan(connection, TABLE, [rule(1, inapplicable="TRUE")])
    assert (counts.inapplicable, counts.passed, counts.failed, counts.error) == (ROWS, 0, 0, "")
