"""YAML files that are as their schema says; a file that was checked before is not checked again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guiju.content import schema_path
from guiju.standard.kept import kept


def checked(path: Path, schema: str, label: str) -> Any:
    """The plain data of a strict YAML file that its schema admits; `label` names it in messages.

    Raises:
        StandardError: GJ-S101 to GJ-S104 from reading; StandardErrors: every fault against the schema.
    """

    def make() -> Any:
        from guiju.standard import strict_yaml, validate  # noqa: PLC0415 - they load slowly, and seldom need to

        data, positions = strict_yaml.read(path, name=label)
        validate.require(schema, data, positions, label)
        return data

    try:
        parts = (schema_path(schema).read_bytes(), path.read_bytes())
    except OSError:
        return make()  # which says what is wrong
    return kept(f"yaml-{schema}", parts, make)
