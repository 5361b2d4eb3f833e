"""The list of withdrawn requirements: their ids stay theirs for ever."""

from __future__ import annotations

from collections.abc import Iterator

from guiju_tools.lint.finding import Notice, error
from guiju_tools.lint.view import View


def lint_withdrawn(view: View) -> Iterator[Notice]:
    """Withdrawn ids that stand twice, have another prefix, or are those of a requirement in force."""
    if view.standard is None:
        return
    seen: set[str] = set()
    for index, entry in enumerate(view.standard.data.get("withdrawn", ())):
        place = view.standard.place("withdrawn", index)
        item = view.item(entry["id"])
        if entry["id"] in seen:
            yield error("GJ-S420", f"废止的 {entry['id']} 列了两次", place, hint="请删去一个")
        elif not entry["id"].startswith(f"{view.standard.data['prefix']}-"):
            yield error("GJ-S420", f"废止的 {entry['id']} 不是本标准的标识", place, hint="请改正标识，或删去")
        elif item is not None:
            yield error(
                "GJ-S421",
                f"{entry['id']} 已经废止，不能再用",
                item.place("id"),
                hint="请取一个没有用过的标识；没有废止的，从 standard.yaml 的 withdrawn 中删去",
            )
        seen.add(entry["id"])
