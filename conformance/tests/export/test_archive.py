"""Zip archives: members read under their names, and what is refused without harm."""

import contextlib
import hashlib
import io
import random
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest

from guiju.errors import InputError
from guiju.export import archive, open_sources, private

CSV = "名称,编码\n甲,007\n"
ROWS = [(2, "甲", "007")]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """The bytes of an archive; members are pairs of a name (or ZipInfo) and a content."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return held.getvalue()


def named_in(name, encoding):
    """An archive whose one member has a name in that encoding, without the mark of UTF-8."""
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    return zipped([(stand_in, CSV)]).replace(stand_in.encode(), raw)


@pytest.fixture
def deliver(write):
    return lambda members: open_sources([write("包.zip", zipped(members))])


def test_members_are_tables(deliver, load):
    second, first = deliver([("甲.csv", CSV), ("2024/乙.csv", CSV.encode("gb18030"))])
    assert (first.file, second.file) == ("包.zip / 甲.csv", "包.zip / 2024/乙.csv")
    assert first.path.stem == "甲"
    assert load(first) == load(second) == ROWS


def test_both_digests(deliver, tmp_path):
    (source,) = deliver([("甲.csv", CSV)])
    assert source.digest == hashlib.sha256(CSV.encode()).hexdigest()
    assert source.archive_digest == hashlib.sha256((tmp_path / "包.zip").read_bytes()).hexdigest()


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_names_without_the_mark_of_utf8(write, encoding):
    (source,) = open_sources([write("包.zip", named_in("数据\\实施清单.csv", encoding))])
    assert source.file == "包.zip / 数据/实施清单.csv"


def test_a_name_repeated_in_utf8(write):
    field = struct.pack("<HHBI", 0x7075, 5 + len("清单.csv".encode()), 1, 0) + "清单.csv".encode()
    info = zipfile.ZipInfo("abcd.csv")
    info.extra = field[:5] + struct.pack("<I", zipfile.crc32(b"abcd.csv")) + field[9:]
    (source,) = open_sources([write("包.zip", zipped([(info, CSV)]))])
    assert source.file == "包.zip / 清单.csv"


def test_the_folder_is_private_and_gone_in_the_end(deliver, load, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "临时"))
    (tmp_path / "临时").mkdir()
    sources = deliver([("甲.csv", CSV), ("内.zip", zipped([("乙.csv", CSV)]))])
    folders = list((tmp_path / "临时").iterdir())
    assert len(folders) == 2
    assert all(stat.S_IMODE(item.stat().st_mode) == 0o700 for item in folders)
    assert [load(source) for source in sources] == [ROWS, ROWS]
    del sources
    assert list((tmp_path / "临时").iterdir()) == []


def test_archives_within_archives(deliver, load, write, refused):
    inner = zipped([("甲.csv", CSV)])
    (source,) = deliver([("a/内.zip", inner)])
    assert source.file == "包.zip / a/内.zip / 甲.csv"
    assert source.archive_digest == hashlib.sha256(source_bytes(write)).hexdigest()
    assert load(source) == ROWS
    deep = zipped([("一.zip", zipped([("二.zip", inner)]))])
    assert str(refused(write("深.zip", deep), "GJ-I153").place) == "深.zip / 一.zip / 二.zip"


def source_bytes(write):
    return (write("x", "").parent / "包.zip").read_bytes()


def test_what_is_passed_over_is_told(deliver):
    link = zipfile.ZipInfo("链.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    members = [("甲.csv", CSV), ("读我.txt", "x"), ("__MACOSX/._甲.csv", "\0"), ("~$甲.xlsx", "x")]
    (source,) = deliver([*members, (link, "/etc/hostname")])
    assert {(item.code, item.whole, item.count) for item in source.remarks} == {
        ("GJ-D130", "包.zip", 1),
        ("GJ-D131", "包.zip", 1),
        ("GJ-D133", "包.zip", 1),
    }


def test_a_fault_is_placed_at_the_member(write, refused):
    path = write("包.zip", zipped([("数据/甲.csv", CSV), ("数据/乙.csv", "")]))
    assert str(refused(path, "GJ-I105").place) == "包.zip / 数据/乙.csv"
    path = write("包.zip", zipped([("甲.rar", "x")]))
    assert str(refused(path, "GJ-I140").place) == "包.zip / 甲.rar"


def test_harmless_places_for_odd_names(deliver, load):
    odd = ["CON.csv", "a:b?.csv", "长" * 200 + ".csv", "a /b. /c.csv", "a/b/c.csv", "NUL/x.csv", 'q"|<>.csv']
    sources = deliver([(name, CSV) for name in odd])
    assert {source.file.removeprefix("包.zip / ") for source in sources} == set(odd)
    assert [load(source) for source in sources] == [ROWS] * len(odd)
    assert all(len(source.path.name) < 80 for source in sources)


@pytest.mark.parametrize(
    "names",
    [
        ["../外.csv"],
        ["a/../../外.csv"],
        ["/etc/外.csv"],
        ["C:\\外.csv"],
        ["\\\\server\\share\\外.csv"],
        ["甲.csv", "甲.csv"],
        ["甲.csv", "a/x.csv", "A/X.CSV"],
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_dangerous_names(write, refused, tmp_path, names):
    refused(write("一/二/包.zip", zipped([(name, CSV) for name in names])), "GJ-I148")
    assert [path.name for path in tmp_path.rglob("*.csv")] == []


def test_a_password(write, refused):
    content = bytearray(zipped([("甲.csv", CSV)]))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refused(write("包.zip", bytes(content)), "GJ-I147").message


def test_members_that_share_bytes(write, refused):
    content = zipped([("甲.csv", CSV), ("乙.csv", CSV)])
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    shared = content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]
    assert "重叠" in refused(write("包.zip", shared), "GJ-I148").cause


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb(write, refused, monkeypatch, tmp_path, method):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(private, "FREE_AT_FIRST", 1 << 20)
    path = write("包.zip", zipped([("甲.csv", b"a,b\n" * (1 << 20))], method))
    assert "200倍" in refused(path, "GJ-I141").cause
    assert sorted(item.name for item in tmp_path.iterdir()) == ["包.zip"]


def test_a_bomb_within(write, refused, monkeypatch):
    monkeypatch.setattr(private, "FREE_AT_FIRST", 1 << 20)
    inner = zipped([(f"{number}.csv", b"a,b\n" * (1 << 18)) for number in range(4)])
    refused(write("包.zip", zipped([("内.zip", inner)])), "GJ-I141")


def test_too_many_members(write, refused, monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    path = write("包.zip", zipped([(f"{number}.txt", "") for number in range(4)]))
    assert refused(path, "GJ-I149").cause.startswith("有4个")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "GJ-I105"),
        (b"Rar!\x1a\x07", "GJ-I146"),
        (zipped([]), "GJ-I150"),
        (zipped([("读我.txt", "x")]), "GJ-I150"),
        (zipped([("_SUCCESS", "")]), "GJ-I150"),
        (zipped([("甲.csv", CSV)])[:-30], "GJ-I146"),
    ],
)
def test_unusable(write, refused, content, code):
    refused(write("包.zip", content), code)


def test_a_method_that_is_not_read(write, refused):
    content = bytearray(zipped([("甲.csv", CSV)]))
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 9  # Deflate64, as Windows packs what is large
    refused(write("包.zip", bytes(content)), "GJ-I146")


def test_flipped_bytes(tmp_path, monkeypatch):
    """Whatever is damaged, it is read or refused, and nothing is left behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "临时"))
    (tmp_path / "临时").mkdir()
    whole = zipped([("甲.csv", CSV), ("乙/表.csv", CSV * 20), ("内.zip", zipped([("丙.csv", CSV)]))])
    chance = random.Random(20240301)  # noqa: S311 -- the same each time
    read = 0
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path = tmp_path / "包.zip"
        path.write_bytes(content[: chance.choice([len(content)] * 3 + [chance.randrange(len(content))])])
        with contextlib.suppress(InputError):
            read += bool(open_sources([path]))
    assert 0 < read < 300
    assert list(Path(tempfile.gettempdir()).iterdir()) == []
