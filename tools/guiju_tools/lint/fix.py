"""`guiju lint --fix`: renews what is generated in the feature files of a pack."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from guiju.content import Pack
from guiju.errors import StandardError
from guiju_tools.lint.features import read_features, tagged_ids
from guiju_tools.lint.generated import Wanted, wanted
from guiju_tools.lint.renew import new_file, renew
from guiju_tools.lint.view import View, read_view


def fix(pack: Pack, standard_id: str | None = None, libraries: Sequence[Pack] = ()) -> list[str]:
    """Renew rule titles, export scenarios, missing rules and the order of rules in a pack's features.

    Nothing else is changed: examples, comments and blank lines stay. A standard whose requirements cannot be
    read, and a file that is no Gherkin, stay as they are; `lint` tells of them.

    Returns:
        The labels of the files that were changed or made, in order.
    """
    ids = pack.standard_ids() if standard_id is None else (standard_id,)
    return [label for name in ids for label in _fix_standard(pack, name, libraries)]


def _fix_standard(pack: Pack, standard_id: str, libraries: Sequence[Pack]) -> Iterator[str]:
    view, _ = read_view(pack, standard_id, libraries)
    features, _ = read_features(view)
    if not view.complete:
        return
    listed = [one for item in view.items if item.model.on_data and (one := wanted(view, item)) is not None]
    tagged = tagged_ids(features)
    readable = len(features) == len(view.features)  # a rule may stand in the file that cannot be read
    missing = _by_chapter(view, [one for one in listed if readable and one.id not in tagged])
    folder = pack.features / standard_id
    for path in sorted({*view.features, *(folder / f"{chapter}.feature" for chapter in missing)}):
        if _fix_file(view, path, listed, missing.get(path.stem, [])):
            yield view.label_of(path)


def _by_chapter(view: View, missing: Sequence[Wanted]) -> dict[str, list[Wanted]]:
    chapters: dict[str, list[Wanted]] = {}
    for one in missing:
        item = view.item(one.id)
        if item is not None:
            chapters.setdefault(item.chapter, []).append(one)
    return chapters


def _fix_file(view: View, path: Path, listed: Sequence[Wanted], missing: Sequence[Wanted]) -> bool:
    try:
        old = path.read_bytes().decode("utf-8") if path.is_file() else None
        new = renew(new_file(_chapter_title(view, missing)) if old is None else old, listed, missing)
    except (OSError, UnicodeDecodeError, StandardError):
        return False
    if new == old:
        return False
    write_atomically(path, new)
    return True


def _chapter_title(view: View, missing: Sequence[Wanted]) -> str:
    """Number and title of the chapter in which the first of the rules stands."""
    chapter = missing[0].title.partition(".")[0]
    clauses = [] if view.standard is None else view.standard.data["clauses"]
    titles = [clause["title"] for clause in clauses if clause["number"] == chapter]
    return f"{chapter} {titles[0]}" if titles else view.id


def write_atomically(path: Path, text: str) -> None:
    """Write a text as UTF-8, its line ends as they are; the file is the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        if path.exists():
            Path(name).chmod(path.stat().st_mode)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
