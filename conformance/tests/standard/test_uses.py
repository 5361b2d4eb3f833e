"""Datasets of another standard, used by name: defined once, compiled in, and refused in words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from guiju.content import Pack
from guiju.errors import StandardErrors
from guiju.standard.load import load_from
from guiju_tools.lint import lint

USES = "uses:\n  - {standard: %s, datasets: [%s]}\nscope:"
PARTNERS = Path(__file__).resolve().parents[3] / "docs" / "examples" / "partners"
OWNER, USER = "rating-example", "service-example"
CODES = "code,label,description,valid_from,valid_to,replaced_by,owner,source\n"


@pytest.fixture
def pack(tmp_path):
    """The example pack of the documents, with a code list in the dataset that will be used."""
    shutil.copytree(PARTNERS, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "standards"
    (folder / "codelists").mkdir()
    (folder / "codelists" / "way.csv").write_text(f"{CODES}1,窗口,,,,,示例,示例\n", encoding="utf-8")
    with (folder / OWNER / "datasets" / "rating.yaml").open("a", encoding="utf-8") as file:
        file.write("  way: {title: 渠道, type: string, x-codelist: way, x-unit: 个}\n")
    return Pack(tmp_path)


def use(pack, standard, owner, names):
    path = pack.standards / standard / "standard.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("scope:", USES % (owner, names), 1), encoding="utf-8")


def test_a_used_dataset_is_part_of_the_edition_with_its_code_lists(pack):
    before = load_from(pack, USER)
    use(pack, USER, OWNER, "rating")
    standard = load_from(pack, USER)
    assert standard.datasets["rating"] == load_from(pack, OWNER).datasets["rating"]
    assert set(standard.codelists) > set(before.codelists)
    assert standard.judging_digest != before.judging_digest
    assert "rating" in json.loads(json.dumps(standard.document))["datasets"], "the edition stands by itself"


def test_two_standards_may_use_each_others_datasets(pack):
    use(pack, USER, OWNER, "rating")
    assert "case" in load_from(pack, OWNER).datasets, "as the pack has it already"
    assert "rating" in load_from(pack, USER).datasets


def test_a_change_at_the_owner_is_noticed(pack, tmp_path, monkeypatch):
    monkeypatch.setenv("GUIJU_CACHE", str(tmp_path / "cache"))
    use(pack, USER, OWNER, "rating")
    before = load_from(pack, USER).judging_digest
    assert load_from(pack, USER).judging_digest == before
    path = pack.standards / OWNER / "datasets" / "rating.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("x-unit: 个", "x-unit: 条", 1), encoding="utf-8")
    assert load_from(pack, USER).judging_digest != before


@pytest.mark.parametrize(
    ("owner", "names", "code"),
    [
        ("no-such-standard", "rating", "GJ-S150"),
        (OWNER, "no-such-dataset", "GJ-S151"),
        (USER, "case", "GJ-S152"),
    ],
)
def test_what_cannot_be_used_is_told_by_both(pack, owner, names, code):
    use(pack, USER, owner, names)
    with pytest.raises(StandardErrors) as raised:
        load_from(pack, USER)
    assert [one.code for one in raised.value.faults] == [code]
    assert code in {one.code for one in lint(pack, USER)}


def test_a_used_dataset_may_not_be_called_as_one_of_its_own(pack):
    use(pack, USER, OWNER, "rating")
    copied = pack.standards / USER / "datasets" / "rating.yaml"
    shutil.copy(pack.standards / OWNER / "datasets" / "rating.yaml", copied)
    found = [one for one in lint(pack, USER) if one.code == "GJ-S301"]
    assert len(found) == 1


def test_lint_tells_the_owners_faults_with_the_owner_only(pack):
    use(pack, USER, OWNER, "rating")
    path = pack.standards / OWNER / "datasets" / "rating.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("x-unit: 个", "x-unot: 个", 1), encoding="utf-8")
    told = [one for one in lint(pack, USER) if "rating.yaml" in str(one.place)]
    assert told == []
    assert [one for one in lint(pack, OWNER) if "rating.yaml" in str(one.place)]
