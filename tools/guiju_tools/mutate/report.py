"""What alterations came to, in lines for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.standard.model import Standard
from guiju_tools.mutate.checks import CheckReport, Survivor
from guiju_tools.mutate.data import DataReport
from guiju_tools.mutate.gaps import Gap
from guiju_tools.mutate.judging import Answer
from guiju_tools.mutate.mutant import KINDS


@dataclass(frozen=True, slots=True)
class Report:
    """Both parts for one standard; a part that was not asked for is None."""

    standard: Standard
    checks: CheckReport | None
    data: DataReport | None

    @property
    def clean(self) -> bool:
        """Whether nothing survives without a reason."""
        return all(part is None or part.clean for part in (self.checks, self.data))


def summary(report: Report) -> Iterator[str]:
    """A few lines of figures."""
    yield f"{report.standard.title} {report.standard.version}"
    if report.checks is not None:
        yield from _checks_summary(report.checks)
    if report.data is not None:
        yield from _data_summary(report.data)


def _checks_summary(part: CheckReport) -> Iterator[str]:
    noticed = len(part.tried) - len(part.survivors)
    explained = len(part.survivors) - len(part.unexplained)
    yield (
        f"  改动核验项  {len(part.tried)} 处：示例看出 {noticed} 处，存留 {len(part.survivors)} 处"
        f"（有理由 {explained} 处，没有理由 {len(part.unexplained)} 处）"
    )


def _data_summary(part: DataReport) -> Iterator[str]:
    delivered = sum(bool(count) for count in part.rows.values())
    yield (
        f"  合格数据    {delivered} 个数据集 {sum(part.rows.values())} 行：查出不符合的要求 "
        f"{len(part.findings)} 条，未核验 {len(part.untested)} 条，没有适用行的 {len(part.idle)} 条"
    )
    yield (
        f"  植入差错    {len(part.answers)} 处（通用 {part.generic} 处，取自示例 "
        f"{len(part.answers) - part.generic} 处）：检出 {part.caught} 处，误报 {len(part.alarms)} 处，"
        f"示例行漏检 {len(part.missed)} 处（{part.not_laid} 行套不上）"
    )
    proved = sum(gap.proved for gap in part.gaps)
    listed = len(part.gaps) - proved - len(part.unexplained)
    yield (
        f"  存留的差错  {len(part.gaps)} 种：由标准可知理由 {proved} 种，列明理由 {listed} 种，"
        f"没有理由 {len(part.unexplained)} 种"
    )


def details(report: Report) -> Iterator[str]:
    """What has to be looked at: everything that makes a run unclean, and reasons that no longer apply."""
    if report.checks is not None:
        yield from _headed("示例看不出的改动（没有理由）", map(_survivor, report.checks.unexplained))
        yield from _headed("理由表中已不存留的改动", report.checks.stale)
    if report.data is not None:
        part = report.data
        found = (f"{item.requirement} {item.failing} 行" for item in part.findings)
        yield from _headed("合格数据上查出的不符合", found)
        yield from _headed("合格数据中没有适用的行", part.idle)
        yield from _headed("没有检出过任何差错的要求", part.silent)
        yield from _headed("误报：与改动无关的要求变了结论", map(_alarm, part.alarms))
        missed = (f"{one.experiment.meant} {one.experiment.scenario}" for one in part.missed)
        yield from _headed("示例中的不符合行放进整行数据后没有检出", missed)
        yield from _headed("没有要求检出的差错（没有理由）", map(_gap, part.unexplained))
        yield from _headed("理由表中已不存留的差错", part.stale)


def _headed(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield f"{title}：{len(listed)}"
        yield from (f"  {line}" for line in listed)


def _survivor(item: Survivor) -> str:
    mutant = item.tried.mutant
    return f"{mutant.id} {mutant.alteration}  [{KINDS[mutant.kind]}]"


def _alarm(answer: Answer) -> str:
    item = answer.experiment
    where = f"{item.dataset}.{item.field}" if item.field else f"{item.dataset} 第{item.at + 1}行"
    return f"{where} {item.title}：{'、'.join(answer.alarms)}"


def _gap(gap: Gap) -> str:
    where = f"{gap.dataset}.{gap.field}" if gap.field else f"{gap.dataset}（整行）"
    return f"{where} {gap.operator} {gap.title}：{gap.planted} 处中 {gap.survived} 处"


def markdown(reports: Sequence[Report]) -> str:
    """Everything with every reason, as a page of its own."""
    lines = ["# 变异检验", ""]
    for report in reports:
        lines += [f"## {report.standard.title} {report.standard.version}", "", "```text"]
        lines += [*summary(report), *details(report), "```", ""]
        if report.checks is not None:
            rows = [
                (item.tried.mutant.id, f"`{item.tried.mutant.alteration}`", item.reason or "（没有理由）")
                for item in report.checks.survivors
            ]
            lines += _table("存留的改动", ("要求", "改动", "理由"), rows)
        if report.data is not None:
            gaps = [
                (
                    gap.dataset,
                    gap.field,
                    gap.title,
                    f"{gap.survived}/{gap.planted}",
                    gap.reason or "（没有理由）",
                )
                for gap in report.data.gaps
            ]
            lines += _table("存留的差错", ("数据集", "数据元", "差错", "存留", "理由"), gaps)
    return "\n".join(lines) + "\n"


def _table(title: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [heading, ["---"] * len(heading), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return [f"### {title}", "", *(f"| {' | '.join(row)} |" for row in cells), ""]


def to_json(reports: Sequence[Report]) -> str:
    """Figures and lists; the same run gives the same text."""
    document = {"clean": all(one.clean for one in reports), "standards": [_document(one) for one in reports]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _document(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {"standard": report.standard.id, "version": report.standard.version}
    if report.checks is not None:
        found["checks"] = _checks_document(report.checks)
    if report.data is not None:
        found["data"] = _data_document(report.data)
    return found


def _checks_document(part: CheckReport) -> dict[str, Any]:
    return {
        "alterations": len(part.tried),
        "noticed": len(part.tried) - len(part.survivors),
        "by_kind": dict(sorted(Counter(item.mutant.kind for item in part.tried).items())),
        "survivors": [
            {
                "requirement": item.tried.mutant.id,
                "kind": item.tried.mutant.kind,
                "alteration": item.tried.mutant.alteration,
                "reason": item.reason,
            }
            for item in part.survivors
        ],
        "stale": list(part.stale),
    }


def _data_document(part: DataReport) -> dict[str, Any]:
    return {
        "rows": dict(part.rows),
        "untested": dict(part.untested),
        "idle": list(part.idle),
        "silent": list(part.silent),
        "not_laid_over": part.not_laid,
        "findings": [{"requirement": item.requirement, "rows": item.failing} for item in part.findings],
        "planted": len(part.answers),
        "generic": part.generic,
        "caught": part.caught,
        "false_alarms": [
            {
                "dataset": one.experiment.dataset,
                "field": one.experiment.field,
                "operator": one.experiment.operator,
                "requirements": list(one.alarms),
            }
            for one in part.alarms
        ],
        "missed": [
            {"requirement": one.experiment.meant, "scenario": one.experiment.scenario} for one in part.missed
        ],
        "survivors": [
            {
                "dataset": gap.dataset,
                "field": gap.field,
                "operator": gap.operator,
                "planted": gap.planted,
                "survived": gap.survived,
                "reason": gap.reason,
                "proved": gap.proved,
            }
            for gap in part.gaps
        ],
        "stale": list(part.stale),
    }
