"""The connection is locked before it judges: it reads what it was given and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from guiju.engine.session import Limits, session


@pytest.fixture
def files(tmp_path):
    given, other = tmp_path / "given.csv", tmp_path / "other.csv"
    for path in (given, other):
        path.write_text("a,b\n1,2\n", encoding="utf-8")
    return given, other


def test_the_given_file_is_read(files):
    with session([files[0]], Limits(threads=1, memory="500MB")) as con:
        assert con.execute(f"SELECT count(*) FROM read_csv('{files[0]}')").fetchone() == (1,)
        assert con.execute("SELECT current_setting('threads')").fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{other}')",
        "COPY (SELECT 1) TO '{other}'",
        "ATTACH '{other}.db'",
        "INSTALL excel",
        "LOAD excel",
        "SET enable_external_access = true",
        "SET threads = 4",
        "SET allowed_paths = ['{other}']",
        "RESET lock_configuration",
    ],
)
def test_everything_else_is_refused(files, statement):
    with session([files[0]], Limits()) as con, pytest.raises(duckdb.Error):
        con.execute(statement.format(other=files[1]))


def test_a_name_with_quotes_is_a_name(tmp_path):
    path = tmp_path / "it's; DROP TABLE x; --.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    with session([path], Limits()) as con:
        name = str(path).replace("'", "''")
        assert con.execute(f"SELECT count(*) FROM read_csv('{name}', header = true)").fetchone() == (1,)
