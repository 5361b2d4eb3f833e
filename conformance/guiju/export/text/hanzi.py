"""Whether two-byte text reads as GB or as Big5: by how common its characters then are."""

from __future__ import annotations

from collections import Counter
from enum import Enum

_FEWEST = 20
_COMMON_ENOUGH = 0.7
_COMMON_IN_BIG5 = 0.9
_GB_FIRST_LEVEL = range(0xB0, 0xD8)
_BIG5_FIRST_LEVEL = range(0xA4, 0xC7)
_HANZI = range(0x4E00, 0xA000)


class Script(Enum):
    """What a sample reads as."""

    GB = "gb"
    BIG5 = "big5"
    UNKNOWN = "unknown"


def script(sample: bytes) -> Script:
    """What a sample of two-byte text is; a few characters are taken for GB.

    In running text nearly all characters are of the first level of their own standard; read by the other
    standard, most of them become rare ones.
    """
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    gb = Counter(whole.decode("gb18030", "ignore"))
    share, many = _common(gb, "gb2312", _GB_FIRST_LEVEL)
    if many < _FEWEST or share >= _COMMON_ENOUGH:
        return Script.GB
    try:
        big5 = Counter(whole.decode("cp950"))
    except UnicodeDecodeError:
        return Script.UNKNOWN
    share, _ = _common(big5, "big5", _BIG5_FIRST_LEVEL)
    return Script.BIG5 if share >= _COMMON_IN_BIG5 else Script.UNKNOWN


def _common(counted: Counter[str], encoding: str, leads: range) -> tuple[float, int]:
    """The share of hanzi of the first level, and how many hanzi there are."""
    hanzi = {char: count for char, count in counted.items() if ord(char) in _HANZI}
    total = sum(hanzi.values())
    common = sum(
        count for char, count in hanzi.items() if (char.encode(encoding, "ignore") or b"\0")[0] in leads
    )
    return common / max(total, 1), total
