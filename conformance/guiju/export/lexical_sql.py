"""From delivered text to canonical value, in DuckDB: the same readings as `guiju.export.lexical`.

Every expression is total: it gives NULL where a text cannot be read and never raises. Plain ASCII values,
the usual case, pass by a gate of cheap comparisons; full-width letters, blanks and rarer forms are only
looked at behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from guiju.export import forms
from guiju.export.reading import Reading, normal_text
from guiju.export.sql_text import literal


def sql_columns(reading: Reading, raw_sql: str) -> dict[str, str]:
    """DuckDB expressions for one field over the delivered text `raw_sql` (a VARCHAR expression).

    Returns:
        By column name: the text ``field__t`` (NULL when absent), whether it is there for `required`
        (``field__p``), and `typed_columns` over the text.
    """
    text = text_sql(reading, raw_sql)
    name = reading.field.name
    columns = {f"{name}__t": text, f"{name}__p": _present(reading, raw_sql, text)}
    return {**columns, **typed_columns(reading, text)}


def typed_columns(reading: Reading, text: str) -> dict[str, str]:
    """DuckDB expressions for the typed value, over the expression (or column) of the field's text.

    Returns:
        ``field`` as VARCHAR, BIGINT, DECIMAL(24,6), BOOLEAN, DATE or VARCHAR[]; for stamps ``field__lo`` and
        ``field__hi`` as TIMESTAMP, equal for a moment, first and last microsecond for a day.
    """
    name = reading.field.name
    if reading.field.type == "date-time":
        low, high = _stamp(text)
        return {f"{name}__lo": low, f"{name}__hi": high}
    if reading.field.type == "set":
        return {name: _set(reading, text)}
    return {name: _READERS[reading.field.type](text)}


def text_sql(reading: Reading, raw: str) -> str:
    """The field's text: normalised and mapped where the field is folded; NULL when absent."""
    if reading.field.type == "set":
        return _set_text(reading, raw)
    if reading.field.folded:
        return _folded_text(reading, raw)
    if reading.values:
        return _unless_absent(reading, raw, _mapped(reading, _clean(raw), otherwise=raw))
    return _unless_absent(reading, raw, raw)


def _folded_text(reading: Reading, raw: str) -> str:
    plain, slow = _mapped(reading, raw), _mapped(reading, _cleaned(raw))
    if any(word.isascii() for word in reading.null_words):
        return _unless_absent(reading, raw, f"CASE WHEN {_plain(raw)} THEN {plain} ELSE {slow} END")
    return f"CASE WHEN {_plain(raw)} THEN {plain} WHEN NOT {_absent(reading, raw)} THEN {slow} END"


def _present(reading: Reading, raw: str, text: str) -> str:
    there = f"({text}) IS NOT NULL"
    if reading.null_words and reading.field.null.satisfies_required:
        return f"({there} OR coalesce({_whole(raw, _around(_null_pattern(reading)))}, FALSE))"
    return there


def _unless_absent(reading: Reading, raw: str, value: str) -> str:
    return f"CASE WHEN NOT {_absent(reading, raw)} THEN {value} END"


def _absent(reading: Reading, raw: str) -> str:
    words = _null_pattern(reading)
    return _whole(raw, _around(f"(?:{words})?" if words else ""))


def _null_pattern(reading: Reading) -> str:
    return "|".join("".join(_either_width(char) for char in word) for word in reading.null_words)


def _either_width(char: str) -> str:
    wide = {narrow: code for code, narrow in forms.FOLD.items()}.get(ord(char))
    both = (ord(char),) if wide is None else (ord(char), wide)
    return "[" + "".join(f"\\x{{{code:X}}}" for code in both) + "]"


_BLANK = "[" + "".join(f"\\x{{{ord(char):X}}}" for char in forms.BLANKS) + "]"
_TRIM = "||".join(f"chr({ord(char)})" for char in forms.BLANKS)
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_WIDE = r"[\x{FF01}-\x{FF5E}\x{3000}]"


def _around(pattern: str) -> str:
    return f"{_BLANK}*(?:{pattern}){_BLANK}*" if pattern else f"{_BLANK}*"


def _whole(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, {literal(pattern)})"


def _plain(raw: str) -> str:
    """True for ASCII text without blanks around it: nothing to fold, nothing to trim, not blank."""
    return f"(strlen({raw}) = length({raw}) AND {raw} >= '!' AND right({raw}, 1) >= '!')"


def _clean(raw: str) -> str:
    return f"CASE WHEN {_plain(raw)} THEN {raw} ELSE {_cleaned(raw)} END"


def _cleaned(raw: str) -> str:
    """`normal_text`, for text that did not pass the gate."""
    wide, narrow = literal(forms.WIDE_TEXT), literal(forms.NARROW_TEXT)
    folded = (
        f"CASE WHEN regexp_matches({raw}, {literal(_WIDE)}) THEN translate({raw}, {wide}, {narrow}) ELSE {raw} END"
    )
    return f"trim({folded}, {_TRIM})"


def _mapped(reading: Reading, text: str, otherwise: str = "") -> str:
    """The code behind a text, else the text (or `otherwise`); NULL where the mapping says blank."""
    fallback = otherwise or text
    if not reading.values:
        return fallback
    pairs = ", ".join(f"{literal(word)}: {literal(code)}" for word, code in reading.values.items())
    found = f"coalesce(MAP {{{pairs}}}[{text}], {fallback})"
    return f"nullif({found}, '')" if "" in reading.values.values() else found


