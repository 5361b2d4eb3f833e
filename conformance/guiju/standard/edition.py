"""The canonical form of an edition: one JSON document (RFC 8785) with two digests.

`judging` covers what can alter an outcome, `text` what people read. A region's result names both, so that a
changed comma is told apart from a changed rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

_REQUIREMENT_JUDGING = ("id", "modality", "basis", "key", "tolerance", "undecided-max", "check")
_REQUIREMENT_TEXT = ("id", "name", "clause", "modality", "text", "remedy", "source")
_TEXT_KEYS = ("title", "scope", "references", "bibliography", "terms", "clauses")
_FIELD_TEXT = ("description",)


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as RFC 8785 canonical JSON, UTF-8."""
    return rfc8785.dumps(dict(document))


def digests(document: Mapping[str, Any]) -> tuple[str, str]:
    """SHA-256 (hex) of what judges and of what is read."""
    return _digest(_judging(document)), _digest(_text(document))


def _digest(part: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(part)).hexdigest()


def _pick(item: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: item[key] for key in keys if key in item}


def _judging(document: Mapping[str, Any]) -> dict[str, Any]:
    requirements = [
        _pick(item, _REQUIREMENT_JUDGING) | {"marks": sorted({source["mark"] for source in item["source"]})}
        for item in document["requirements"]
    ]
    parameters = {
        name: _pick(item, ("type", "kind", "value", "tighter"))
        for name, item in document["parameters"].items()
    }
    datasets = {name: _without_prose(schema) for name, schema in document["datasets"].items()}
    codelists = {name: item["codes"] for name, item in document["codelists"].items()}
    return {
        "requirements": requirements,
        "parameters": parameters,
        "datasets": datasets,
        "codelists": codelists,
        "conclusion": document["conclusion"],
    }


def _without_prose(schema: Mapping[str, Any]) -> dict[str, Any]:
    properties = {
        name: {key: value for key, value in item.items() if key not in _FIELD_TEXT}
        for name, item in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _text(document: Mapping[str, Any]) -> dict[str, Any]:
    requirements = [_pick(item, _REQUIREMENT_TEXT) for item in document["requirements"]]
    return {**_pick(document, _TEXT_KEYS), "requirements": requirements}
