"""`lifecycle.yaml`: entries that are only added, each with the digest of the one before.

Stages have the national codes 00 to 95 (GB/T 16733-1997, as ISO and IEC have them); the six links of the
policy's loop are a view of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import rfc8785

from guiju.content import Pack
from guiju.errors import InputError, Place
from guiju.standard.checked import checked
from guiju_tools.whole_file import put

FILE = "lifecycle.yaml"
START = "0" * 64
STAGES = {
    "00": "预阶段",
    "10": "立项",
    "20": "起草",
    "30": "征求意见",
    "40": "审查",
    "50": "批准",
    "60": "出版",
    "90": "复审",
    "95": "废止",
}
KINDS = {
    "stage": "进入阶段",
    "decision": "决定",
    "meeting": "会议",
    "confirmation": "确认核验办法",
    "evidence": "证据",
}
LINKS = {
    "标准研制": ("00", "10", "20", "30"),
    "审查发布": ("40", "50", "60"),
    "效果评估": ("90",),
}
"""Links of the policy's loop that are stages; 试点验证, 推广实施 and 监督保障 are told by the registry."""
Entry = Mapping[str, Any]


def path_of(pack: Pack, standard: str) -> Path:
    """Where the log of a standard is."""
    return pack.standards / standard / FILE


def read_log(pack: Pack, standard: str) -> list[dict[str, Any]]:
    """The entries in order; none where there is no log.

    Raises:
        StandardError: it is not in the published form.
    """
    path = path_of(pack, standard)
    if not path.is_file():
        return []
    return list(checked(path, "lifecycle", path.relative_to(pack.root).as_posix())["entries"])


def broken(entries: Sequence[Entry]) -> Iterator[str]:
    """Where the chain does not hold, in words; nothing where it does."""
    previous = START
    for number, entry in enumerate(entries, start=1):
        if entry.get("number") != number:
            yield f"第 {number} 条的序号是 {entry.get('number', '空的')}"
        if entry.get("previous") != previous:
            yield f"第 {number} 条与上一条接不上"
        if entry.get("digest") != digest_of(entry):
            yield f"第 {number} 条（{entry['date']} {entry['what'][:20]}）的内容与摘要不一致"
        previous = str(entry.get("digest", ""))


def digest_of(entry: Entry) -> str:
    """The digest of an entry: SHA-256 (hex) over all of it but the digest itself (RFC 8785)."""
    told = {key: value for key, value in entry.items() if key != "digest"}
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()


def stage_now(entries: Sequence[Entry]) -> str:
    """The stage that a standard is in: that of the last entry, drafting without one."""
    return str(entries[-1]["stage"]) if entries else "20"


def since_stage(entries: Sequence[Entry]) -> list[Entry]:
    """What was noted since the last stage was entered."""
    last = max((place for place, entry in enumerate(entries) if entry.get("kind") == "stage"), default=-1)
    return list(entries[last + 1 :])


def append(pack: Pack, standard: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Add one entry; its number and digests are worked out here.

    Raises:
        InputError: GJ-I540 the log was altered, or cannot be written.
        StandardError: the entry, or the log, is not in the published form.
    """
    path = path_of(pack, standard)
    entries = read_log(pack, standard)
    faults = list(broken(entries))
    if faults:
        raise InputError(
            "GJ-I540",
            "阶段记录的内容与摘要不一致，没有写入",
            place=Place(path.relative_to(pack.root).as_posix()),
            cause="；".join(faults[:3]),
            hint="请从版本库取回原来的文件；阶段记录只增不改，写错的另加一条更正",
        )
    previous = str(entries[-1]["digest"]) if entries else START
    entry = {"number": len(entries) + 1, **told, "previous": previous}
    entry["digest"] = digest_of(entry)
    try:
        put(path, _text([*entries, entry]).encode())
    except OSError as error:
        raise _unwritten(path, error) from error
    return entry


def _unwritten(path: Path, error: OSError) -> InputError:
    return InputError(
        "GJ-I541",
        "阶段记录写不下，没有改动",
        place=Place(str(path)),
        cause=error.strerror or str(error),
        hint="请检查标准包所在的文件夹是否可写；随程序安装的标准包不能改，请用 --pack 指定自己的",
    )


def _text(entries: Sequence[Entry]) -> str:
    lines = [
        "# yaml-language-server: $schema=../schema/lifecycle.schema.json",
        "# 由程序写入，只增不改；每条带上一条的摘要，改动会被发现。",
        "entries:",
    ]
    for entry in entries:
        told = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
        lines += [f"  - {told[0]}", *(f"    {line}" for line in told[1:])]
    return "\n".join(lines) + "\n"