def _integer(text: str) -> str:
    return f"TRY_CAST(CASE WHEN {_whole(text, forms.INTEGER)} THEN {text} END AS BIGINT)"


def _number(text: str) -> str:
    return f"TRY_CAST(CASE WHEN {_whole(text, forms.NUMBER)} THEN {text} END AS DECIMAL(24,6))"


def _boolean(text: str) -> str:
    yes, no = _words(forms.TRUE_WORDS), _words(forms.FALSE_WORDS)
    return f"CASE WHEN {text} IN ({yes}) THEN TRUE WHEN {text} IN ({no}) THEN FALSE END"


def _words(words: Iterable[str]) -> str:
    return ", ".join(literal(word) for word in words)


def _date(text: str) -> str:
    other = f"CASE WHEN {_whole(text, forms.DATE_AT_MIDNIGHT)} THEN {_iso_day(text)} END"
    iso = f"CASE WHEN {_whole(text, forms.ISO_DATE)} THEN {text} ELSE {other} END"
    return f"TRY_CAST({iso} AS DATE)"


def _iso_day(text: str) -> str:
    """The day at the head of a text of a listed form, as Y-M-D."""
    dashed = _extract(text, f"^{forms.DAY_HEAD}")
    compact = _extract(text, f"^{forms.COMPACT_HEAD}")
    return f"coalesce(nullif({dashed}, '--'), {compact})"


def _extract(text: str, pattern: str) -> str:
    parts = ", ".join(f"regexp_extract({text}, {literal(pattern)}, {group})" for group in (1, 2, 3))
    return f"concat_ws('-', {parts})"


def _stamp(text: str) -> tuple[str, str]:
    day = f"CASE WHEN {_whole(text, forms.DATE)} THEN TRY_CAST({_iso_day(text)} AS DATE) END"
    usual = f"TRY_CAST(CASE WHEN {_whole(text, forms.ISO_STAMP)} THEN {text} END AS TIMESTAMP)"
    moment = f"coalesce({usual}, {_other_moment(text)})"
    low = f"coalesce({moment}, CAST({day} AS TIMESTAMP))"
    high = f"coalesce({moment}, CAST({day} AS TIMESTAMP) + INTERVAL '86399999999 microseconds')"
    return low, high


def _other_moment(text: str) -> str:
    time = f"regexp_extract({text}, {literal(_CLOCK)})"
    compact = f"regexp_replace({text}, {literal(f'^{forms.COMPACT_PARTS}.*$')}, '\\4:\\5:\\6')"
    clock = f"CASE WHEN {_whole(text, forms.COMPACT_STAMP)} THEN {compact} ELSE {time} END"
    local = f"TRY_CAST({_iso_day(text)} || ' ' || {clock} AS TIMESTAMP)"
    zone = f"regexp_extract({text}, {literal(forms.ZONED)})"
    shifted = f"TRY({local} + INTERVAL '8 hours' - {_offset(zone)})"
    kept = f"CASE WHEN year({shifted}) BETWEEN 1000 AND 9999 THEN {shifted} END"
    return f"CASE WHEN {_whole(text, forms.STAMP)} THEN CASE WHEN {zone} = '' THEN {local} ELSE {kept} END END"


def _offset(zone: str) -> str:
    digits = f"regexp_replace({zone}, '[^0-9]', '', 'g')"
    minutes = f"TRY_CAST(left({digits}, 2) AS INTEGER) * 60 + TRY_CAST(right({digits}, 2) AS INTEGER)"
    signed = f"CASE WHEN left({zone}, 1) = '-' THEN -({minutes}) ELSE {minutes} END"
    return f"to_minutes(coalesce({signed}, 0))"


def _set_text(reading: Reading, raw: str) -> str:
    """For a set the text as a whole: a JSON array is only trimmed, other text normalised."""
    cleaned = f"CASE WHEN {_is_array(raw)} THEN trim({raw}, {_TRIM}) ELSE {_cleaned(raw)} END"
    text = f"CASE WHEN {_plain(raw)} THEN {raw} ELSE {cleaned} END"
    empty = f"coalesce(len({_members(reading, text)}) = 0, FALSE)"
    return f"CASE WHEN NOT {_absent(reading, raw)} AND NOT {empty} THEN {text} END"


def _set(reading: Reading, text: str) -> str:
    return _members(reading, text)


def _is_array(text: str) -> str:
    return f"regexp_matches({text}, {literal(f'^{_BLANK}*[[]')})"


def _members(reading: Reading, text: str) -> str:
    """The distinct members, sorted; NULL where the text is no set."""
    array = f"CASE WHEN {_whole(text, forms.JSON_SET)} THEN TRY(json_extract_string({text}, '$[*]')) END"
    parts = f"CASE WHEN {_is_array(text)} THEN {array} ELSE {_split(reading, text)} END"
    codes = f"list_transform({parts}, lambda part: {_mapped(reading, _clean('part'))})"
    return f"list_sort(list_distinct(list_filter({codes}, lambda code: code <> '')))"


def _split(reading: Reading, text: str) -> str:
    if reading.separator:
        return f"string_split({text}, {literal(reading.separator.translate(forms.FOLD))})"
    pattern = f"[{re.escape(forms.SEPARATORS)}]"
    return f"CASE WHEN regexp_matches({text}, {literal(pattern)}) THEN regexp_split_to_array({text}, {literal(pattern)}) ELSE [{text}] END"


_READERS: dict[str, Callable[[str], str]] = {
    "string": lambda text: text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
