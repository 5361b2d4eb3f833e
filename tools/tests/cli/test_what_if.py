"""`guiju what-if` asks for a registry and two editions of one standard."""

from __future__ import annotations

from guiju_tools.registry.store import open_store


def test_a_registry_without_bundles_and_none(guiju, tmp_path):
    none = guiju("what-if", "item-management", "item-management")
    assert (none.returncode, "GJ-I521" in none.stderr) == (2, True)
    with open_store(str(tmp_path / "登记库.db"), make=True):
        pass
    empty = guiju("what-if", "item-management", "item-management", "--out", "预测")
    assert (empty.returncode, "没有要求受影响" in empty.stdout) == (0, True), empty.stderr
    assert "结果包 0 份" in empty.stdout
    assert (tmp_path / "预测" / "草案影响预测.html").is_file()
    (tmp_path / "占用").write_text("", encoding="utf-8")
    blocked = guiju("what-if", "item-management", "item-management", "--out", "占用/预测")
    assert (blocked.returncode, "GJ-I494" in blocked.stderr) == (2, True)
