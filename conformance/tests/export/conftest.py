"""What the tests of readers share: a table to load into, and sources opened from written bytes."""

import tempfile

import duckdb
import pytest

from guiju.errors import InputError
from guiju.export import InPlace, identifier, open_sources


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
        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
            con.execute(f"SET temp_directory = '{folder}'")
            columns = ", ".join(f"{name} VARCHAR" for name in fields)
            con.execute(f'CREATE TABLE "t 1" ("_part" INTEGER, "_row" BIGINT, {columns})')
            if locked:
                con.execute("SET enable_external_access = false")
            count = source.load_into(con, "t 1", fields, 7)
            texts = ", ".join(f"nullif({identifier(name)}, '')" for name in fields)
            rows = con.execute(f'SELECT _row, {texts} FROM "t 1" WHERE _part = 7 ORDER BY rowid').fetchall()
            assert count == len(rows)
            assert locked or rows == placed_rows(con, source, fields, rows)
        return rows

    return loading


def placed_rows(con, source, fields, otherwise):
    """The rows as the source reads them in place, where it does; blanks as None."""
    placed = source.place(con, fields) if isinstance(source, InPlace) else None
    if placed is None:
        return otherwise
    texts = ", ".join(f"nullif({text}, '')" for text in placed.texts.values())
    where = f" WHERE {placed.where}" if placed.where else ""
    rows = con.execute(
        f"SELECT {placed.number} + {placed.first}, {texts} FROM {placed.reader}{where} ORDER BY 1"
    ).fetchall()
    assert placed.rows == len(rows)
    return rows


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


@pytest.fixture
def said():
    """The texts of a source's remarks."""
    return lambda source: tuple(remark.text for remark in source.remarks)
