"""The framework as data: groups, nodes with their relations, periods with tasks, the register of plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guiju.standard.model import Basis, Mark, Source

Rank = Literal["national", "industry", "local", "pack"]
State = Literal["in-force", "upcoming", "revising", "drafting", "planned", "withdrawn"]
RelationKind = Literal["cites", "supports", "related", "replaces"]
PlanKind = Literal["establish", "revise"]

RANK_WORDS: Mapping[Rank, str] = {
    "national": "国家标准",
    "industry": "行业标准",
    "local": "地方标准",
    "pack": "试点草案",
}
STATE_WORDS: Mapping[State, str] = {
    "in-force": "现行",
    "upcoming": "即将实施",
    "revising": "修订中",
    "drafting": "制定中",
    "planned": "待制定",
    "withdrawn": "废止",
}
RELATION_WORDS: Mapping[RelationKind, str] = {
    "cites": "引用",
    "supports": "支撑",
    "related": "相关",
    "replaces": "替代",
}
PLAN_KIND_WORDS: Mapping[PlanKind, str] = {"establish": "制定", "revise": "修订"}


@dataclass(frozen=True, slots=True)
class Relation:
    """What one node is to another; `to` is the other's id."""

    to: str
    kind: RelationKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One standard of the framework; dates are ISO texts, empty where nobody has verified them.

    `standard` is the id of the pack's own draft; such a node has no number.
    """

    id: str
    group: str
    title: str
    rank: Rank
    state: State
    mark: Mark
    number: str = ""
    standard: str = ""
    issued: str = ""
    effective: str = ""
    owner: str = ""
    note: str = ""
    relations: tuple[Relation, ...] = ()

    @property
    def called(self) -> str:
        """Number and title, the title in book marks where there is no number."""
        return f"{self.number} {self.title}" if self.number else f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Group:
    """A group (类别) of the framework; `named` says that the policy names it."""

    id: str
    title: str
    about: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the development plan with its basis."""

    id: str
    text: str
    nodes: tuple[str, ...]
    basis: Basis
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the development plan, both days included."""

    id: str
    title: str
    first: date
    last: date
    goals: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """A prolongation of a plan, once."""

    months: int
    decided_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One line of the register (制修订计划).

    `stages` are stage codes ("00" to "95") with the day they were reached, in order of time.
    """

    number: str
    node: str
    kind: PlanKind
    issued_on: date
    cycle_months: int
    stages: tuple[tuple[str, date], ...]
    replaces: str = ""
    extension: Extension | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """The whole framework of one pack."""

    title: str
    about: str
    sources: tuple[Source, ...]
    groups: tuple[Group, ...]
    nodes: tuple[Node, ...]
    plan_title: str
    periods: tuple[Period, ...]
    register: tuple[Plan, ...]

    def node(self, node_id: str) -> Node:
        """The node of that id; the file was checked, so there is one."""
        return next(item for item in self.nodes if item.id == node_id)

    def of(self, group: Group) -> tuple[Node, ...]:
        """The nodes of a group, in the order of the file."""
        return tuple(item for item in self.nodes if item.group == group.id)
