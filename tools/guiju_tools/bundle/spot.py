"""Spot checks (抽查): rows drawn by a seed published afterwards, shown with proof that they were judged.

The committee publishes a seed after the bundle is in. Seed and bundle together draw the rows, so neither side
can choose them. The region shows those rows with their nonces and proofs; they lead to the roots in the
manifest only if the rows were among those that were judged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place
from guiju.result.serial import canonical
from guiju_tools.bundle.opened import Bundle
from guiju_tools.bundle.rows import Committed, content, nonce
from guiju_tools.bundle.tree import SIZE, leaf, proofs, proved, root

FORMAT = "guiju-spot-check/1"
_WORD = 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows drawn from one dataset: places from 0, of `count` rows."""

    dataset: str
    title: str
    count: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What became of one row of an answer: its dataset and place, whether it is proved, and why not."""

    dataset: str
    place: int
    row: Mapping[str, Any]
    fault: str


def draw(bundle: Bundle, seed: str, each: int) -> list[Drawn]:
    """The rows that seed and bundle draw, `each` of every dataset that has a root, smallest place first.

    Datasets of less than five rows are left out: their numbers are not told.

    Args:
        bundle: it need not be signed.
        seed: what the committee published after the bundle was in.
        each: how many rows of a dataset.

    Raises:
        InputError: GJ-I506 the bundle has no roots, or its datasets are too small.
    """
    found = []
    for table in bundle.manifest.get("inputs", ()):
        count = table["rows"]
        if table["root"] and isinstance(count, int) and count:
            places = _places(bundle.digest, table["dataset"], seed, count, min(each, count))
            found.append(Drawn(table["dataset"], table["title"], count, places))
    if found:
        return found
    raise InputError(
        "GJ-I506",
        "这个结果包不能抽查",
        place=Place(bundle.file),
        cause="其中没有各行的散列树根，或者各数据集都少于5行",
        hint="请让报送单位在数据还在时重新打包（不要用 --no-rows）",
    )


def _places(digest: str, dataset: str, seed: str, count: int, wanted: int) -> tuple[int, ...]:
    """Distinct places below `count`, each as likely as any other."""
    found: set[int] = set()
    limit = 2 ** (8 * _WORD) // count * count
    for number in range(2**31):
        if len(found) == wanted:
            break
        text = f"{seed}\n{digest}\n{dataset}\n{number}".encode()
        value = int.from_bytes(hashlib.sha256(text).digest()[:_WORD], "big")
        if value < limit:
            found.add(value % count)
    return tuple(sorted(found))


def answer(
    bundle: Bundle, seed: str, drawn: Sequence[Drawn], trees: Sequence[Committed], secret: bytes
) -> str:
    """The region's answer as JSON text.

    Args:
        bundle: the bundle that was handed in.
        seed: the seed that drew.
        drawn: the rows.
        trees: every row read again, with the drawn ones.
        secret: the home secret for rows.

    Raises:
        InputError: GJ-I507 the delivery is not the one that was judged.
    """
    roots = {table["dataset"]: table["root"] for table in bundle.manifest["inputs"]}
    by_name = {tree.dataset: tree for tree in trees}
    rows: list[dict[str, Any]] = []
    for one in drawn:
        tree = by_name.get(one.dataset)
        if tree is None or root(tree.leaves).hex() != roots[one.dataset]:
            raise InputError(
                "GJ-I507",
                f"现在的“{one.title}”不是结果包核验过的那一份，不能抽查",
                cause="各行的散列树根与结果包上的不同：数据、字段对应表、密钥或者程序版本变了",
                hint="请取回当时核验的那份数据（文件的 SHA-256 写在结果包的清单里），用当时的密钥再做",
            )
        rows += _rows(one, tree, secret)
    return canonical({"format": FORMAT, "bundle": bundle.digest, "seed": seed, "rows": rows})


def _rows(one: Drawn, tree: Committed, secret: bytes) -> Iterator[dict[str, Any]]:
    for place, proof in zip(one.places, proofs(tree.leaves, one.places), strict=True):
        yield {
            "dataset": one.dataset,
            "place": place,
            "count": tree.count,
            "row": tree.rows[place],
            "nonce": nonce(secret, one.dataset, place).hex(),
            "proof": [step.hex() for step in proof],
        }


def check(bundle: Bundle, seed: str, each: int, path: Path) -> list[Shown]:
    """An answer held against the bundle: every row that was drawn, in order, proved or with what is wrong.

    Raises:
        InputError: GJ-I508 it is no answer, or one to another bundle or seed.
    """
    data = _read(path)
    if data["bundle"] != bundle.digest or data["seed"] != seed:
        raise _no_answer(path, "它答的是另一个结果包，或者另一个抽查种子")
    given = {(item["dataset"], item["place"]): item for item in data["rows"]}
    roots = {table["dataset"]: table for table in bundle.manifest["inputs"]}
    found = []
    for one in draw(bundle, seed, each):
        for place in one.places:
            item = given.get((one.dataset, place))
            fault = "没有出示" if item is None else _fault(item, roots[one.dataset]["root"], one.count)
            found.append(Shown(one.dataset, place, item["row"] if item else {}, fault))
    return found


def _fault(item: Mapping[str, Any], wanted: str, count: int) -> str:
    start = leaf(bytes.fromhex(item["nonce"]), content(item["row"]))
    steps = [bytes.fromhex(step) for step in item["proof"]]
    if item["count"] != count or not proved(start, item["place"], count, steps, bytes.fromhex(wanted)):
        return "不能证明它在核验过的数据之中"
    return ""


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
        if data["format"] != FORMAT:
            raise _no_answer(path, f"其中没有 format: {FORMAT}")
        for item in data["rows"]:
            steps = [bytes.fromhex(step) for step in item["proof"]]
            right = all(len(step) == SIZE for step in steps) and isinstance(item["row"], dict)
            if not (
                right and bytes.fromhex(item["nonce"]) and type(item["place"]) is type(item["count"]) is int
            ):
                raise _no_answer(path, "有一行的写法不对")
            _ = str(item["dataset"])
    except OSError as error:
        raise _no_answer(path, "读不出这个文件") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_answer(path, f"写法不对（{type(error).__name__}）") from error
    return {"bundle": data["bundle"], "seed": data["seed"], "rows": data["rows"]}


def _no_answer(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I508",
        "这个文件不是对这次抽查的答复",
        place=Place(str(path)),
        cause=cause,
        hint="请使用 guiju spot-check answer 写出的文件",
    )
