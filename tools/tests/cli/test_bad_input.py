"""Bad input: a clear message with code, place and hint, exit 2, nothing half written, no traceback."""

from __future__ import annotations

import re
import shutil

import pytest

from guiju.content import own_pack

ITEM = "item-management"
LINE = '{"task_code": "x"}\n'


def refused(done, code, *words):
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(rf"\[{code}\]", done.stderr), done.stderr
    assert "处理：" in done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


@pytest.fixture
def untouched(tmp_path):
    """Whatever the test does, no result folder may appear."""
    yield
    left = [
        path.name
        for path in tmp_path.rglob("*")
        if path.name in ("内部", "报送", "result.json", "report.html")
    ]
    assert not left


@pytest.mark.usefixtures("untouched")
class TestFiles:
    def test_empty_file(self, guiju, tmp_path):
        (tmp_path / "空.csv").write_bytes(b"")
        refused(guiju("run", ITEM, "空.csv"), "GJ-I1..", "空.csv")

    def test_text_named_xlsx(self, guiju, tmp_path):
        (tmp_path / "表.xlsx").write_text("a,b\n1,2\n", encoding="utf-8")
        refused(guiju("run", ITEM, "表.xlsx"), "GJ-I1..", "表.xlsx")

    def test_truncated_json_line(self, guiju, tmp_path):
        (tmp_path / "a.jsonl").write_text(LINE * 3 + '{"task_code": "y', encoding="utf-8")
        refused(guiju("run", ITEM, "a.jsonl"), "GJ-I1..", "a.jsonl 第4行")

    def test_missing_file(self, guiju):
        refused(guiju("run", ITEM, "没有.csv"), "GJ-I1..", "没有.csv")

    def test_unknown_suffix(self, guiju, tmp_path):
        (tmp_path / "a.docx").write_bytes(b"x")
        refused(guiju("run", ITEM, "a.docx"), "GJ-I1..", "a.docx")

    def test_columns_that_no_dataset_has(self, guiju, tmp_path):
        (tmp_path / "a.csv").write_text("甲乙,丙丁\n1,2\n", encoding="utf-8")
        refused(guiju("run", ITEM, "a.csv"), "GJ-I2..", "--mapping")


def test_gb18030_is_read(guiju, demo_files, tmp_path):
    source = next(path for path in demo_files if path.name == "实施清单.csv")
    (tmp_path / "实施清单.csv").write_bytes(source.read_text(encoding="utf-8-sig").encode("gb18030"))
    done = guiju("run", ITEM, "实施清单.csv", "--json")
    assert done.returncode in (1, 4), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("untouched")
class TestRequests:
    def test_mapping_names_missing_columns(self, guiju, tmp_path):
        (tmp_path / "a.jsonl").write_text(LINE, encoding="utf-8")
        text = "id: x\ntitle: x\ndatasets:\n  implementation-item:\n    columns: {task_code: task_cod}\n"
        (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
        refused(guiju("run", ITEM, "a.jsonl", "--mapping", "m.yaml"), "GJ-I2..", "task_cod", "task_code")

    def test_unknown_standard(self, guiju, tmp_path):
        (tmp_path / "a.jsonl").write_text(LINE, encoding="utf-8")
        refused(guiju("run", "nothing", "a.jsonl"), "GJ-I303", "item-management")

    def test_unknown_mapping_and_region(self, guiju, tmp_path):
        (tmp_path / "a.jsonl").write_text(LINE, encoding="utf-8")
        refused(guiju("run", ITEM, "a.jsonl", "--mapping", "nobody"), "GJ-I304")
        refused(guiju("run", ITEM, "a.jsonl", "--region", "999999"), "GJ-I310")
        refused(guiju("run", ITEM, "a.jsonl", "--as-of", "2024-02-30"), "GJ-I305")

    def test_folder_that_is_no_pack(self, guiju, tmp_path):
        (tmp_path / "a.jsonl").write_text(LINE, encoding="utf-8")
        refused(guiju("run", ITEM, "a.jsonl", "--pack", "."), "GJ-I302")

    def test_foreign_output_folder_is_left_alone(self, guiju, demo_files, tmp_path):
        mine = tmp_path / "结果" / "内部x"
        mine.mkdir(parents=True)
        target = tmp_path / "结果"
        shutil.move(mine, target / "资料")
        done = guiju("run", ITEM, *demo_files, "--out", target)
        assert (target / "资料").is_dir()
        assert done.returncode in (1, 2, 4)
        for path in (*target.glob("内部*"), *target.glob("报送*")):
            shutil.rmtree(path)


@pytest.mark.usefixtures("untouched")
class TestPacks:
    @pytest.fixture
    def pack(self, tmp_path):
        own = own_pack()
        shutil.copytree(own.standards, tmp_path / "pack" / "standards")
        shutil.copytree(own.features, tmp_path / "pack" / "features")
        (tmp_path / "a.jsonl").write_text(LINE, encoding="utf-8")
        return tmp_path / "pack" / "standards" / ITEM

    def test_broken_expression(self, guiju, pack):
        path = pack / "requirements" / "03-implementation-list.yaml"
        text = path.read_text(encoding="utf-8")
        assert '"promise_day <= anticipate_day"' in text
        path.write_text(
            text.replace('"promise_day <= anticipate_day"', '"promise_day <= <="'), encoding="utf-8"
        )
        refused(guiju("run", ITEM, "a.jsonl", "--pack", "pack"), "GJ-S2..", "IM-023")

    def test_duplicate_keys(self, guiju, pack):
        path = pack / "standard.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\nprefix: IM\n", encoding="utf-8")
        refused(guiju("run", ITEM, "a.jsonl", "--pack", "pack"), "GJ-S103", "standard.yaml 第")

    def test_ambiguous_scalar(self, guiju, pack):
        path = pack / "standard.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\nremark: 6.10\n", encoding="utf-8")
        refused(guiju("run", ITEM, "a.jsonl", "--pack", "pack"), "GJ-S104", "6.10")
