"""Queries that add texts, presence and values of fields to a query that has their delivered texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from guiju.export import Reading, clean_sql, identifier, literal, present_sql, text_sql, typed_columns
from guiju.rule import Env, Node, emit, fields_of
from guiju.standard.fields import Field

UNREAD = "？"
"""Put before a text from which no number or date could be derived, so that it is none by accident."""
_NOTHING: Mapping[Node, str] = {}


@dataclass(frozen=True, slots=True)
class Derivation:
    """A field that is not delivered but follows from another one (`x-from`)."""

    field: Field
    node: Node
    reading: Reading
    env: Env

    @property
    def parent(self) -> str:
        """The field that this one follows from directly."""
        (name,) = fields_of(self.node)
        return name

    @property
    def keeps_unread(self) -> bool:
        """Whether a text that yields no value stays as an unreadable one: it is there, it cannot be read.

        Of texts and codes any text would be a value, so those are absent then.
        """
        return self.field.type != "string"


def origin(name: str, derived: Mapping[str, Derivation]) -> str:
    """The delivered field that a field is, or is derived from."""
    while name in derived:
        name = derived[name].parent
    return name


def raw_column(name: str) -> str:
    """The column that holds a field's delivered text."""
    return identifier(f"{name}__raw")


def value_columns(reading: Reading) -> tuple[str, ...]:
    """The columns that `read_sql` adds for a field."""
    name = reading.field.name
    return (f"{name}__t", f"{name}__p", *typed_columns(reading, "x"))


def plain_sql(raw: str) -> str:
    """Whether a text is ASCII without blanks around it, and so in its normal form as it is.

    DuckDB takes the last sign by its place in half the time that it takes `right`.
    """
    return f"(strlen({raw}) = length({raw}) AND {raw} >= '!' AND {raw}[-1] >= '!')"


def read_sql(sql: str, readings: Mapping[str, Reading]) -> str:
    """Add text, presence and typed value of fields whose delivered text is the column ``field__raw``."""
    cleaned, texts, values = [], [], []
    for name, reading in readings.items():
        raw, text = raw_column(name), identifier(f"{name}__t")
        clean = clean_sql(reading, raw)
        if clean != raw:
            clean = f"CASE WHEN {plain_sql(raw)} THEN {raw} ELSE {clean} END"
            cleaned.append(f"{clean} AS {identifier(f'{name}__c')}")
            clean = identifier(f"{name}__c")
        texts.append(f"{_mapped_text(reading, raw, clean)} AS {text}")
        values.append(f"{present_sql(reading, raw, text)} AS {identifier(f'{name}__p')}")
        values += [f"{value} AS {identifier(alias)}" for alias, value in typed_columns(reading, text).items()]
    for layer in (cleaned, texts, values):
        sql = f"SELECT *, {', '.join(layer)} FROM ({sql})" if layer else sql
    return sql


def _mapped_text(reading: Reading, raw: str, clean: str) -> str:
    """The text; one before the first or behind the last word of the mapping is not looked up.

    Texts compare by their bytes: words are mostly Chinese, codes are not.
    """
    whole = text_sql(reading, raw, clean)
    if not reading.values or not reading.field.folded:
        return whole
    words = sorted(reading.values, key=str.encode)
    outside = f"{clean} < {literal(words[0])} OR {clean} > {literal(words[-1])}"
    return f"CASE WHEN {outside} THEN {text_sql(replace(reading, values={}), raw, clean)} ELSE {whole} END"


def bare(pattern: str) -> str:
    """A schema pattern without its anchors: `^…$` means the whole value."""
    return pattern.removeprefix("^").removesuffix("$")


def fits_sql(field: Field) -> str:
    """Whether the text of a field fits its pattern; NULL where it is absent."""
    return f"regexp_full_match({identifier(f'{field.name}__t')}, {literal(bare(field.pattern or ''))})"


def derive_sql(sql: str, item: Derivation, known: Mapping[Node, str] = _NOTHING) -> str:
    """Add a derived field to a query that has the field it follows from, and the columns of `known`."""
    name = item.field.name
    text = f"CAST({emit(item.node, item.env, known)} AS VARCHAR)"
    if item.keeps_unread:
        parent = identifier(f"{item.parent}__t")
        text = f"coalesce({text}, {literal(UNREAD)} || {parent})"
    return read_sql(f"SELECT *, {text} AS {raw_column(name)} FROM ({sql})", {name: item.reading})
