"""A confirmed reading added to `region.yaml`; its comments stay as they are."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.run.desk.mappings import mapping_digest
from guiju.run.desk.workspace import FILE, Workspace, read_workspace
from guiju.standard.load import load

DIGITS = 16


def confirm_reading(workspace: Workspace, requirement: str, by: str, reason: str, day: date) -> None:
    """Add a confirmation for the mapping and the edition that hold now, in place of an earlier one.

    Raises:
        InputError: GJ-I382 no standard of the desk has the requirement; GJ-I383 it cannot be written.
    """
    pack = Path(workspace.resolved(workspace.pack)) if workspace.pack else None
    packs = find_packs(pack)
    standards = [load(packs, name) for name in workspace.standards]
    found = next((item for item in standards if item.requirement(requirement)), None)
    if found is None:
        titles = "、".join(item.title for item in standards)
        raise InputError(
            "GJ-I382",
            f"没有要求 {requirement}",
            place=workspace.place("confirmed"),
            cause=f"工作台上的标准：{titles}",
            hint="请写要求的标识，如 IM-023",
        )
    mapping = mapping_digest(packs, workspace.mappings())
    entry = {
        "requirement": requirement,
        "by": by,
        "date": day.isoformat(),
        "reason": reason,
        "mapping": mapping[:DIGITS],
        "edition": found.judging_digest[:DIGITS],
    }
    _write(workspace.folder / FILE, entry)


def _write(path: Path, entry: dict[str, str]) -> None:
    from ruamel.yaml import YAML  # noqa: PLC0415 - slow to import, and seldom needed
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted  # noqa: PLC0415 - as above

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(path.read_text(encoding="utf-8"))
    kept = [item for item in data.get("confirmed") or [] if item["requirement"] != entry["requirement"]]
    data["confirmed"] = [*kept, {name: Quoted(value) for name, value in entry.items()}]
    text = io.StringIO()
    yaml.dump(data, text)
    try:
        with tempfile.TemporaryDirectory(prefix=".guiju-", dir=path.parent) as temporary:
            made = Path(temporary) / path.name
            made.write_text(text.getvalue(), encoding="utf-8", newline="\n")
            read_workspace(made)
            made.replace(path)
    except OSError as error:
        raise InputError(
            "GJ-I383",
            "确认写不进 region.yaml",
            place=Place(str(path)),
            cause=error.strerror or str(error),
            hint="请关闭正打开它的程序，确认文件可写",
        ) from error
