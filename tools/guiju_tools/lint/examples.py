"""Scenarios: fixed steps, tables whose headings are fields, everything the check looks at, every verdict."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.errors import Place, StandardError
from guiju.rule import fields_of, nulls_tested
from guiju.standard.checks import RecordCheck, SequenceCheck
from guiju.standard.fields import Dataset, Field
from guiju_tools.lint.expressions import fields_used, parse_in, trees_of
from guiju_tools.lint.figures import strange_figures
from guiju_tools.lint.finding import Notice, error, graded
from guiju_tools.lint.generated import EXAMPLE, EXPORT
from guiju_tools.lint.records import names_of
from guiju_tools.lint.steps import Said, forms, said, understand, verdicts
from guiju_tools.lint.view import Item, View
from guiju_tools.lint.written import Feature, Rule, Scenario


def lint_scenario(view: View, item: Item, feature: Feature, scenario: Scenario) -> Iterator[Notice]:
    """Every rule on one scenario of a requirement."""
    place = Place(feature.label, scenario.line)
    set_here = frozenset(one.value for one in said(scenario) if one.what == "parameter")
    for message in dict.fromkeys(strange_figures(view, item, scenario.name, set_here)):
        yield error("GJ-S392", message, place, hint="标题中的数与参数相同；另设参数的请写 参数步骤")
    if scenario.tagged(EXPORT):
        return
    yield from _steps(view, item, feature, scenario)
    yield from _tables(view, feature, scenario)
    if scenario.tagged(EXAMPLE):
        yield from _listed(view, item, feature, scenario)


def dataset_called(view: View, word: str) -> Dataset | None:
    """The dataset with that title or id; examples do not use aliases."""
    for file in view.every.values():
        if word in (file.model.title, file.model.id):
            return file.model
    return None


def field_called(dataset: Dataset, word: str) -> Field | None:
    """The field with that title, name or alias."""
    return next((field for field in dataset.fields.values() if word in names_of(field)), None)


def _steps(view: View, item: Item, feature: Feature, scenario: Scenario) -> Iterator[Notice]:
    judged = 0
    for step in scenario.steps:
        place = Place(feature.label, step.line)
        meaning = understand(step)
        if meaning is None or meaning.what == "export":
            yield error(
                "GJ-S393",
                f"不认识的步骤：{step.keyword} {step.text}",
                place,
                hint=f"可用的步骤：{'；'.join(forms())}",
            )
            continue
        judged += meaning.what == "judge"
        fault = _misused(view, item, scenario, meaning)
        if fault:
            yield error("GJ-S393", fault, place, hint="请改正这一步")
    if judged != 1:
        place = Place(feature.label, scenario.line)
        yield error(
            "GJ-S393", f"场景中有{judged}个“核验”步骤", place, hint=f'写一步：当 核验"{item.model.id}"'
        )
    if not verdicts(scenario):
        place = Place(feature.label, scenario.line)
        yield error("GJ-S393", "场景没有写明结论", place, hint="请写“那么 第1行符合”之类的步骤")


def _misused(view: View, item: Item, scenario: Scenario, meaning: Said) -> str:
    """What is wrong with a step that is known; empty when nothing is."""
    match meaning.what:
        case "table" | "none" if dataset_called(view, meaning.name) is None and not view.broken:
            return f"没有名为“{meaning.name}”的数据集"
        case "parameter" if meaning.name not in view.parameters:
            return f"没有参数“{meaning.name}”"
        case "judge" if meaning.name != item.model.id:
            return f"核验的是 {meaning.name}，不是本规则的 {item.model.id}"
        case "table" | "none" if _places(scenario, meaning.name) > 1:
            return f"“{meaning.name}”写了不止一次"
        case "row" if int(meaning.name) > _row_count(view, item, scenario):
            return f"表中没有第{meaning.name}行"
        case _:
            return ""


def _places(scenario: Scenario, word: str) -> int:
    """How often a scenario says what records a dataset has."""
    return sum(one.what in ("table", "none") and one.name == word for one in said(scenario))


def _row_count(view: View, item: Item, scenario: Scenario) -> int:
    examined = getattr(item.model.check, "dataset", "")
    tables = [one for one in said(scenario) if one.what == "table"]
    own = [
        one
        for one in tables
        if (found := dataset_called(view, one.name)) is not None and found.id == examined
    ]
    return sum(len(one.step.rows) - 1 for one in own)


def _tables(view: View, feature: Feature, scenario: Scenario) -> Iterator[Notice]:
    for one in said(scenario):
        dataset = dataset_called(view, one.name) if one.what == "table" else None
        if dataset is None:
            continue
        place = Place(feature.label, one.step.line + 1)
        owners: dict[str, str] = {}
        for heading in one.step.rows[0]:
            field = field_called(dataset, heading)
            if field is None:
                yield error(
                    "GJ-S394",
                    f"{dataset.title}没有名为“{heading}”的数据元",
                    place,
                    hint="表头用数据元的中文名称、英文名或别名",
                )
            elif field.name in owners:
                yield error(
                    "GJ-S394", f"“{owners[field.name]}”和“{heading}”是同一个数据元", place, hint="请删去一列"
                )
            else:
                owners[field.name] = heading


def _listed(view: View, item: Item, feature: Feature, scenario: Scenario) -> Iterator[Notice]:
    """All that the check uses is written in the example, itself or as what it is derived from."""
    given = _given(view, scenario)
    for dataset_id, used in fields_used(view, item.model.check).items():
        dataset = view.dataset(dataset_id)
        if dataset is None:
            continue
        place = Place(feature.label, scenario.line)
        if dataset_id not in given:
            yield error(
                "GJ-S395",
                f"示例没有写{dataset.title}",
                place,
                hint=f'请写“假如 "{dataset.title}"中有下列记录:”或“没有记录”',
            )
            continue
        columns = given[dataset_id]
        known = used & set(dataset.fields)
        lacking = (
            [] if columns is None else [name for name in known if not _covered(view, dataset, name, columns)]
        )
        if lacking:
            titles = "、".join(sorted(dataset.fields[name].title for name in lacking))
            yield error(
                "GJ-S395",
                f"{dataset.title}的表中没有核验要用的 {titles}",
                place,
                hint="请加上这些列，没有值的写“空”",
            )


def _given(view: View, scenario: Scenario) -> dict[str, frozenset[str] | None]:
    """By dataset, the fields that a scenario lists; None where it says that there are no records."""
    given: dict[str, frozenset[str] | None] = {}
    for one in said(scenario):
        dataset = dataset_called(view, one.name) if one.what in ("table", "none") else None
        if dataset is None:
            continue
        if one.what == "none":
            given[dataset.id] = None
            continue
        fields = (field_called(dataset, heading) for heading in one.step.rows[0])
        given[dataset.id] = frozenset(field.name for field in fields if field is not None)
    return given


def _covered(view: View, dataset: Dataset, name: str, columns: frozenset[str], depth: int = 0) -> bool:
    if name in columns:
        return True
    field = dataset.fields.get(name)
    if field is None or field.derived_from is None or depth > len(dataset.fields):
        return False
    try:
        node = parse_in(view, dataset, field.derived_from, Place(), None)
    except StandardError:
        return True  # told where the derivation is written
    return all(_covered(view, dataset, source, columns, depth + 1) for source in fields_of(node))


def lint_verdicts(view: View, item: Item, rule: Rule, place: Place) -> Iterator[Notice]:
    """Examples that pass, that fail, and one that stays undecided where that can occur."""
    examples = [scenario for scenario in rule.scenarios if scenario.tagged(EXAMPLE)]
    shown = frozenset(word for scenario in examples for word in verdicts(scenario))
    needed = ["符合", "不符合", *(["无法判定"] if can_stay_undecided(view, item) else [])]
    lacking = [word for word in needed if word not in shown]
    if lacking:
        yield graded(
            "GJ-S396",
            f"{item.model.id} 没有结论为{'、'.join(lacking)}的示例",
            place,
            hint="请各写至少一个 @example 场景",
            stage=view.stage,
        )


def can_stay_undecided(view: View, item: Item) -> bool:
    """Whether a record can exist of which the check decides nothing, so that an example of it is due."""
    check = item.model.check
    if isinstance(check, SequenceCheck):
        return check.missing == "undecided"
    dataset = view.dataset(getattr(check, "dataset", ""))
    if not isinstance(check, RecordCheck) or dataset is None:
        return False
    if check.decidable:
        return True
    trees = [node for _, node in trees_of(view, check)]
    tested = frozenset(name for node in trees for name in nulls_tested(node))
    used = frozenset(name for node in trees for name in fields_of(node)) - tested
    return any(_nullable(dataset.fields[name]) for name in used)


def _nullable(field: Field) -> bool:
    return not field.required or bool(field.null.words) or field.derived_from is not None
