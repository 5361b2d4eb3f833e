"""Folders of Parquet parts, and damaged Parquet files."""

import contextlib
import random
import zipfile

import duckdb
import pytest

from guiju.errors import InputError
from guiju.export import open_sources


@pytest.fixture
def parts(tmp_path):
    """Write parts of a table: queries by file name; gives the folder."""

    def writing(name, queries, *, done=True):
        folder = tmp_path / name
        with duckdb.connect() as con:
            for part, query in queries.items():
                (folder / part).parent.mkdir(parents=True, exist_ok=True)
                con.execute(f"COPY ({query}) TO '{folder / part}' (FORMAT parquet)")
        if done:
            (folder / "_SUCCESS").touch()
            (folder / ".part-0.crc").write_bytes(b"crc")
        return folder

    return writing


TWO = {
    "part-00001-x.snappy.parquet": "SELECT '丙' AS 名称, 3 AS n",
    "part-00000-x.snappy.parquet": "SELECT * FROM (VALUES ('甲', 1), ('乙', 2)) t(名称, n)",
}


@pytest.mark.parametrize("done", [True, False])
def test_parts_are_one_table(parts, tmp_path, load, done):
    folder = parts("导出/实施清单", TWO, done=done)
    for delivered in (folder, tmp_path / "导出", tmp_path):
        (source,) = open_sources([delivered])
        assert (source.file, source.path.stem) == ("实施清单", "实施清单")
        assert load(source) == [(1, "甲", "1"), (2, "乙", "2"), (3, "丙", "3")]
        assert source.remarks == ()


def test_the_digest_is_of_all_parts(parts):
    (source,) = open_sources([parts("一", TWO)])
    changed = {**TWO, "part-00001-x.snappy.parquet": "SELECT '丁' AS 名称, 3 AS n"}
    (other,) = open_sources([parts("二", changed)])
    assert len({source.digest, other.digest}) == 2
    assert source.size > 0


def test_parts_in_an_archive(parts, tmp_path, load):
    folder = parts("实施清单", TWO)
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as packed:
        for path in folder.iterdir():
            packed.write(path, f"数据/实施清单/{path.name}")
    (source,) = open_sources([tmp_path / "包.zip"])
    assert source.file == "包.zip / 数据/实施清单"
    assert [row[1] for row in load(source)] == ["甲", "乙", "丙"]


def test_unlike_columns(parts, refused):
    unlike = {**TWO, "part-00001-x.snappy.parquet": "SELECT '丙' AS 名称, 'x' AS n, 1 AS m"}
    error = refused(parts("表", unlike), "GJ-I154")
    assert error.cause == "不一致的列：n INTEGER、n VARCHAR、m INTEGER"


def test_a_table_parted_by_values(parts, refused):
    folder = parts("表", {"年=2024/part-0.parquet": TWO["part-00001-x.snappy.parquet"]})
    assert "年=2024" in refused(folder, "GJ-I145").message
    refused(folder.parent, "GJ-I145")


def test_files_of_other_names_are_tables_of_their_own(parts):
    folder = parts("导出", {"甲.parquet": "SELECT 1 AS x, 2 AS y", "乙.parquet": "SELECT 1 AS x"}, done=False)
    assert [source.file for source in open_sources([folder])] == ["乙.parquet", "甲.parquet"]


def test_an_unfinished_part(parts, refused):
    folder = parts("表", TWO)
    (folder / "part-00002.parquet").touch()
    assert refused(folder, "GJ-I105").place.file.endswith("part-00002.parquet")


def test_flipped_bytes(parts, load):
    folder = parts("表", {"甲.parquet": "SELECT range AS n, 'x' || range AS t FROM range(300)"}, done=False)
    path = folder / "甲.parquet"
    whole = path.read_bytes()
    chance = random.Random(11)  # noqa: S311 -- the same each time
    refused = 0
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(
            content[: chance.choice([len(content), len(content), chance.randrange(len(content))])]
        )
        refused += 1
        with contextlib.suppress(InputError):
            (source,) = open_sources([path])
            load(source)
            refused -= 1
    assert refused > 20
