"""A file that cannot be read is told, and does not hide what is wrong with the others."""

from __future__ import annotations

import pytest

HOME = "standards/window-service"
STANDARD = f"{HOME}/standard.yaml"
LIMITS = f"{HOME}/requirements/01-limits.yaml"
QUALITY = f"{HOME}/requirements/02-quality.yaml"
CASE = f"{HOME}/datasets/case.yaml"
PROFILE = "standards/regions/990000/profile.yaml"


def test_a_broken_file_does_not_hide_the_others(bench):
    bench.write(CASE, "title: [")
    bench.change(QUALITY, "窗口应设置标识。", "窗口必须设置标识。")
    found = bench.lint()
    assert [notice.code for notice in found if notice.place.file == CASE] == ["GJ-S102"]
    assert [notice.code for notice in found if notice.place.file == QUALITY] == ["GJ-S343", "GJ-S346"]
    assert not [notice for notice in found if notice.code == "GJ-S372"], (
        "a broken dataset is not an unknown one"
    )


@pytest.mark.parametrize(
    "label", [STANDARD, LIMITS, CASE, "standards/pack.yaml", PROFILE, f"{HOME}/lifecycle.yaml"]
)
def test_any_file_may_be_broken(bench, label):
    bench.write(label, "- [")
    found = bench.lint()
    assert "GJ-S102" in {notice.code for notice in found}
    assert {notice.code[:5] for notice in found} <= {"GJ-S1", "GJ-S3"}
