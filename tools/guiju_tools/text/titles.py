"""The titles of the standards in the packs, as one standard cites another."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.content import Pack
from guiju.errors import StandardError
from guiju.standard import strict_yaml


def titles_of(packs: Sequence[Pack]) -> dict[str, str]:
    """Titles in book marks by id, the first pack winning; a file that cannot be read has none."""
    found: dict[str, str] = {}
    for pack in packs:
        for name in pack.standard_ids():
            if name not in found and (title := _title(pack, name)):
                found[name] = f"《{title}》"
    return found


def _title(pack: Pack, standard_id: str) -> str:
    try:
        data, _ = strict_yaml.read(pack.standards / standard_id / "standard.yaml")
    except StandardError:
        return ""
    title = data.get("title") if isinstance(data, dict) else None
    return str(title.get("zh", "")) if isinstance(title, dict) else ""
