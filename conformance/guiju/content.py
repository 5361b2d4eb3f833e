"""Where packs (标准包) are found: in the wheel, in a checkout, by entry point, or in a named folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from guiju.errors import InputError, Place

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder that holds `standards/` (with `pack.yaml`) and `features/`."""

    root: Path

    @property
    def standards(self) -> Path:
        """The folder of what is required."""
        return self.root / "standards"

    @property
    def features(self) -> Path:
        """The folder of how it is examined."""
        return self.root / "features"

    def standard_ids(self) -> tuple[str, ...]:
        """Ids of the standards kept here, in order."""
        return tuple(sorted(path.parent.name for path in self.standards.glob("*/standard.yaml")))


def own_pack() -> Pack:
    """The pack that ships with the program: inside the wheel, or beside the sources in a checkout."""
    for root in (_HERE / "_content", _HERE.parent.parent):
        if (root / "standards" / "pack.yaml").is_file():
            return Pack(root)
    raise InputError(
        "GJ-I301", "找不到随程序附带的标准包", hint="请重新安装本程序，或用 --pack 指定标准包所在的文件夹"
    )


def schema_path(name: str) -> Path:
    """Where `standards/schema/<name>.schema.json` is."""
    return own_pack().standards / "schema" / f"{name}.schema.json"


def find_packs(folder: Path | None = None) -> tuple[Pack, ...]:
    """All packs, the named folder first, then entry points `guiju.packs`, then our own.

    Raises:
        InputError: GJ-I302 when the named folder is not a pack.
    """
    packs = [] if folder is None else [_named(folder)]
    return (*packs, *_registered(), own_pack())


def _named(folder: Path) -> Pack:
    if (folder / "standards" / "pack.yaml").is_file():
        return Pack(folder)
    raise InputError(
        "GJ-I302",
        "这个文件夹不是标准包",
        place=Place(str(folder)),
        cause="其中没有 standards/pack.yaml",
        hint="请指定含有 standards 与 features 两个文件夹的上级文件夹",
    )


def _registered() -> Iterator[Pack]:
    for point in entry_points(group="guiju.packs"):
        yield Pack(Path(str(point.load()())))
