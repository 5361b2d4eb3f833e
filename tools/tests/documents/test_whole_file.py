"""A file is the old or the new one, never a part of it, and nothing is left beside it."""

from __future__ import annotations

import pytest

from guiju_tools.whole_file import beside, put


def test_a_new_file_in_a_new_folder(tmp_path):
    path = tmp_path / "报送" / "a.txt"
    assert put(path, b"new") == path
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def half_written(path):
    with beside(path) as part:
        part.write_bytes(b"ne")
        assert path.read_bytes() == b"old", "until the end it is the old one"
        raise ValueError("half")


def test_a_fault_leaves_the_old_file_and_nothing_else(tmp_path):
    path = put(tmp_path / "a.txt", b"old")
    with pytest.raises(ValueError, match="half"):
        half_written(path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_where_nothing_can_be_written_it_is_told(tmp_path):
    put(tmp_path / "a", b"a file, no folder")
    with pytest.raises(OSError):  # noqa: PT011 - which one differs by system
        put(tmp_path / "a" / "b.txt", b"")
