"""How a requirement is examined, in words that need no SQL."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.rule import describe, parse, scope_name
from guiju.run.prepare import read_expressions
from guiju.standard.checks import (
    Check,
    Comparison,
    CoverageCheck,
    DeclaredCheck,
    ExaminedCheck,
    IndicatorCheck,
    MatchCheck,
    RecordCheck,
    ReferenceCheck,
    Related,
    SchemaCheck,
    SequenceCheck,
    UniqueCheck,
)
from guiju.standard.model import Requirement, Standard

ASPECTS = {"presence": "是否填写", "form": "写法是否正确", "code": "取值是否在代码表内"}
WAYS = {"same": "相同", "name": "名称相符", "cited": "所引条文一致，可有本地增加", "shown": "并列查看"}
OPERATORS = {">=": "不小于", "<=": "不大于", ">": "大于", "<": "小于", "=": "等于"}
VALUES = {
    "sum": "的{}合计",
    "min": "中最小（最早）的{}",
    "max": "中最大（最晚）的{}",
    "one": "共有的{}（各不相同则不能判定）",
}
TIES = {"allowed": "可以相同", "refused": "不能相同"}
MISSING = {"skip": "没有的时间跳过", "undecided": "缺少时间则无法判定", "refused": "缺少时间则不符合"}


class Methods:
    """The methods of one standard, its expressions read once."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._scopes = read_expressions(standard)

    def of(self, item: Requirement) -> str:
        """The method of one requirement in one text."""
        parts = [self._told(item.check), *self._conditions(item.check)]
        told = "；".join(part for part in parts if part)
        return told if told.endswith("？") else f"{told}。"

    def _told(self, check: Check) -> str:  # noqa: C901, PLR0911 -- one case a kind
        match check:
            case SchemaCheck():
                return f"逐条查看“{self._dataset(check)}”的{self._checked(check)}：{ASPECTS[check.aspect]}"
            case RecordCheck():
                return f"逐条核验“{self._dataset(check)}”：{self._words(check, check.assertion)}"
            case UniqueCheck():
                return (
                    f"查重：“{self._dataset(check)}”中没有两条记录的{self._fields(check, check.fields)}都相同"
                )
            case ReferenceCheck():
                other = self._of(check.to, check.to_fields)
                return f"“{self._dataset(check)}”的{self._fields(check, check.fields)}在{other}中查得到"
            case MatchCheck():
                return self._match(check)
            case CoverageCheck():
                return self._coverage(check)
            case SequenceCheck():
                order = "、".join(self._field(check.dataset, name) for name in check.stages)
                told = f"{TIES[check.ties]}，{MISSING[check.missing]}"
                return f"“{self._dataset(check)}”中{order}依次先后（{told}）"
            case IndicatorCheck():
                return self._indicator(check)
            case DeclaredCheck():
                return f"自评：{check.question.rstrip('。')}"
            case ExaminedCheck():
                return "；".join(
                    filter(None, (f"查看：{check.question.rstrip('。')}", check.method.rstrip("。")))
                )

    def _conditions(self, check: Check) -> list[str]:
        found = []
        for label, name in (("适用于", "when"), ("能够判定的前提", "decidable")):
            text = getattr(check, name, "")
            if text:
                found.append(f"{label}：{self._words(check, text)}")
        if isinstance(check, RecordCheck | IndicatorCheck):
            found += [self._partners(check, one) for one in check.related]
        return found

    def _partners(self, check: RecordCheck | IndicatorCheck, one: Related) -> str:
        """Where a value from another dataset is taken from."""
        pairs = (
            (self._field(check.dataset, here), self._field(one.dataset, there)) for here, there in one.on
        )
        on = "、".join(here if here == there else f"{here}与{there}" for here, there in pairs)
        condition = ""
        if one.when:
            scope = self._scopes[one.dataset]
            condition = f"、{describe(parse(one.when, scope), scope)}"
        value = (
            "数" if one.value == "count" else VALUES[one.value].format(self._field(one.dataset, one.field))
        )
        title = self._scopes[scope_name(check)].fields[one.name].title
        return f"“{title}”是{self._title(one.dataset)}中{on}相同{condition}的记录{value}"

    def _match(self, check: MatchCheck) -> str:
        on = "、".join(self._field(check.dataset, name) for name in check.on)
        told = "；".join(self._comparison(check, one) for one in check.compare)
        return f"“{self._dataset(check)}”与{self._title(check.to)}中{on}相同的记录比对：{told}"

    def _comparison(self, check: MatchCheck, one: Comparison) -> str:
        mine, other = self._field(check.dataset, one.field), self._field(check.to, one.to)
        return f"{mine}{'' if mine == other else f'与{other}'}{WAYS[one.how]}"

    def _coverage(self, check: CoverageCheck) -> str:
        text = (
            f"“{self._dataset(check)}”的每条记录，其{self._fields(check, check.fields)}"
            f"在{self._of(check.by, check.by_fields)}中都有"
        )
        if check.exceptions is None:
            return text
        listed = check.exceptions.dataset
        reason = self._field(listed, check.exceptions.reason)
        return f"{text}；没有的，列在{self._title(listed)}中并写明{reason}"

    def _indicator(self, check: IndicatorCheck) -> str:
        numerator = self._words(check, check.numerator)
        counted = "全部记录中"
        if check.denominator != "true":
            counted = f"{self._words(check, check.denominator)}的记录中"
        bound = f"{OPERATORS[check.operator]}{self._threshold(check.threshold)}"
        text = f"指标：“{self._dataset(check)}”{counted}，{numerator}的所占比例{bound}"
        if check.groups:
            text += f"，按{self._fields(check, check.groups)}分别计算"
        if check.window:
            stamp = self._field(check.dataset, check.window.stamp)
            text += f"，按{stamp}在任意连续{check.window.hours}小时内计算（至少{check.window.min_count}条）"
        return text

    def _threshold(self, text: str) -> str:
        if not text.startswith(":"):
            return text
        item = self._standard.parameters[text[1:]]
        value = "由地方设定" if item.value is None else f"{item.value}{item.unit}"
        return f"“{item.title}”（{value}）"

    def _checked(self, check: SchemaCheck) -> str:
        return self._fields(check, check.fields) if check.fields else "各数据元"

    def _words(self, check: Check, text: str) -> str:
        scope = self._scopes[scope_name(check)]
        return describe(parse(text, scope), scope)

    def _dataset(self, check: Check) -> str:
        return self._standard.datasets[getattr(check, "dataset", "")].title

    def _title(self, dataset: str) -> str:
        return f"“{self._standard.datasets[dataset].title}”"

    def _of(self, dataset: str, names: Sequence[str]) -> str:
        return f"{self._title(dataset)}的{'、'.join(self._field(dataset, name) for name in names)}"

    def _fields(self, check: Check, names: Sequence[str]) -> str:
        return "、".join(self._field(getattr(check, "dataset", ""), name) for name in names)

    def _field(self, dataset: str, name: str) -> str:
        return self._standard.datasets[dataset].fields[name].title
