"""What speaks against a bundle has its own name: content, edition, signer, unsigned, stale."""

from __future__ import annotations

import json

import pytest

from guiju.errors import InputError
from guiju_tools.bundle.archive import packed, unpacked
from guiju_tools.bundle.digests import grouped, sha256, sm3
from guiju_tools.bundle.keys import Signer, make_keys
from guiju_tools.bundle.manifest import sealed
from guiju_tools.bundle.packing import make_bundle

from .conftest import UNIT, edit


def kinds(found):
    return [fault.kind for fault in found.faults]


def resealed(members, change):
    """The manifest changed and every digest worked out anew, as somebody would who knows the format."""
    told = json.loads(members["manifest.json"])
    change(told)
    for item in told["files"]:
        content = members[item["name"]]
        item |= {"bytes": len(content), "sha256": sha256(content), "sm3": sm3(content)}
    members["manifest.json"] = sealed(told)


def test_a_bundle_as_it_was_handed_in(held, handed):
    found = held()
    assert found.whole
    assert found.bundle.manifest["region"] == "990000"
    assert found.bundle.result["masked"] is True
    assert found.bundle.signer == handed.keys.signer


def test_the_same_run_gives_the_same_bytes(handed):
    again = make_bundle(handed.run, handed.keys)
    assert make_bundle(handed.run, handed.keys) == again
    members, _ = unpacked(handed.path)
    assert "manifest.json" in members


@pytest.mark.parametrize("name", ["result.json", "report.html", "samples.json"])
def test_a_changed_file_is_named(held, altered, name):
    found = held(altered(lambda members: members.update({name: members[name] + b" "})))
    assert kinds(found) == ["content"]
    assert name in found.faults[0].text


def test_a_file_that_is_gone_or_new_is_named(held, altered):
    gone = held(altered(lambda members: members.pop("samples.json")))
    assert [fault.text for fault in gone.faults] == ["清单所列的 samples.json 不在包内"]
    new = held(altered(lambda members: members.update({"更多.txt": b""})))
    assert [fault.text for fault in new.faults] == ["包内的 更多.txt 不在清单上"]


def test_digests_worked_out_anew_do_not_fit_the_signature(held, altered):
    def better(members):
        edit(members, "result.json", lambda data: data["summary"].update(failed=0))
        resealed(members, lambda _told: None)

    assert [fault.text for fault in held(altered(better)).faults] == ["签名与清单不符"]


def test_without_a_signature_the_page_decides(held, altered, handed):
    path = altered(lambda members: members.pop("signature.json"))
    assert kinds(held(path)) == ["unsigned"]
    digest = held().bundle.digest
    assert held(path, paper=grouped(digest).upper()).whole
    assert kinds(held(path, paper="0000")) == ["content"]


def test_an_unknown_signer_and_one_of_another_unit(held, handed, tmp_path):
    assert kinds(held(signers=())) == ["signer"]
    other = make_keys(tmp_path / "密钥", "990100", "示例县政务服务局")
    path = tmp_path / "别人的.zip"
    path.write_bytes(make_bundle(handed.run, other))
    found = held(path, signers=(handed.keys.signer, other.signer))
    assert (found.whole, found.bundle.manifest["region"]) == (True, "990100")
    moved = Signer("990200", "示例区政务服务局", other.signer.key)
    found = held(path, signers=(handed.keys.signer, moved))
    assert kinds(found) == ["signer"]
    assert "990200" in found.faults[0].text


def test_another_edition(held, altered, handed):
    def numbered(version):
        def change(members):
            edit(members, "result.json", lambda data: data["standards"][0].update(version=version))
            resealed(members, lambda told: told["standards"][0].update(version=version))
            members.pop("signature.json")

        return change

    found = held(altered(numbered("9.9.9")))
    assert "edition" in kinds(found)
    assert "9.9.9" in found.faults[-1].text

    def same_number(members):
        edit(members, "result.json", lambda data: data["standards"][0].update(judging_digest="0" * 64))
        resealed(members, lambda told: told["standards"][0].update(judging_digest="0" * 64))

    found = held(altered(same_number))
    assert any(fault.kind == "edition" and "同号" in fault.text for fault in found.faults)


def test_another_period_is_stale(held):
    assert held(period="2024-03").whole
    assert kinds(held(period="2024-04")) == ["stale"]


def test_the_result_and_the_manifest_are_of_one_run(held, altered):
    def mixed(members):
        edit(members, "result.json", lambda data: data.update(as_of="2024-04-01"))
        resealed(members, lambda _told: None)
        members.pop("signature.json")

    assert "result.json 与清单所说的不是同一次核验" in [fault.text for fault in held(altered(mixed)).faults]


@pytest.mark.parametrize("content", [b"", b"x", packed({"a/b": b""}), packed({".a": b""})])
def test_what_no_bundle_could_be_is_refused(held, tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        held(path)
    assert caught.value.code == "GJ-I503"


@pytest.mark.parametrize("members", [{}, {"manifest.json": b"{}"}, {"manifest.json": b"["}])
def test_an_archive_without_a_manifest_is_told(held, tmp_path, members):
    path = tmp_path / "x.zip"
    path.write_bytes(packed(members))
    assert kinds(held(path)) == ["content"]


def test_another_unit_is_not_taken_for_this_one(handed):
    assert handed.keys.signer.unit == UNIT
