"""Values that a row takes from its partners in other datasets, as columns beside its own.

A row whose own key is blank has partners that nobody knows: its values are unknown. Partners with a blank or
unreadable key belong to no row. Where it cannot be told whether a partner counts, or what it has to give, the
value is unknown too. Only where no partner counts is the count 0, and there is no other value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from guiju.engine.kinds.facts import column
from guiju.engine.kinds.related_reading import Link
from guiju.engine.kinds.relations import complete, key_names, keys
from guiju.engine.plan import Context, need, nodes_need, table_of
from guiju.engine.tables import DatasetTable, Need
from guiju.export import identifier, literal
from guiju.rule import describe, emit, fields_of
from guiju.rule.sql_text import DECIMAL
from guiju.standard.checks import IndicatorCheck, RecordCheck, Related
from guiju.standard.fields import Codelist, Field
from guiju.standard.model import Requirement

ROWS_SHOWN = 5
CODES_TOLD = 200


@dataclass(frozen=True, slots=True)
class Joined:
    """A table with its related values: `source` is what a query selects from.

    `partners` is what it reads of the other tables, `keys` are the fields of the row by which they are found.
    ``q0`` … in the queries stand for the groups of partners.
    """

    table: DatasetTable
    links: tuple[Link, ...]
    codelists: dict[str, Codelist]
    whens: tuple[str, ...]
    partners: tuple[Need, ...]
    words: tuple[str, ...] = field(default=())

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields of the row by which its partners are found."""
        return tuple(dict.fromkeys(here for link in self.links for here, _ in link.related.on))

    @property
    def source(self) -> str:
        """The rows with the columns of their related values."""
        return self._source(())

    def _source(self, more: Sequence[str]) -> str:
        made = [*(one for number in range(len(self.links)) for one in self._columns(number)), *more]
        joins = " ".join(self._join(number) for number in range(len(self.links)))
        return f"(SELECT v.*, {', '.join(made)} FROM {identifier(self.table.view)} v {joins})"

    def _join(self, number: int) -> str:
        link = self.links[number]
        fields = self.table.dataset.fields
        pairs = " AND ".join(
            f"v.{column(fields[here])} = q{number}.k{place}"
            for place, (here, _) in enumerate(link.related.on)
        )
        return f"LEFT JOIN ({self._groups(number)}) q{number} ON {pairs}"

    def _groups(self, number: int) -> str:
        """Partners by key, those left out for which the condition is false."""
        link = self.links[number]
        theirs = [there for _, there in link.related.on]
        item, named = link.field, ""
        if item is not None:
            high = identifier(f"{item.name}__hi") if item.type == "date-time" else column(item)
            named = f", {column(item)} AS v, {high} AS h, {column(item, '__t')} IS NULL AS blank"
        partners = (
            f'SELECT "_row", {keys(link.table, theirs)}, ({self.whens[number]}) AS w{named} '
            f"FROM {identifier(link.table.view)}"
        )
        names = ", ".join(key_names(len(theirs)))
        known, none, value, high = _aggregates(link)
        return (
            f'SELECT {names}, count(*) AS n, min("_row", {ROWS_SHOWN}) AS places, '
            f"(bool_and(w IS NOT NULL) AND {known}) AS known, {none} AS none, {value} AS low, {high} AS high "
            f"FROM ({partners}) WHERE {complete(len(theirs))} AND w IS DISTINCT FROM FALSE GROUP BY {names}"
        )

    def _columns(self, number: int) -> Iterable[str]:
        link, group = self.links[number], f"q{number}"
        name = link.related.name
        known = f"({self.whole(number)} AND coalesce({group}.known, TRUE))"
        if link.field is None:
            yield f"CASE WHEN {known} THEN coalesce({group}.n, 0) END AS {identifier(name)}"
            yield f"CASE WHEN {known} THEN FALSE END AS {identifier(f'{name}__none')}"
            return
        if link.field.type == "date-time":
            yield f"CASE WHEN {known} THEN {group}.low END AS {identifier(f'{name}__lo')}"
            yield f"CASE WHEN {known} THEN {group}.high END AS {identifier(f'{name}__hi')}"
        else:
            yield f"CASE WHEN {known} THEN {group}.low END AS {identifier(name)}"
        yield f"CASE WHEN {known} THEN coalesce({group}.none, TRUE) END AS {identifier(f'{name}__none')}"

    def whole(self, number: int) -> str:
        """The row itself has all that its partners are found by."""
        fields, link = self.table.dataset.fields, self.links[number]
        return " AND ".join(f"v.{column(fields[here])} IS NOT NULL" for here, _ in link.related.on)

    def told(self) -> str:
        """A query of what the related values of the rows in ``wanted`` are, in words."""
        texts = [
            f"{self._text(number)} AS {identifier(f'text {number}')}" for number in range(len(self.links))
        ]
        listed = ", ".join(identifier(f"text {number}") for number in range(len(self.links)))
        return (
            f"SELECT \"_rid\", concat_ws('；', {listed}) AS text FROM {self._source(texts)} "
            f'WHERE "_rid" IN (SELECT "_rid" FROM wanted)'
        )

    def _text(self, number: int) -> str:
        """What the partners of a row are; nothing where that is unknown."""
        link, group = self.links[number], f"q{number}"
        known = f"({self.whole(number)} AND coalesce({group}.known, TRUE))"
        places = f"'第' || array_to_string(list_sort({group}.places), '、') || '行'"
        more = f"CASE WHEN {group}.n > {ROWS_SHOWN} THEN '等' ELSE '' END"
        which = f"{literal(f'（“{link.table.dataset.title}”')} || {places} || {more} || '）'"
        none = literal(f"“{link.table.dataset.title}”中没有对应的记录{self.words[number]}")
        if link.field is None:
            title = link.related.title
            start = literal(
                f"{title}为" if title else f"与“{link.table.dataset.title}”对应的{self.words[number]}有"
            )
            told = f"{start} || CAST({group}.n AS VARCHAR) || {literal('' if title else '行')} || {which}"
            nothing = f"{start} || {literal('0' if title else '0行')}"
            return f"CASE WHEN NOT {known} THEN NULL WHEN {group}.n IS NULL THEN {nothing} ELSE {told} END"
        value = _value_text(link.field, group, self.codelists)
        told = f"{literal(f'{link.title}为')} || coalesce({value}, '空') || {which}"
        return f"CASE WHEN NOT {known} THEN NULL WHEN {group}.n IS NULL THEN {none} ELSE {told} END"

    def unknown(self, number: int) -> str:
        """The value of a row is unknown, in a query over `source`."""
        return f"{identifier(f'{self.links[number].related.name}__none')} IS NULL"


