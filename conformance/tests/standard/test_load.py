"""A standard's folder to an edition: schema faults with lines, code lists, digests, lookup by name."""

from __future__ import annotations

import json
import shutil

import pytest

from guiju.content import Pack, find_packs, own_pack
from guiju.errors import InputError, StandardError
from guiju.standard import decode
from guiju.standard.edition import canonical, digests
from guiju.standard.load import crosswalk, load, load_edition, load_from


@pytest.fixture
def pack(tmp_path):
    """A copy of our own pack that a test may break."""
    own = own_pack()
    shutil.copytree(own.standards, tmp_path / "standards")
    shutil.copytree(own.features, tmp_path / "features")
    return Pack(tmp_path)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_found_by_id_and_by_title():
    packs = find_packs()
    assert load(packs, "item-management").id == load(packs, "政务服务事项管理").id == "item-management"
    with pytest.raises(InputError, match="GJ-I303"):
        load(packs, "nothing-like-it")


def test_schema_faults_are_told_together_with_lines(pack):
    path = pack.standards / "item-management" / "standard.yaml"
    edit(path, "prefix: IM", "prefix: IM\ncolour: red")
    edit(path, "id: item-management", "id: Item Management")
    with pytest.raises(StandardError) as caught:
        load_from(pack, "item-management")
    told = str(caught.value)
    assert "不认识的键 colour" in told
    assert "写法不对" in told
    assert "standards/item-management/standard.yaml 第" in told


def test_missing_code_list_is_told(pack):
    (pack.standards / "codelists" / "item-type.csv").unlink()
    with pytest.raises(StandardError, match="GJ-S120"):
        load_from(pack, "item-management")


def test_duplicate_code_and_wrong_heading_are_told(pack):
    path = pack.standards / "codelists" / "item-type.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(StandardError, match="GJ-S122"):
        load_from(pack, "item-management")
    path.write_text("\n".join(["a,b", *lines[1:]]) + "\n", encoding="utf-8")
    with pytest.raises(StandardError, match="GJ-S121"):
        load_from(pack, "item-management")


def test_digests_tell_text_from_judging():
    document = json.loads(json.dumps(load(find_packs(), "item-management").document))
    judging, text = digests(document)
    document["requirements"][0]["remedy"] += "。"
    assert digests(document)[0] == judging
    assert digests(document)[1] != text
    document["requirements"][0]["tolerance"] = {"share": "0.5"}
    assert digests(document)[0] != judging


def test_an_edition_document_says_everything(tmp_path):
    standard = load(find_packs(), "item-management")
    path = tmp_path / "edition.json"
    path.write_bytes(canonical(standard.document))
    again = load_edition(path)
    assert again.published
    assert again.requirements == standard.requirements
    assert again.datasets == standard.datasets
    assert (again.judging_digest, again.text_digest) == (standard.judging_digest, standard.text_digest)
    assert canonical(again.document) == path.read_bytes()


def test_crosswalk_of_a_region():
    walk = crosswalk(find_packs(), "item-type", "guangdong")
    assert walk.pairs["20"] == "10"
    assert walk.pairs["21"] == "20"
    with pytest.raises(StandardError, match="GJ-S123"):
        crosswalk(find_packs(), "item-type", "nobody")


def test_recalled_sources_make_advice():
    item = {
        "id": "TT-001",
        "name": "x",
        "clause": "4",
        "modality": "shall",
        "text": "应。",
        "basis": "law",
        "remedy": "改",
        "source": [{"document": "某法", "at": "", "mark": "recalled"}],
        "check": {"kind": "declared", "question": "?"},
    }
    assert decode.requirement(item).advisory
    item["source"].append({"document": "某法", "at": "一", "mark": "verified"})
    assert not decode.requirement(item).advisory
    assert not decode.requirement({**item, "basis": "practice"}).advisory


def test_a_published_edition_is_run_by_its_version(pack):
    standard = load([pack], "item-management")
    editions = pack.standards / "editions"
    editions.mkdir(exist_ok=True)
    (editions / f"item-management-{standard.version}.json").write_bytes(canonical(standard.document))
    found = load([pack], f"item-management@{standard.version}")
    assert found.published
    assert found.judging_digest == standard.judging_digest
    with pytest.raises(InputError):
        load([pack], "item-management@9.9.9")
