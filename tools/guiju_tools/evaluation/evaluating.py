"""An evaluation put together: sections of a page and a workbook, and the proposals that come out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.engine.kinds.indicator import percent
from guiju.result.claims import AGREEMENT_TITLES
from guiju.standard.checks import IndicatorCheck
from guiju.standard.model import Standard
from guiju_tools.evaluation.measures import (
    LEAST,
    Clause,
    Proposal,
    Reached,
    adoption,
    clause_of,
    differences,
    periods,
    proposals,
    reached,
    review_due,
)
from guiju_tools.evaluation.picture import bars
from guiju_tools.registry.store import Store
from guiju_tools.registry.tiers import TIERS, tier_of
from guiju_tools.report.tables import Cell, Section

TITLE = "实施效果评估"
SHOWN_PERIODS = 6
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The sections in order, and what is proposed."""

    sections: tuple[Section, ...]
    proposals: tuple[Proposal, ...]


def evaluate(store: Store, standard: Standard, log: Sequence[Mapping[str, Any]], day: str) -> Evaluation:
    """Evaluate a standard on a day (YYYY-MM-DD), out of all bundles and registers up to now.

    Args:
        store: the registry.
        standard: as it stands.
        log: the entries of its lifecycle.
        day: the day of the evaluation.
    """
    bodies = [entry.body for entry in store.bundles(standard=standard.id)]
    newest = last_of_each(bodies)
    due = review_due(log)
    found = proposals(standard, newest, due, day)
    sections = (
        _scope(newest, day, due),
        _adoption(store, standard, day),
        _chapters(standard, newest),
        _clauses(standard, bodies),
        _editions(standard, bodies),
        _claims(standard, newest),
        _targets(standard, newest),
        _proposals(standard, found),
    )
    return Evaluation(sections, tuple(found))


def last_of_each(bodies: Sequence[Body]) -> list[Body]:
    """The bundle of the latest period of each region, in the order of codes."""
    newest: dict[str, Body] = {}
    for body in bodies:
        held = newest.get(body["region"])
        if held is None or _when(held) <= _when(body):
            newest[body["region"]] = body
    return [newest[code] for code in sorted(newest)]


def _when(body: Body) -> str:
    return str(body["period"] or body["as_of"])


def _scope(newest: Sequence[Body], day: str, due: str) -> Section:
    tiers = Counter(tier_of(body["region"]) for body in newest)
    words = (
        f"评估日期：{day}。每个地区取最近一期的结果包，共 {len(newest)} 个地区。",
        f"复审期限：{due or '没有发布过，不计算'}。",
        "没有报来结果的地区、没有交来的数据集，都不在评估之内；数目说的是标准，不是地区。",
    )
    return Section("范围", words, ("层级", "地区数"), tuple((tier, tiers[tier]) for tier in TIERS), (20, 12))


def _adoption(store: Store, standard: Standard, day: str) -> Section:
    found = adoption(store.entries("adoption", "units"), standard.id, day)
    rows = tuple(
        (one.tier, one.adopted, one.bound or "没有登记", _rate(one.adopted, one.bound)) for one in found
    )
    words = ("实施率 = 已声明采用并到实施日期的单位数 ÷ 应实施的单位数；分母没有登记的不计算。",)
    return Section("实施", words, ("层级", "已实施单位", "应实施单位", "实施率"), rows, (12, 14, 14, 12))


def _rate(part: int, whole: int) -> str:
    return f"{percent(part, whole)}%" if whole and part <= whole else "不计算"


def _chapters(standard: Standard, newest: Sequence[Body]) -> Section:
    titles = {clause.number: clause.title for clause in standard.clauses}
    figures: dict[str, list[int]] = {}
    for item in standard.requirements:
        clause = clause_of(newest, item.id)
        held = figures.setdefault(item.clause.split(".")[0], [0, 0, 0, 0])
        for place, figure in enumerate((clause.met, clause.unmet, clause.open, clause.other)):
            held[place] += figure
    named = [(f"{number} {titles.get(number, '')}".strip(), figures[number]) for number in figures]
    words = ("各章的条款在各地区最近一期结果包中的结论数。",)
    rows: tuple[tuple[Cell, ...], ...] = tuple((label, *told) for label, told in named)
    head = ("章", "符合", "不符合", "无法判定", "不适用和未核验")
    return Section("各章", words, head, rows, (30, 10, 10, 12, 16), bars(named, "各章的结论数"))


