"""The pack in a folder of the test's own, commands on it, and workbooks edited as drafters edit them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook

from guiju.content import Pack, find_packs, own_pack
from guiju.standard.load import load_from
from guiju_tools.drafting.importing import Wanted, take_over
from guiju_tools.drafting.write_book import book_bytes

TICKETS = "ticket-service"
SIGNED = {
    "条款": "4.2.6",
    "应宜可": "宜",
    "要求": "工单的签收时间宜不早于派发时间。",
    "核验方式": "不早于",
    "数据集": "热线工单",
    "数据元": "签收时间",
    "对照": "派发时间",
    "适用条件": "签收时间 已填",
    "依据": "起草组建议",
    "整改建议": "核对两个时间有无填反。",
    "来源1": "起草组建议",
    "来源1的位置": "由工单的各个时间归纳",
    "来源1核对": "二手转述",
}
"""A new requirement of the small standard below."""
TINY = Path(__file__).with_name("tiny")


@dataclass(frozen=True, slots=True)
class Desk:
    """A pack that a test may change, with one standard's workbook beside it."""

    pack: Pack
    book: Path
    standard: str = TICKETS
    signed: dict[str, str] = field(default_factory=lambda: dict(SIGNED))

    @property
    def packs(self):
        return (self.pack, *find_packs())

    def load(self):
        return load_from(self.pack, self.standard, self.packs)

    def export(self):
        self.book.write_bytes(book_bytes(self.load(), self.pack))
        return self.book

    def take(self, **wanted):
        return take_over(self.pack, self.standard, self.packs, self.book, Wanted(**wanted))

    def files(self):
        """All files as bytes, by name."""
        paths = [path for path in self.pack.root.rglob("*") if path.is_file()]
        return {path.relative_to(self.pack.root).as_posix(): path.read_bytes() for path in paths}

    def read(self, label):
        return (self.pack.root / label).read_text(encoding="utf-8")

    def change(self, label, old, new):
        """Replace the one place where `old` stands, as somebody with an editor does."""
        text = self.read(label)
        assert text.count(old) == 1, f"{label}: {old!r} stands there {text.count(old)} times"
        (self.pack.root / label).write_text(text.replace(old, new), encoding="utf-8")

    def edit(self, *edits):
        """Carry edits out on the workbook and save it."""
        book = load_workbook(self.book)
        for one in edits:
            one(book)
        book.save(self.book)

    @staticmethod
    def cell(sheet, key, heading, value):
        """An edit: one cell gets a value."""

        def edit(book):
            page = book[sheet]
            keys = key if isinstance(key, tuple) else (key,)
            found = page.cell(line_of(page, *keys), columns(page)[heading])
            found.value = value

        return edit

    @staticmethod
    def typed(sheet, key, heading, text):
        """An edit: one cell gets a text, whatever it looks like."""

        def edit(book):
            page = book[sheet]
            keys = key if isinstance(key, tuple) else (key,)
            found = page.cell(line_of(page, *keys), columns(page)[heading])
            found.value = text
            if text is not None:
                found.data_type = "s"

        return edit

    @staticmethod
    def fresh(sheet, **texts):
        """An edit: a new row below the others."""

        def edit(book):
            page = book[sheet]
            used = [row[0].row for row in page.iter_rows() if any(one.value not in (None, "") for one in row)]
            for heading, text in texts.items():
                page.cell(max(used) + 1, columns(page)[heading]).value = text

        return edit

    @staticmethod
    def gone(sheet, *key):
        """An edit: a row deleted."""

        def edit(book):
            page = book[sheet]
            page.delete_rows(line_of(page, *key))

        return edit


def columns(sheet):
    return {cell.value: cell.column for cell in sheet[1] if cell.value}


def line_of(sheet, *key):
    """The number of the row that begins with these texts."""
    for row in sheet.iter_rows(min_row=2):
        if tuple(cell.value for cell in row[: len(key)]) == key:
            return row[0].row
    raise AssertionError(key)


@pytest.fixture(scope="session")
def make_desk():
    """A desk in a folder, with the small standard of these tests unless a pack is given."""

    def make(folder, pack=None, standard=TICKETS, book="draft.xlsx"):
        if pack is None:
            shutil.copytree(TINY, folder / "pack")
        return Desk(pack or Pack(folder / "pack"), folder / book, standard)

    return make


@pytest.fixture
def desk(tmp_path, make_desk):
    """The small standard with its workbook just exported."""
    made = make_desk(tmp_path)
    made.export()
    return made


@pytest.fixture
def shipped(tmp_path):
    """The packs that ship with the program, in a folder of the test's own."""
    root = tmp_path / "shipped"
    for part in ("standards", "features"):
        shutil.copytree(own_pack().root / part, root / part)
    return Pack(root)


@pytest.fixture
def guiju(tmp_path):
    """Run `guiju …` without a terminal, in an empty folder."""

    def run(*arguments, folder=tmp_path):
        return subprocess.run(
            [sys.executable, "-m", "guiju_tools", *map(str, arguments)],
            cwd=folder,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Save a workbook anew with LibreOffice; skips where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("没有 LibreOffice（soffice），不能转换")
    profile = tmp_path_factory.mktemp("office")

    def convert(path, out):
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx"]
        done = subprocess.run(
            [*command, "--outdir", str(out), str(path)],
            capture_output=True,
            text=True,
            timeout=180,
            check=True,
        )
        made = out / path.name
        assert made.is_file(), done.stderr
        return made

    return convert
