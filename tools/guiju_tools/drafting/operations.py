"""What drafting does to the files of a standard on a stage: one operation each, nothing written half."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from guiju_tools.drafting.csv_edit import CsvText
from guiju_tools.drafting.features_edit import with_examples, without_rule
from guiju_tools.drafting.headings import Data
from guiju_tools.drafting.numbering import Spot, chapter_file, clause_key, place_clause, place_in_file
from guiju_tools.drafting.scenarios import Scenario
from guiju_tools.drafting.stage import Stage
from guiju_tools.drafting.yaml_edit import YamlText
from guiju_tools.drafting.yaml_write import flow, item_lines

_SCHEMA_LINE = "# yaml-language-server: $schema=../../schema/requirements.schema.json"


class Files:
    """The YAML files of one standard on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.standard = self._open(stage.folder / "standard.yaml")
        paths = sorted((stage.folder / "requirements").glob("*.yaml"))
        self.chapters = {path: self._open(path) for path in paths}

    def _open(self, path: Path) -> YamlText:
        return YamlText(self.stage.read(path), self.stage.label(path))

    def save(self) -> None:
        """Put the texts onto the stage."""
        self.stage.write(self.stage.folder / "standard.yaml", self.standard.written())
        for path, text in self.chapters.items():
            self.stage.write(path, text.written())

    @property
    def document(self) -> Data:
        """The standard's own file with the requirements of all chapters."""
        data: Data = self.standard.data()
        return {**data, "requirements": [item for _, _, item in self.requirements()]}

    def requirements(self) -> Iterator[tuple[Path, int, Data]]:
        """Every requirement with its file and its place in it."""
        for path, text in self.chapters.items():
            for index, item in enumerate(text.data() or []):
                yield path, index, item

    def used(self) -> list[str]:
        """The clauses at which requirements stand."""
        return [item["clause"] for _, _, item in self.requirements()]

    def spot(self, number: str) -> Spot | str:
        """Where a clause stands or goes; a text says why it cannot."""
        return place_clause(self.standard.data()["clauses"], self.used(), number)

    def chapter_of(self, clause: str) -> Path | None:
        """The file of a clause's chapter."""
        files = {path: text.data() or [] for path, text in self.chapters.items()}
        return chapter_file(files, clause)

    def add_clause(self, spot: Spot, number: str, title: str, text: str = "") -> None:
        """A new entry of the clause tree."""
        if spot.index is None:
            return
        value = {"number": number, "title": title} | ({"text": text} if text else {})
        self.standard.insert(("clauses",), spot.index, [f"- {flow(value)}"], value)

    def add_requirement(self, path: Path, data: Data) -> None:
        """A new requirement in the order of clauses."""
        if path not in self.chapters:
            lines = "\n".join([_SCHEMA_LINE, *item_lines(data), ""])
            self.chapters[path] = YamlText(lines, self.stage.label(path))
            return
        text = self.chapters[path]
        text.insert((), place_in_file(text.data(), data["clause"]), item_lines(data), data, apart=True)

    def change_requirement(self, data: Data) -> None:
        """A requirement with other words or another check."""
        for path, index, item in list(self.requirements()):
            if item["id"] == data["id"]:
                self.chapters[path].update((index,), data)

    def withdraw(self, requirement_id: str, reason: str) -> None:
        """Take a requirement out; its id is written down so that it is never used again."""
        for path, index, item in list(self.requirements()):
            if item["id"] == requirement_id:
                self.chapters[path].remove((), index)
                self._note(requirement_id, item["text"], reason)
        for path in (self.stage.copy.features / self.stage.standard_id).glob("*.feature"):
            self.stage.write(path, without_rule(self.stage.read(path), requirement_id))

    def _note(self, requirement_id: str, text: str, reason: str) -> None:
        entry = {"id": requirement_id, "text": text, "reason": reason}
        self._append("withdrawn", entry)

    def add_document(self, group: str, entry: Data) -> None:
        """A document in `references` or `bibliography`."""
        self._append(group, entry)

    def set_document(self, document: str, group: str, entry: Data) -> None:
        """A document with another title or mark, or in the other list."""
        data = self.standard.data()
        if any(item["document"] == document for item in data[group]):
            self.set_entry(group, "document", document, entry)
        else:
            self.drop_document(document)
            self.add_document(group, entry)

    def drop_document(self, document: str) -> None:
        """A document taken out of its list."""
        for group in ("references", "bibliography"):
            self._drop(group, "document", document)

    def drop_clause(self, number: str) -> None:
        """An entry taken out of the clause tree."""
        self._drop("clauses", "number", number)

    def _drop(self, key: str, name: str, value: str) -> None:
        data = self.standard.data()
        for index, item in enumerate(data[key]):
            if item[name] == value and len(data[key]) == 1:
                self.standard.update((), {**data, key: []})
            elif item[name] == value:
                self.standard.remove((key,), index)

    def insert_clause(self, entry: Data) -> None:
        """An entry of the clause tree in the order of numbers."""
        tree = self.standard.data()["clauses"]
        before = [
            index
            for index, item in enumerate(tree)
            if clause_key(item["number"]) < clause_key(entry["number"])
        ]
        at = before[-1] + 1 if before else 0
        self.standard.insert(("clauses",), at, [f"- {flow(entry)}"], entry)

    def _append(self, key: str, entry: Data) -> None:
        data = self.standard.data()
        listed = data.get(key)
        if listed:
            self.standard.insert((key,), len(listed), [f"- {flow(entry)}"], entry)
        else:
            self.standard.update((), {**data, key: [entry]})

    def drop_clauses(self, numbers: Sequence[str]) -> list[str]:
        """Take entries without title, text and requirement out of the tree; those taken out, in order."""
        used, gone = set(self.used()), []
        for number in sorted(numbers, reverse=True):
            tree = self.standard.data()["clauses"]
            for index, entry in enumerate(tree):
                if entry == {"number": number, "title": ""} and number not in used:
                    self.standard.remove(("clauses",), index)
                    gone.append(number)
        return sorted(gone, key=clause_key)

    def set_entry(self, key: str, name: str, value: str, entry: Data) -> None:
        """Change the entry of a list of the standard's file whose `name` has that value."""
        for index, item in enumerate(self.standard.data()[key]):
            if item[name] == value:
                self.standard.update((key, index), entry)

    def set_parameter(self, name: str, value: Data) -> None:
        """A parameter changed or added."""
        data = self.standard.data()
        listed: Mapping[str, Any] = data.get("parameters", {})
        if name in listed:
            self.standard.update(("parameters", name), value)
        elif listed:
            self.standard.update(("parameters",), {**listed, name: value})
        else:
            self.standard.update((), {**data, "parameters": {name: value}})

    def drop_parameter(self, name: str) -> None:
        """A parameter taken out."""
        listed = self.standard.data()["parameters"]
        self.standard.update(("parameters",), {key: item for key, item in listed.items() if key != name})

    def codelist(self, name: str) -> tuple[Path, CsvText] | None:
        """A code list of this pack, to be changed; None where another pack holds it."""
        path = self.stage.copy.standards / "codelists" / f"{name}.csv"
        return (path, CsvText(self.stage.read(path))) if path.is_file() else None

    def add_examples(self, requirement_id: str, examples: Sequence[Scenario], *, renew: bool = False) -> None:
        """Examples into the requirement's rule, once the rule is there."""
        for path in (self.stage.copy.features / self.stage.standard_id).glob("*.feature"):
            text = self.stage.read(path)
            fresh = with_examples(text, requirement_id, examples, renew=renew)
            if fresh != text:
                self.stage.write(path, fresh)
