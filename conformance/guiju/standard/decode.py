"""An edition document turned into the frozen model; the only reader of that form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from guiju.standard.checks import (
    Check,
    Comparison,
    CoverageCheck,
    DeclaredCheck,
    ExaminedCheck,
    ExceptionList,
    IndicatorCheck,
    MatchCheck,
    RecordCheck,
    ReferenceCheck,
    Related,
    RelatedValue,
    SchemaCheck,
    SequenceCheck,
    Target,
    UniqueCheck,
    Window,
)
from guiju.standard.fields import Code, Codelist, Dataset, Field, FieldType, NullWords
from guiju.standard.model import Clause, Conclusion, Parameter, Requirement, Source, Standard, Term

Data = Mapping[str, Any]


def standard(
    document: Data, digests: tuple[str, str], *, stage: str = "20", published: bool = False
) -> Standard:
    """The model of one edition document; `stage` is the lifecycle's code, kept outside the document.

    `digests` are those of what judges and of what is read (`edition.digests`).
    """
    judging, text = digests
    rule = document["conclusion"]
    return Standard(
        id=document["id"],
        prefix=document["prefix"],
        title=document["title"]["zh"],
        title_en=document["title"]["en"],
        version=document["version"],
        stage=stage,
        published=published,
        requirements=tuple(requirement(item) for item in document["requirements"]),
        datasets={name: dataset(item) for name, item in document["datasets"].items()},
        codelists={name: codelist(name, item) for name, item in document["codelists"].items()},
        parameters={name: parameter(name, item) for name, item in document["parameters"].items()},
        clauses=tuple(
            Clause(item["number"], item["title"], item.get("text", "")) for item in document["clauses"]
        ),
        terms=tuple(Term(**item) for item in document["terms"]),
        conclusion=Conclusion(rule["pass-share"], rule["examined-share"], rule["key-requirements"]),
        features=document["features"],
        judging_digest=judging,
        text_digest=text,
        document=document,
    )


def requirement(item: Data) -> Requirement:
    """One requirement of the document."""
    return Requirement(
        id=item["id"],
        name=item["name"],
        clause=item["clause"],
        modality=item["modality"],
        text=item["text"],
        basis=item["basis"],
        sources=_sources(item["source"]),
        check=check(item["check"]),
        remedy=item["remedy"],
        key=item.get("key", False),
        tolerance=item.get("tolerance", {"share": "0"})["share"],
        undecided_max=item.get("undecided-max", {"share": "0"})["share"],
    )


def _sources(items: list[Data]) -> tuple[Source, ...]:
    return tuple(Source(item["document"], item["at"], item["mark"]) for item in items)


def parameter(name: str, item: Data) -> Parameter:
    """One parameter of the document."""
    return Parameter(
        id=name,
        title=item["title"],
        type=item["type"],
        kind=item["kind"],
        value=item.get("value"),
        unit=item.get("unit", ""),
        tighter=item.get("tighter"),
        sources=_sources(item.get("source", [])),
    )


def codelist(name: str, item: Data) -> Codelist:
    """One code list of the document."""
    return Codelist(name, tuple(Code(**row) for row in item["codes"]), item["owner"], item["source"])


def dataset(schema: Data) -> Dataset:
    """One dataset out of its record schema."""
    required = set(schema["required"])
    parent = schema.get("x-parent", {})
    fields = {name: _field(name, item, name in required) for name, item in schema["properties"].items()}
    return Dataset(
        id=schema["$id"],
        title=schema["title"],
        fields=fields,
        aliases=tuple(schema.get("x-aliases", ())),
        grain=schema["x-grain"],
        parent=parent.get("dataset"),
        parent_field=parent.get("field"),
        schema=schema,
    )


def _type(item: Data) -> FieldType:
    if item["type"] == "array":
        return "set"
    return cast("FieldType", item.get("format", item["type"]))


def _bound(item: Data, key: str) -> str | None:
    return None if key not in item else str(item[key])


def _field(name: str, item: Data, required: bool) -> Field:
    null = item.get("x-null", {})
    return Field(
        name=name,
        title=item["title"],
        type=_type(item),
        required=required,
        enum=(item["const"],) if "const" in item else tuple(item.get("enum", ())),
        pattern=item.get("pattern"),
        min_length=item.get("minLength"),
        max_length=item.get("maxLength"),
        minimum=_bound(item, "minimum"),
        maximum=_bound(item, "maximum"),
        codelist=item.get("x-codelist"),
        aliases=tuple(item.get("x-aliases", ())),
        key=item.get("x-key", False),
        reference=item.get("x-reference"),
        sensitive=item.get("x-sensitive", False),
        owner=item.get("x-owner", ""),
        unit=item.get("x-unit", ""),
        null=NullWords(tuple(null.get("words", ())), null.get("satisfies-required", False)),
        derived_from=item.get("x-from"),
        as_of=item.get("x-as-of"),
        separator=item.get("x-separator", ""),
        group=item.get("x-group", ""),
        description=item.get("description", ""),
        schema=item,
    )


def check(item: Data) -> Check:  # noqa: PLR0911 - one line a kind
    """The check of one requirement, by its kind."""
    when = item.get("when", "")
    match item["kind"]:
        case "schema":
            return SchemaCheck(item["dataset"], item["aspect"], tuple(item.get("fields", ())), when)
        case "record":
            decidable = item.get("decidable", "")
            return RecordCheck(item["dataset"], item["assert"], when, decidable, _related(item))
        case "unique":
            return UniqueCheck(item["dataset"], tuple(item["fields"]), when)
        case "reference":
            to = item["to"]
            return ReferenceCheck(
                item["dataset"], tuple(item["fields"]), to["dataset"], tuple(to["fields"]), when
            )
        case "match":
            compare = tuple(Comparison(one["field"], one["to"], one["how"]) for one in item["compare"])
            to, to_when = item["to"]["dataset"], item.get("to-when", "")
            return MatchCheck(item["dataset"], to, dict(item["on"]), compare, when, to_when)
        case "coverage":
            return _coverage(item, when)
        case "sequence":
            return SequenceCheck(item["dataset"], tuple(item["stages"]), item["ties"], item["missing"], when)
        case "indicator":
            return _indicator(item)
        case "declared":
            return DeclaredCheck(item["question"])
        case _:
            return ExaminedCheck(item["question"], item.get("method", ""))


def _coverage(item: Data, when: str) -> CoverageCheck:
    listed = item.get("except")
    exceptions = None
    if listed:
        exceptions = ExceptionList(listed["dataset"], tuple(listed["fields"]), listed["reason"])
    by = item["by"]
    return CoverageCheck(
        item["dataset"], tuple(item["fields"]), by["dataset"], tuple(by["fields"]), when, exceptions
    )


def _indicator(item: Data) -> IndicatorCheck:
    rolling = item.get("window")
    window = Window(rolling["stamp"], rolling["hours"], rolling["min-count"]) if rolling else None
    return IndicatorCheck(
        dataset=item["dataset"],
        numerator=item["numerator"],
        denominator=item["denominator"],
        operator=item["operator"],
        threshold=item["threshold"],
        groups=tuple(item.get("groups", ())),
        period=item.get("period"),
        window=window,
        target=Target(**item["target"]) if "target" in item else None,
        related=_related(item),
    )


def _related(item: Data) -> tuple[Related, ...]:
    return tuple(_one_related(name, told) for name, told in item.get("related", {}).items())


def _one_related(name: str, told: Data) -> Related:
    value, _, field = told["value"].removesuffix(")").partition("(")
    on = tuple(told["on"].items())
    value = cast("RelatedValue", value)
    return Related(name, told["dataset"], on, value, field, told.get("when", ""), told.get("title", ""))
