"""The implementation list as Polars reads it, for libraries that take Polars expressions: clean, then judge.

The same readings as `by_hand.items` gives in SQL: blanks and words for none are null, yes and no Boolean,
counts and limits numbers, unreadable values null.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import polars as pl
from by_hand.facts import ALPHABET, CREDIT_FORM, WEIGHTS
from by_hand.items import (
    AT_ONCE,
    CATALOGUE_FORM,
    CODE_FORM,
    HEADINGS,
    LIMIT_FORM,
    UNITS,
    WORDS_FOR_NONE,
    YES_NO,
)

BLANKS = " \t\n\r\u3000\u00a0\u200b\ufeff"


def read(file: str) -> pl.DataFrame:
    """The columns that rules read, cleaned, with the segments of codes; one pass of the lazy engine."""
    scan = pl.scan_parquet(file) if file.endswith(".parquet") else pl.scan_csv(file, infer_schema=False)
    rows = scan.select(pl.col(heading).alias(name) for name, heading in HEADINGS.items())
    rows = rows.with_columns(text(name) for name in HEADINGS)
    rows = rows.with_columns(*values(), **limits())
    rows = rows.with_columns(
        in_form=whole("task_code", CODE_FORM), own_form=whole("catalog_code", CATALOGUE_FORM)
    )
    return rows.with_columns(**segments()).collect()


def text(name: str) -> pl.Expr:
    """The text, or null where there is none."""
    column = pl.col(name)
    there = column.str.strip_chars_start(BLANKS) != ""
    if name in WORDS_FOR_NONE:
        there &= ~column.is_in(WORDS_FOR_NONE[name])
    return pl.when(there).then(column).alias(name)


def values() -> list[pl.Expr]:
    """Columns of other types than text."""
    words = {"是": True, "否": False, "无": False}
    yes_no = [pl.col(name).replace_strict(words, default=None, return_dtype=pl.Boolean) for name in YES_NO]
    return [*yes_no, pl.col("limit_scene_num").str.to_integer(strict=False)]


def limits() -> dict[str, pl.Expr]:
    """Numbers and units of time limits."""
    found = {}
    for short in ("anticipate", "promise"):
        column = pl.col(f"{short}_limit")
        at_once = column == AT_ONCE
        days, unit = (column.str.extract(LIMIT_FORM, group) for group in (1, 2))
        found[f"{short}_day"] = pl.when(at_once).then(0).otherwise(days.cast(pl.Int64))
        found[f"{short}_type"] = (
            pl.when(at_once).then(pl.lit("1")).otherwise(unit.replace_strict(UNITS, default=None))
        )
    return found


def whole(name: str, pattern: str) -> pl.Expr:
    """Whether a whole text has a form."""
    return pl.col(name).str.contains(f"^(?:{pattern})$")


def segments() -> dict[str, pl.Expr]:
    """Segments of codes, null where a code is not in form."""
    code, own, parent = (pl.col(name) for name in ("task_code", "catalog_code", "parent_catalog_code"))
    coded = pl.when(pl.col("in_form"))
    cut = whole("task_code", CATALOGUE_FORM)
    return {
        "credit": coded.then(code.str.slice(0, 18)),
        "code_level": coded.then(code.str.slice(18, 1)),
        "code_catalogue": coded.then(code.str.slice(19, 12)).when(cut).then(code),
        "own_area": pl.when(pl.col("own_form")).then(own.str.slice(0, 2)),
        "own_sub": pl.when(pl.col("own_form")).then(own.str.slice(9, 3)),
        "parent_sub": pl.when(whole("parent_catalog_code", CATALOGUE_FORM)).then(parent.str.slice(9, 3)),
    }


def wrong_credits(rows: pl.DataFrame) -> pl.Series:
    """The credit codes whose form or last character is wrong, each distinct code checked once."""
    digits = {char: place for place, char in enumerate(ALPHABET)}
    code = pl.col("credit")
    terms = [
        code.str.slice(place, 1).replace_strict(digits, default=None, return_dtype=pl.Int64) * weight
        for place, weight in enumerate(WEIGHTS)
    ]
    right = whole("credit", CREDIT_FORM) & (pl.sum_horizontal(terms) % 31 == 0)
    return rows.select(code.unique()).drop_nulls().filter(~right).to_series()
