"""The published record schema: plain JSON Schema 2020-12 for canonical records, for any validator.

Code lists become `enum`, words that mean "none" and satisfy `required` become null, and our own keywords stay
as annotations. `format` needs our checker: a stamp may be known to the day only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from guiju.standard.fields import Codelist, Dataset, Field

CHECKER = FormatChecker(formats=())
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?")


@CHECKER.checks("date")
def is_date(value: object) -> bool:
    """Whether a text is a day, written YYYY-MM-DD; anything but a text passes, as formats do."""
    if not isinstance(value, str):
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@CHECKER.checks("date-time")
def is_stamp(value: object) -> bool:
    """Whether a text is a local stamp YYYY-MM-DDTHH:MM:SS[.ffffff], or a day alone."""
    if not isinstance(value, str) or is_date(value):
        return True
    if not _STAMP.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def record_schema(
    dataset: Dataset, codelists: Mapping[str, Codelist], as_of: str | None = None
) -> dict[str, Any]:
    """The published schema of a dataset's canonical records, with the codes in force on a day."""
    properties = {name: _property(item, codelists, as_of) for name, item in dataset.fields.items()}
    return {**dataset.schema, "properties": properties}


def _property(field: Field, codelists: Mapping[str, Codelist], as_of: str | None) -> dict[str, Any]:
    told = dict(field.schema)
    if field.codelist is not None:
        codes: list[Any] = sorted(codelists[field.codelist].valid(as_of))
        if field.type == "set":
            return {**told, "items": {"type": "string", "enum": codes}}
        told["enum"] = codes
    if field.null.satisfies_required:
        told["type"] = [told["type"], "null"]
        if "enum" in told:
            told["enum"] = [*told["enum"], None]
    return told


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """The `jsonschema` library's validator of a published schema, with our formats."""
    return Draft202012Validator(schema, format_checker=CHECKER)
