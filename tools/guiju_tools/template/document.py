"""取数说明: two pages in the layout of an official paper, for the vendor of a system."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table

from guiju_tools.template import texts
from guiju_tools.template.skeleton import DIALECT_TITLES, Dialect, Period
from guiju_tools.template.texts import storable
from guiju_tools.template.told import DatasetTold, Told

SONG, HEI, FANGSONG = "方正小标宋简体", "黑体", "仿宋_GB2312"
_FALLBACKS = {SONG: "宋体", HEI: "SimHei", FANGSONG: "仿宋"}
"""Office programs take the other name where the first font is not installed."""
_LINE = 20.0
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_TABLE_HEAD = ("序号", "表名", "一行是什么", "列数（必需）", "是否必需", "期间")
_WIDTHS = (1.1, 3.5, 5.2, 2.4, 1.9, 1.9)
_CENTRED = (0, 3, 4, 5)


def document(told: Told, dialects: Sequence[Dialect], period: Period) -> bytes:
    """The document as the bytes of a .docx, the same for the same input."""
    paper = Document()
    _page(paper)
    _fonts(paper)
    _heading(paper, f"{told.standard.title}核验取数说明")
    _line(paper, "（请填写收文单位）：", indent=False)
    _purpose(paper, told, period)
    _tables(paper, told, dialects)
    _section(paper, "三、格式要求", texts.FORMAT_RULES)
    _section(paper, "四、不得包含的内容", _forbidden(told))
    _section(paper, "五、交付方式", texts.DELIVERY_RULES)
    _signature(paper)
    _appendix(paper, told, period)
    _settle(paper, told)
    buffer = BytesIO()
    paper.save(buffer)
    return _same_bytes(buffer.getvalue())


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(1.9)
    section.left_margin, section.right_margin = Cm(2.6), Cm(2.4)
    section.footer_distance = Cm(1)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        _run(foot, text, FANGSONG, 9)
        if field:
            _field(foot, field)


def _fonts(paper: Paper) -> None:
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANGSONG)
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _FALLBACKS.items()
    )
    for part in paper.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = f"<w:fonts {nsdecls('w')}>{told}</w:fonts>".encode()  # noqa: SLF001 - kept as it is by the library


def _heading(paper: Paper, text: str) -> None:
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _spacing(line, 28, after=6)
    _run(line, text, SONG, 18)


def _line(paper: Paper, text: str, *, indent: bool = True, bold: str = "") -> None:
    """A line of the body; `bold` is a heading that runs into it."""
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if indent:
        line.paragraph_format.first_line_indent = Pt(24)
    _spacing(line, _LINE)
    if bold:
        _run(line, bold, HEI, 12)
    _run(line, text, FANGSONG, 12)


def _section(paper: Paper, title: str, rules: Sequence[str]) -> None:
    _title(paper, title)
    for number, rule in enumerate(rules, 1):
        _line(paper, f"{number}．{rule}")


def _title(paper: Paper, title: str) -> None:
    line = paper.add_paragraph()
    line.paragraph_format.first_line_indent = Pt(24)
    line.paragraph_format.keep_with_next = True
    _spacing(line, _LINE, before=3)
    _run(line, title, HEI, 12)


def _purpose(paper: Paper, told: Told, period: Period) -> None:
    _title(paper, "一、目的")
    when = f"期间为{period.first}至{period.last}。" if period.first else ""
    _line(
        paper,
        f"为对照{texts.edition(told.standard)}自查政务服务数据，请从贵方建设或者运维的系统中导出下列数据。{when}"
        "数据由本单位在自己的电脑上核验，不上传；结果供自查与标准验证，不作考核、排名、问责依据。",
    )


def _tables(paper: Paper, told: Told, dialects: Sequence[Dialect]) -> None:
    _title(paper, "二、需要的表")
    databases = "、".join(DIALECT_TITLES[one] for one in dialects)
    fields = sum(len(item.asked) for item in told.datasets)
    must = sum(item.count("must") for item in told.datasets)
    _line(
        paper,
        f"共{len(told.datasets)}张表、{fields}列，其中必需{must}列，列在附表。各列的名称、含义、类型、长度、代码表和示例，"
        f"见同附的《{texts.REQUEST}》；取数语句的骨架见“取数语句”文件（{databases}）。"
        f"“不需要”的列请不要提供。{texts.NO_EMPTY_TABLES}",
    )


def _forbidden(told: Told) -> list[str]:
    kinds = "；".join(f"{title}（{examples}）" for title, examples in texts.FORBIDDEN)
    sensitive = [
        f"{item.dataset.title}的“{one.heading}”"
        for item in told.datasets
        for one in item.fields
        if one.field.sensitive and not one.asked
    ]
    named = [f"本标准的敏感列：{'、'.join(sensitive)}。"] if sensitive else []
    return [
        f"{kinds}。",
        *named,
        "混在备注、附件等自由文字中的上述内容也不得带入；确实分不开的，先与联系人商定。",
    ]


def _signature(paper: Paper) -> None:
    for text in ("联系人：　　　　　　　　　　电话：", "（单位名称）", "　　　　年　　月　　日"):
        line = paper.add_paragraph()
        right = not text.startswith("联系人")
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        line.paragraph_format.first_line_indent = None if right else Pt(24)
        line.paragraph_format.right_indent = Pt(24) if right else None
        _spacing(line, _LINE)
        _run(line, text, FANGSONG, 12)


def _appendix(paper: Paper, told: Told, period: Period) -> None:
    line = paper.add_paragraph()
    line.paragraph_format.keep_with_next = True
    _spacing(line, _LINE, before=6, after=3)
    _run(line, "附表　需要的表", HEI, 12)
    table = paper.add_table(rows=1, cols=len(_TABLE_HEAD))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    _row(table, 0, _TABLE_HEAD, HEI)
    _repeated(table)
    for number, item in enumerate(told.datasets, 1):
        table.add_row()
        _row(table, number, _dataset(number, item, period), FANGSONG)


def _dataset(number: int, item: DatasetTold, period: Period) -> tuple[str, ...]:
    shall = any(one.modality == "shall" for one in item.readers)
    columns = f"{len(item.asked)}（{item.count('must')}）"
    when = (
        (f"{period.first}至{period.last}" if period.first else "按商定的期间") if item.stamps else "全部现行"
    )
    grain = item.dataset.grain or "一行一条记录"
    return (str(number), item.dataset.title, grain, columns, "必需" if shall else "建议", when)


def _row(table: Table, number: int, values: Sequence[str], font: str) -> None:
    row = table.rows[number]
    unbroken = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(unbroken)  # noqa: SLF001 - the library has no other way to it
    for place, (value, width) in enumerate(zip(values, _WIDTHS, strict=True)):
        cell = row.cells[place]
        cell.width = Cm(width)
        line = cell.paragraphs[0]
        centred = place in _CENTRED or number == 0
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        _spacing(line, 13)
        _run(line, value, font, 9)


def _repeated(table: Table) -> None:
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library has no other way to it


def _spacing(line: Any, points: float, *, before: float = 0, after: float = 0) -> None:
    """An exact line height: pages break at the same places whatever fonts are installed."""
    form = line.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    form.space_before, form.space_after = Pt(before), Pt(after)


def _run(line: Any, text: str, font: str, points: float) -> None:
    run = line.add_run(storable(text))
    run.font.size = Pt(points)
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - as above


def _field(line: Any, instruction: str) -> None:
    element = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    line._p.append(element)  # noqa: SLF001 - as above


def _settle(paper: Paper, told: Told) -> None:
    about = paper.core_properties
    about.title = storable(f"{told.standard.title}核验取数说明")
    about.author = about.last_modified_by = ""
    about.comments = ""
    about.created = about.modified = _CREATED
    about.revision = 1


def _same_bytes(written: bytes) -> bytes:
    """The same archive without the time at which it was written."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(written)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _CREATED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return buffer.getvalue()
