"""How far it has come, for those who watch."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str], None]
"""Takes what is being done, in words."""


def silent(_step: str) -> None:
    """Nobody watches."""