def _aggregates(link: Link) -> tuple[str, str, str, str]:
    """Over the partners of one row: the value is known, there is none, its low end, its high end."""
    all_valued = "count(v) = count(*)"
    match link.related.value, link.field:
        case _, None:
            return "TRUE", "FALSE", "NULL", "NULL"
        case "sum", item:
            total = f"TRY_CAST(sum(v) AS {'BIGINT' if item.type == 'integer' else DECIMAL})"
            return f"{all_valued} AND {total} IS NOT NULL", "FALSE", total, "NULL"
        case ("min" | "max") as way, _:
            return all_valued, "FALSE", f"{way}(v)", f"{way}(h)"
        case _:
            same = f"({all_valued} AND min(v) = max(v) AND min(h) = max(h))"
            return f"(bool_and(blank) OR coalesce({same}, FALSE))", "bool_and(blank)", "min(v)", "min(h)"


def _value_text(item: Field, group: str, codelists: dict[str, Codelist]) -> str:
    low, high = f"{group}.low", f"{group}.high"
    if item.type == "boolean":
        return f"CASE WHEN {low} THEN '是' WHEN NOT {low} THEN '否' END"
    if item.type == "date-time":
        moment = f"strftime({low}, '%Y-%m-%d %H:%M:%S')"
        return f"CASE WHEN {low} = {high} THEN {moment} ELSE strftime({low}, '%Y-%m-%d') END"
    text = f"CAST({low} AS VARCHAR)"
    if item.type == "number":
        return f"rtrim(rtrim({text}, '0'), '.')"
    listed = codelists.get(item.codelist or "")
    if listed is None or len(listed.codes) > CODES_TOLD:
        return text
    labels = " ".join(
        f"WHEN {literal(one.code)} THEN {literal(f'{one.code}（{one.label}）')}" for one in listed.codes
    )
    return f"CASE {low} {labels} ELSE {text} END"


def join(requirement: Requirement, check: RecordCheck | IndicatorCheck, context: Context) -> Joined:
    """The table of a check with its related values; CannotTest where a dataset or field is not delivered."""
    table = table_of(context, check.dataset)
    titles = context.scope(check).fields
    links, whens, partners, words = [], [], [], []
    for one in check.related:
        other = table_of(context, one.dataset)
        need(table, frozenset(here for here, _ in one.on))
        names = frozenset((*(there for _, there in one.on), *([one.field] if one.field else [])))
        need(other, names)
        when = context.parse_partner(one.dataset, one.when, requirement)
        nodes_need(other, when)
        item = other.dataset.fields[one.field] if one.field else None
        links.append(Link(one, other, item, when, titles[one.name].title))
        whens.append(emit(when, context.env))
        partners.append(Need(other, names | fields_of(when)))
        words.append(_condition(one, context, requirement))
    codelists = dict(context.standard.codelists)
    return Joined(table, tuple(links), codelists, tuple(whens), tuple(partners), tuple(words))


def _condition(one: Related, context: Context, requirement: Requirement) -> str:
    if not one.when:
        return ""
    node = context.parse_partner(one.dataset, one.when, requirement)
    return f"（{describe(node, context.scopes[one.dataset])}的）"
