"""The request of a run made again from what the run noted, so that its delivery can be read once more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.run.desk.shared import neighbours
from guiju.run.request import RunRequest
from guiju.standard.load import load
from guiju_tools.bundle.packing import RunFolder
from guiju_tools.bundle.rows import Committed, commit


def request_of(run: RunFolder) -> RunRequest:
    """The request that gave this result.

    Raises:
        InputError: GJ-I509 it came from a database, whose address is not kept.
    """
    told, result = run.run, run.result
    exports = [str(item) for item in told["exports"]]
    if any("://" in item for item in exports):
        raise InputError(
            "GJ-I509",
            "数据取自数据库，不能再读一遍来备抽查",
            place=Place(str(run.path)),
            cause="数据库的地址和口令没有记下来",
            hint="请加 --no-rows 打包；要备抽查的，先把数据导出成文件再核验",
        )
    pack = Path(told["pack"]) if told.get("pack") else None
    identity = result.standards[0]
    name = f"{identity.id}@{identity.version}" if identity.published else identity.id
    packs = find_packs(pack)
    others = set(told.get("others", ()))
    datasets = neighbours(packs, load(packs, name)) if others else {}
    return RunRequest(
        name,
        tuple(map(Path, exports)),
        mapping=told["mapping"],
        region=result.region,
        pack=pack,
        as_of=result.as_of,
        more_mappings=tuple(told["more_mappings"]),
        others={key: item for key, item in datasets.items() if key in others},
    )


def committed(run: RunFolder, secret: bytes) -> Sequence[Committed]:
    """The rows of the delivery that was judged.

    Raises:
        InputError: GJ-I510 it is no longer the same.
    """
    trees = commit(request_of(run), secret)
    judged = {
        table.dataset: (table.rows, [part.sha256 for part in table.parts]) for table in run.result.inputs
    }
    now = {tree.dataset: (tree.count, [part.sha256 for part in tree.files]) for tree in trees}
    changed = [table.title for table in run.result.inputs if judged[table.dataset] != now.get(table.dataset)]
    if changed:
        raise InputError(
            "GJ-I510",
            "核验以后数据变了，没有打包",
            place=Place(str(run.path)),
            cause=f"与核验时不同：{'、'.join(changed)}",
            hint="请用现在的数据重新核验一次，再打包",
        )
    return trees
