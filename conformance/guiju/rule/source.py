"""The text of an expression, and the wording of where it goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from guiju.errors import Place, StandardError


@dataclass(frozen=True, slots=True)
class Source:
    """The text of an expression and where it stands; every fault of it is worded here."""

    text: str
    place: Place

    def fault(self, code: str, message: str, at: int, *, hint: str) -> StandardError:
        """A fault at an offset of the text; the place gets the column within the expression, from 1."""
        inside = "，".join(part for part in (self.place.inside, "表达式") if part)
        place = replace(self.place, line=self.place.line, column=at + 1, inside=inside)
        shown = self.text if len(self.text) <= 200 else f"{self.text[:200]}…"  # noqa: PLR2004 -- enough to recognise it
        return StandardError(code, message, place=place, cause=f"表达式：{shown}", hint=hint)
