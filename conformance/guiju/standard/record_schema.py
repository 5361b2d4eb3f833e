"""The published record schema: plain JSON Schema 2020-12 for canonical records, for any validator.

Code lists become `enum`, words that mean "none" and satisfy `required` become null, and our own keywords stay
as annotations. `format` needs our checker: a stamp may be known to the day only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from guiju.standard.fields import Codelist, Dataset, Field
from guiju.standard.formats import is_date, is_stamp

CHECKER = FormatChecker(formats=())
CHECKER.checks("date")(is_date)
CHECKER.checks("date-time")(is_stamp)


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
