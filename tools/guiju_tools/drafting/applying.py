"""The changes of a workbook carried out on a stage, sheet by sheet; what cannot be is gathered by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guiju_tools.drafting import headings as h
from guiju_tools.drafting import sheets as s
from guiju_tools.drafting.adding import Added, Unfit, Wish, add_to, values_of
from guiju_tools.drafting.base import Base
from guiju_tools.drafting.choices import read_check
from guiju_tools.drafting.chosen import cells_of
from guiju_tools.drafting.entry import requirement_of
from guiju_tools.drafting.examples import invent
from guiju_tools.drafting.headings import Data, Problem, Tables
from guiju_tools.drafting.lexicon import Lexicon
from guiju_tools.drafting.numbering import clause_key
from guiju_tools.drafting.operations import Files
from guiju_tools.drafting.read_book import Line
from guiju_tools.drafting.rows import code_of, document_of, parameter_of
from guiju_tools.drafting.scenarios import Impossible, Scenario
from guiju_tools.drafting.stage import Stage
from guiju_tools.drafting.tables import JOINT, clause_of
from guiju_tools.drafting.three_way import Change, Comparison


@dataclass(frozen=True, slots=True)
class Applied:
    """What was carried out, in words, and what the drafter still has to write."""

    said: tuple[str, ...]
    left: tuple[str, ...]


class Applying:
    """One workbook being carried out."""

    def __init__(self, stage: Stage, lexicon: Lexicon, tables: Tables, found: Comparison, base: Base) -> None:
        self.stage, self.tables, self.found, self.base = stage, tables, found, base
        self.before = self.lexicon = lexicon
        self.files = Files(stage)
        self.said: list[str] = []
        self.left: list[str] = []
        self.examples: list[tuple[str, tuple[Scenario, ...], bool]] = []

    def apply(self, reason: str, chapter: str, *, renew: bool) -> Applied:
        """Carry everything out; faults are added to the comparison's."""
        self._documents()
        self._parameters()
        self._codes()
        self._clauses()
        self.files.save()
        if not self.found.faults:
            self.lexicon = Lexicon(
                self.stage.standard()
            )  # parameters may be new, codes may have other labels
        used = self.files.used()
        self._requirements(renew=renew)
        self._withdrawn(reason)
        self._added(chapter)
        self._clauses_gone(used)
        self.files.save()
        if self.said and not self.found.faults:
            self.stage.renew_features()
            for requirement_id, examples, fresh in self.examples:
                self.files.add_examples(requirement_id, examples, renew=fresh)
        return Applied(tuple(self.said), tuple(self.left))

    def _changed(self, sheet: str) -> dict[str, list[Change]]:
        found: dict[str, list[Change]] = {}
        for one in self.found.changes:
            if one.sheet == sheet:
                found.setdefault(one.key, []).append(one)
        return found

    def _rows(self, sheet: str) -> Iterable[tuple[str, dict[str, str], dict[str, str], Line | None]]:
        """Rows with other cells, then new ones: key, cells, the cell's place by heading, the new line."""
        for key, changes in self._changed(sheet).items():
            cells = {**self.tables[sheet][key], **{one.heading: one.new for one in changes}}
            for one in changes:
                old, new = one.old or "（空）", one.new or "（空）"
                self.said.append(f"{sheet} {key} {one.heading}：{old} → {new}")
            places = {one.heading: one.at for one in changes}
            yield key, {name: text for name, text in cells.items() if text}, places, None
        for line in self.found.added:
            if line.sheet == sheet:
                yield "", dict(line.cells), {}, line

    def _wrong(
        self, key: str, problems: Iterable[Problem], places: dict[str, str], line: Line | None
    ) -> None:
        for one in problems:
            at = line.at(one.heading) if line else places.get(one.heading) or next(iter(places.values()), "")
            self.found.faults.append(f"{at} {key}{one.heading}：{one.said}")

    def _gone(self, sheet: str) -> list[str]:
        return [key for name, key in self.found.gone if name == sheet]

    def _documents(self) -> None:
        for key, cells, places, line in self._rows(h.DOCUMENTS):
            group, entry, problems = document_of(cells)
            self._wrong(key, problems, places, line)
            if problems:
                continue
            if line is not None:
                self.said.append(f"{h.DOCUMENTS} 新增 {entry['document']}")
                self.files.add_document(group, entry)
            else:
                self.files.set_document(key, group, entry)
        for key in self._gone(h.DOCUMENTS):
            self.said.append(f"{h.DOCUMENTS} 删去 {key}")
            self.files.drop_document(key)

    def _parameters(self) -> None:
        for key, cells, places, line in self._rows(h.PARAMETERS):
            value, problems = parameter_of(cells)
            self._wrong(key, problems, places, line)
            if problems:
                continue
            if line is not None:
                self.said.append(f"{h.PARAMETERS} 新增 {cells[s.PARAMETER]}：{value['title']}")
            self.files.set_parameter(cells[s.PARAMETER], value)
        for key in self._gone(h.PARAMETERS):
            self.said.append(f"{h.PARAMETERS} 删去 {key}")
            self.files.drop_parameter(key)

    def _codes(self) -> None:
        for key, cells, places, line in self._rows(h.CODES):
            row, problems = code_of(cells)
            opened = self.files.codelist(cells[s.LIST])
            if opened is None or cells[s.LIST] not in self.lexicon.standard.codelists:
                problems.append(Problem(s.LIST, f"本标准没有代码表“{cells[s.LIST]}”，请从列表中选"))
            self._wrong(key, problems, places, line)
            if problems or opened is None:
                continue
            path, text = opened
            if line is not None:
                self.said.append(f"{h.CODES} {cells[s.LIST]} 新增 {row['code']} {row['label']}")
                text.append(row)
            else:
                text.update(row["code"], row)
            self.stage.write(path, text.written())
        for key in self._gone(h.CODES):
            name, code = key.split(JOINT, 1)
            opened = self.files.codelist(name)
            if opened is not None:
                self.said.append(f"{h.CODES} {name} 删去 {code}")
                opened[1].remove(code)
                self.stage.write(opened[0], opened[1].written())

    def _clauses(self) -> None:
        for key, cells, _, line in self._rows(h.CLAUSES):
            if line is None:
                self.files.set_entry("clauses", "number", key, clause_of(cells))
            elif any(not (part.isdecimal() or part.isupper()) for part in cells[s.NUMBER].split(".")):
                self._wrong("", [Problem(s.NUMBER, "写成 4.1.5 的样子")], {}, line)
            else:
                self.said.append(f"{h.CLAUSES} 新增 {cells[s.NUMBER]} {cells.get(s.TITLE, '')}".rstrip())
                self.files.insert_clause(clause_of(cells))

    def _requirements(self, *, renew: bool) -> None:
        items: dict[str, Data] = {item["id"]: item for _, _, item in self.files.requirements()}
        for key, cells, places, line in self._rows(h.REQUIREMENTS):
            if line is not None:
                continue
            checked = any(heading in h.CHECK_HEADINGS for heading in places)
            if checked and h.EXPERT in (cells.get(h.WAY), self.tables[h.REQUIREMENTS][key][h.WAY]):
                heading = next(one for one in places if one in h.CHECK_HEADINGS)
                said = "专家编写的核验不在工作簿里改，也不在工作簿里选“专家编写”；请改回原样"
                self._wrong(key, [Problem(heading, said)], places, None)
                continue
            fresh = self._renamed(cells)
            data, problems = requirement_of(self.lexicon, fresh, items[key], check=checked)
            problems += self._move(data, items[key]["clause"])
            self._wrong(f"{key} ", problems, places, None)
            if problems:
                continue
            self.files.change_requirement(data)
            if checked and renew:
                self._invent(key, fresh, data)

    def _renamed(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells with the titles and labels that this very workbook gives to parameters and codes."""
        check, _ = read_check(self.before, cells)
        if check is None:
            return dict(cells)
        kept = {heading: text for heading, text in cells.items() if heading not in h.CHECK_HEADINGS}
        return {**kept, **cells_of(self.lexicon, check)}

    def _move(self, data: Data, before: str) -> list[Problem]:
        """A clause that the tree does not have yet gets its entry."""
        number = data["clause"]
        if number == before or not number:
            return []
        spot = self.files.spot(number)
        if isinstance(spot, str):
            return [Problem(h.CLAUSE, spot)]
        if spot.titled:
            return [Problem(h.CLAUSE, f"同一层的条都有标题，请先在“{h.CLAUSES}”页写上 {number} 和标题")]
        self.files.add_clause(spot, number, "")
        return []

    def _invent(self, key: str, cells: dict[str, str], data: Data) -> None:
        try:
            examples = invent(values_of(self.stage, self.lexicon), cells, data["check"])
        except Impossible as why:
            self.left.append(f"{key} 的示例要自己写：{why}")
            return
        self.examples.append((key, examples, True))

    def _withdrawn(self, reason: str) -> None:
        for key in self._gone(h.REQUIREMENTS):
            self.said.append(f"废止 {key}：{self.tables[h.REQUIREMENTS][key][h.TEXT]}")
            self.files.withdraw(key, reason)

    def _added(self, chapter: str) -> None:
        lines = [line for line in self.found.added if line.sheet == h.REQUIREMENTS]
        if not lines:
            return
        values = values_of(self.stage, self.lexicon)
        for line in sorted(lines, key=lambda line: _order(line.cells.get(h.CLAUSE, ""))):
            if self._there(line):
                continue
            try:
                added = add_to(self.files, values, Wish(self._renamed(line.cells), chapter=chapter))
            except Unfit as unfit:
                self._wrong("", unfit.problems, {}, line)
                continue
            self._note(added)

    def _note(self, added: Added) -> None:
        self.said.append(f"新增 {added.id}（{added.data['clause']}）：{added.data['text']}")
        self.left += added.left
        self.examples.append((added.id, added.examples, False))

    def _there(self, line: Line) -> bool:
        """Whether the row was taken over by an earlier import: the files have it under an id of its own."""
        data, _ = requirement_of(self.lexicon, {h.NAME: "x", **self._renamed(line.cells), h.ID: ""}, {})
        loose = {"id", *(() if line.cells.get(h.NAME) else ("name",))}
        known = self.base.tables[h.REQUIREMENTS]
        return any(
            item["id"] not in known and all(item.get(key) == data.get(key) for key in {*item, *data} - loose)
            for _, _, item in self.files.requirements()
        )

    def _clauses_gone(self, used: list[str]) -> None:
        for number in self._gone(h.CLAUSES):
            self.said.append(f"{h.CLAUSES} 删去 {number}")
            self.files.drop_clause(number)
        if self.found.faults:
            return
        empty = set(used) - set(self.files.used())
        for number in self.files.drop_clauses(sorted(empty)):
            self.said.append(f"{h.CLAUSES} 删去 {number}（没有要求了）")


def _order(clause: str) -> tuple[tuple[int, str], ...]:
    return clause_key(clause)
