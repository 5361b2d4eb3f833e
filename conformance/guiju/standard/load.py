"""From a name to a standard: a draft from its folder, or a published edition from its frozen document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from guiju.content import Pack, schema_path
from guiju.errors import InputError, Place, StandardError
from guiju.standard import decode
from guiju.standard.checked import checked
from guiju.standard.edition import digests
from guiju.standard.fields import Crosswalk
from guiju.standard.kept import kept
from guiju.standard.model import Standard
from guiju.standard.tables import read_csv

CROSSWALK_COLUMNS = ("value", "code", "label", "owner", "source")


def load(packs: Sequence[Pack], name: str) -> Standard:
    """The standard with that id, Chinese title or title fragment, from the first pack that has it.

    ``id@version`` names a published edition, read from its frozen document.

    Raises:
        InputError: GJ-I303 when no pack holds it.
        StandardError: when its files are broken.
    """
    for pack in packs:
        edition = pack.standards / "editions" / f"{name.replace('@', '-')}.json"
        if "@" in name and edition.is_file():
            return load_edition(edition)
        if name in pack.standard_ids():
            return load_from(pack, name, packs)
    known: list[str] = []
    for pack in packs:
        for standard_id in pack.standard_ids():
            title = _title(pack, standard_id)
            known.append(f"{title}（{standard_id}）")
            if name == title or (len(name) > 1 and name in title):
                return load_from(pack, standard_id, packs)
    raise InputError(
        "GJ-I303",
        f"没有名为“{name}”的标准",
        hint=f"现有：{'、'.join(known) or '无'}；用 guiju standards 查看",
    )


def load_with(packs: Sequence[Pack], requirement: str) -> Standard:
    """The standard that has a requirement of that id or name.

    Raises:
        InputError: GJ-I306 when none has.
    """
    for pack in packs:
        for standard_id in pack.standard_ids():
            standard = load_from(pack, standard_id, packs)
            if standard.requirement(requirement) is not None:
                return standard
    raise InputError("GJ-I306", f"没有要求 {requirement}", hint="请给出标识（如 IM-023）或英文短名")


def load_from(pack: Pack, standard_id: str, libraries: Sequence[Pack] = ()) -> Standard:
    """The draft of one pack, compiled from its folder."""

    def make() -> Any:
        from guiju.standard.source import read_standard  # noqa: PLC0415 - seldom needed, slow to load

        document = read_standard(pack, standard_id, libraries).document
        return [document, *digests(document)]

    document, judging, text = kept("standard", _bytes(pack, standard_id, libraries), make)
    return decode.standard(document, (judging, text), stage=stage_of(pack, standard_id))


def _bytes(pack: Pack, standard_id: str, libraries: Sequence[Pack]) -> Iterator[bytes]:
    """All that a compiled standard depends on: its files, the code lists, the schemas."""
    folder = pack.standards / standard_id
    files = [folder / "standard.yaml", *folder.glob("requirements/*.yaml"), *folder.glob("datasets/*.yaml")]
    files += (pack.features / standard_id).glob("*.feature")
    for library in (pack, *libraries):
        files += (library.standards / "codelists").glob("*.csv")
        if b"\nuses:" in (folder / "standard.yaml").read_bytes():
            files += library.standards.glob("*/datasets/*.yaml")
    files += map(schema_path, ("standard", "requirements", "dataset"))
    for path in sorted(set(files)):
        yield path.as_posix().encode()
        yield path.read_bytes()


def load_edition(path: Path) -> Standard:
    """A published edition from its frozen JSON document."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return decode.standard(document, digests(document), stage="60", published=True)


def stage_of(pack: Pack, standard_id: str) -> str:
    """The stage code ("00" to "95") of the last entry in `lifecycle.yaml`; "20" (drafting) without one."""
    path = pack.standards / standard_id / "lifecycle.yaml"
    if not path.is_file():
        return "20"
    data = checked(path, "lifecycle", path.relative_to(pack.root).as_posix())
    return str(data["entries"][-1]["stage"])


def _title(pack: Pack, standard_id: str) -> str:
    from guiju.standard import strict_yaml  # noqa: PLC0415 - names that are ids need no titles

    path = pack.standards / standard_id / "standard.yaml"
    data, _ = strict_yaml.read(path, name=path.relative_to(pack.root).as_posix())
    title = data.get("title") if isinstance(data, dict) else None
    return str(title.get("zh", "")) if isinstance(title, dict) else ""


def crosswalk(packs: Sequence[Pack], codelist: str, owner: str, region: str = "") -> Crosswalk:
    """The crosswalk file `<codelist>.<owner>.csv`, of the region first, then shared.

    Raises:
        StandardError: GJ-S123 when there is none.
    """
    for pack in packs:
        for folder in _crosswalk_folders(pack, region):
            path = folder / f"{codelist}.{owner}.csv"
            if path.is_file():
                label = path.relative_to(pack.root).as_posix()
                return _crosswalk(codelist, owner, read_csv(path, CROSSWALK_COLUMNS, label))
    raise StandardError(
        "GJ-S123",
        f"找不到代码表 {codelist} 的对照表（{owner}）",
        place=Place(f"crosswalks/{codelist}.{owner}.csv"),
        hint="请改正字段对应表中的 crosswalks，或补上该文件",
    )


def _crosswalk(codelist: str, owner: str, rows: list[tuple[int, dict[str, str]]]) -> Crosswalk:
    pairs = {row["value"]: row["code"] for _, row in rows}
    return Crosswalk(f"{codelist}.{owner}", codelist, owner, pairs, rows[0][1]["source"] if rows else "")


def _crosswalk_folders(pack: Pack, region: str) -> list[Path]:
    regional = pack.standards / "regions"
    named = [regional / region / "crosswalks"] if region else sorted(regional.glob("*/crosswalks"))
    return [*named, pack.standards / "crosswalks"]
