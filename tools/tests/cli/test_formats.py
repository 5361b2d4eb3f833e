"""The same rows as CSV, JSON Lines, JSON, Excel and Parquet get the same outcomes, counts and rows."""

from __future__ import annotations

import csv
import json
import shutil

import duckdb
import pytest
from openpyxl import Workbook

from guiju.content import own_pack
from guiju.run.judging import run
from guiju.run.request import RunRequest

FIRST_ROW = {"csv": 2, "gb.csv": 2, "xlsx": 2, "jsonl": 1, "json": 1, "parquet": 1}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_xlsx(path, rows):
    book = Workbook()
    sheet = book.active
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([value or None for value in row.values()])
    book.save(path)


def write_json(path, rows):
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def write_jsonl(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_parquet(path, rows):
    source = path.with_suffix(".all.json")
    write_json(source, rows)
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT * FROM read_json('{source}', format = 'array')) TO '{path}' (FORMAT parquet)"
        )
    source.unlink()


def write_gb18030(path, rows):
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


WRITERS = {
    "xlsx": write_xlsx,
    "json": write_json,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "gb.csv": write_gb18030,
}


def told(files, first):
    result, _ = run(RunRequest("item-management", tuple(files), region="990000"))
    return [
        (item.id, item.outcome, item.counts, [finding.row - first for finding in item.findings])
        for item in result.requirements
    ]


@pytest.mark.parametrize("kind", WRITERS)
def test_same_answers(demo_files, tmp_path, kind):
    files = []
    for path in demo_files:
        target = tmp_path / f"{path.stem}.{kind}"
        WRITERS[kind](target, rows_of(path))
        files.append(target)
    assert told(files, FIRST_ROW[kind]) == told(demo_files, FIRST_ROW["csv"])


def test_a_folder_is_all_its_files(demo_files, tmp_path):
    for path in demo_files:
        shutil.copy(path, tmp_path)
    assert told([tmp_path], 2) == told(demo_files, 2)


def test_a_pack_folder_is_a_pack(guiju, tmp_path, demo_files):
    shutil.copytree(own_pack().standards, tmp_path / "本省" / "standards")
    shutil.copytree(own_pack().features, tmp_path / "本省" / "features")
    assert guiju("selftest", "--pack", "本省").returncode == 0
    assert guiju("lint", "--pack", "本省").returncode == 0
    done = guiju("run", "item-management", *demo_files, "--pack", "本省", "--json")
    assert json.loads(done.stdout)["exit_code"] == 1
