"""How one field is read from one export: its type, the words of code lists and crosswalks, its separator."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from guiju.export.values.forms import BLANKS, NORMAL, Order
from guiju.standard.fields import Code, Codelist, Crosswalk, Field


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """One field and how its texts become codes.

    `values` maps normalised text (see `normal_text`) to a code; a text mapped to nothing is read as blank.
    `separator` parts the members of a set; an empty one means the usual separators. `order` says what comes
    first in dates that end with the year; without it they cannot be read. `codes` are all of its list.
    """

    field: Field
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    separator: str = ""
    order: Order = ""
    codes: frozenset[str] = frozenset()

    @property
    def null_words(self) -> tuple[str, ...]:
        """The field's words for "none", normalised, sorted, without empty ones."""
        return tuple(sorted({normal_text(word) for word in self.field.null.words} - {""}))

    @property
    def unit(self) -> str:
        """The field's unit as it may stand behind a number, normalised."""
        return normal_text(self.field.unit)


def normal_text(text: str) -> str:
    """Full-width ASCII folded to ASCII, invisible characters dropped, blanks trimmed."""
    return text.translate(NORMAL).strip(BLANKS)


def make_reading(
    item: Field,
    *,
    codelist: Codelist | None = None,
    crosswalk: Crosswalk | None = None,
    values: Mapping[str, str] | None = None,
    separator: str = "",
    order: Order = "",
) -> Reading:
    """The reading of a field: the mapping's `values` win over the crosswalk, that over the list's labels.

    A label that is itself a code of the list, or stands for two codes, is not used.
    """
    words = _labels(codelist) if codelist else {}
    words.update(_normal(crosswalk.pairs if crosswalk else {}))
    words.update(_normal(values or {}))
    words = {word: code for word, code in words.items() if word and word != code}
    codes = frozenset(one.code for one in codelist.codes) if codelist else frozenset(item.enum)
    return Reading(item, words, separator or item.separator, order, codes)


def _normal(pairs: Mapping[str, str]) -> dict[str, str]:
    return {normal_text(word): normal_text(code) for word, code in pairs.items()}


def _labels(codelist: Codelist) -> dict[str, str]:
    codes = {item.code for item in codelist.codes}
    owners: dict[str, list[Code]] = {}
    for item in codelist.codes:
        owners.setdefault(normal_text(item.label), []).append(item)
    found = {label: _only(items) for label, items in owners.items()}
    return {label: code for label, code in found.items() if code and label not in codes}


def _only(items: list[Code]) -> str:
    """The one code behind a label; codes that were replaced give way to their successors."""
    current = [item.code for item in items if not item.replaced_by] or [item.code for item in items]
    return current[0] if len(set(current)) == 1 else ""
