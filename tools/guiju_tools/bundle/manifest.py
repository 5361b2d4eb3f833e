"""The manifest of a bundle: what was judged, by which editions, and the digest of every file beside it.

It holds no time, path or host: the same run gives the same bytes. The published form is
`standards/schema/bundle.schema.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785

from guiju_tools.bundle.digests import grouped, sha256, sm3
from guiju_tools.bundle.keys import Signer
from guiju_tools.bundle.rows import Committed
from guiju_tools.bundle.tree import root

FORMAT = "guiju-bundle/1"
MANIFEST, SIGNATURE, RESULT, PAGE, SAMPLES = (
    "manifest.json",
    "signature.json",
    "result.json",
    "report.html",
    "samples.json",
)
OBJECTIONS = "objections.json"
SAID = ("engine", "profile", "mapping", "as_of", "period")
"""What the manifest repeats of the result."""


def manifest(
    result: Mapping[str, Any],
    signer: Signer,
    used: Mapping[str, Any],
    trees: Sequence[Committed],
    files: Mapping[str, bytes],
) -> dict[str, Any]:
    """The manifest as JSON values.

    Args:
        result: the masked result, as JSON values.
        signer: who hands it in; a county may be judged by the profile of its city.
        used: digests of calendars, profile, crosswalks and code lists (`run.json`).
        trees: the rows of each dataset; empty where no spot check is to be answered.
        files: the other members, by name.
    """
    roots = {item.dataset: root(item.leaves).hex() for item in trees}
    return {
        "format": FORMAT,
        "region": signer.region,
        "unit": signer.unit,
        **{name: result.get(name, "") for name in SAID},
        "standards": [dict(item) for item in result["standards"]],
        "used": dict(used),
        "inputs": [
            {
                "dataset": table["dataset"],
                "title": table["title"],
                "rows": table["rows"],
                "files": [dict(part) for part in table["parts"]],
                "root": roots.get(table["dataset"], ""),
            }
            for table in result["inputs"]
        ],
        "files": [
            {"name": name, "bytes": len(content), "sha256": sha256(content), "sm3": sm3(content)}
            for name, content in sorted(files.items())
        ],
    }


def sealed(document: Mapping[str, Any]) -> bytes:
    """The manifest as the bytes that are signed (RFC 8785)."""
    return rfc8785.dumps(dict(document))


def bundle_digest(content: bytes) -> str:
    """The digest of a whole bundle: SHA-256 of its manifest, which covers all the rest."""
    return sha256(content)


def spoken(digest: str) -> str:
    """The digest in groups of four."""
    return grouped(digest)
