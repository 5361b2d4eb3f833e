"""What was worked out before is used again only for the same bytes; nothing kept can break a run."""

import json

import pytest

from guiju.errors import StandardErrors
from guiju.standard.checked import checked
from guiju.standard.kept import ENTRIES, FOLDER_VARIABLE, kept


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def made():
    calls = []

    def make():
        calls.append(1)
        return {"times": len(calls), "pair": [1, None]}

    return make


def test_the_same_bytes_are_worked_out_once(folder, made):
    first = kept("a", [b"x", b"y"], made)
    assert kept("a", [b"x", b"y"], made) == first
    assert kept("a", [b"xy"], made) != first
    assert kept("b", [b"x", b"y"], made) != first
    assert len(list(folder.glob("*.json"))) == 3


def test_first_and_later_values_are_alike(folder):
    assert kept("a", [], lambda: {"set": (1, 2)}) == kept("a", [], lambda: None) == {"set": [1, 2]}


def test_a_damaged_entry_is_worked_out_again(folder, made):
    kept("a", [], made)
    (entry,) = folder.glob("*.json")
    entry.write_text('{"times": ', encoding="utf-8")
    assert kept("a", [], made)["times"] == 2
    assert json.loads(entry.read_text(encoding="utf-8"))["times"] == 2


def test_a_folder_that_cannot_be_used_only_costs_time(tmp_path, monkeypatch, made):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file" / "below"))
    assert [kept("a", [], made)["times"], kept("a", [], made)["times"]] == [1, 2]
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    assert kept("a", [], made)["times"] == 3


def test_old_entries_go(folder, made):
    for number in range(ENTRIES + 3):
        kept("a", [str(number).encode()], made)
    assert len(list(folder.glob("*.json"))) == ENTRIES


def test_a_file_with_faults_is_told_each_time(folder, tmp_path):
    path = tmp_path / "profile.yaml"
    path.write_text("id: x\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(StandardErrors):
            checked(path, "profile", "profile.yaml")
    assert not list(folder.glob("*.json"))
