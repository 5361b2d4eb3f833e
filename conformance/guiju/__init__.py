"""Guiju 规矩: standards for government services as data, and the judge that holds exports against them.

The names below are the whole public face; they are loaded when first asked for, so that importing one module
of the package never loads the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_FACE = {
    "GuijuError": "guiju.errors",
    "InputError": "guiju.errors",
    "StandardError": "guiju.errors",
    "Pack": "guiju.content",
    "find_packs": "guiju.content",
    "Standard": "guiju.standard.model",
    "load": "guiju.standard.load",
    "Result": "guiju.result",
    "RunRequest": "guiju.run.request",
    "run": "guiju.run.judging",
}

__all__ = [  # noqa: PLE0604 - the table above is the one place where the face is written
    *_FACE
]


def __getattr__(name: str) -> Any:
    """Load a public name from the module it lives in."""
    if name not in _FACE:
        raise AttributeError(f"module 'guiju' has no attribute {name!r}")
    return getattr(import_module(_FACE[name]), name)
