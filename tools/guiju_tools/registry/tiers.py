"""The tier (层级) that a region's code tells."""

from __future__ import annotations

TIERS = ("省", "市", "县", "乡", "村")


def tier_of(code: str) -> str:
    """The tier of a division code of 6, 9 or 12 digits (GB/T 2260, GB/T 10114)."""
    if len(code) == 12 and not code.endswith("000"):  # noqa: PLR2004 - digits of a village's code
        return "村"
    if len(code) >= 9 and code[6:9] != "000":  # noqa: PLR2004 - digits of a township's code
        return "乡"
    if code[2:6] == "0000":
        return "省"
    return "市" if code[4:6] == "00" else "县"
