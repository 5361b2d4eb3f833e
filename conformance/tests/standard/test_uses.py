"""Datasets of another standard, used by name: defined once, compiled in, and refused in words."""

from __future__ import annotations

import json
import shutil

import pytest

from guiju.content import Pack, own_pack
from guiju.errors import StandardErrors
from guiju.standard import load as loading
from guiju.standard.load import load_from
from guiju_tools.lint import lint

USES = "\nuses:\n  - {standard: %s, datasets: [%s]}\n"


@pytest.fixture
def pack(tmp_path):
    """The hotline's standard and that of centers, to be written into."""
    own = own_pack()
    for name in ("standards", "features"):
        shutil.copytree(own.root / name, tmp_path / name, ignore=shutil.ignore_patterns("editions"))
    for folder in (tmp_path / "standards", tmp_path / "features"):
        for other in folder.iterdir():
            if other.is_dir() and other.name not in ("hotline-operation", "center-construction", "codelists"):
                shutil.rmtree(other)
    for path in (tmp_path / "standards").glob("*/standard.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.split("\nuses:")[0] if "\nuses:" in text else text, encoding="utf-8")
    return Pack(tmp_path)


def use(pack, standard, owner, names):
    path = pack.standards / standard / "standard.yaml"
    path.write_text(path.read_text(encoding="utf-8") + USES % (owner, names), encoding="utf-8")


def test_a_used_dataset_is_part_of_the_edition_with_its_code_lists(pack):
    before = load_from(pack, "center-construction")
    use(pack, "center-construction", "hotline-operation", "ticket")
    standard = load_from(pack, "center-construction")
    assert standard.datasets["ticket"] == load_from(pack, "hotline-operation").datasets["ticket"]
    assert set(standard.codelists) > set(before.codelists)
    assert standard.judging_digest != before.judging_digest
    assert "ticket" in json.loads(json.dumps(standard.document))["datasets"], "the edition stands by itself"


def test_two_standards_may_use_each_others_datasets(pack):
    use(pack, "center-construction", "hotline-operation", "ticket")
    use(pack, "hotline-operation", "center-construction", "queue-ticket")
    assert "queue-ticket" in load_from(pack, "hotline-operation").datasets
    assert "ticket" in load_from(pack, "center-construction").datasets


def test_a_change_at_the_owner_is_noticed(pack, tmp_path, monkeypatch):
    monkeypatch.setenv("GUIJU_CACHE", str(tmp_path / "cache"))
    use(pack, "center-construction", "hotline-operation", "ticket")
    before = load_from(pack, "center-construction").judging_digest
    assert load_from(pack, "center-construction").judging_digest == before
    path = pack.standards / "hotline-operation" / "datasets" / "ticket.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("x-unit: 次", "x-unit: 回", 1), encoding="utf-8")
    assert load_from(pack, "center-construction").judging_digest != before
    assert loading


@pytest.mark.parametrize(
    ("owner", "names", "code"),
    [
        ("no-such-standard", "ticket", "GJ-S150"),
        ("hotline-operation", "no-such-dataset", "GJ-S151"),
        ("center-construction", "queue-ticket", "GJ-S152"),
    ],
)
def test_what_cannot_be_used_is_told_by_both(pack, owner, names, code):
    use(pack, "center-construction", owner, names)
    with pytest.raises(StandardErrors) as raised:
        load_from(pack, "center-construction")
    assert [one.code for one in raised.value.faults] == [code]
    assert code in {one.code for one in lint(pack, "center-construction")}


def test_a_used_dataset_may_not_be_called_as_one_of_its_own(pack):
    use(pack, "center-construction", "hotline-operation", "ticket")
    copied = pack.standards / "center-construction" / "datasets" / "ticket.yaml"
    shutil.copy(pack.standards / "hotline-operation" / "datasets" / "ticket.yaml", copied)
    found = [one for one in lint(pack, "center-construction") if one.code == "GJ-S301"]
    assert len(found) == 1


def test_lint_tells_the_owners_faults_with_the_owner_only(pack):
    use(pack, "center-construction", "hotline-operation", "ticket")
    path = pack.standards / "hotline-operation" / "datasets" / "ticket.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("x-unit: 次", "x-unot: 次", 1), encoding="utf-8")
    told = [one for one in lint(pack, "center-construction") if "ticket.yaml" in str(one.place)]
    assert told == []
    assert [one for one in lint(pack, "hotline-operation") if "ticket.yaml" in str(one.place)]
