"""From the Chinese titles that drafters use to datasets, fields, codes and parameters, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from guiju.standard.fields import Dataset, Field
from guiju.standard.model import Standard
from guiju_tools.drafting.headings import NO, YES

_APART = re.compile(r"[、,，;；\n]+")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unknown(ValueError):  # noqa: N818 - says what the word is
    """A word that names nothing; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of one standard."""

    standard: Standard

    def dataset(self, word: str) -> Dataset:
        """The dataset with that title, alias or id."""
        found = [item for item in self.standard.datasets.values() if word in (item.title, item.id)]
        found = found or [item for item in self.standard.datasets.values() if word in item.aliases]
        if len(found) != 1:
            raise Unknown(_strange("数据集", word, [item.title for item in self.standard.datasets.values()]))
        return found[0]

    def dataset_word(self, name: str) -> str:
        """The title of a dataset; its id where two have the same title."""
        title = self.standard.datasets[name].title
        same = sum(item.title == title for item in self.standard.datasets.values())
        return title if same == 1 else name

    def fields(self, dataset: Dataset, text: str) -> tuple[Field, ...]:
        """The fields listed by title."""
        words = [word.strip() for word in _APART.split(text) if word.strip()]
        twice = [word for word in words if words.count(word) > 1]
        if twice:
            raise Unknown(f"“{twice[0]}”写了两次，请删去一个")
        return tuple(self.field(dataset, word) for word in words)

    def field(self, dataset: Dataset, word: str) -> Field:
        """The field with that title, name or alias."""
        items = dataset.fields.values()
        found = [item for item in items if word in (item.title, item.name)]
        found = found or [item for item in items if word in item.aliases]
        if len(found) != 1:
            raise Unknown(_strange(f"{dataset.title}的数据元", word, [item.title for item in items]))
        return found[0]

    def knows_field(self, dataset: Dataset, word: str) -> bool:
        """Whether the word is a field's title or name."""
        return any(word in (item.title, item.name) for item in dataset.fields.values())

    def titles(self, dataset: Dataset, names: Iterable[str]) -> str:
        """Fields as a drafter lists them."""
        return "、".join(dataset.fields[name].title for name in names)

    def parameter(self, word: str) -> str:
        """The id of the parameter with that title or id."""
        known = self.standard.parameters
        found = [name for name, item in known.items() if word in (name, item.title)]
        if len(found) != 1:
            raise Unknown(_strange("参数", word, [item.title for item in known.values()]))
        return found[0]

    def codes(self, field: Field) -> Mapping[str, str]:
        """Labels of a field's codes, by code."""
        listed = self.standard.codelists.get(field.codelist or "")
        if listed is not None:
            return {item.code: item.label for item in listed.codes}
        return {value: value for value in field.enum}

    def literal(self, field: Field, word: str) -> str:
        """A value as expressions write it: a label or code, a number, a day, a text."""
        codes = self.codes(field)
        if codes:
            return _quoted(_code(field, word, codes))
        match field.type:
            case "boolean":
                raise Unknown(f"{field.title}只能写“{field.title}={YES}”或“{field.title}={NO}”")
            case "integer" | "number" if _NUMBER.fullmatch(word):
                return word
            case "date" | "date-time" if _DAY.fullmatch(word):
                return f"date '{word}'"
            case "string" | "set":
                return _quoted(word.removeprefix("“").removesuffix("”"))
            case _:
                kind = "数" if field.type in ("integer", "number") else "日期，如 2026-01-31"
                raise Unknown(f"“{word}”不是{kind}")

    def value_word(self, field: Field, literal: str) -> str:
        """The word for a value out of an expression; the inverse of `literal`."""
        text = literal.removeprefix("date ").strip("'")
        codes = self.codes(field)
        if not codes:
            return f"“{text}”" if field.type in ("string", "set") else text
        label = codes.get(text, text)
        unclear = list(codes.values()).count(label) != 1 or label in codes
        return text if unclear else label


def _code(field: Field, word: str, codes: Mapping[str, str]) -> str:
    found = [code for code, label in codes.items() if label == word]
    if word in codes:
        return word
    if len(found) != 1:
        raise Unknown(_strange(f"{field.title}的代码", word, list(codes.values())))
    return found[0]


def _quoted(text: str) -> str:
    if "'" in text:
        raise Unknown("值里不能有单引号")
    return f"'{text}'"


def _strange(what: str, word: str, known: list[str]) -> str:
    if not word:
        return f"没有写{what}"
    close = get_close_matches(word, known, n=3, cutoff=0.4) or known[:6]
    return f"没有名为“{word}”的{what}；相近的有：{'、'.join(close) or '（一个也没有）'}"
