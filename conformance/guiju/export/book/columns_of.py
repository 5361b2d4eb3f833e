"""Letters of columns and references of cells."""

from __future__ import annotations


def column_number(letters: str) -> int:
    """The number of a column (from 1) from its letters, small ones too."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """The letters over a column that is counted from 1."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def up_to(text: str, first: str, lowest: str, highest: str) -> str:
    """A pattern for texts of the same alphabet that do not come after `text`: shorter ones, or not greater.

    For ``AN`` and the letters A to Z that is ``A[A-M]|AN|[A-Z]``.

    Args:
        text: the last one.
        first: the lowest sign that may stand at the beginning.
        lowest: the lowest sign.
        highest: the highest sign.
    """
    found = []
    for index, sign in enumerate(text):
        low = lowest if index else first
        if sign > low:
            behind = f"[{lowest}-{highest}]" * (len(text) - index - 1)
            found.append(f"{text[:index]}[{low}-{chr(ord(sign) - 1)}]{behind}")
    found.append(text)
    if len(text) > 1:
        found.append(f"[{first}-{highest}][{lowest}-{highest}]{{0,{len(text) - 2}}}")
    return "|".join(found)
