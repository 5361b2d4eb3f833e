"""From delivered text to canonical value, in DuckDB: the same readings as `guiju.export.values.lexical`.

Every expression is total: it gives NULL where a text cannot be read and never raises. Plain ASCII values,
the usual case, pass by a gate of cheap comparisons; full-width letters, blanks and rarer forms are only
looked at behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from guiju.export.sql_text import literal
from guiju.export.values import forms
from guiju.export.values.moments_sql import cases, date_sql, stamp_sql, whole
from guiju.export.values.reading import Reading


def sql_columns(reading: Reading, raw_sql: str) -> dict[str, str]:
    """DuckDB expressions for one field over the delivered text `raw_sql` (a VARCHAR expression).

    Returns:
        By column name: the text ``field__t`` (NULL when absent), whether it is there for `required`
        (``field__p``), and `typed_columns` over the text.
    """
    text = text_sql(reading, raw_sql, f"({clean_sql(reading, raw_sql)})")
    name = reading.field.name
    columns = {f"{name}__t": text, f"{name}__p": present_sql(reading, raw_sql, text)}
    return {**columns, **typed_columns(reading, text)}


def typed_columns(reading: Reading, text: str) -> dict[str, str]:
    """DuckDB expressions for the typed value, over the expression (or column) of the field's text.

    Returns:
        ``field`` as VARCHAR, BIGINT, DECIMAL(24,6), BOOLEAN, DATE or VARCHAR[]; for stamps ``field__lo`` and
        ``field__hi`` as TIMESTAMP, equal for a moment, first and last microsecond for a day.
    """
    name = reading.field.name
    if reading.field.type == "date-time":
        low, high = stamp_sql(reading, text)
        return {f"{name}__lo": low, f"{name}__hi": high}
    if reading.field.type == "set":
        return {name: _set(reading, text)}
    return {name: _READERS[reading.field.type](reading, text)}


def clean_sql(reading: Reading, raw: str) -> str:
    """The delivered text in its normal form, where the reading asks for that: to be worked out once."""
    if reading.field.type == "set":
        array = f"trim({raw}, {_BLANKS})"
        return (
            f"CASE WHEN {_plain(raw)} THEN {raw} WHEN {_is_array(raw)} THEN {array} ELSE {_cleaned(raw)} END"
        )
    if reading.field.folded or reading.values:
        return f"CASE WHEN {_plain(raw)} THEN {raw} ELSE {_cleaned(raw)} END"
    return raw


def text_sql(reading: Reading, raw: str, clean: str) -> str:
    """The field's text: normalised and mapped where the field is folded; NULL when absent.

    `clean` is `clean_sql`, or a column that holds it.
    """
    if reading.field.type == "set":
        return f"CASE WHEN NOT {_absent(reading, raw)} AND NOT {_empty_set(reading, clean)} THEN {clean} END"
    if reading.field.folded:
        nothing = " AND ".join(f"{clean} <> {literal(word)}" for word in ("", *reading.null_words))
        return f"CASE WHEN {nothing} THEN {_mapped(reading, clean)} END"
    if reading.values:
        return _unless_absent(reading, raw, _mapped(reading, clean, otherwise=raw))
    return _unless_absent(reading, raw, raw)


def present_sql(reading: Reading, raw: str, text: str) -> str:
    """Whether `required` is satisfied, over the expression (or column) of the field's text. Never NULL."""
    there = f"({text}) IS NOT NULL"
    if reading.null_words and reading.field.null.satisfies_required:
        return f"({there} OR coalesce({whole(raw, _around(_null_pattern(reading)))}, FALSE))"
    return there


def _unless_absent(reading: Reading, raw: str, value: str) -> str:
    return f"CASE WHEN {_surely_there(reading, raw)} OR NOT {_absent(reading, raw)} THEN {value} END"


def _surely_there(reading: Reading, raw: str) -> str:
    """A gate of cheap comparisons: the first character is no blank, and no null word begins with it.

    Texts compare by their bytes, so that a range of texts is a range of first characters.
    """
    starts = {ord(word[0]) for word in reading.null_words}
    ranges = [
        f"({raw} >= chr({low}) AND {raw} < chr({high}))"
        for low, high in _NO_BLANKS
        if not any(low <= start < high for start in starts)
    ]
    return f"({' OR '.join(ranges)})" if ranges else "FALSE"


def _absent(reading: Reading, raw: str) -> str:
    words = _null_pattern(reading)
    return whole(raw, _around(f"(?:{words})?" if words else ""))


def _null_pattern(reading: Reading) -> str:
    return "|".join(f"{_UNSEEN}*".join(map(_either_width, word)) for word in reading.null_words)


def _either_width(char: str) -> str:
    wide = {narrow: code for code, narrow in forms.FOLD.items()}.get(ord(char))
    both = (ord(char),) if wide is None else (ord(char), wide)
    return "[" + "".join(f"\\x{{{code:X}}}" for code in both) + "]"


