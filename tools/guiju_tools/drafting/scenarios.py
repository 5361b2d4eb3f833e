"""The examples of a new requirement: at least one record that passes and one that fails, as Gherkin lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guiju_tools.drafting import headings as h

PASSED, FAILED, UNDECIDED, INAPPLICABLE = "符合", "不符合", "无法判定", "不适用"


@dataclass(frozen=True, slots=True)
class Table:
    """Records of one dataset in an example: title, headings, rows of texts."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One example: its name, its tables (the judged one first), parameters set, what it comes to."""

    name: str
    tables: tuple[Table, ...]
    verdicts: tuple[str, ...] = ()
    outcome: str = ""

    def lines(self, requirement_id: str) -> list[str]:
        """The example in the form of the feature files."""
        found = ["    @example", f"    场景: {requirement_id} {self.name}"]
        for number, table in enumerate(self.tables):
            keyword = "并且" if number else "假如"
            found += [f'      {keyword} "{table.title}"中有下列记录:', *_drawn(table)]
        found.append(f'      当 核验"{requirement_id}"')
        if self.outcome:
            return [*found, f'      那么 结论为"{self.outcome}"']
        for number, word in enumerate(self.verdicts, 1):
            found.append(f"      {'那么' if number == 1 else '并且'} 第{number}行{word}")
        return found


def _drawn(table: Table) -> Iterator[str]:
    rows = [table.headings, *table.rows]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(table.headings))]
    for row in rows:
        cells = (f"{text}{' ' * (width - _width(text))}" for text, width in zip(row, widths, strict=True))
        yield f"        | {' | '.join(cells)} |"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


Row = Mapping[str, str]
"""One record: texts by the names of fields."""


@dataclass(slots=True)
class Rows:
    """Records of the judged dataset with what each comes to, gathered one by one."""

    title: str
    headings: Mapping[str, str]
    rows: list[Row]
    verdicts: list[str]

    def add(self, row: Row, verdict: str) -> None:
        """One more record; one that is there already is not said twice."""
        if row not in self.rows:
            self.rows.append(row)
            self.verdicts.append(verdict)

    def table(self) -> Table:
        """The records as a table."""
        titles = tuple(self.headings.values())
        return Table(
            self.title, titles, tuple(tuple(row[name] for name in self.headings) for row in self.rows)
        )


class Impossible(ValueError):  # noqa: N818 - says what it is
    """No example can be invented; its text says why."""


def way_name(verdicts: Sequence[str], way: str) -> str:
    """A name that says what the example shows."""
    right, wrong = NAMES[way]
    words = {
        PASSED: f"{right}的符合",
        FAILED: f"{wrong}的被检出",
        INAPPLICABLE: "适用条件不成立的不适用",
        UNDECIDED: "看不出的无法判定",
    }
    return "，".join(text for word, text in words.items() if word in verdicts)


NAMES: Mapping[str, tuple[str, str]] = {
    h.PRESENCE: ("都填了", "空着"),
    h.CODE: ("在代码表内", "不在代码表内"),
    h.FORM: ("写法合规定", "写法不合规定"),
    h.UNIQUE: ("不与别的记录相同", "相同"),
    h.NOT_AFTER: ("不晚于或不大于对照", "超过"),
    h.NOT_BEFORE: ("不早于或不小于对照", "不到"),
    h.MEETS: ("达到条件", "没有达到"),
    h.SAME: ("与对照一致", "不一致或者找不到"),
    h.COVERED: ("有着落", "没有着落"),
    h.ORDER: ("先后不乱", "颠倒或者缺少"),
}
"""What passing records have in common, and failing ones, by way."""
