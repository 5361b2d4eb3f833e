"""Skeleton statements: they parse, keep to what databases take, and their headings are known again."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp

from guiju.export.recognition.match import match
from guiju_tools.template.skeleton import DIALECTS, Period, heading, script, statement

PERIOD = Period("2026-01-01", "2026-03-31")
NAMES = {"oracle": "oracle", "mysql": "mysql", "postgresql": "postgres"}


def columns(select):
    return [item.alias for item in select.expressions]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_statement_parses_and_selects_what_is_asked_for(items, tickets, odd, dialect):
    for told in (items, tickets, odd):
        found = sqlglot.parse(script(told.datasets, dialect, PERIOD), dialect=NAMES[dialect])
        selects = [item for item in found if item is not None]
        assert len(selects) == len(told.datasets)
        for select, item in zip(selects, told.datasets, strict=True):
            assert isinstance(select, exp.Select)
            assert columns(select) == [heading(item, one, dialect) for one in item.asked]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_headings_are_recognised_without_a_mapping(items, tickets, dialect):
    for item in (*items.datasets, *tickets.datasets):
        wanted = {one.field.name: heading(item, one, dialect) for one in item.asked}
        found = match(list(wanted.values()), item.dataset)
        assert (found.columns, found.doubts) == (wanted, ())


def test_oracle_headings_have_at_most_thirty_bytes(items, odd):
    for item in (*items.datasets, *odd.datasets):
        long = [name for one in item.asked if len((name := heading(item, one, "oracle")).encode()) > 30]
        assert long == []
    told = next(item for item in items.datasets if item.dataset.id == "implementation-item")
    entry = next(one for one in told.fields if one.field.name == "is_entry_center")
    assert heading(told, entry, "mysql") == "是否进驻政务服务大厅"
    assert heading(told, entry, "oracle") == "是否进驻政务服务大厅"  # thirty bytes exactly
    hard = next(item for item in odd.datasets[0].fields if item.field.name == "is_very_long_english_name")
    assert heading(odd.datasets[0], hard, "oracle") == "is_very_long_english_name"


def test_dates_codes_and_period_are_written_out(odd):
    told = odd.datasets[0]
    oracle = statement(told, "oracle", PERIOD)
    assert 'TO_CHAR(t.ticket_no) AS "工单编号"' in oracle
    assert "TO_CHAR(t.closed_on, 'YYYY-MM-DD') AS \"办结日期\"" in oracle
    assert "TO_CHAR(t.seen_at, 'YYYY-MM-DD HH24:MI:SS')" in oracle
    assert "WHERE t.closed_on >= TO_DATE('2026-01-01', 'YYYY-MM-DD')" in oracle
    assert "AND t.closed_on < TO_DATE('2026-03-31', 'YYYY-MM-DD') + 1" in oracle
    assert "短代码：写代码或名称，0001 代码项1，0002 代码项2，0003 代码项3" in oracle
    mysql = statement(told, "mysql")
    assert "DATE_FORMAT(t.closed_on, '%Y-%m-%d') AS `办结日期`" in mysql
    assert "t.closed_on < CAST(:period_end AS DATE) + INTERVAL '1' DAY" in mysql
    assert "来电人姓名" not in oracle


def test_a_list_is_taken_whole(items):
    told = next(item for item in items.datasets if item.dataset.id == "catalogue-item")
    text = statement(told, "postgresql", PERIOD)
    assert "-- 取全部现行有效的记录，不按时间筛选\nWHERE 1 = 1" in text
    assert "FROM up_task_directory t /* <表名> */" in text
