"""Which alterations each field of a dataset gets: by its type, code list, pattern and limits alone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from guiju.standard.fields import Dataset, Field
from guiju.standard.model import Standard
from guiju_tools.sample.faults import amounts, codes, texts
from guiju_tools.sample.faults.operator import UNCHANGED, Altered, Change, Operator, Record

_NO_SUCH_KEY_TRIES = 40
_YEAR = 365


def operators(standard: Standard, dataset: Dataset) -> tuple[Operator, ...]:
    """The alterations of every field of a dataset, in the order of its fields; always the same ones."""
    found: list[Operator] = []
    for field in dataset.fields.values():
        found += _blanks(field)
        found += _partners(field, dataset)
        found += _coded(field, standard) if field.codelist or field.enum else ()
        found += _of_set(field, standard) if field.type == "set" else ()
        found += _amounts(field, dataset)
        found += _written(field)
    return tuple(found)


def _on_text(change: Callable[[str, random.Random], str]) -> Change:
    """An alteration that needs a value to alter."""

    def altered(value: str | None, _record: Record, chance: random.Random) -> Altered:
        return change(value, chance) if value else UNCHANGED

    return altered


def _plain(change: Callable[[str], str]) -> Change:
    return _on_text(lambda text, _chance: change(text))


def _blanks(field: Field) -> Iterator[Operator]:
    words = field.null.words or ("无",)
    yield Operator("dropped", "漏填", field.name, lambda *_: None)
    yield Operator(
        "null-word", "填“无”一类的词", field.name, _on_text(lambda _, chance: chance.choice(words))
    )


def _partners(field: Field, dataset: Dataset) -> Iterator[Operator]:
    """The next field of like kind: values exchanged, or the one copied over the other."""
    names = list(dataset.fields)
    later = (dataset.fields[name] for name in names[names.index(field.name) + 1 :])
    partner = next((item for item in later if _like(item, dataset) == _like(field, dataset)), None)
    if partner is None:
        return
    name = partner.name

    def other(_value: str | None, record: Record, _chance: random.Random) -> Altered:
        return record[name]

    yield Operator("swapped", f"与“{partner.title}”填反", field.name, other, name, swaps=True)
    yield Operator("copied", f"照抄“{partner.title}”", field.name, other, name)


def _like(field: Field, dataset: Dataset) -> tuple[object, ...]:
    """What two fields have in common whose values people confuse."""
    derived = frozenset(_derivations(field, dataset))
    return field.type, field.codelist, field.enum, field.pattern, field.unit, derived


def _derivations(field: Field, dataset: Dataset) -> Iterator[str]:
    """The names of the functions through which other fields follow from this one."""
    for item in dataset.fields.values():
        text = item.derived_from or ""
        if re.search(rf"\b{re.escape(field.name)}\b", text):
            yield text.partition("(")[0].strip()


def _coded(field: Field, standard: Standard) -> Iterator[Operator]:
    written = codes.written_values(field, standard.codelists.get(field.codelist or ""))
    near = codes.on_one(lambda text, chance: codes.neighbour(text, written, chance), field)
    out = codes.on_one(lambda text, _chance: codes.outside(text, written), field)
    yield Operator("neighbour-code", "错选相邻代码", field.name, _on_text(near))
    yield Operator("outside-code", "代码表外的代码", field.name, _on_text(out))


def _of_set(field: Field, standard: Standard) -> Iterator[Operator]:
    written = codes.written_values(field, standard.codelists.get(field.codelist or ""))
    more = _on_text(lambda text, chance: codes.member_added(text, field, written, chance))
    less = _on_text(lambda text, chance: codes.member_removed(text, field, chance))
    yield Operator("member-added", "多选一项", field.name, more)
    yield Operator("member-removed", "少选一项", field.name, less)


def _amounts(field: Field, dataset: Dataset) -> Iterator[Operator]:
    limit = field.type == "string" and "limit_number" in set(_derivations(field, dataset))
    if limit or field.type in ("integer", "number"):
        yield Operator("one-more", "数多1", field.name, _plain(lambda text: amounts.number_moved(text, 1)))
        yield Operator("one-less", "数少1", field.name, _plain(lambda text: amounts.number_moved(text, -1)))
        yield Operator("ten-times", "数多一个零", field.name, _plain(amounts.number_scaled))
    if limit:
        yield Operator("other-unit", "换了单位", field.name, _on_text(amounts.other_unit))
        yield Operator("without-unit", "漏写单位", field.name, _plain(amounts.without_unit))
    if field.type == "boolean":
        yield Operator("flipped", "是否颠倒", field.name, _plain(amounts.flipped))
    if field.type in ("date", "date-time"):
        for days, name, title in (
            (1, "next-day", "晚一天"),
            (-1, "day-before", "早一天"),
            (_YEAR, "next-year", "晚一年"),
            (-_YEAR, "year-before", "早一年"),
        ):
            yield Operator(
                name,
                title,
                field.name,
                _plain(lambda text, by=days: amounts.day_moved(text, by)),  # type: ignore[misc] # the default binds the loop's value
            )
    if field.type == "date-time":
        yield Operator("hour-moved", "差一小时", field.name, _plain(lambda text: amounts.hour_moved(text, 1)))


def _written(field: Field) -> Iterator[Operator]:
    if (field.pattern or field.reference or field.type != "string") and field.type not in ("boolean", "set"):
        yield Operator("digit-altered", "错一位数字", field.name, _on_text(texts.digit_altered))
        yield Operator("digits-exchanged", "两位数字颠倒", field.name, _on_text(texts.digits_exchanged))
        yield Operator("digit-lost", "漏一位数字", field.name, _on_text(texts.digit_lost))
    if field.type in ("string", "date", "date-time") and not field.codelist:
        yield Operator("truncated", "文字被截断", field.name, _on_text(texts.truncated))
    if field.type != "set":
        yield Operator("garbled", "混入无关字符", field.name, _on_text(texts.garbled))
    if field.max_length is not None:
        most = field.max_length
        yield Operator("too-long", "超过字数", field.name, _plain(lambda text: texts.lengthened(text, most)))
    if field.reference is not None:
        yield Operator(
            "points-nowhere", "指向不存在的记录", field.name, _on_text(lambda t, c: nowhere(t, field, c))
        )


def nowhere(text: str, field: Field, chance: random.Random) -> str:
    """A well-formed value that is most likely nobody's key: three digits altered, the pattern kept."""
    for _ in range(_NO_SUCH_KEY_TRIES):
        found = text
        for _ in range(3):
            found = texts.digit_altered(found, chance)
        if found != text and (field.pattern is None or re.fullmatch(field.pattern, found)):
            return found
    return text
