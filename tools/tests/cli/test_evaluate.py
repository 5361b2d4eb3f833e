"""`guiju evaluate`, as a committee's secretary uses it."""

from __future__ import annotations

from guiju_tools.evaluation.evaluating import TITLE
from guiju_tools.registry.store import New, open_store


def test_an_evaluation_is_written_and_its_proposals_recorded(guiju, tmp_path):
    identity = {"id": "hotline-operation", "title": "某标准", "version": "0.1.0", "judging_digest": "a" * 64}
    with open_store(str(tmp_path / "登记库.db"), make=True) as store:
        for number, region in enumerate(("990000", "990100", "990101")):
            body = {
                "region": region,
                "unit": "示例单位",
                "period": "2026-01",
                "as_of": "",
                "standards": [identity],
            }
            told = {"HO-001": {"outcome": "failed", "counts": [0, 1, 9, 0, 0]}}
            store.add([New("bundle", f"{number:064x}", {**body, "requirements": told})], "甲")
    found = guiju("evaluate", "hotline-operation", "--date", "2026-03-31", "--record")
    assert found.returncode == 0, found.stderr
    assert "建议修订：HO-001，3 份中 3 份不符合" in found.stdout
    page = (tmp_path / TITLE / f"{TITLE}.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "990100" not in page
    listed = guiju("registry", "list", "--kind", "修订建议")
    assert "hotline-operation" in listed.stdout
    again = guiju("evaluate", "hotline-operation", "--date", "2026-03-31", "--record")
    assert "登记建议 0 条" in again.stdout
    assert "前后相接" in guiju("registry", "check").stdout


def test_what_is_missing_is_told(guiju, tmp_path):
    none = guiju("evaluate", "hotline-operation")
    assert (none.returncode, "GJ-I521" in none.stderr) == (2, True)
    empty = guiju("evaluate", "hotline-operation", "--db", "")
    assert (empty.returncode, "GJ-I560" in empty.stderr) == (2, True)
    with open_store(str(tmp_path / "登记库.db"), make=True):
        pass
    (tmp_path / "占用").write_text("", encoding="utf-8")
    blocked = guiju("evaluate", "hotline-operation", "--out", "占用/评估")
    assert (blocked.returncode, "GJ-I561" in blocked.stderr) == (2, True)
