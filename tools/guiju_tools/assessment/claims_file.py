"""自评结论 as files: read, written whole, and what changed since the last time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.result.claims import ANSWER_TITLES, Claim, Claims, document, of_document
from guiju_tools.whole_file import put

SUFFIX = ".json"


def claims_name(claims: Claims) -> str:
    """The file's name: one for each standard, region and period."""
    return f"自评结论-{claims.standard}-{claims.region}-{claims.period}{SUFFIX}"


def claims_text(claims: Claims) -> str:
    """The document as text, the same for the same claims."""
    return json.dumps(document(claims), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_claims(path: Path) -> Claims:
    """The claims of a file.

    Raises:
        InputError: GJ-I427 not there, not JSON, or not of the published form.
    """
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - loads slowly, and only runs with claims need it

    from guiju.content import schema_path  # noqa: PLC0415 - as above

    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        schema = json.loads(schema_path("claims").read_text(encoding="utf-8"))
        error = next(iter(Draft202012Validator(schema).iter_errors(data)), None)
        cause = (
            ""
            if error is None
            else f"{'.'.join(map(str, error.absolute_path)) or '整个文件'}：{error.message}"
        )
    except (OSError, ValueError) as fault:
        cause = str(fault)
    if cause:
        hint = "请用 guiju import 由填好的自评表重新生成"
        raise InputError("GJ-I427", "自评结论的文件不能用", place=Place(str(path)), cause=cause, hint=hint)
    return of_document(data)


def claims_for(paths: Sequence[Path], region: str) -> tuple[Claims, ...]:
    """The claims of files, and of one region (empty: any) among those in folders.

    Raises:
        InputError: GJ-I451 a file of another region; GJ-I452 several for one standard; GJ-I453 a folder
            without any; GJ-I427 for a file that is none.
    """
    found: list[Claims] = []
    for path in paths:
        found += _of_folder(path, region) if path.is_dir() else [_of_file(path, region)]
    twice = [item.standard for item in found]
    for item in found:
        if twice.count(item.standard) > 1:
            raise InputError(
                "GJ-I452",
                f"{item.standard} 有几份自评结论",
                place=Place("、".join(map(str, paths))),
                hint="请写明用哪一个文件，或者用 --region 写明区划代码",
            )
    return tuple(found)


def _of_folder(folder: Path, region: str) -> list[Claims]:
    read = [read_claims(path) for path in _files(folder, "")]
    return [item for item in read if not region or item.region == region]


def _of_file(path: Path, region: str) -> Claims:
    claims = read_claims(path)
    if region and claims.region and region != claims.region:
        told = f"自评是 {claims.region} 的，这次核验的是 {region}"
        raise InputError("GJ-I451", told, place=Place(str(path)), hint="请核对区划代码")
    return claims


def _files(folder: Path, pattern: str) -> list[Path]:
    plain = folder / pattern
    found = sorted(plain.glob(f"*{SUFFIX}")) if plain.is_dir() else sorted(folder.glob(pattern))
    if not found:
        raise InputError(
            "GJ-I453",
            f"没有找到自评结论：{pattern or folder}",
            place=Place(str(folder)),
            hint="请先用 guiju import 读入填好的自评表，或改正路径",
        )
    return found


def claims_in(folder: Path, pattern: str, region: str, period: str) -> tuple[Claims, ...]:
    """The claims of one region and period among the files that a path or pattern names; others are left.

    Raises:
        InputError: GJ-I453 when there is no claims file at all; GJ-I427 for one that is none.
    """
    read = [read_claims(path) for path in _files(folder, pattern)]
    return tuple(item for item in read if (item.region, item.period) == (region, period))


def write_claims(claims: Claims, folder: Path) -> tuple[Path, tuple[str, ...] | None]:
    """Write the claims of one standard, and tell what changed since the file that was there.

    The second value is None where there was none, and empty where nothing changed; then nothing is written.

    Raises:
        InputError: GJ-I428 when it cannot be written; GJ-I427 when what is there is no claims file.
    """
    path = folder / claims_name(claims)
    before = read_claims(path) if path.is_file() else None
    changes = None if before is None else tuple(changed(before, claims))
    if before is not None and claims_text(before) == claims_text(claims):
        return path, ()
    try:
        put(path, claims_text(claims).encode())
    except OSError as error:
        raise InputError(
            "GJ-I428",
            "自评结论写不进这个文件夹",
            place=Place(str(folder)),
            cause=error.strerror or str(error),
            hint="请确认文件夹可写，或用 --out 换一个",
        ) from error
    return path, changes


def changed(before: Claims, after: Claims) -> Iterator[str]:
    """In words, line by line, what differs."""
    heads = (
        ("表", before.form_digest, after.form_digest),
        ("填报单位", before.organisation, after.organisation),
        ("区划代码", before.region, after.region),
        ("期次", before.period, after.period),
        ("签章", "、".join(before.signed), "、".join(after.signed)),
    )
    for title, old, new in heads:
        if old != new:
            yield f"{title}：“{old or '空'}”改为“{new or '空'}”"
    earlier = {item.line: item for item in before.claims}
    for item in after.claims:
        old_one = earlier.pop(item.line, None)
        if old_one is None:
            yield f"{item.line}：新增，{_told(item)}"
        elif (_told(old_one), old_one.evidence, old_one.note, old_one.opinion) != (
            _told(item),
            item.evidence,
            item.note,
            item.opinion,
        ):
            yield f"{item.line}：{_difference(old_one, item)}"
    for name in earlier:
        yield f"{name}：这一行没有了"


def _told(item: Claim) -> str:
    score = f"，{item.score}分" if item.score else ""
    return f"{ANSWER_TITLES[item.answer]}{score}"


def _difference(old: Claim, new: Claim) -> str:
    parts = []
    if _told(old) != _told(new):
        parts.append(f"“{_told(old)}”改为“{_told(new)}”")
    if old.evidence != new.evidence:
        parts.append("佐证材料有变化")
    if (old.note, old.opinion) != (new.note, new.opinion):
        parts.append("备注或意见有变化")
    return "；".join(parts)
