"""The segments of item codes: catalogue code (12), implementation code (31), handling-item code (33).

31 = credit code (18) + level (1) + catalogue code (12); 33 = that + situation (2). The catalogue code is
area (2) + type (2) + department (2) + main (3) + sub (3), the last three possibly ``00Y``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_CATALOGUE = "[0-9]{9}(?:[0-9]{3}|00Y)"
_CODE = f"{_CATALOGUE}|[0-9A-Z]{{18}}[1-7]{_CATALOGUE}(?:[0-9]{{2}})?"
_PATTERN = re.compile(_CODE)
_FORMS = (_CATALOGUE, f"[0-9A-Z]{{18}}[1-7]{_CATALOGUE}", f"[0-9A-Z]{{18}}[1-7]{_CATALOGUE}(?:[0-9]{{2}})?")
_PREFIX = 19
_CATALOGUE_LENGTH = 12

_OUTSIDE: Mapping[str, tuple[int, int]] = {"credit": (0, 18), "level": (18, 19), "situation": (31, 33)}
_INSIDE: Mapping[str, tuple[int, int]] = {
    "catalogue": (0, 12),
    "area": (0, 2),
    "type": (2, 4),
    "department": (4, 6),
    "main": (6, 9),
    "sub": (9, 12),
}
PARTS: Mapping[str, str] = {
    "credit": "统一社会信用代码段",
    "level": "行使层级段",
    "catalogue": "基本编码段",
    "area": "地区段",
    "type": "事项类型段",
    "department": "部门段",
    "main": "主项段",
    "sub": "子项段",
    "situation": "业务办理项顺序号",
}
"""The parts that can be asked for, with their names."""


def code_part(text: str, part: str) -> str | None:
    """A segment of an item code; None when the text is no such code or has no such part."""
    if not _PATTERN.fullmatch(text):
        return None
    if part in _OUTSIDE:
        start, end = _OUTSIDE[part]
        return text[start:end] or None if len(text) > _CATALOGUE_LENGTH else None
    shift = 0 if len(text) == _CATALOGUE_LENGTH else _PREFIX
    start, end = _INSIDE[part]
    return text[start + shift : end + shift]


def is_item_code(text: str) -> bool:
    """Whether a text is an item code at all."""
    return _PATTERN.fullmatch(text) is not None


def only_item_codes(pattern: str) -> bool:
    """Whether every text that fits a pattern is an item code, as far as the pattern's own text tells."""
    return pattern.replace("(?:", "(") in {form.replace("(?:", "(") for form in _FORMS}


def is_item_code_sql(text: str) -> str:
    """`is_item_code` in DuckDB."""
    return f"regexp_full_match({text}, '{_CODE}')"


def basis(part: str) -> str:
    """What a part is cut out of: the long code around a catalogue code, or the catalogue code."""
    return "long_code" if part in _OUTSIDE else "catalogue_code"


def long_code(text: str) -> str | None:
    """An item code that is longer than a catalogue code."""
    return text if is_item_code(text) and len(text) > _CATALOGUE_LENGTH else None


def long_code_sql(text: str) -> str:
    """`long_code` of a text that is an item code, in DuckDB; codes are ASCII, so bytes are characters."""
    return f"CASE WHEN strlen({text}) > {_CATALOGUE_LENGTH} THEN {text} END"


def catalogue_code(text: str) -> str | None:
    """The catalogue code in an item code."""
    return code_part(text, "catalogue")


def catalogue_code_sql(text: str) -> str:
    """`catalogue_code` of a text that is an item code, in DuckDB."""
    inside = f"substr({text}, {_PREFIX + 1}, {_CATALOGUE_LENGTH})"
    return f"CASE WHEN strlen({text}) = {_CATALOGUE_LENGTH} THEN {text} ELSE {inside} END"


def code_part_sql(text: str, part: str) -> str:
    """`code_part` in DuckDB, cut out of its `basis`."""
    if part == "catalogue":
        return text
    start, end = {**_OUTSIDE, **_INSIDE}[part]
    cut = f"substr({text}, {start + 1}, {end - start})"
    return f"nullif({cut}, '')" if part == "situation" else cut
