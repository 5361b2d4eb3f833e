"""The export scenario of a requirement in its one fixed form."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.standard.model import Requirement, Standard

HEAD = "# language: zh-CN\n功能: {title}\n"
EVERY, REACHED = "每条适用的记录都符合", "指标达到要求"


def export_steps(requirement_id: str, dataset_title: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Keywords and texts of the steps."""
    last = REACHED if kind == "indicator" else EVERY
    return (("假如", f'试点地区导出的"{dataset_title}"'), ("当", f'核验"{requirement_id}"'), ("那么", last))


def feature_of(standard: Standard, requirements: Sequence[Requirement], title: str) -> str:
    """A feature with the export scenarios of requirements that no author's feature has."""
    lines = [HEAD.format(title=title)]
    for item in requirements:
        dataset = standard.datasets[getattr(item.check, "dataset", "")].title
        lines += [f"  @{item.id}", f"  规则: {item.clause} {item.text}", "", "    @export"]
        lines += [f"    场景: {item.id} 试点地区导出的{dataset}"]
        lines += [
            f"      {keyword} {text}" for keyword, text in export_steps(item.id, dataset, item.check.kind)
        ]
        lines.append("")
    return "\n".join(lines)


def without_examples(feature: str) -> str:
    """A feature without its scenarios tagged `@example`: parsing those takes longer than running the rest."""
    kept, dropping = [], False
    for line in feature.splitlines():
        text = line.strip()
        if text.startswith("@"):
            dropping = "@example" in text.split()
        elif text.startswith("规则"):
            dropping = False
        if not dropping:
            kept.append(line)
    return "\n".join([*kept, ""])
