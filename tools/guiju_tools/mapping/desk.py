"""What `guiju map` does: look, propose, write; and bring a filled-in workbook back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.content import Pack, find_packs
from guiju.errors import InputError, Place
from guiju.export import Held, Mapping_, Reading, known_words, open_sources, read_mapping
from guiju.export.recognition.mapping import made
from guiju.export.recognition.mapping_book import is_book, read_book
from guiju.export.recognition.mapping_form import BOOKS
from guiju.export.recognition.unfit import check_names
from guiju.run.prepare import find_mapping, readings
from guiju.standard.load import load
from guiju.standard.model import Standard
from guiju_tools.mapping.book import write_book
from guiju_tools.mapping.candidates import Means
from guiju_tools.mapping.facts import TableFacts, look
from guiju_tools.mapping.proposal import Proposals
from guiju_tools.mapping.propose import propose
from guiju_tools.mapping.returned import with_notes
from guiju_tools.mapping.yaml_text import yaml_text
from guiju_tools.whole_file import put


@dataclass(frozen=True, slots=True)
class MapRequest:
    """What is to be mapped, against which standard, and where the mapping is written.

    `mapping` is an earlier one whose decisions are kept; empty for the one that stands at `out`, if any.
    `dataset` is what all tables are, where they cannot be recognised: its id, title or alias.
    """

    exports: tuple[Path | str, ...]
    standard: str
    out: Path
    mapping: str = ""
    region: str = ""
    pack: Path | None = None
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and what is in them."""

    files: tuple[Path, ...]
    proposals: Proposals


def make_mapping(request: MapRequest) -> Written:
    """Propose a mapping and write it twice: as YAML and as a workbook.

    Raises:
        InputError: GJ-I212 no table looks like a dataset; GJ-I216 no such dataset; GJ-I213 the workbook at
            `out` holds answers that the YAML file there does not; and what reading exports and mappings
            raises.
    """
    packs = find_packs(request.pack)
    standard = load(packs, request.standard)
    old = find_mapping(packs, request.mapping) if request.mapping else _standing(request.out)
    if old:
        check_names(old, standard.datasets)
    words = known_words(standard.datasets, old)
    sources = open_sources(request.exports, words)
    tables = []
    for source in sources:
        tables.append(look(source, words))
        if isinstance(source, Held):
            source.release()
    only = _dataset(standard, request.dataset)
    means = Means(standard, _readings(standard, old, packs, request.region), old, only)
    proposals = propose(tables, means, _id(request), f"{standard.title}的字段对应")
    if not any(item.tables for item in proposals.datasets):
        raise _nothing(tables, standard)
    return Written(_write(proposals, standard, request.out), proposals)


def apply_book(path: Path, out: Path | None, standard: str, pack: Path | None) -> Written:
    """Write a filled-in workbook back as YAML (and as a workbook with nothing else changed).

    Raises:
        InputError: GJ-I210, GJ-I211 as `read_book`; GJ-I202 unknown names.
    """
    mapping = made(read_book(path), str(path))
    named = standard or mapping.standard
    loaded = load(find_packs(pack), named)
    check_names(mapping, loaded.datasets)
    bare = propose([], Means(loaded, {}, mapping), mapping.id, mapping.title)
    proposals = with_notes(bare, path)
    target = out or path.with_suffix(".yaml")
    _put(target, yaml_text(proposals).encode())
    return Written((target,), proposals)


def _standing(out: Path) -> Mapping_ | None:
    """The mapping that was written before: the YAML file, or the workbook where there is no other."""
    told, book = (out if out.is_file() else None), out.with_suffix(BOOKS[0])
    if not (book.is_file() and is_book(book)):
        return read_mapping(told) if told else None
    answered = read_mapping(book)
    if told is None:
        return answered
    kept = read_mapping(told)
    if kept.datasets != answered.datasets:
        raise InputError(
            "GJ-I213",
            "工作簿和 .yaml 文件里的字段对应不一样",
            place=Place(str(book)),
            cause=f"两者都在：{out.name}、{book.name}",
            hint=f"以工作簿为准就先运行 guiju map {book.name} --apply，以 .yaml 为准就先删去工作簿",
        )
    return kept


def _readings(
    standard: Standard, old: Mapping_ | None, packs: Sequence[Pack], region: str
) -> Mapping[str, Mapping[str, Reading]]:
    return {
        name: readings(standard, dataset, old, packs, region).by_field
        for name, dataset in standard.datasets.items()
    }


def _dataset(standard: Standard, named: str) -> str:
    """The id of the dataset of that id, title or alias; empty for an empty name."""
    if not named:
        return ""
    for name, item in standard.datasets.items():
        if named in (name, item.title, *item.aliases):
            return name
    titles = "、".join(f"{item.title}（{name}）" for name, item in standard.datasets.items())
    raise InputError("GJ-I216", f"“{standard.title}”没有数据集“{named}”", hint=f"现有：{titles}")


def _id(request: MapRequest) -> str:
    stem = request.out.stem.casefold()
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in stem).strip("-")
    return plain if plain and plain[0].isalpha() and "--" not in plain else "my-mapping"


def _nothing(tables: Sequence[TableFacts], standard: Standard) -> InputError:
    seen = "；".join(
        f"{table.label}：{'、'.join(column.heading for column in table.columns[:20])}" for table in tables
    )
    return InputError(
        "GJ-I212",
        f"没有一张表像“{standard.title}”的数据集",
        cause=f"所见的列：{seen}",
        hint="请核对 --standard 选得对不对、标题行找得对不对；知道是哪个数据集的，用 --dataset 写明",
    )


def _write(proposals: Proposals, standard: Standard, out: Path) -> tuple[Path, ...]:
    """Write both files, each whole or not at all; what was written is read back first."""
    book = out.with_suffix(BOOKS[0])
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        drafts = Path(folder) / "mapping.yaml", Path(folder) / "mapping.xlsx"
        drafts[0].write_text(yaml_text(proposals), encoding="utf-8", newline="\n")
        write_book(proposals, standard.datasets, drafts[1])
        for draft in drafts:
            check_names(read_mapping(draft), standard.datasets)
        contents = [draft.read_bytes() for draft in drafts]
    for path, content in zip((out, book), contents, strict=True):
        _put(path, content)
    return out, book


def _put(path: Path, content: bytes) -> None:
    """Put a file in its place, whole or not at all.

    Raises:
        InputError: GJ-I214 where that is not possible.
    """
    try:
        put(path, content)
    except OSError as error:
        raise InputError(
            "GJ-I214",
            "字段对应表不能写出",
            place=Place(str(path)),
            cause=error.strerror or str(error),
            hint="请检查写入权限，并关闭正在打开它的程序",
        ) from error
