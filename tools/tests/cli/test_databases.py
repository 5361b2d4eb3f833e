"""A database, an archive and a file give the same answers; a password is nowhere to be read."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from guiju.export import identifier
from guiju.run.request import RunRequest
from guiju_tools.cli.examine import run_info

SECRET = "not-a-real-one"  # noqa: S105 -- of no server
ADDRESS = f"postgresql://gov:{SECRET}@127.0.0.1:1/db?schema=a"


def outcomes(folder: Path) -> list[tuple[str, str, dict[str, int], list[str]]]:
    """By requirement what was said; rows of a database have other numbers than those of a file."""
    result = json.loads((folder / "内部" / "result.json").read_text(encoding="utf-8"))
    return [
        (item["id"], item["outcome"], item["counts"], sorted(one["key"] for one in item["findings"]))
        for item in result["requirements"]
    ]


def as_database(files: list[Path], path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        for file in files:
            with file.open(encoding="utf-8-sig", newline="") as text:
                head, *rows = csv.reader(text)
            columns = ", ".join(map(identifier, head))
            con.execute(f"CREATE TABLE {identifier(file.stem)} ({columns})")
            con.executemany(f"INSERT INTO {identifier(file.stem)} VALUES ({','.join('?' * len(head))})", rows)
        con.commit()


def test_the_same_answers(guiju, demo_files, tmp_path):
    as_database(demo_files, tmp_path / "数据.db")
    with zipfile.ZipFile(tmp_path / "包.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in demo_files:
            archive.write(file, f"2024/{file.name}")
    told = {}
    for name, given in {"文件": demo_files, "库": ["数据.db"], "包": ["包.zip"]}.items():
        done = guiju("run", "item-management", *given, "--region", "990000", "--out", name)
        assert done.returncode == 1, done.stderr
        told[name] = outcomes(tmp_path / name)
    assert told["文件"] == told["库"] == told["包"]
    result = json.loads((tmp_path / "包" / "内部" / "result.json").read_text(encoding="utf-8"))
    (part,) = result["inputs"][0]["parts"]
    assert part["name"].startswith("包.zip / 2024/")
    assert len({part["sha256"], part["archive_sha256"]} - {""}) == 2


def test_no_password_is_told(guiju):
    done = guiju("run", "item-management", ADDRESS)
    assert done.returncode == 2
    assert SECRET not in done.stdout + done.stderr
    assert "GJ-I157" in done.stderr
    assert "postgresql://gov:***@127.0.0.1:1/db" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_password_is_kept():
    told = run_info(RunRequest("item-management", (ADDRESS, Path("a.csv"))), 1)
    assert told["exports"] == ["postgresql://gov:***@127.0.0.1:1/db?schema=a", str(Path("a.csv").resolve())]
