"""Tables of the reference, made from what they describe: codes, keys of files, functions, options."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import error_codes
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from guiju.result.model import OUTCOME_LEGEND, OUTCOME_TITLES
from guiju.rule.functions import FUNCTIONS, Function
from guiju_tools.cli.app import Commands, module_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("conformance/guiju", "tools/guiju_tools")
TYPE_WORDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是否",
    "array": "列表",
    "object": "对象",
}

Row = Sequence[nodes.Node]


class ErrorCodes(SphinxDirective):
    """``{error-codes} GJ-I1``: the codes that begin so, with their messages and hints."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One row a code, from a scan of the source."""
        uses = [use for use in error_codes.scan(ROOT, *SOURCES) if use.code.startswith(self.arguments[0])]
        for use in uses:
            self.env.note_dependency(str(ROOT / use.path))
        rows = [code_row(code, list(group)) for code, group in groupby(uses, key=lambda use: use.code)]
        return [table(("代码", "信息", "处理", "所在模块"), rows)] if rows else [paragraph("（尚无）")]


class SchemaKeys(SphinxDirective):
    """``{schema-keys} standard``: a kind of file; ``{schema-keys} requirements record``: a part of it."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One row a key, nested keys with their path."""
        path = ROOT / "standards" / "schema" / f"{self.arguments[0]}.schema.json"
        self.env.note_dependency(str(path))
        schema = json.loads(path.read_text(encoding="utf-8"))
        part = schema["$defs"][self.arguments[1]] if len(self.arguments) > 1 else schema
        rows = [key_row(*item) for item in keys(part, "", schema.get("$defs", {}))]
        return [table(("键", "必填", "类型", "含义"), rows)]


class Outcomes(SphinxDirective):
    """``{outcomes}``: the words of outcomes with their meaning."""

    def run(self) -> list[nodes.Node]:
        """One row an outcome, in the order of the program."""
        rows = [
            (code(word), paragraph(title), paragraph(OUTCOME_LEGEND[word]))
            for word, title in OUTCOME_TITLES.items()
        ]
        return [table(("结论", "中文", "含义"), rows)]


class Functions(SphinxDirective):
    """``{functions}``: what expressions can call."""

    def run(self) -> list[nodes.Node]:
        """One row a function, in the order of the program."""
        rows = [function_row(name, function) for name, function in FUNCTIONS.items()]
        return [table(("函数", "参数", "得到", "含义"), rows)]


class Options(SphinxDirective):
    """``{options} run``, ``{options} new requirement``: what a command, or one of a group, takes."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One row an argument or option, as the command itself tells."""
        self.env.note_dependency(str(ROOT / "tools/guiju_tools/cli" / f"{module_of(self.arguments[0])}.py"))
        command = Commands().get_command(None, self.arguments[0])
        for name in self.arguments[1:]:
            command = command.get_command(None, name)
        rows = [option_row(item) for item in command.params if item.name != "help"]
        return [paragraph(command.help or ""), table(("写法", "缺省", "说明"), rows)]


def option_row(item: Any) -> Row:
    """One argument or option: how it is written, what holds without it, what it is for."""
    option = item.param_type_name == "option"
    written = " / ".join([*item.opts, *item.secondary_opts]) if option else item.name
    shown = isinstance(item.default, int | Path) and not isinstance(item.default, bool)
    default = "必填" if item.required else str(item.default) if shown else ""
    return (code(written), paragraph(default), paragraph(item.help or ""))


def function_row(name: str, function: Function) -> Row:
    """One function of expressions."""
    places = [*"甲乙丙"[: len(function.arguments)]]
    given = [f"{place}：{kind.value}" for place, kind in zip(places, function.arguments, strict=True)]
    if function.more:
        given[-1] += "，可有多个"
    meaning = function.words.format(*places, more=places[-1] if places else "")
    return (code(name), paragraph("；".join(given)), paragraph(function.result.value), paragraph(meaning))


def code_row(name: str, uses: list[error_codes.Use]) -> Row:
    """One error code; its anchor never changes."""
    first = code(name)
    first["ids"].append(f"error-{name.lower()}")
    messages = dict.fromkeys(use.message for use in uses if use.message)
    hints = dict.fromkeys(use.hint for use in uses if use.hint)
    return (first, lines(messages), lines(hints), code(uses[0].path.partition("/")[2]))


def keys(
    schema: dict[str, Any], prefix: str, parts: dict[str, Any]
) -> Iterator[tuple[str, bool, dict[str, Any]]]:
    """The keys of an object, or of the members of a list: path, whether required, what stands below."""
    if "items" in schema:
        yield from keys(followed(schema["items"], parts), f"{prefix}[]" if prefix else "", parts)
    required = schema.get("required", ())
    for name, below in schema.get("properties", {}).items():
        path = f"{prefix}.{name}" if prefix else name
        yield path, name in required, followed(below, parts)
        yield from keys(followed(below, parts), path, parts)
    if isinstance(schema.get("additionalProperties"), dict):
        path = f"{prefix}.…" if prefix else "…"
        below = followed(schema["additionalProperties"], parts)
        yield path, False, below
        yield from keys(below, path, parts)


def followed(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """A schema with the named part that it refers to put in its place; its own words win."""
    if "$ref" not in schema:
        return schema
    return {**parts[schema["$ref"].rpartition("/")[2]], **{k: v for k, v in schema.items() if k != "$ref"}}


def key_row(path: str, required: bool, schema: dict[str, Any]) -> Row:
    """One key of a file format."""
    meaning = "：".join(text for text in (schema.get("title", ""), schema.get("description", "")) if text)
    return (
        code(path),
        paragraph("是" if required else ""),
        paragraph(type_words(schema)),
        paragraph(meaning),
    )


def type_words(schema: dict[str, Any]) -> str:
    """What values a key takes, in words."""
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if "oneOf" in schema or "anyOf" in schema:
        return " 或 ".join(type_words(one) for one in schema.get("oneOf", schema.get("anyOf", ())))
    given = schema.get("type", "")
    return " 或 ".join(TYPE_WORDS.get(word, word) for word in ([given] if isinstance(given, str) else given))


def code(text: str) -> nodes.paragraph:
    """A paragraph of one literal."""
    return nodes.paragraph("", "", nodes.literal(text, text))


def paragraph(text: str) -> nodes.paragraph:
    """A paragraph of plain text."""
    return nodes.paragraph(text, text)


def lines(texts: Sequence[str] | dict[str, None]) -> nodes.Node:
    """Each text as a line of its own."""
    return nodes.line_block("", *(nodes.line(text, text) for text in texts))


def table(head: Sequence[str], rows: Sequence[Row]) -> nodes.table:
    """A table with one head row."""
    columns = [nodes.colspec(colwidth=1) for _ in head]
    body = nodes.tbody("", *(table_row(row) for row in rows))
    group = nodes.tgroup(
        "", *columns, nodes.thead("", table_row([paragraph(text) for text in head])), body, cols=len(head)
    )
    return nodes.table("", group, classes=["colwidths-auto"])


def table_row(cells: Row) -> nodes.row:
    """One row."""
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def setup(app: Sphinx) -> dict[str, Any]:
    """Registers the directives."""
    app.add_directive("error-codes", ErrorCodes)
    app.add_directive("schema-keys", SchemaKeys)
    app.add_directive("outcomes", Outcomes)
    app.add_directive("functions", Functions)
    app.add_directive("options", Options)
    return {"parallel_read_safe": True}
