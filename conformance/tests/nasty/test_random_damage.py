"""Small files with bytes flipped, cut off and put in: they are read, or refused with a reason."""

from __future__ import annotations

import json
import random
import time

import duckdb
import pytest

from guiju.errors import InputError
from guiju.export import open_sources

SEED = 20240331
SLOWEST = 5.0
VARIANTS = 60
SIGNS = (
    b"\0",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\xff",
    b"\xef\xbb\xbf",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\",
    b"\x1f",
    b"\xe4",
)


@pytest.fixture(scope="session")
def whole(headings, base, as_csv):
    """Undamaged contents by the name of the file."""
    rows = [dict(zip(headings, row, strict=True)) for row in base]
    for number, row in enumerate(rows):
        row["材料"] = [{"名称": "甲", "份数": number}, {"名称": "乙"}]
        row["单位"] = {"名称": "某局"}
    text = as_csv([headings, *base])
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return {
        "a.csv": text.encode(),
        "b.csv": text.encode("gb18030"),
        "c.tsv": as_csv([headings, *base], "\t", "\r\n").encode("utf-16"),
        "d.jsonl": lines.encode(),
        "e.json": json.dumps(rows, ensure_ascii=False, indent=1).encode(),
        "f.json": json.dumps({"code": 0, "data": {"list": rows}}).encode(),
    }


def damaged(content, chance):
    """A content with one to four damages."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data) + 1) if data else 0
        kind = chance.randrange(4)
        if kind == 0 and place < len(data):
            data[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[place : place + chance.choice((1, 2, 40))]
        elif kind == 2:
            data[place:place] = chance.choice(SIGNS) * chance.choice((1, 3))
        elif chance.random() < 0.3:
            del data[place:]
    return bytes(data)


@pytest.mark.parametrize("name", ["a.csv", "b.csv", "c.tsv", "d.jsonl", "e.json", "f.json"])
def test_damage_is_read_or_refused(tmp_path, whole, loaded, name):
    chance = random.Random(f"{SEED} {name}")  # noqa: S311 -- the same damages every time
    read = refused = 0
    for number in range(VARIANTS):
        content = damaged(whole[name], chance)
        path = tmp_path / name
        path.write_bytes(content)
        started = time.monotonic()
        try:
            for source in open_sources([path]):
                loaded(source)
            read += 1
        except InputError as error:
            refused += bool(error.hint)
        except Exception as error:
            raise AssertionError(f"variant {number} of {name}: {content!r}") from error
        assert time.monotonic() - started < SLOWEST
    assert min(read, refused) > 0
    assert read + refused == VARIANTS


@pytest.fixture(scope="session")
def loaded():
    """Load every column of a source."""
    con = duckdb.connect()

    def loading(source):
        fields = {f"f{index}": heading for index, heading in enumerate(source.columns)}
        columns = "".join(f", {name} VARCHAR" for name in fields)
        con.execute(f'CREATE OR REPLACE TABLE t ("_part" INTEGER, "_row" BIGINT{columns})')
        return source.load_into(con, "t", fields, 0)

    yield loading
    con.close()
