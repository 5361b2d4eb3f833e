"""The functions of expressions, each in one row: signature, Python, DuckDB, words.

Every function is strict: without one of its arguments it has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guiju.rule import calendar, moments
from guiju.rule.credit_code import credit_code_valid, credit_code_valid_sql
from guiju.rule.item_codes import PARTS, basis, code_part, code_part_sql
from guiju.rule.kinds import Kind
from guiju.rule.limits import limit_number, limit_number_sql, limit_unit, limit_unit_sql
from guiju.rule.pattern import PatternError, read_pattern
from guiju.rule.scope import Env
from guiju.rule.sql_text import literal


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    `python` takes (env, *values) and `sql` takes (env, *expressions); at the positions in `written` both get
    the constant itself. With `more`, the last argument may be repeated. `words` is a template over the
    described arguments, `{more}` standing for the repeated ones. `check` says what is wrong with the written
    constants, or nothing. `rising` are the positions in which a larger argument never gives a smaller (or
    less true) result. `codelist` names the list of the result's codes; with `codes_of_first`, texts among the
    arguments are codes of the first one. `costly` results are worth computing once per distinct argument.
    `guard` names the entry of `first.FIRST` that has to hold of the first argument; where it does not, there
    is no result, and `sql` may take it for granted. `basis` names the entry whose result `sql` gets in place
    of the first argument. `surely` tells whether the result is true of every text that fits a pattern.
    """

    arguments: tuple[Kind, ...]
    result: Kind
    python: Callable[..., Any]
    sql: Callable[..., str]
    words: str
    written: frozenset[int] = frozenset()
    more: bool = False
    check: Callable[..., str] = field(default=lambda *_: "")
    labels: Mapping[str, str] = field(default_factory=dict)
    rising: frozenset[int] = frozenset()
    codelist: str = ""
    codes_of_first: bool = False
    costly: bool = False
    guard: str = ""
    basis: Callable[..., str] | None = None
    surely: Callable[[str], bool] = field(default=lambda _: False)


def plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that needs nothing of the environment."""
    return lambda _env, *values: function(*values)


def _named(name: str) -> Callable[..., str]:
    """The DuckDB function of that name, with the same arguments in the same order."""
    return lambda _env, *values: f"{name}({', '.join(values)})"


def _substr(text: str, first: int, count: int) -> str:
    return text[first - 1 : first - 1 + count]


def _check_substr(first: int, count: int) -> str:
    return "" if first >= 1 and count >= 1 else "起始位置和字数都从1起"


def _matches(text: str, pattern: str) -> bool:
    return read_pattern(pattern).python.fullmatch(text) is not None


def _matches_sql(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, {literal(read_pattern(pattern).re2)})"


def _check_matches(pattern: str) -> str:
    try:
        read_pattern(pattern)
    except PatternError as fault:
        return f"写法“{pattern}”第{fault.at + 1}个字符处：{fault}"
    return ""


def _check_part(part: str) -> str:
    return "" if part in PARTS else f"没有“{part}”这一段，可用：{'、'.join(PARTS)}"


def _has_sql(members: str, wanted: str) -> str:
    """No value without a wanted text, of which DuckDB says FALSE where there are no members."""
    found = f"list_contains({members}, {wanted})"
    return found if wanted.startswith("'") else f"CASE WHEN {wanted} IS NOT NULL THEN {found} END"


def _has_any(members: list[str], *wanted: str) -> bool:
    return not set(wanted).isdisjoint(members)


def _has_any_sql(members: str, *wanted: str) -> str:
    return f"list_has_any({members}, [{', '.join(map(literal, wanted))}])"


def _subset(members: list[str], allowed: list[str]) -> bool:
    return set(members) <= set(allowed)


def _days(first: Any, second: Any) -> int:
    return int((second - first).days)


def _as_of_sql(env: Env) -> str:
    return "CAST(NULL AS DATE)" if env.as_of is None else f"DATE '{env.as_of.isoformat()}'"


def _elapsed(unit: int, words: str) -> Function:
    return Function(
        (Kind.STAMP, Kind.STAMP),
        Kind.INTEGER,
        lambda _env, first, second: moments.units_between(first, second, unit),
        lambda _env, first, second: moments.units_between_sql(first, second, unit),
        words,
    )


def _text_test(name: str, python: Callable[[str, str], bool], words: str) -> Function:
    return Function((Kind.TEXT, Kind.TEXT), Kind.BOOLEAN, plain(python), _named(name), words)


_SECOND = frozenset({1})

FUNCTIONS: Mapping[str, Function] = {
    "length": Function((Kind.TEXT,), Kind.INTEGER, plain(len), _named("length"), "{0}的字数"),
    "substr": Function(
        (Kind.TEXT, Kind.INTEGER, Kind.INTEGER),
        Kind.TEXT,
        plain(_substr),
        lambda _env, text, first, count: f"substr({text}, {first}, {count})",
        "{0}自第{1}字起的{2}个字",
        written=frozenset({1, 2}),
        check=_check_substr,
    ),
    "starts_with": _text_test("starts_with", str.startswith, "{0}以{1}开头"),
    "ends_with": _text_test("ends_with", str.endswith, "{0}以{1}结尾"),
    "contains": _text_test("contains", str.__contains__, "{0}含有{1}"),
    "matches": Function(
        (Kind.TEXT, Kind.TEXT),
        Kind.BOOLEAN,
        plain(_matches),
        lambda _env, text, pattern: _matches_sql(text, pattern),
        "{0}符合写法{1}",
        written=_SECOND,
        check=_check_matches,
    ),
    "code_part": Function(
        (Kind.TEXT, Kind.TEXT),
        Kind.TEXT,
        plain(code_part),
        lambda _env, text, part: code_part_sql(text, part),
        "{0}中的{1}",
        written=_SECOND,
        check=_check_part,
        labels=PARTS,
        basis=basis,
    ),
    "credit_code_valid": Function(
        (Kind.TEXT,),
        Kind.BOOLEAN,
        plain(credit_code_valid),
        lambda _env, text: credit_code_valid_sql(text),
        "{0}是校验正确的统一社会信用代码",
        costly=True,
    ),
    "limit_number": Function(
        (Kind.TEXT,),
        Kind.INTEGER,
        plain(limit_number),
        lambda _env, text: limit_number_sql(text),
        "{0}的数值",
    ),
    "limit_unit": Function(
        (Kind.TEXT,),
        Kind.TEXT,
        plain(limit_unit),
        lambda _env, text: limit_unit_sql(text),
        "{0}的单位",
        codelist="time-unit",
    ),
    "has": Function(
        (Kind.SET, Kind.TEXT),
        Kind.BOOLEAN,
        plain(list.__contains__),
        lambda _env, members, wanted: _has_sql(members, wanted),
        "{0}包括{1}",
        codes_of_first=True,
    ),
    "has_any": Function(
        (Kind.SET, Kind.TEXT),
        Kind.BOOLEAN,
        plain(_has_any),
        lambda _env, members, *wanted: _has_any_sql(members, *wanted),
        "{0}包括{more}中的任一项",
        written=_SECOND,
        more=True,
        codes_of_first=True,
    ),
    "size": Function(
        (Kind.SET,), Kind.INTEGER, plain(lambda members: len(set(members))), _named("len"), "{0}的项数"
    ),
    "subset": Function(
        (Kind.SET, Kind.SET),
        Kind.BOOLEAN,
        plain(_subset),
        lambda _env, members, allowed: f"list_has_all({allowed}, {members})",
        "{0}的各项都在{1}之内",
    ),
    "days_between": Function(
        (Kind.DATE, Kind.DATE),
        Kind.INTEGER,
        plain(_days),
        lambda _env, first, second: f"({second} - {first})",
        "{0}至{1}的天数",
    ),
    "workdays_between": Function(
        (Kind.DATE, Kind.DATE),
        Kind.INTEGER,
        lambda env, first, second: env.calendar.between(first, second),
        lambda _env, first, second: calendar.between_sql(first, second),
        "{0}至{1}的工作日数",
    ),
    "add_workdays": Function(
        (Kind.DATE, Kind.INTEGER),
        Kind.DATE,
        lambda env, day, count: env.calendar.add(day, count),
        lambda _env, day, count: calendar.add_sql(day, count),
        "{0}之后第{1}个工作日",
        rising=_SECOND,
    ),
    "is_workday": Function(
        (Kind.DATE,),
        Kind.BOOLEAN,
        lambda env, day: env.calendar.known(day),
        lambda _env, day: calendar.known_sql(day),
        "{0}是工作日",
    ),
    "day": Function(
        (Kind.STAMP,), Kind.DATE, plain(moments.day), lambda _env, stamp: moments.day_sql(stamp), "{0}的日期"
    ),
    "within_hours": Function(
        (Kind.STAMP, Kind.STAMP, Kind.INTEGER),
        Kind.BOOLEAN,
        plain(moments.within_hours),
        lambda _env, first, second, hours: moments.within_hours_sql(first, second, hours),
        "{1}不晚于{0}之后{2}小时",
        rising=frozenset({2}),
    ),
    "hours_between": _elapsed(moments.HOUR, "{0}至{1}的小时数"),
    "minutes_between": _elapsed(moments.MINUTE, "{0}至{1}的分钟数"),
    "seconds_between": _elapsed(moments.SECOND, "{0}至{1}的秒数"),
    "as_of": Function((), Kind.DATE, lambda env: env.as_of, _as_of_sql, "数据截止日"),
}
"""All functions by name."""
ON_CALENDAR = frozenset({"workdays_between", "add_workdays", "is_workday"})
"""The functions whose SQL calls the macros of `Calendar.load_into`."""
