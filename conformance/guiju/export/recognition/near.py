"""Columns that are not read, and missing fields that they could be: told, and never bound."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from guiju.export.recognition.match import BESIDE
from guiju.export.remarks import Remark
from guiju.standard.fields import Dataset

_SHOWN = 3
_HINT = "请用 guiju map 写出字段对应表，写明是不是这一列，再核验"


def near_headings(
    unread: Sequence[str], dataset: Dataset, bound: Collection[str], absent: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """By missing field, the unread headings that are closer to it than to any field that has its column.

    Fields that follow from others, and those confirmed as `absent`, are not asked about.
    """
    missing = [
        name
        for name, item in dataset.fields.items()
        if name not in bound and name not in absent and not item.derived_from
    ]
    free = [heading for heading in unread if not heading.startswith(BESIDE)]
    if not missing or not free:
        return {}
    return _close(free, dataset, missing, bound)


def near_remarks(near: Mapping[str, Iterable[str]], dataset: Dataset) -> tuple[Remark, ...]:
    """One remark for each missing field that has a close heading."""
    return tuple(
        Remark(
            "GJ-D213",
            f"没有认出数据元“{dataset.fields[name].title}”；未读取的列{_quoted(headings)}与它相近",
            column=next(iter(headings), ""),
            hint=_HINT,
        )
        for name, headings in near.items()
    )


def _close(
    free: Sequence[str], dataset: Dataset, missing: Sequence[str], bound: Collection[str]
) -> dict[str, tuple[str, ...]]:
    from guiju.export.recognition.closeness import closeness, near_fields  # noqa: PLC0415 -- few runs need it

    found: dict[str, list[tuple[int, str]]] = {}
    for heading in free:
        near = near_fields(heading, dataset, missing)
        taken = max((closeness(heading, dataset.fields[name]) for name in bound), default=0) if near else 0
        for score, name in near:
            if score >= taken:
                found.setdefault(name, []).append((score, heading))
    best = {name: sorted(close, key=lambda item: -item[0])[:_SHOWN] for name, close in found.items()}
    return {name: tuple(heading for _, heading in best[name]) for name in missing if name in best}


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in words)
