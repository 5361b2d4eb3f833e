"""The framework of a pack, where it has one: its schema and its own rules."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.content import Pack
from guiju_tools.framework.faults import faults_of
from guiju_tools.framework.load import framework_path
from guiju_tools.lint.finding import Notice, of_fault
from guiju_tools.lint.view import read_file


def lint_framework(pack: Pack) -> Iterator[Notice]:
    """Remarks on `standards/framework.yaml`."""
    path = framework_path(pack)
    if not path.is_file():
        return
    file, found = read_file(pack, path, "framework")
    yield from found
    if file is not None:
        for fault in faults_of(file, pack):
            yield from of_fault(fault)
