"""What the records of a JSON file are made of: headings, objects within them, arrays of objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str, ...]
"""Keys from a record inwards."""

_DEEPEST = 6
_MOST = 2000
"""Objects with very many keys are maps; they are not taken apart any more."""
_LEVELS = 2
"""Arrays within arrays that are not read need not be known any better."""
_UNCLEAR = "JSON"


@dataclass(slots=True)
class Shape:
    """Every path that was met, arrays of objects by path, and paths that hold what is neither.

    `level` counts the arrays around it.
    """

    keys: dict[Path, None] = field(default_factory=dict)
    arrays: dict[Path, Shape] = field(default_factory=dict)
    objects: set[Path] = field(default_factory=set)
    others: set[Path] = field(default_factory=set)
    level: int = 0

    def add(self, record: Mapping[str, Any], path: Path = ()) -> None:
        """Take in one record, or an object within it."""
        for key, value in record.items():
            self._take((*path, key), value)

    def _take(self, path: Path, value: Any) -> None:
        self.keys.setdefault(path)
        if isinstance(value, dict):
            self.objects.add(path)
            if len(path) < _DEEPEST and len(self.keys) < _MOST:
                self.add(value, path)
        elif any(elements := objects_of(value)):
            child = self.arrays.setdefault(path, Shape(level=self.level + 1))
            for element in elements if child.level < _LEVELS else ():
                child.add(element)
        elif value not in (None, "", []):
            self.others.add(path)

    def children(self) -> Iterator[tuple[Path, Shape]]:
        """Arrays of objects, with what single objects in their place have."""
        for path, child in self.arrays.items():
            if not any(path[:length] in self.arrays for length in range(1, len(path))):
                size = len(path)
                inner = [key[size:] for key in self.keys if key[:size] == path and len(key) > size]
                child.keys |= dict.fromkeys(inner)
                yield path, child

    def headings(self) -> dict[str, Path]:
        """Path by heading: objects keep theirs beside those of their keys, arrays of objects have none."""
        shown = [path for path in self.keys if self._stays(path)]
        own = {path[0] for path in shown if len(path) == 1}
        found: dict[str, Path] = {}
        for path in shown:
            heading = heading_of(path)
            if len(path) == 1 or heading not in own:
                found.setdefault(heading, path)
        return found

    def is_scalar(self, path: Path) -> bool:
        """Whether the values at a path are texts, numbers or arrays of them, as far as is known."""
        return path not in self.objects and path not in self.arrays

    def _stays(self, path: Path) -> bool:
        if any(path[:length] in self.arrays for length in range(1, len(path))):
            return False
        return path not in self.arrays or path in self.others


def heading_of(path: Path) -> str:
    """How a path is called."""
    return ".".join(path)


def objects_of(value: Any) -> list[Any]:
    """The elements of an array of objects (null among them); nothing for any other value."""
    if not isinstance(value, list) or not all(item is None or isinstance(item, dict) for item in value):
        return []
    return [item for item in value if item is not None]


def index_like(paths: Iterable[Path]) -> bool:
    """Whether a key looks like the number of an element, as which DuckDB may take it."""
    return any(key.isdigit() for path in paths if len(path) > 1 for key in path)


def within(record: Any, path: Path) -> Any:
    """What a record has at a path; None where it has nothing."""
    for key in path:
        if not isinstance(record, dict):
            return None
        record = record.get(key)
    return record


def sample_of(structure: Any) -> Any:
    """A record such as DuckDB's account of a structure describes.

    Raises:
        ValueError: values of several kinds stand in one place, so that the account does not tell.
    """
    if isinstance(structure, dict):
        return {key: sample_of(structure[key]) for key in sorted(structure)}
    if isinstance(structure, list):
        return [item for item in map(sample_of, structure) if item is not None]
    if structure == _UNCLEAR:
        raise ValueError(structure)
    return None if structure == "NULL" else structure
