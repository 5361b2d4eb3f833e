"""Where results are kept: 结果/<period>/<standard>/, replaced whole, the earlier one kept as a backup."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.result import Result
from guiju.result.serial import from_json, to_json
from guiju.run.desk.definitions import FILE as DEFINITIONS
from guiju.run.desk.period import Period, is_period, period
from guiju_tools.report.folders import INTERNAL

KEPT = "kept"
"""The folder of what only comparisons read: internal, beside the report."""
SUMMARY = "summary.json"
OVERVIEW = "overview.html"
BACKUP = "（上一次）"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of all results of a desk."""

    folder: Path

    def place(self, when: Period) -> Path:
        """The folder of one period."""
        return self.folder / when.text

    def periods(self) -> list[Period]:
        """The periods that have results, the earliest first."""
        if not self.folder.is_dir():
            return []
        names = [path.name for path in self.folder.iterdir() if path.is_dir() and is_period(path.name)]
        return sorted(period(name) for name in names)

    def before(self, when: Period, most: int) -> list[Period]:
        """The last periods before one, of the same length, the earliest first."""
        return [item for item in self.periods() if item < when and item.months == when.months][-most:]

    def kept(self, when: Period, standard: str) -> Kept | None:
        """What was kept of one standard in one period; None where it was not judged then."""
        folder = self.place(when) / standard / INTERNAL / KEPT
        return Kept(when, folder) if (folder / SUMMARY).is_file() else None

    def standards(self, when: Period) -> list[str]:
        """Ids of the standards judged in a period."""
        found = self.place(when).glob(f"*/{INTERNAL}/{KEPT}/{SUMMARY}")
        return sorted(path.parents[2].name for path in found)

    @contextmanager
    def replacing(self, name: str, title: str) -> Iterator[Path]:
        """A folder to write something whole into; it takes the place of an earlier one when all went well.

        Args:
            name: the folder's name below the shelf, such as that of a period.
            title: what it is, for messages.

        Raises:
            InputError: GJ-I347 it cannot be written or put in place; nothing has changed then.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(
                prefix=".guiju-", dir=self.folder, ignore_cleanup_errors=True
            ) as temporary:
                made = Path(temporary) / "made"
                made.mkdir()
                yield made
                self._exchange(made, self.folder / name)
        except OSError as error:
            raise InputError(
                "GJ-I347",
                f"{title}写不下，没有改动原有的内容",
                place=Place(str(self.folder / name)),
                cause=error.strerror or str(error),
                hint="请关闭正打开着其中文件的程序，确认磁盘有空间、文件夹可写，再运行一次",
            ) from error

    def _exchange(self, made: Path, target: Path) -> None:
        target.parent.mkdir(exist_ok=True)
        backup = target.with_name(f"{target.name}{BACKUP}")
        older = made.parent / "older"
        if not target.exists():
            made.rename(target)
            return
        if backup.exists():
            backup.rename(older)
        try:
            target.rename(backup)
            try:
                made.rename(target)
            except OSError:
                backup.rename(target)
                raise
        except OSError:
            with suppress(OSError):
                older.rename(backup)
            raise
        shutil.rmtree(older, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run left for comparisons: a result without findings, definitions, the state of every row."""

    period: Period
    folder: Path

    def result(self) -> Result:
        """The result without its findings.

        Raises:
            InputError: GJ-I320 to GJ-I323 when it is damaged.
        """
        path = self.folder / SUMMARY
        return from_json(path.read_text(encoding="utf-8"), str(path))

    @property
    def definitions(self) -> Path:
        """The file of definitions; it may be missing."""
        return self.folder / DEFINITIONS


def write_summary(result: Result, folder: Path) -> None:
    """Write the result without its findings beside the kept rows."""
    bare = tuple(replace(item, findings=()) for item in result.requirements)
    text = to_json(replace(result, requirements=bare))
    (folder / SUMMARY).write_text(text, encoding="utf-8", newline="\n")
