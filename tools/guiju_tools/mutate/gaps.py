"""Faults that no requirement caught, by dataset, field and operator, each with its reason if there is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju_tools.mutate.judging import Answer
from guiju_tools.mutate.planting import Experiment
from guiju_tools.mutate.reads import Reads
from guiju_tools.mutate.reasons import Reasons

UNREAD = "没有要求核验本数据元"
ONLY_PRESENT = "各项要求只看本数据元是否填写，不约束取值"
PARTLY = "同类差错在别处被检出，这几处改后仍是合规的取值"
NOT_LOOKED_UP = "没有要求查对本数据集有哪些行"


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of fault in one field that was planted `planted` times and survived `survived` times.

    `proved` says that the reason follows from the standard itself; without a reason it is a gap to be closed.
    """

    dataset: str
    field: str
    operator: str
    title: str
    planted: int
    survived: int
    reason: str
    proved: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What a list of reasons calls it by."""
        return self.dataset, self.field, self.operator


def gaps_of(answers: Iterable[Answer], reads: Reads, reasons: Reasons) -> list[Gap]:
    """Every kind of fault that survived at least once, in the order in which they were planted."""
    planted: dict[tuple[str, str, str], list[Answer]] = {}
    for answer in answers:
        item = answer.experiment
        if not item.meant and item.operator != "stray":
            planted.setdefault((item.dataset, item.field, item.operator), []).append(answer)
    found = []
    for key, group in planted.items():
        surviving = [answer.experiment for answer in group if not answer.caught]
        if surviving:
            proof = PARTLY if len(surviving) < len(group) else _proof(surviving, reads)
            reason = proof or reasons.of_fault(*key)
            found.append(Gap(*key, surviving[0].title, len(group), len(surviving), reason, bool(proof)))
    return found


def _proof(surviving: list[Experiment], reads: Reads) -> str:
    """A reason that holds for every one of the experiments and follows from what the requirements read."""
    found = {_reason(item, reads) for item in surviving}
    return found.pop() if len(found) == 1 else ""


def _reason(item: Experiment, reads: Reads) -> str:
    if item.record is None:
        return "" if reads.of_rows(item.dataset) else NOT_LOOKED_UP
    if not any(reads.of_field(item.dataset, name) for name in item.fields):
        return UNREAD
    valued = any(reads.of_value(item.dataset, name) for name in item.fields)
    return ONLY_PRESENT if not valued and item.present == item.fields else ""