_CLASS = "".join(f"\\x{{{ord(char):X}}}" for char in forms.BLANKS)
_UNSEEN = "[" + "".join(f"\\x{{{ord(char):X}}}" for char in forms.INVISIBLE) + "]"
_BLANK = f"[{_CLASS}]"
_BLANKS = literal(forms.BLANKS)
_FOLDABLE = f"[{_CLASS}\\x{{FF01}}-\\x{{FF5E}}]"
_FILLED_ARRAY = rf'^\[[ \t\r\n]*(?:"[^"\\{_CLASS}]|[0-9-])'
_NO_BLANKS = ((0x21, 0x30), (0x30, 0x7F), (0x3400, 0xA000))
"""Ranges of characters without a blank among them: ASCII signs, ASCII digits to letters, Chinese ones."""


def _around(pattern: str) -> str:
    return f"{_BLANK}*(?:{pattern}){_BLANK}*" if pattern else f"{_BLANK}*"


def _plain(raw: str) -> str:
    """True for ASCII text without blanks around it: nothing to fold, nothing to trim, not blank."""
    return f"(strlen({raw}) = length({raw}) AND {raw} >= '!' AND right({raw}, 1) >= '!')"


def _cleaned(raw: str) -> str:
    """`normal_text`, for text that did not pass the gate."""
    wide, narrow = literal(forms.WIDE_TEXT), literal(forms.NARROW_TEXT)
    folded = f"trim(translate({raw}, {wide}, {narrow}), {_BLANKS})"
    return f"CASE WHEN regexp_matches({raw}, {literal(_FOLDABLE)}) THEN {folded} ELSE {raw} END"


def _mapped(reading: Reading, text: str, otherwise: str = "") -> str:
    """The code behind a text, else the text (or `otherwise`); NULL where the mapping says blank."""
    fallback = otherwise or text
    if not reading.values:
        return fallback
    pairs = ", ".join(f"{literal(word)}: {literal(code)}" for word, code in reading.values.items())
    found = f"coalesce(MAP {{{pairs}}}[{text}], {fallback})"
    return f"nullif({found}, '')" if "" in reading.values.values() else found


def _integer(reading: Reading, text: str) -> str:
    return f"TRY_CAST({_digits(reading, text, forms.INTEGER, entire=True)} AS BIGINT)"


def _number(reading: Reading, text: str) -> str:
    return f"TRY_CAST({_digits(reading, text, forms.NUMBER, entire=False)} AS DECIMAL(24,6))"


def _digits(reading: Reading, text: str, pattern: str, *, entire: bool) -> str:
    """The text if it is a bare number, the digits of one with separators or unit, else NULL."""
    bare = f"replace(regexp_extract({text}, {literal(forms.DIGITS)}), ',', '')"
    dressed = whole(text, forms.dressed_forms(reading.unit, whole=entire))
    return cases((whole(text, pattern), text), (dressed, bare))


def _boolean(_reading: Reading, text: str) -> str:
    """A CASE, for DuckDB turns a long IN into a join that is run even where nobody asks for the column."""
    words = {**dict.fromkeys(forms.TRUE_WORDS, "TRUE"), **dict.fromkeys(forms.FALSE_WORDS, "FALSE")}
    return (
        f"CASE {text} {' '.join(f'WHEN {literal(word)} THEN {value}' for word, value in words.items())} END"
    )


def _empty_set(reading: Reading, text: str) -> str:
    counted = f"coalesce(len({_members(reading, text)}) = 0, FALSE)"
    if reading.separator or "" in reading.values.values():
        return counted
    nothing = whole(text, f"[{_CLASS}{re.escape(forms.SEPARATORS)}]*")
    filled = f"regexp_matches({text}, {literal(_FILLED_ARRAY)})"
    return f"CASE WHEN {filled} THEN FALSE WHEN {_is_array(text)} THEN {counted} ELSE {nothing} END"


def _is_array(text: str) -> str:
    return f"regexp_matches({text}, {literal(f'^{_BLANK}*[[]')})"


def _set(reading: Reading, text: str) -> str:
    members = _members(reading, text)
    return f"CASE WHEN {text} IS NOT NULL THEN {members} END"


def _members(reading: Reading, text: str) -> str:
    """The distinct members, sorted; NULL where the text is no set."""
    array = f"CASE WHEN {whole(text, forms.JSON_SET)} THEN TRY(json_extract_string({text}, '$[*]')) END"
    parts = f"CASE WHEN {_is_array(text)} THEN {array} ELSE {_split(reading, text)} END"
    codes = f"list_transform({parts}, lambda part: {_mapped(reading, _cleaned('part'))})"
    return f"list_sort(list_distinct(list_filter({codes}, lambda code: code <> '')))"


def _split(reading: Reading, text: str) -> str:
    if reading.separator:
        return f"string_split({text}, {literal(reading.separator.translate(forms.FOLD))})"
    pattern = literal(f"[{re.escape(forms.SEPARATORS)}]")
    split = f"regexp_split_to_array({text}, {pattern})"
    return f"CASE WHEN regexp_matches({text}, {pattern}) THEN {split} ELSE [{text}] END"


_READERS: dict[str, Callable[[Reading, str], str]] = {
    "string": lambda _, text: text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": date_sql,
}
