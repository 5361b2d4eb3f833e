"""Altered requirements judged on the standard's own examples: what do the examples notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.content import Pack
from guiju.errors import StandardError
from guiju.rule import Scope, related_scope
from guiju.run.examples import Bench, ExampleAnswer, Insufficient, Laid
from guiju.standard.model import Requirement, Standard
from guiju_tools.mutate.cases import Case, cases_of, listed_fields
from guiju_tools.mutate.conditions import altered_conditions
from guiju_tools.mutate.mutant import Mutant
from guiju_tools.mutate.partners import altered_partners
from guiju_tools.mutate.rereading import Rereading
from guiju_tools.mutate.structure import altered_structure
from guiju_tools.mutate.telling import Tell, silent

Judge = Callable[[Requirement], ExampleAnswer]


@dataclass(frozen=True, slots=True)
class Tried:
    """One alteration tried: the scenario that noticed it and how; both empty where it survives."""

    mutant: Mutant
    noticed_by: str = ""
    fault: str = ""

    @property
    def survives(self) -> bool:
        """No example says anything else than before."""
        return not self.noticed_by


def _scope(requirement: Requirement, standard: Standard, bench: Bench) -> Scope:
    """What the expressions of a check may name: its dataset's fields, and the values of partner rows."""
    check: Any = requirement.check
    related = getattr(check, "related", ())
    if not related:
        return bench.scopes[check.dataset]
    return related_scope(check.dataset, related, standard.datasets, bench.scopes)


def mutants_of(
    requirement: Requirement, standard: Standard, bench: Bench, cases: tuple[Case, ...]
) -> list[Mutant]:
    """Every alteration of one requirement's check, in a fixed order; what is the same is listed once."""
    dataset = standard.datasets.get(getattr(requirement.check, "dataset", ""))
    if dataset is None:
        return []
    fields = listed_fields(dataset, cases)
    found: dict[str, Mutant] = {}
    for mutant in (
        *altered_conditions(requirement, _scope(requirement, standard, bench), fields),
        *altered_structure(requirement, standard),
        *altered_partners(requirement, standard, bench.scopes, cases),
    ):
        found.setdefault(f"{mutant.alteration} {mutant.check}", mutant)
    return list(found.values())


def try_all(standard: Standard, packs: Sequence[Pack], tell: Tell = silent) -> Iterator[Tried]:
    """Every alteration of every requirement on data, tried on the examples of its requirement.

    Raises:
        StandardError: GJ-S416 an example does not hold even without an alteration.
    """
    bench, cases = Bench(standard, packs), cases_of(standard)
    on_data = [item for item in standard.requirements if item.on_data]
    for number, requirement in enumerate(on_data, start=1):
        tell(f"{standard.title}：改动核验项，第{number}条要求，共{len(on_data)}条")
        mine = cases.get(requirement.id, ())
        yield from _try(requirement, mutants_of(requirement, standard, bench, mine), mine, bench)


def _try(
    requirement: Requirement, mutants: Sequence[Mutant], cases: Sequence[Case], bench: Bench
) -> list[Tried]:
    tried = [Tried(mutant) for mutant in mutants]
    for case in cases:
        with bench.laid(case.example) as laid:
            _must_hold(requirement, case, laid)
            reading = Rereading(laid)
            tried = [_again(item, case, reading.answer) for item in tried]
    return _confirmed(tried, cases, bench)


def _confirmed(tried: list[Tried], cases: Sequence[Case], bench: Bench) -> list[Tried]:
    """What no example noticed in the Python reading, judged by both readings."""
    for case in cases if any(item.survives for item in tried) else ():
        with bench.laid(case.example) as laid:
            tried = [_again(item, case, laid.answer) for item in tried]
    return tried


def _again(item: Tried, case: Case, judge: Judge) -> Tried:
    """An alteration that survived so far, tried on one more example."""
    fault = _fault(item.mutant.requirement, case, judge) if item.survives else ""
    return Tried(item.mutant, case.name, fault) if fault else item


def _must_hold(requirement: Requirement, case: Case, laid: Laid) -> None:
    fault = _fault(requirement, case, laid.answer)
    if fault:
        raise StandardError(
            "GJ-S416", f"示例本身不成立：{case.name}", cause=fault, hint="请先让 guiju selftest 通过"
        )


def _fault(requirement: Requirement, case: Case, judge: Judge) -> str:
    """How the answer falls short of what the scenario expects; empty where it does not."""
    try:
        answer = judge(requirement)
    except Insufficient as lacking:
        return str(lacking.message)
    return next(filter(None, (item.fault(answer) for item in case.expected)), "")
