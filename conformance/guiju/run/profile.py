"""A region's profile (地方适用参数) applied to a standard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from guiju.content import Pack
from guiju.errors import InputError, Place
from guiju.standard import decode
from guiju.standard.checked import checked
from guiju.standard.model import BASIS_WORDS, MODALITY_WORDS, Parameter, Requirement, Standard
from guiju.standard.scenarios import feature_of


@dataclass(frozen=True, slots=True)
class Profile:
    """What a region sets; `switched_off` maps requirement ids to written reasons, `holidays` are files."""

    id: str = ""
    title: str = ""
    label: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    switched_off: Mapping[str, str] = field(default_factory=dict)
    added: tuple[Requirement, ...] = ()
    holidays: tuple[Path, ...] = ()


def read_profile(packs: Sequence[Pack], region: str) -> Profile:
    """The profile of a region with what it extends; an empty region has an empty profile.

    Raises:
        InputError: GJ-I310 when no pack has the region.
        StandardErrors: when the file is broken.
    """
    if not region:
        return Profile()
    for pack in packs:
        path = pack.standards / "regions" / region / "profile.yaml"
        if path.is_file():
            return _read(path, pack, packs)
    raise InputError(
        "GJ-I310",
        f"没有地区 {region} 的适用参数",
        hint="请检查六位区划代码，或在 standards/regions 下建立 profile.yaml",
    )


def _read(path: Path, pack: Pack, packs: Sequence[Pack]) -> Profile:
    label = path.relative_to(pack.root).as_posix()
    data = checked(path, "profile", label)
    base = read_profile(packs, data.get("extends", ""))
    own = tuple(sorted((path.parent / "holidays").glob("*.csv")))
    return replace(_merged(base, data, label), holidays=(*base.holidays, *own))


def _merged(base: Profile, data: Mapping[str, Any], label: str) -> Profile:
    off = {item["id"]: item["reason"] for item in data.get("switch-off", [])}
    return Profile(
        id=data["id"],
        title=data["title"],
        label=label,
        parameters={**base.parameters, **data.get("parameters", {})},
        raised=(*base.raised, *data.get("raise", [])),
        switched_off={**base.switched_off, **off},
        added=(*base.added, *(decode.requirement(item) for item in data.get("add", []))),
    )


def apply(standard: Standard, profile: Profile) -> tuple[Standard, dict[str, str], dict[str, str]]:
    """The standard under a profile, the parameter values that hold, and the switched-off ids with reasons.

    Raises:
        InputError: GJ-I311 loosening or setting what may not be set; GJ-I312 switching off what may not be;
            GJ-I313 raising what is no 宜.
    """
    own = {item.id for item in standard.requirements}
    switched = {name: reason for name, reason in profile.switched_off.items() if name in own}
    for name in switched:
        _may_switch_off(standard, name, profile)
    requirements = [_raised(item, profile) for item in standard.requirements]
    added = [item for item in profile.added if item.id.startswith(f"{standard.prefix}-")]
    on_data = [item for item in added if item.on_data]
    own_feature = {"added.feature": feature_of(standard, on_data, profile.title)} if on_data else {}
    changed = replace(
        standard, requirements=(*requirements, *added), features={**standard.features, **own_feature}
    )
    return changed, _parameters(standard, profile), switched


def _may_switch_off(standard: Standard, name: str, profile: Profile) -> None:
    item = standard.requirement(name)
    if item is not None and (item.basis != "practice" or item.modality == "shall"):
        raise InputError(
            "GJ-I312",
            f"{name} 不能关闭",
            place=Place(profile.label),
            cause=f"类型为 {MODALITY_WORDS[item.modality]}，依据性质为 {BASIS_WORDS[item.basis]}",
            hint="只有依据通行做法的宜、可类要求，写明理由后可以关闭",
        )


def _raised(item: Requirement, profile: Profile) -> Requirement:
    if item.id not in profile.raised:
        return item
    if item.modality != "should":
        raise InputError(
            "GJ-I313",
            f"{item.id} 不是“宜”，不能升为“应”",
            place=Place(profile.label),
            hint="请从 raise 中删去",
        )
    return replace(item, modality="shall")


def _parameters(standard: Standard, profile: Profile) -> dict[str, str]:
    values = {name: item.value for name, item in standard.parameters.items() if item.value is not None}
    for name, value in profile.parameters.items():
        if name in standard.parameters:
            _may_set(standard.parameters[name], value, profile)
            values[name] = value
    return values


def _may_set(parameter: Parameter, value: str, profile: Profile) -> None:
    if parameter.kind == "profile-sets":
        return
    if parameter.kind == "directed" and parameter.value is not None:
        tighter = Decimal(value) <= Decimal(parameter.value)
        if tighter == (parameter.tighter == "lower") or Decimal(value) == Decimal(parameter.value):
            return
    raise InputError(
        "GJ-I311",
        f"参数“{parameter.title}”不能设为 {value}",
        place=Place(profile.label),
        cause=f"标准的值为 {parameter.value}",
        hint="固定参数不可改；有方向的参数只可收紧，不可放宽",
    )
