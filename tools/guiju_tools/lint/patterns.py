"""Patterns of record schemas: written so that JSON Schema, Python and the engines all read them alike."""

from __future__ import annotations

import re

from guiju.rule.pattern import PatternError, read_pattern

_CLASS = re.compile(r"\[(?:\\.|[^\]\\])+\]")


def pattern_fault(pattern: str) -> str:
    """What keeps a pattern from being portable, in a few words; empty when nothing does."""
    if len(pattern) < len("^$") or not (pattern.startswith("^") and pattern.endswith("$")):
        return "没有以 ^ 开头、以 $ 结尾"
    try:
        read_pattern(pattern)
    except PatternError as fault:
        return f"第{fault.at + 1}个字符处：{fault}"
    plain = re.sub(r"\\.", "x", _CLASS.sub("x", pattern[1:-1]))
    if "." in plain:  # a line break is a character to one reader and none to another
        return "用了“.”，没有写明是哪些字符"
    return (
        "分支“|”没有用括号括起来" if "|" in _outermost(plain) else ""
    )  # ^a|b$ anchors each branch at one end


def _outermost(plain: str) -> str:
    kept, depth = [], 0
    for letter in plain:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            kept.append(letter)
    return "".join(kept)
