"""Random delimited text: what was written is read back; both ways of reading agree on any text at all."""

import csv
import io
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guiju.errors import InputError
from guiju.export.text import delimited, encoding
from guiju.export.text.delimited import open_delimited

WORDS = frozenset({"编码", "名称", "说明"})
HEADINGS = ("编码", "名称", "说明")
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def large(monkeypatch):
    """Files are taken for large ones."""
    monkeypatch.setattr(delimited, "PLACED", -1)
    monkeypatch.setattr(encoding, "LARGE", -1)


@dataclass(frozen=True)
class Dress:
    """How a table is written."""

    encoding: str
    sign: str
    end: str
    quoting: int
    above: tuple[str, ...]
    below: tuple[str, ...]
    told: bool
    ended: bool

    def written(self, rows):
        out = io.StringIO()
        quoting = csv.QUOTE_ALL if self.end == "\r" else self.quoting  # the writer forgets LF in cells then
        csv.writer(out, delimiter=self.sign, lineterminator=self.end, quoting=quoting).writerows(rows)
        body = out.getvalue() if self.ended else out.getvalue()[: -len(self.end)]
        above = "".join(f"{line}{self.end}" for line in ((f"sep={self.sign}",) if self.told else self.above))
        below = "".join(f"{line}{self.end}" for line in self.below)
        return (above + body + (self.end if below and not self.ended else "") + below).encode(self.encoding)

    @property
    def first(self):
        """The number of the first record below the head."""
        return (1 if self.told else len(self.above)) + 2


DRESS = st.builds(
    Dress,
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")),
    sign=st.sampled_from(",;\t|^"),
    end=st.sampled_from(("\n", "\r\n", "\r")),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    above=st.sampled_from(((), ("某地清单",), ("某地清单", "", "统计时间：2024年"))),
    below=st.sampled_from(((), ("(3 rows affected)",), ("", "已选择 3 行。"), ("", ""))),
    told=st.booleans(),
    ended=st.booleans(),
)
TEXT = st.text(st.sampled_from('甲乙一　,;|^\t"\n aZ09《》'), max_size=8)
ROW = st.tuples(st.text("0123456789", min_size=1, max_size=31), TEXT, TEXT)


@settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
@given(dress=DRESS, rows=st.lists(ROW, min_size=1, max_size=5))
def test_what_was_written_is_read(large, tmp_path, load, dress, rows):
    path = tmp_path / "a.csv"
    path.write_bytes(dress.written([HEADINGS, *rows]))
    (source,) = open_delimited(path, WORDS)
    assert source.columns == HEADINGS
    expected = [(number, *(cell or None for cell in cells)) for number, cells in enumerate(rows, dress.first)]
    assert load(source) == expected


SIGNS = ('"', '""', ",", "\n", "\r\n", "\r", " ", "\0", "\x1a", "=", "'", "甲")
LINES = ("编码,名称,说明", "1,2,3", "1,2", "1,2,3,4", '"1",2,"3"', "合计,,", "SQL>", ",,", "", '1,"2\n3",4')
PIECES = st.sampled_from((*SIGNS, *(f"{line}\n" for line in LINES)))


@settings(max_examples=50, deadline=None, suppress_health_check=QUIET)
@given(pieces=st.lists(PIECES, max_size=12), within=st.sampled_from(("utf-8", "gb18030")))
@example(pieces=['1,"2"x,3\n', "1,2,3\n"], within="utf-8")
@example(pieces=['1, "2,3",4\n', '1,"2" ,4\n'], within="utf-8")
@example(pieces=['1,"2\r\n3",4\n', '1,"2\n3",4\r\n'], within="utf-8")
@example(pieces=[",", ",", "SQL>\n"], within="utf-8")
@example(pieces=['"1",2,"3"\n', "合计,,\n", "1,2,3,4\n"], within="utf-8")
@example(pieces=['"",,\n', "1,2,3\n"], within="utf-8")
def test_both_ways_agree_on_anything(large, tmp_path, load, pieces, within):
    path = tmp_path / "a.csv"
    path.write_bytes(("编码,名称,说明\n" + "".join(pieces)).encode(within))
    with suppress(InputError):
        (source,) = open_delimited(path, WORDS)
        load(source)  # asserts that the rows read in place are those that Python reads
