"""What a template says about one field: why it is needed, what may stand in it, an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from guiju.content import Pack
from guiju.run.needs import read_by
from guiju.run.prepare import read_expressions
from guiju.standard.checks import IndicatorCheck
from guiju.standard.fields import Codelist, Dataset, Field
from guiju.standard.model import Requirement, Standard
from guiju_tools.template.examples import examples_of

Need = Literal["must", "wish", "spare", "instead"]
NEED_WORDS: Mapping[Need, str] = {
    "must": "必需",
    "wish": "建议提供",
    "spare": "不需要",
    "instead": "不必另交",
}
NEED_MEANS: Mapping[Need, str] = {
    "must": "至少一条“应”的要求要读这一列，或者它是主键。缺了它，有关的“应”不能核验。",
    "wish": "只有“宜”“可”的要求要读这一列。",
    "spare": "现行版本没有要求要读这一列，请不要提供。",
    "instead": "可以由另一列得出，交了那一列就不必交这一列。",
}


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field with what people have to know to deliver it.

    `readers` are the requirements that read it, those of 应 first; `heading` is the column's name in what we
    write; `example` is an invented value, empty where there is none.
    """

    field: Field
    heading: str
    need: Need
    readers: tuple[Requirement, ...]
    codes: Codelist | None = None
    example: str = ""

    @property
    def filled(self) -> bool:
        """Whether every row has to have a value."""
        return self.field.required

    @property
    def asked(self) -> bool:
        """Whether the column is asked for."""
        return self.need in ("must", "wish")


@dataclass(frozen=True, slots=True)
class DatasetTold:
    """One dataset with its fields, the stamps that put rows into a period, and who reads it."""

    dataset: Dataset
    fields: tuple[FieldTold, ...]
    stamps: tuple[str, ...]
    readers: tuple[Requirement, ...]

    @property
    def asked(self) -> tuple[FieldTold, ...]:
        """The fields that are asked for."""
        return tuple(item for item in self.fields if item.asked)

    def count(self, need: Need) -> int:
        """How many fields are needed in that way."""
        return sum(item.need == need for item in self.fields)


@dataclass(frozen=True, slots=True)
class Told:
    """A standard as templates tell it."""

    standard: Standard
    datasets: tuple[DatasetTold, ...]

    @property
    def codelists(self) -> tuple[Codelist, ...]:
        """The code lists of the fields that are asked for, each once, in order."""
        found = {one.codes.id: one.codes for item in self.datasets for one in item.asked if one.codes}
        return tuple(found.values())


def tell(standard: Standard, packs: Sequence[Pack]) -> Told:
    """Gather what templates say about a standard."""
    readers = _readers(standard)
    examples = examples_of(standard, packs)
    datasets = []
    for name, dataset in standard.datasets.items():
        fields = tuple(
            _field(standard, dataset, item, readers.get((name, item.name), ()), examples[name])
            for item in dataset.fields.values()
        )
        whole = {one.id: one for item in fields for one in item.readers}
        datasets.append(DatasetTold(dataset, fields, _stamps(standard, name), tuple(whole.values())))
    return Told(standard, tuple(datasets))


def _readers(standard: Standard) -> dict[tuple[str, str], tuple[Requirement, ...]]:
    scopes = read_expressions(standard)
    found: dict[tuple[str, str], list[Requirement]] = {}
    for item in sorted(standard.requirements, key=lambda one: one.modality != "shall"):
        for dataset, names in read_by(item, standard, scopes).items():
            for name in names:
                found.setdefault((dataset, name), []).append(item)
    return {place: tuple(items) for place, items in found.items()}


def _field(
    standard: Standard,
    dataset: Dataset,
    item: Field,
    readers: tuple[Requirement, ...],
    examples: Mapping[str, str],
) -> FieldTold:
    codes = standard.codelists.get(item.codelist or "")
    example = _shown(examples.get(item.name, ""), codes)
    return FieldTold(item, heading(dataset, item), _need(item, readers), readers, codes, example)


def heading(dataset: Dataset, item: Field) -> str:
    """The column's name in templates: the title, or the name where two fields share a title."""
    shared = sum(other.title == item.title for other in dataset.fields.values()) > 1
    return item.name if shared else item.title


def _need(item: Field, readers: Sequence[Requirement]) -> Need:
    if item.derived_from:
        return "instead"
    if item.key or any(one.modality == "shall" for one in readers):
        return "must"
    return "wish" if readers else "spare"


def _shown(value: str, codes: Codelist | None) -> str:
    """An example as people write it: the labels of codes, where they are read as those codes."""
    words = dict(choices(codes)) if codes else {}
    return "；".join(words.get(part, part) for part in value.split(",")) if words else value


def choices(codes: Codelist) -> tuple[tuple[str, str], ...]:
    """Codes with the words to choose: the label where it stands for one code alone, else the code itself."""
    labels = [item.label.strip() for item in codes.codes]
    known = {item.code for item in codes.codes}
    return tuple(
        (item.code, label if label and labels.count(label) == 1 and label not in known else item.code)
        for item, label in zip(codes.codes, labels, strict=True)
        if not item.replaced_by and not item.valid_to
    )


def _stamps(standard: Standard, dataset: str) -> tuple[str, ...]:
    """What puts rows into a period: as the indicators say, else the first moment of a record of events."""
    moments = [item.name for item in standard.datasets[dataset].fields.values() if item.type == "date-time"]
    return tuple(dict.fromkeys((*_periods(standard, dataset), *moments[:1])))


def _periods(standard: Standard, dataset: str) -> Iterator[str]:
    for item in standard.requirements:
        if isinstance(item.check, IndicatorCheck) and item.check.dataset == dataset:
            if item.check.period:
                yield item.check.period
            if item.check.window:
                yield item.check.window.stamp
