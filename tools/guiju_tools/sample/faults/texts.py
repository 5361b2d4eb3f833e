"""Slips of the pen: characters altered, exchanged, lost, or added in a text."""

from __future__ import annotations

import random

_DIGITS = "0123456789"
_STRAY = "#?？※"


def _places(text: str) -> list[int]:
    return [place for place, char in enumerate(text) if char in _DIGITS]


def digit_altered(text: str, chance: random.Random) -> str:
    """Another digit in the place of one; the text itself where it has no digit."""
    places = _places(text)
    if not places:
        return text
    at = chance.choice(places)
    digit = chance.choice([char for char in _DIGITS if char != text[at]])
    return text[:at] + digit + text[at + 1 :]


def digits_exchanged(text: str, chance: random.Random) -> str:
    """Two unlike neighbouring digits in the wrong order."""
    places = [
        at for at in _places(text) if text[at + 1 : at + 2].isdecimal() and text[at] != text[at + 1 : at + 2]
    ]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def digit_lost(text: str, chance: random.Random) -> str:
    """One digit left out, where at least one stays."""
    places = _places(text)
    if len(places) <= 1:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1 :]


def truncated(text: str, chance: random.Random) -> str:
    """The beginning only, as a column that is too narrow leaves it."""
    return text if len(text) <= 1 else text[: chance.randint(1, len(text) - 1)]


def garbled(text: str, chance: random.Random) -> str:
    """A character that does not belong there in the place of one."""
    if not text:
        return text
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_STRAY) + text[at + 1 :]


def lengthened(text: str, most: int) -> str:
    """The text repeated until it is longer than `most` characters."""
    if not text:
        return text
    return (text * (most // len(text) + 1))[: most + 1]
