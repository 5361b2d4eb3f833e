"""What a check does, in words, for those cells that nobody fills in."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.errors import GuijuError
from guiju.rule import describe, parse
from guiju.rule.scope import Scope
from guiju.run.prepare import scopes_of
from guiju.standard.model import Standard
from guiju_tools.drafting.headings import Data

_KEYS: Mapping[str, str] = {
    "when": "适用：",
    "decidable": "可比：",
    "assert": "判定：",
    "numerator": "达到：",
    "denominator": "范围：",
}
_ALL = "true"


class Teller:
    """Tells checks of one standard."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.scopes = scopes_of(standard)

    def told(self, check: Data) -> str:
        """The conditions of a check in words; as they are written where words fail."""
        scope = self.scopes.get(check.get("dataset", ""))
        parts = [
            f"{title}{self._condition(check[key], scope)}"
            for key, title in _KEYS.items()
            if key in check and check[key] != _ALL
        ]
        return "\n".join(parts)

    def _condition(self, text: str, scope: Scope | None) -> str:
        if scope is None:
            return text
        try:
            return describe(parse(text, scope), scope)
        except (GuijuError, KeyError):
            return text
