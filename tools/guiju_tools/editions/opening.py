"""An edition by its name or its file."""

from __future__ import annotations

import json
from pathlib import Path

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.standard import decode
from guiju.standard.edition import digests
from guiju.standard.load import load
from guiju.standard.model import Standard
from guiju.standard.source import FORMAT


def open_edition(name: str, pack: Path | None = None) -> Standard:
    """The edition that a user names: ``id``, ``id@version``, or a file that `guiju edition` wrote.

    Raises:
        InputError: GJ-I303 no such standard, GJ-I491 the file is no edition document.
    """
    if not name.lower().endswith(".json"):
        return load(find_packs(pack), name)
    path = Path(name)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _no_edition(name, "读不出这个文件") from error
    except ValueError as error:
        raise _no_edition(name, f"不是 JSON：{error}") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _no_edition(name, f"其中没有 format: {FORMAT}")
    try:
        return decode.standard(document, digests(document), stage="")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _no_edition(name, f"{type(error).__name__}: {error}") from error


def _no_edition(name: str, cause: str) -> InputError:
    return InputError(
        "GJ-I491",
        "这个文件不是版本文档",
        place=Place(name),
        cause=cause,
        hint="请用 guiju edition 写出的 .json 文件，或直接写标准的标识（已发布的写 标识@版本）",
    )
