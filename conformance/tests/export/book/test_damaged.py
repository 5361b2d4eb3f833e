"""Bytes turned and cut at random in workbooks of each kind: a reading or a clear refusal, nothing else."""

import contextlib
import random
import time
import zipfile

import pytest
import xlwt

from guiju.errors import InputError
from guiju.export.files import open_sources

ROUNDS = 60
SECONDS = 5
ODS_ROW = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>名称</text:p></table:table-cell>'
    '<table:table-cell office:value-type="{}"{}><text:p>1</text:p></table:table-cell>'
    "</table:table-row>"
)


@pytest.fixture
def sound(xlsx, ods, xlsb, tmp_path):
    """A workbook of each kind, by its suffix."""
    old = xlwt.Workbook()
    sheet = old.add_sheet("办件")
    for row, cells in enumerate([["名称", "数"], ["甲", 1.5], ["乙", True], ["丙", xlwt.Formula("1/0")]]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    old.save(str(tmp_path / "a.xls"))
    strings = "<sst><si><t>甲</t></si><si><r><t>乙</t></r></si></sst>"
    more = '<row r="4" hidden="1"><c r="A4" t="s"><v>1</v></c><c r="B4" s="1"><f>1</f><v>45000</v></c></row>'
    styles = '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    parts = {"xl/sharedStrings.xml": strings, "xl/styles.xml": styles}
    return {
        ".xls": tmp_path / "a.xls",
        ".xlsx": xlsx(extra=more, parts=parts),
        ".ods": ods(
            ODS_ROW.format("string", "", "数") + ODS_ROW.format("float", ' office:value="1.5"', "1.5") * 3
        ),
        ".xlsb": xlsb({1: ["名称", "数"], 2: ["甲", 1.5], 3: ["乙", b"\x07"]}),
    }


def spoiled(rng, content):
    """Bytes turned, pieces cut out, doubled, zeroed, or the end missing."""
    content = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        if not content:
            break
        at, length = rng.randrange(len(content)), rng.randint(1, 24)
        match rng.randrange(5):
            case 0:
                content[at] ^= 1 << rng.randrange(8)
            case 1:
                del content[at : at + length]
            case 2:
                content[at:at] = content[at : at + length]
            case 3:
                content[at : at + length] = bytes([rng.choice((0, 0x7F, 0xFF))]) * len(
                    content[at : at + length]
                )
            case 4:
                del content[max(1, at) :]
    return bytes(content)


def packed(rng, path, target):
    """The archive with one entry spoiled and its checksums right, which reaches deeper than turned bytes."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w") as out:
        names = archive.namelist()
        chosen = rng.choice(names)
        for name in names:
            content = archive.read(name)
            out.writestr(name, spoiled(rng, content) if name == chosen and content else content)


def turned(rng, content):
    """Bytes turned in place: records of old workbooks stay where they are, and are reached."""
    content = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(512, len(content))
        content[at] = rng.choice((0, 0x40, 0x7F, 0xFF, content[at] ^ 1 << rng.randrange(8)))
    return bytes(content)


@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".ods", ".xlsb"])
def test_damage(sound, load, tmp_path, suffix):
    rng = random.Random(f"{suffix} 1")  # noqa: S311 -- the same files every time
    content = sound[suffix].read_bytes()
    target = tmp_path / f"b{suffix}"
    for source in open_sources([sound[suffix]]):
        assert len(load(source)) >= 1
    refused = 0
    for number in range(ROUNDS):
        if number % 2 and suffix != ".xls":
            packed(rng, sound[suffix], target)
        elif number % 2:
            target.write_bytes(turned(rng, content))
        else:
            target.write_bytes(spoiled(rng, content))
        began = time.monotonic()
        refused += 1
        with contextlib.suppress(InputError):
            for source in open_sources([target]):
                load(source)
            refused -= 1
        assert time.monotonic() - began < SECONDS
    assert 0 < refused < ROUNDS
