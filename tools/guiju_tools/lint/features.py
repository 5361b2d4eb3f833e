"""Feature files: one 规则 for each requirement examined on data, its export scenario in the fixed form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pytest_bdd.scenario import make_python_name

from guiju.errors import Place, StandardError
from guiju_tools.lint.examples import lint_scenario, lint_verdicts
from guiju_tools.lint.finding import Notice, error, graded, notice, of_fault, unreadable
from guiju_tools.lint.generated import EXAMPLE, EXPORT, Wanted, wanted
from guiju_tools.lint.view import Item, View
from guiju_tools.lint.written import LANGUAGE, Feature, Rule, Scenario, read_feature

_FIX = "请运行 guiju lint --fix"
_FIRST_LINE = f"# language: {LANGUAGE}"


@dataclass(frozen=True, slots=True)
class Placed:
    """One rule and the file it stands in."""

    rule: Rule
    feature: Feature

    @property
    def place(self) -> Place:
        """Where its title stands."""
        return Place(self.feature.label, self.rule.line)


def lint_features(view: View) -> Iterator[Notice]:
    """Every rule on the feature files of a standard."""
    features, found = read_features(view)
    yield from found
    rules: dict[str, Placed] = {}
    for feature in features:
        yield from _loose(feature)
        yield from _names(feature)
        for rule in feature.rules:
            yield from _rule(view, Placed(rule, feature), rules)
        yield from _order(view, feature)
    if len(features) == len(view.features):
        yield from _missing(view, rules)


def read_features(view: View) -> tuple[list[Feature], list[Notice]]:
    """The feature files that can be read, and remarks on those that cannot."""
    features: list[Feature] = []
    found: list[Notice] = []
    for path in view.features:
        label = view.label_of(path)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            found.append(unreadable(label, fault))
            continue
        if text.split("\n", 1)[0].rstrip() != _FIRST_LINE:
            found.append(
                error(
                    "GJ-S385",
                    f"第一行不是 {_FIRST_LINE}",
                    Place(label, 1),
                    hint=f"请把 {_FIRST_LINE} 写在第一行",
                )
            )
        try:
            features.append(read_feature(text, label))
        except StandardError as fault:
            found += of_fault(fault)
    return features, found


def item_of(view: View, rule: Rule) -> Item | None:
    """The requirement examined on data that a rule is tagged with."""
    for tag in rule.tags:
        item = view.item(tag.name)
        if item is not None and item.model.on_data:
            return item
    return None


def _loose(feature: Feature) -> Iterator[Notice]:
    for scenario in feature.loose:
        yield error(
            "GJ-S386",
            f"场景“{scenario.name}”不在任何规则之下",
            Place(feature.label, scenario.line),
            hint="请放到所核验的要求的“规则”之下",
        )
    for line in (*feature.backgrounds, *(line for rule in feature.rules for line in rule.backgrounds)):
        yield error("GJ-S386", "不用“背景”", Place(feature.label, line), hint="每个场景自己写全")


def _names(feature: Feature) -> Iterator[Notice]:
    """pytest-bdd keeps the last of equal names, and tells scenarios apart by letters and digits alone."""
    owners: dict[str, int] = {}
    for scenario in feature.scenarios:
        line = owners.setdefault(make_python_name(scenario.name), scenario.line)
        if line != scenario.line:
            yield error(
                "GJ-S387",
                f"场景名“{scenario.name}”与第{line}行的相同（标点和大小写不计）",
                Place(feature.label, scenario.line),
                hint="同一文件中的场景名须各不相同，否则有的不会运行",
            )


def _rule(view: View, placed: Placed, rules: dict[str, Placed]) -> Iterator[Notice]:
    item = item_of(view, placed.rule)
    if item is None:
        if view.complete:
            yield _strange(view, placed)
        return
    requirement_id = item.model.id
    if requirement_id in rules:
        yield error(
            "GJ-S388",
            f"{requirement_id} 已在 {rules[requirement_id].place} 有一条规则",
            placed.place,
            hint="一条要求只有一条规则，请合并",
        )
        return
    rules[requirement_id] = placed
    generated = wanted(view, item)
    if generated is not None:
        yield from _generated(placed, generated)
    for scenario in placed.rule.scenarios:
        yield from _name(item, placed.feature, scenario)
        yield from lint_scenario(view, item, placed.feature, scenario)
    yield from lint_verdicts(view, item, placed.rule, placed.place)


def _name(item: Item, feature: Feature, scenario: Scenario) -> Iterator[Notice]:
    if not scenario.name.startswith(f"{item.model.id} "):
        yield error(
            "GJ-S387",
            f"场景名“{scenario.name}”没有以 {item.model.id} 开头",
            Place(feature.label, scenario.line),
            hint=f"写成“{item.model.id} 说的是什么”",
        )


def _strange(view: View, placed: Placed) -> Notice:
    ids = [tag.name for tag in placed.rule.tags]
    known = [name for name in ids if view.item(name) is not None]
    if known:
        return error(
            "GJ-S388",
            f"{known[0]} 不靠数据核验，不写规则",
            placed.place,
            hint="请改正标签，或删去这条规则",
        )
    return error(
        "GJ-S388",
        f"规则的标签中没有本标准的要求：{'、'.join(ids) or '没有标签'}",
        placed.place,
        hint="请改正标签，或删去这条规则",
    )


def _generated(placed: Placed, generated: Wanted) -> Iterator[Notice]:
    if placed.rule.title != generated.title:
        yield error(
            "GJ-S389",
            f"规则的标题与要求的条款号和文字不一致，应为“{generated.title}”",
            placed.place,
            hint=_FIX,
        )
    exports = [scenario for scenario in placed.rule.scenarios if scenario.tagged(EXPORT)]
    if not exports:
        yield error("GJ-S390", f"{generated.id} 没有 @{EXPORT} 场景", placed.place, hint=_FIX)
    for scenario in exports[:1]:
        if not generated.agrees(scenario):
            place = Place(placed.feature.label, scenario.line)
            yield error("GJ-S390", f"{generated.id} 的 @{EXPORT} 场景不是固定写法", place, hint=_FIX)
    for scenario in exports[1:]:
        place = Place(placed.feature.label, scenario.line)
        yield error("GJ-S390", f"{generated.id} 有不止一个 @{EXPORT} 场景", place, hint="请只留一个")
    for scenario in placed.rule.scenarios:
        if scenario.tagged(EXPORT) == scenario.tagged(EXAMPLE) or scenario.outline:
            place = Place(placed.feature.label, scenario.line)
            yield error(
                "GJ-S386",
                f"场景“{scenario.name}”既不是示例也不是导出场景",
                place,
                hint=f"示例标 @{EXAMPLE}，一个场景一个例子，不用场景大纲",
            )


def _order(view: View, feature: Feature) -> Iterator[Notice]:
    """Rules stand in the file of their chapter, in the order of the requirements."""
    places = {item.model.id: index for index, item in enumerate(view.items)}
    stem = Path(feature.label).stem
    highest = -1
    for rule in feature.rules:
        item = item_of(view, rule)
        if item is None:
            continue
        index = places[item.model.id]
        if item.chapter != stem:
            yield notice(
                "GJ-S384",
                f"{item.model.id} 的规则应写在 {item.chapter}.feature",
                Place(feature.label, rule.line),
                hint="规则与要求按章对应",
            )
        elif index < highest:
            yield notice(
                "GJ-S384",
                f"{item.model.id} 的规则与要求的先后不一致",
                Place(feature.label, rule.line),
                hint=_FIX,
            )
        highest = max(highest, index)


def _missing(view: View, rules: dict[str, Placed]) -> Iterator[Notice]:
    for item in view.items:
        if item.model.on_data and item.model.id not in rules:
            yield graded(
                "GJ-S391",
                f"{item.model.id} 还没有规则和示例",
                item.place("id"),
                hint=f"{_FIX} 生成规则，再写示例",
                stage=view.stage,
            )


def tagged_ids(features: Sequence[Feature]) -> frozenset[str]:
    """Every tag of every rule."""
    return frozenset(tag.name for feature in features for rule in feature.rules for tag in rule.tags)
