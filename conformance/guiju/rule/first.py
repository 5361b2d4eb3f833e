"""What functions ask or read first, as functions of their own; expressions cannot call them."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.rule.functions import Function, plain
from guiju.rule.item_codes import (
    catalogue_code,
    catalogue_code_sql,
    is_item_code,
    is_item_code_sql,
    long_code,
    long_code_sql,
    only_item_codes,
)
from guiju.rule.kinds import Kind

FIRST: Mapping[str, Function] = {
    "item_code": Function(
        (Kind.TEXT,),
        Kind.BOOLEAN,
        plain(is_item_code),
        lambda _env, text: is_item_code_sql(text),
        "{0}是事项编码",
        surely=only_item_codes,
    ),
    "long_code": Function(
        (Kind.TEXT,),
        Kind.TEXT,
        plain(long_code),
        lambda _env, text: long_code_sql(text),
        "{0}（长码）",
        guard="item_code",
    ),
    "catalogue_code": Function(
        (Kind.TEXT,),
        Kind.TEXT,
        plain(catalogue_code),
        lambda _env, text: catalogue_code_sql(text),
        "{0}的基本编码段",
        guard="item_code",
    ),
}
"""What functions ask or read first; expressions cannot call them, queries compute each of them once."""
