"""`report.html`: one page that opens from a file share, fetches nothing and stays small."""

from __future__ import annotations

import base64
import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib.resources import files

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined

from guiju.standard.kept import kept_folder
from guiju_tools.report import words
from guiju_tools.report.history import History
from guiju_tools.report.page import SHOWN_FINDINGS, Document, page_of


def render(document: Document, history: History = ()) -> str:
    """The page of a result, whole or masked.

    Args:
        document: what `guiju.result.serial` gives as `document(result)` or `masked(result)`.
        history: the last periods, this one last, where a desk has them.
    """
    return render_page(
        "report.html.j2", page=page_of(document), history=history, shown_findings=SHOWN_FINDINGS
    )


def render_page(template: str, **values: object) -> str:
    """A page in the look of the report, out of one of its templates."""
    style, script = _resource("report.css"), _resource("report.js")
    return (
        _environment()
        .get_template(template)
        .render(words=words, style=style, script=script, policy=_policy(style, script), **values)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("guiju_tools.report"),
        bytecode_cache=_compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["visible"] = words.visible
    environment.filters["told"] = words.told
    return environment


def _compiled() -> BytecodeCache | None:
    """Where compiled templates are kept, told apart by their text; None where nothing can be."""
    folder = kept_folder()
    if folder is None:
        return None
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def _resource(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing is fetched, and no script or style runs but the two of this page."""
    return f"default-src 'none'; style-src {_hashed(style)}; script-src {_hashed(script)}"


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
