"""What the tests of readers share: a table to load into, and sources opened from written bytes."""

import duckdb
import pytest

from guiju.errors import InputError
from guiju.export import identifier, open_sources


@pytest.fixture
def write(tmp_path):
    """Write bytes or text under a file name; gives the path."""

    def writing(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writing


@pytest.fixture
def load():
    """Load all columns of a source; gives rows of (_row, text or None, ...), blanks as None."""

    def loading(source, *, locked=False):
        fields = {f"f{index}": heading for index, heading in enumerate(source.columns)}
        with duckdb.connect() as con:
            columns = ", ".join(f"{name} VARCHAR" for name in fields)
            con.execute(f'CREATE TABLE "t 1" ("_part" INTEGER, "_row" BIGINT, {columns})')
            if locked:
                con.execute("SET enable_external_access = false")
            count = source.load_into(con, "t 1", fields, 7)
            texts = ", ".join(f"nullif({identifier(name)}, '')" for name in fields)
            rows = con.execute(f'SELECT _row, {texts} FROM "t 1" WHERE _part = 7 ORDER BY rowid').fetchall()
        assert count == len(rows)
        return rows

    return loading


@pytest.fixture
def refused():
    """Open a path that is refused; gives the error after checking that it says all it should."""

    def refusing(path, code, then=lambda sources: sources):
        with pytest.raises(InputError) as caught:
            then(open_sources([path]))
        error = caught.value
        assert error.code == code
        assert error.hint
        assert str(error.place)
        return error

    return refusing
