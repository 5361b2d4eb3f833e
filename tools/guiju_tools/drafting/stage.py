"""A copy of a pack on which changes are tried, linted and exampled, and then written, all or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from guiju.content import Pack
from guiju.errors import InputError, Place
from guiju.standard.load import load_from
from guiju.standard.model import Standard
from guiju_tools.lint import Notice, fix, lint
from guiju_tools.lint.fix import write_atomically

_PARTS = ("standards", "features")


@dataclass(frozen=True, slots=True)
class Stage:
    """The real pack, its copy, and the other packs in which things are looked up."""

    pack: Pack
    copy: Pack
    standard_id: str
    libraries: tuple[Pack, ...]

    @property
    def folder(self) -> Path:
        """The copy's folder of the standard."""
        return self.copy.standards / self.standard_id

    def standard(self) -> Standard:
        """The standard as the copy has it."""
        return load_from(self.copy, self.standard_id, (self.copy, *self.libraries))

    def read(self, path: Path) -> str:
        """A file of the copy, line ends as they are."""
        return path.read_bytes().decode("utf-8")

    def write(self, path: Path, text: str) -> None:
        """Write a file of the copy."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))

    def label(self, path: Path) -> str:
        """How messages call a file."""
        return path.relative_to(self.copy.root).as_posix()

    def renew_features(self) -> None:
        """Titles, export scenarios and missing rules, as `guiju lint --fix` does."""
        fix(self.copy, self.standard_id, self.libraries)

    def new_notices(self) -> list[Notice]:
        """What lint says of the copy and did not say of the pack as it is."""
        before = Counter(map(_kind, lint(self.pack, None, self.libraries)))
        found = []
        for notice in lint(self.copy, None, self.libraries):
            before[_kind(notice)] -= 1
            if before[_kind(notice)] < 0:
                found.append(notice)
        return found

    def broken_examples(self) -> list[str]:
        """What examples of the copy say that do not hold; those that did not hold before are left out."""
        found = _failures(self.standard(), (self.copy, *self.libraries))
        if not found:
            return []
        packs = (self.pack, *self.libraries)
        before = _failures(load_from(self.pack, self.standard_id, packs), packs)
        return [f"{name}：{said}" if said else name for name, said in found.items() if name not in before]

    def changed(self) -> list[str]:
        """The files in which the copy differs, in order."""
        return [label for label in _labels(self.copy) if _bytes(self.copy, label) != _bytes(self.pack, label)]

    def save(self) -> list[str]:
        """Write what differs into the pack; when one file cannot be written, none is changed.

        Raises:
            InputError: GJ-I470 when a file cannot be written.
        """
        labels = self.changed()
        before = {label: _bytes(self.pack, label) for label in labels}
        done: list[str] = []
        try:
            for label in labels:
                done.append(label)
                write_atomically(self.pack.root / label, self.read(self.copy.root / label))
        except OSError as fault:
            for label in done:
                _put_back(self.pack.root / label, before[label])
            raise InputError(
                "GJ-I470",
                "标准的文件写不进去，什么都没有改",
                place=Place(done[-1]),
                cause=str(fault),
                hint="请检查文件夹能否写入、文件是否被别的程序占用",
            ) from fault
        return labels


@contextmanager
def staged(pack: Pack, standard_id: str, libraries: Sequence[Pack]) -> Iterator[Stage]:
    """A copy of the pack for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="guiju-draft-") as folder:
        for part in _PARTS:
            if (pack.root / part).is_dir():
                shutil.copytree(pack.root / part, Path(folder) / part)
        others = tuple(library for library in libraries if library != pack)
        yield Stage(pack, Pack(Path(folder)), standard_id, others)


def _kind(notice: Notice) -> tuple[str, str, str, str]:
    """A remark without its line: lines move when something is added above."""
    return notice.level, notice.code, notice.message, notice.place.file


def _failures(standard: Standard, packs: Sequence[Pack]) -> dict[str, str]:
    """What does not hold, by the name of the example, with what was said against it."""
    from guiju.bdd.runner import run_examples  # noqa: PLC0415 - pytest loads slowly, and only this needs it

    if not any("@example" in text for text in standard.features.values()):
        return {}
    report = run_examples(standard, packs)
    found = {item.name: _brief(item.message) for item in report.failed}
    return {**found, report.fault: ""} if report.fault else found


def _brief(message: str) -> str:
    """What was said, without the lines of program around it."""
    lines = [line.removeprefix("E").strip() for line in message.splitlines() if line.startswith("E  ")]
    return "；".join(line.partition(": ")[2] or line for line in lines) if lines else message


def _labels(pack: Pack) -> list[str]:
    paths = [path for part in _PARTS for path in (pack.root / part).rglob("*") if path.is_file()]
    return sorted(path.relative_to(pack.root).as_posix() for path in paths)


def _bytes(pack: Pack, label: str) -> bytes | None:
    path = pack.root / label
    return path.read_bytes() if path.is_file() else None


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != content:
        path.write_bytes(content)
