"""Private folders: gone when they are not used, and what is told when there is no room."""

import errno
import gc

import pytest

from guiju.errors import InputError
from guiju.export.private import Budget, made_or_gone, private_folder, room_for


def test_gone_when_nothing_needs_it():
    folder = private_folder()
    path = folder.path
    assert path.is_dir()
    del folder
    gc.collect()
    assert not path.exists()


def test_emptied_at_once_where_filling_it_fails():
    def filling():
        with made_or_gone() as folder:
            kept.append(folder.path)
            (folder.path / "a").write_text("x")
            raise KeyError

    kept = []
    with pytest.raises(KeyError):
        filling()
    assert not kept[0].exists()


def test_a_full_disk(tmp_path):
    with pytest.raises(InputError) as caught, room_for(tmp_path / "a"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.code == "GJ-I142"
    assert caught.value.cause.startswith("No space left on device；还剩")


@pytest.mark.parametrize(("size", "left"), [(10, 256 << 20), (2 << 20, 400 << 20)])
def test_a_budget_by_the_size_of_the_delivery(tmp_path, size, left):
    path = tmp_path / "a"
    path.write_bytes(b"\0" * size)
    budget = Budget.of(path)
    assert budget.left == left
    budget.spend(left)
    with pytest.raises(InputError, match="异常大"):
        budget.spend(1)
