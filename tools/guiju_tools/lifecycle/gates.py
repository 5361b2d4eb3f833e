"""Gates (阶段准入条件): criteria as data, each held against the facts and told on a line of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from guiju.content import Pack, own_pack
from guiju.standard.checked import checked
from guiju_tools.lifecycle.facts import Facts

FILE = "gates.yaml"
Criterion = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: what it asks, what is required, what was found, and whether that meets it."""

    criterion: str
    required: str
    found: str
    met: bool

    def document(self) -> dict[str, str | bool]:
        """The line as JSON values."""
        return {"criterion": self.criterion, "required": self.required, "found": self.found, "met": self.met}


def read_gates(pack: Pack) -> dict[str, list[Criterion]]:
    """The criteria of each stage: the pack's own, else those that ship with the program.

    Raises:
        StandardError: the file is not in the published form.
    """
    holder = pack if (pack.standards / FILE).is_file() else own_pack()
    data = checked(holder.standards / FILE, "gates", f"standards/{FILE}")
    return {gate["to"]: list(gate["criteria"]) for gate in data["gates"]}


def examine(criteria: list[Criterion], facts: Facts) -> list[Line]:
    """Every criterion held against the facts."""
    return [_CRITERIA[item["kind"]](item, facts) for item in criteria]


def _most(title: str, names: list[str], item: Criterion) -> Line:
    limit = int(item.get("most", 0))
    told = f"{len(names)} 项" + (f"：{'、'.join(names[:8])}" if names else "")
    return Line(title, f"至多 {limit} 项", told, len(names) <= limit)


def _lint(_: Criterion, facts: Facts) -> Line:
    found = facts.lint_errors
    return Line("编写检查（guiju lint）没有错误", "0 处", f"{found} 处", found == 0)


def _examples(_: Criterion, facts: Facts) -> Line:
    whole, wrong = facts.examples
    return Line("示例全部成立（guiju selftest）", "0 个不成立", f"{whole} 个中 {wrong} 个不成立", wrong == 0)


def _decision(_: Criterion, facts: Facts) -> Line:
    found = [entry for entry in facts.recent if entry.get("kind") == "decision"]
    told = f"{found[-1]['date']} {found[-1]['what']}" if found else "没有"
    return Line("有关机构的决定已记入阶段记录", "有", told, bool(found))


def _pilots(item: Criterion, facts: Facts) -> Line:
    least, tiers = int(item.get("least", 1)), dict(item.get("tiers", {}))
    found = sum(facts.tiers.values())
    required = f"至少 {least} 个地区" + "".join(f"，{tier}级至少 {count} 个" for tier, count in tiers.items())
    told = f"{found} 个" + "".join(f"，{tier}级 {count} 个" for tier, count in sorted(facts.tiers.items()))
    met = found >= least and all(facts.tiers[tier] >= count for tier, count in tiers.items())
    return Line("用这个版本试点并报来结果的地区", required, told, met)


def _conclusions(item: Criterion, facts: Facts) -> Line:
    least, found = int(item.get("least", 1)), facts.conclusions
    good = found["通过"] + found["修改后通过"]
    told = "，".join(f"{word} {found[word]} 个" for word in ("通过", "修改后通过", "不通过"))
    waiting = len(facts.pilots) - sum(found.values())
    required = f"通过和修改后通过至少 {least} 个，没有不通过，没有未结论的"
    met = good >= least and not found["不通过"] and not waiting
    return Line("试点对标准的结论", required, f"{told}，未结论 {waiting} 个", met)


def _decided(item: Criterion, facts: Facts) -> Line:
    whole, found = facts.decided
    share = Fraction(item["share"])
    met = whole > 0 and found >= share * whole
    title = "“应”的数据条款中，至少在一个地区判出结论的"
    return Line(title, f"至少 {_percent(share)}", f"{whole} 条中 {found} 条", met)


def _false_alarms(item: Criterion, facts: Facts) -> Line:
    findings, wrong = facts.false_alarms
    share = Fraction(item["share"])
    title = "不符合项中经裁定确属误判的"
    told = f"至少 {findings} 项中 {wrong} 项"
    return Line(title, f"至多 {_percent(share)}", told, wrong <= share * findings)


def _quorum(item: Criterion, facts: Facts) -> Line:
    held = [entry["meeting"] for entry in facts.recent if entry.get("meeting")]
    asked = [Fraction(item[name]) for name in ("present", "yes", "no")]
    present, yes, no = map(_percent, asked)
    required = f"参加投票不少于 {present}，赞成不少于 {yes}，反对不多于 {no}"
    if not held:
        return Line("审查会议的表决", required, "没有记入会议", met=False)
    vote = held[-1]
    told = f"委员 {vote['members']}，参加 {vote['present']}，赞成 {vote['yes']}，反对 {vote['no']}"
    met = (
        vote["present"] > 0
        and vote["present"] >= asked[0] * vote["members"]
        and vote["yes"] >= asked[1] * vote["present"]
        and vote["no"] <= asked[2] * vote["present"]
    )
    return Line("审查会议的表决", required, told, met)


def _recalled(item: Criterion, facts: Facts) -> Line:
    names = [one.id for one in facts.standard.requirements if one.advisory]
    return _most("依据只凭记忆、没有核对原文的要求", names, item)


def _proposals(item: Criterion, facts: Facts) -> Line:
    found = facts.standard.requirements
    names = [one.id for one in found if one.basis == "proposal" and one.modality == "shall"]
    return _most("依据只是起草组建议而写作“应”的要求", names, item)


def _confirmed(_: Criterion, facts: Facts) -> Line:
    found = [entry for entry in facts.log if entry.get("kind") == "confirmation"]
    now = facts.standard.text_digest
    met = bool(found) and found[-1].get("text") == now
    told = "没有确认过" if not found else f"{found[-1]['date']} 确认" + ("" if met else "，此后文字又改了")
    return Line("文字改动以后，核验办法经重新确认", "对现在的文字确认过", told, met)


def _version(_: Criterion, facts: Facts) -> Line:
    version = facts.standard.version
    path = facts.pack.standards / "editions" / f"{facts.standard.id}-{version}.json"
    met = not version.startswith("0.") and not path.exists()
    told = version + ("，这个版本号已经发布过" if path.exists() else "")
    return Line("版本号可以发布", "1.0.0 以上，没有用过", told, met)


def _effects(item: Criterion, facts: Facts) -> Line:
    least = int(item.get("least", 1))
    found = [entry for entry in facts.recent if entry.get("evidence")]
    told = "、".join(one["name"] for entry in found for one in entry["evidence"][:3]) or "没有"
    return Line("实施效果评估已记入阶段记录（附文件）", f"至少 {least} 次", told, len(found) >= least)


def _percent(share: Fraction) -> str:
    whole = share * 100
    return f"{whole.numerator}%" if whole.denominator == 1 else str(share)


_CRITERIA: Mapping[str, Callable[[Criterion, Facts], Line]] = {
    "lint": _lint,
    "examples": _examples,
    "decision": _decision,
    "pilots": _pilots,
    "conclusions": _conclusions,
    "decided": _decided,
    "false-alarms": _false_alarms,
    "objections": lambda item, facts: _most("没有裁定的异议", facts.open_objections, item),
    "examples-of-rulings": lambda item, facts: _most(
        "裁定修改判法而没有写明示例的", facts.changes_without_example, item
    ),
    "opinions": lambda item, facts: _most("没有处理的意见", facts.open_opinions, item),
    "quorum": _quorum,
    "recalled": _recalled,
    "proposals": _proposals,
    "confirmed": _confirmed,
    "version": _version,
    "effects": _effects,
}