def _clauses(standard: Standard, bodies: Sequence[Body]) -> Section:
    shown = periods(bodies)[-SHOWN_PERIODS:]
    by_period = {period: [body for body in bodies if _when(body) == period] for period in shown}
    rows = tuple(
        (item.clause, item.id, item.text, *(_told(clause_of(by_period[one], item.id)) for one in shown))
        for item in standard.requirements
    )
    words = ("各期各格依次是：符合／不符合／无法判定的结果包数。没有核验到的写作 —。按条款的次序排列。",)
    return Section(
        "各条款各期", words, ("条款", "要求编号", "要求", *shown), rows, (8, 10, 56, *(12.0,) * len(shown))
    )


def _told(clause: Clause) -> str:
    return f"{clause.met}／{clause.unmet}／{clause.open}" if clause.examined else "—"


def _editions(standard: Standard, bodies: Sequence[Body]) -> Section:
    """Before and after: the same regions' last bundle by the edition before, and by the one after."""
    versions = sorted({str(body["standards"][0]["version"]) for body in bodies}, key=_number)
    words: tuple[str, ...] = ("只有一个版本的结果包，不能比较。",)
    rows: list[tuple[Cell, ...]] = []
    if len(versions) > 1:
        old, new = (
            {body["region"]: body for body in bodies if body["standards"][0]["version"] == one}
            for one in versions[-2:]
        )
        both = sorted(old.keys() & new.keys())
        words = (
            f"{versions[-2]} 与 {versions[-1]}，只取两个版本都报来过的 {len(both)} 个地区，各取最后一次。",
            "各格依次是：符合／不符合／无法判定。版本不同，判法可能不同，数目变化不等于实施变化。",
        )
        for item in standard.requirements:
            first, second = (_told(clause_of([one[code] for code in both], item.id)) for one in (old, new))
            if first != second:
                rows.append((item.clause, item.id, item.text, first, second))
    head = ("条款", "要求编号", "要求", "前一版本", "后一版本")
    return Section("换版前后", words, head, tuple(rows), (8, 10, 60, 14, 14))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _claims(standard: Standard, newest: Sequence[Body]) -> Section:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (item.clause, item.id, item.text, *(counted[word] for word in AGREEMENT_TITLES))
        for item, counted in differences(standard, newest)
    )
    words = ("交来自评的结果包中，自评与实测的关系。",)
    head = ("条款", "要求编号", "要求", *AGREEMENT_TITLES.values())
    return Section("自评与实测", words, head, rows, (8, 10, 50, *(12.0,) * len(AGREEMENT_TITLES)))


def _targets(standard: Standard, newest: Sequence[Body]) -> Section:
    rows = tuple(_target(one) for one in reached(standard, newest))
    words = ("各地区的分子、分母相加；少于5而不写明数目的没有加进来，份数写明加了几份。",)
    head = ("条款", "要求编号", "要求", "起点", "目标日期", "份数", "分子", "分母", "现在")
    return Section("政策目标", words, head, rows, (8, 10, 46, 10, 12, 8, 10, 10, 10))


def _target(one: Reached) -> tuple[Cell, ...]:
    item, check = one.requirement, one.requirement.check
    assert isinstance(check, IndicatorCheck)  # noqa: S101 - as it was chosen
    assert check.target is not None  # noqa: S101 - as above
    now = f"{percent(one.numerator, one.denominator)}%" if one.denominator else "没有数目"
    baseline = check.target.baseline or "没有出处"
    return (
        item.clause,
        item.id,
        item.text,
        baseline,
        check.target.by,
        one.bundles,
        one.numerator,
        one.denominator,
        now,
    )


def _proposals(standard: Standard, found: Sequence[Proposal]) -> Section:
    texts = {item.id: (item.clause, item.text) for item in standard.requirements}
    rows = tuple(
        (one.kind, *texts.get(one.requirement, ("", "整个标准")), one.requirement, one.why) for one in found
    )
    words = (
        f"少于 {LEAST} 份结果包核验到的条款不提；依据是法律法规和政策的、关键条款，不提删去。",
        "是否采纳由标准机构决定；列入制修订计划的，用 --record 登记。",
    )
    return Section(
        "下一步的建议", words, ("种类", "条款", "要求", "要求编号", "理由"), rows, (8, 8, 50, 10, 44)
    )
