"""What a run stood on besides the data, by digest: calendars, profile, mapping, code lists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from guiju.content import Pack, find_packs
from guiju.run.desk.mappings import mapping_digest
from guiju.run.request import RunRequest
from guiju.standard import strict_yaml
from guiju.standard.edition import canonical
from guiju.standard.model import Standard


def used(request: RunRequest, standard: Standard) -> dict[str, Any]:
    """Digests (SHA-256, hex) by name: files by their path in the pack, code lists by id."""
    packs = find_packs(request.pack)
    return {
        "calendars": _files(_calendars(packs)),
        "profile": _files(_regional(packs, request.region)),
        "mapping": mapping_digest(packs, (request.mapping, *request.more_mappings)),
        "codelists": {
            name: hashlib.sha256(canonical({"codes": item["codes"]})).hexdigest()
            for name, item in standard.document.get("codelists", {}).items()
        },
    }


def _files(found: Iterator[tuple[Pack, Path]]) -> dict[str, str]:
    """Each file once: of packs that hold one of the same name, the first is in force."""
    told: dict[str, str] = {}
    for pack, path in found:
        name = path.relative_to(pack.standards).as_posix()
        told.setdefault(name, hashlib.sha256(path.read_bytes()).hexdigest())
    return told


def _calendars(packs: Sequence[Pack]) -> Iterator[tuple[Pack, Path]]:
    for pack in packs:
        yield from ((pack, path) for path in sorted(pack.standards.glob("calendars/cn-*.csv")))


def _regional(packs: Sequence[Pack], region: str) -> Iterator[tuple[Pack, Path]]:
    """The profile of a region with those it extends, its holidays and its crosswalks."""
    while region:
        pack = next((one for one in packs if (_folder(one, region) / "profile.yaml").is_file()), None)
        if pack is None:
            return
        profile = _folder(pack, region) / "profile.yaml"
        yield pack, profile
        for name in ("holidays", "crosswalks"):
            yield from ((pack, path) for path in sorted((profile.parent / name).glob("*.csv")))
        data, _ = strict_yaml.read(profile, name=profile.name)
        region = str(data.get("extends", ""))


def _folder(pack: Pack, region: str) -> Path:
    return pack.standards / "regions" / region
