"""The self-assessment form of a standard: it can be made, and it says what evidence people are to give."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.content import find_packs
from guiju.errors import GuijuError, Place
from guiju.standard.assessment import FILE, Form, read_form
from guiju.standard.load import load_from
from guiju_tools.lint.finding import Notice, notice, of_fault
from guiju_tools.lint.view import View


def lint_form(view: View) -> Iterator[Notice]:
    """What is wrong with the form; a standard that cannot be read is told of elsewhere."""
    path = view.pack.standards / view.id / FILE
    if not path.is_file() or not view.complete:
        return
    try:
        standard = load_from(view.pack, view.id, find_packs())
    except (GuijuError, UnicodeDecodeError):
        return
    if standard.id != view.id:
        return
    try:
        form = read_form([view.pack], standard)
    except GuijuError as fault:
        yield from of_fault(fault)
        return
    yield from _evidence(view, form, Place(view.label_of(path)))


def _evidence(view: View, form: Form, place: Place) -> Iterator[Notice]:
    """Without evidence asked for, a claim of people is taken at its word."""
    asked = {line.id for line in form.lines if line.evidence}
    people = [one.model for one in view.items if not one.model.on_data and one.model.modality != "may"]
    left = [item.id for item in people if item.id not in asked]
    if left:
        yield notice(
            "GJ-S145",
            f"靠自评回答的{'、'.join(left)}没有写要交的佐证",
            place,
            hint="请在 lines 中写明 evidence；没有佐证可交的，凭自评就算符合",
        )
