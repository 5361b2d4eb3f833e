"""One new requirement: from a drafter's answers to its YAML, its clause and its examples, on a stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guiju.content import Pack
from guiju.errors import InputError, Place
from guiju.standard.load import load_from
from guiju_tools.drafting import headings as h
from guiju_tools.drafting.entry import requirement_of, short_name
from guiju_tools.drafting.examples import invent
from guiju_tools.drafting.headings import Cells, Data, Problem
from guiju_tools.drafting.lexicon import Lexicon
from guiju_tools.drafting.numbering import Spot, next_id
from guiju_tools.drafting.operations import Files
from guiju_tools.drafting.scenarios import Impossible, Scenario
from guiju_tools.drafting.stage import Stage, staged
from guiju_tools.drafting.values import Values
from guiju_tools.template.examples import examples_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What a drafter wants: the cells of a new row, the title of a new clause, the file of a new chapter.

    `document_title` names a source that the bibliography does not list yet.
    """

    cells: Cells
    clause_title: str = ""
    chapter: str = ""
    document_title: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """One requirement put onto a stage; `left` says what the drafter still has to write."""

    id: str
    data: Data
    examples: tuple[Scenario, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a new requirement: its row, files written, and what is still to be done."""

    added: Added
    files: tuple[str, ...]
    reminders: tuple[str, ...] = field(default_factory=tuple)


class Unfit(ValueError):  # noqa: N818 - says what the wish is
    """Answers or cells that cannot be used, all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(one.said for one in problems))
        self.problems = tuple(problems)


def values_of(stage: Stage, lexicon: Lexicon) -> Values:
    """Values for examples, those of the sample data among them."""
    return Values(lexicon, examples_of(lexicon.standard, (stage.copy, *stage.libraries)))


def add_to(files: Files, values: Values, wish: Wish) -> Added:
    """Put a new requirement into the files of a stage.

    Raises:
        Unfit: everything that is wrong with the wish.
    """
    document = files.document
    pack, standard_id = files.stage.copy, files.stage.standard_id
    cells = {**wish.cells, h.ID: next_id(pack, standard_id, document)}
    named = {item["name"] for item in document["requirements"]}
    trial, problems = requirement_of(values.lexicon, {**cells, h.NAME: cells.get(h.NAME) or "x"}, {})
    spot, path = _place(files, wish, cells.get(h.CLAUSE, "").strip(), problems)
    if problems or path is None:
        raise Unfit(problems)
    cells[h.NAME] = cells.get(h.NAME) or short_name(
        cells, trial["check"], named.__contains__, _fallback(cells)
    )
    data = {**trial, "name": cells[h.NAME]}
    files.add_clause(spot, data["clause"], wish.clause_title)
    _list_document(files, wish, data)
    files.add_requirement(path, data)
    try:
        return Added(data["id"], data, invent(values, cells, data["check"]))
    except Impossible as why:
        return Added(data["id"], data, left=(f"{data['id']} 的示例要自己写：{why}",))


def _fallback(cells: Cells) -> str:
    kind = "examined" if cells[h.WAY] == h.EXAMINED else "declared"
    return f"{kind}-{cells[h.ID]}"


def _place(files: Files, wish: Wish, number: str, problems: list[Problem]) -> tuple[Spot, Path | None]:
    found = files.spot(number) if number else Spot(None)
    if isinstance(found, str):
        problems.append(Problem(h.CLAUSE, found))
        return Spot(None), None
    if found.index is not None and found.titled and not wish.clause_title:
        problems.append(Problem(h.CLAUSE, f"同一层的条都有标题，请给 {number} 也写上标题"))
    if found.index is not None and wish.clause_title and not found.titled and number.count(".") > 1:
        problems.append(Problem(h.CLAUSE, f"同一层的条都没有标题，{number} 也不写"))
    path = files.chapter_of(number) if number else None
    if path is None and wish.chapter and number:
        path = files.stage.folder / "requirements" / f"{wish.chapter}.yaml"
    if path is None and number:
        have = "、".join(one.stem for one in files.chapters)
        problems.append(
            Problem(h.CLAUSE, f"第{_chapter(number)}章还没有要求的文件（已有 {have}），请另外写明文件名")
        )
    return found, path


def _chapter(number: str) -> str:
    return number.partition(".")[0]


def _list_document(files: Files, wish: Wish, data: Data) -> None:
    if not wish.document_title:
        return
    told = files.standard.data()
    known = {entry["document"] for key in h.GROUP_WORDS for entry in told[key]}
    for source in data["source"]:
        if source["document"] not in known:
            entry = {"document": source["document"], "title": wish.document_title, "mark": source["mark"]}
            files.add_document("bibliography", entry)
            return


def make_requirement(pack: Pack, standard_id: str, libraries: Sequence[Pack], wish: Wish) -> Made:
    """Write a new requirement into a pack: YAML, clause, rule and examples, or nothing at all.

    Raises:
        Unfit: everything that is wrong with the wish.
        InputError: GJ-I471 what lint or the examples say against it; GJ-I470 a file cannot be written.
    """
    with staged(pack, standard_id, libraries) as stage:
        lexicon = Lexicon(load_from(pack, standard_id, (pack, *libraries)))
        files = Files(stage)
        added = add_to(files, values_of(stage, lexicon), wish)
        files.save()
        stage.renew_features()
        files.add_examples(added.id, added.examples)
        reminders = settled(stage, added.left)
        return Made(added, tuple(stage.save()), reminders)


def settled(stage: Stage, left: Sequence[str] = (), hint: str = "") -> tuple[str, ...]:
    """What is still to be done; raises where the stage must not be written, with a further hint.

    Raises:
        InputError: GJ-I471 with every error of lint and every example that does not hold.
    """
    notices = stage.new_notices()
    wrong = [_said(one) for one in notices if one.level == "error"]
    if not wrong:
        wrong = [f"示例不成立：{text}" for text in stage.broken_examples()]
    if wrong:
        raise InputError(
            "GJ-I471",
            f"这样写不合要求，有{len(wrong)}处要改；什么都没有写入",
            place=Place(stage.standard_id),
            cause="\n    ".join(["", *wrong]).lstrip("\n") if len(wrong) > 1 else wrong[0],
            hint=f"请照上面逐处改正后再来一次{hint}",
        )
    return (*left, *(_said(one) for one in notices))


def _said(notice: object) -> str:
    code, message = getattr(notice, "code", ""), getattr(notice, "message", "")
    hint = getattr(notice, "hint", "")
    return f"[{code}] {message}" + (f"（{hint}）" if hint else "")
