"""封面, 填报说明 and 签章页: who fills in the form, how, and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from guiju.result.model import FOOT
from guiju.standard.assessment import Form
from guiju_tools.assessment import layout as at
from guiju_tools.assessment import looks
from guiju_tools.report import words

_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LABEL = Alignment(horizontal="right", vertical="center", indent=1)
RULES = (
    "只填浅黄色的单元格：自评结论、自评得分、佐证材料、备注、意见建议，以及封面和签章页。其余单元格锁定，不用改。",
    "自评结论从下拉框中选：全部做到选“符合”；做到一部分选“部分符合”；没有做到选“不符合”；本地没有这种情形选“不适用”。",
    "自评得分填0到分值之间的数，可以有小数。选“不适用”的、分值是0的不用填得分。加分项填正数，扣分项填负数，没有的空着。",
    "佐证材料写文件名，按“条款号-序号-名称”起名，例如 4.1.1-1-清单.xlsx；多份之间用“；”隔开。",
    "佐证材料的所有文件放进一个压缩包，与表一起交。照片、截图也可以直接放在这一行的“佐证材料”一格里，并写上“见图”。",
    "佐证材料和备注中不写姓名、电话、证件号码。",
    "对标准本身有看法的，写在“意见建议”里：试点检验的是标准，不是地区。",
    "填完看“填报检查”：显示“可以上报”后，打印签章页，签字盖章。",
)


def write_cover(sheet: Worksheet, forms: Sequence[Form]) -> None:
    """Title, edition, and the three things that say whose form it is."""
    sheet.title = at.COVER
    looks.widths(sheet, 10, 18, 46, 10)
    title = forms[0].title if len(forms) == 1 else "政务服务标准符合性自评表"
    looks.put(sheet, 2, 2, title, font=looks.TITLE, align=_MIDDLE, grid=False)
    looks.put(sheet, 3, 2, words.DRAFT, font=looks.NOTICE, align=_MIDDLE, grid=False)
    editions = "；".join(f"{form.standard_title} {form.standard_version}" for form in forms)
    looks.put(sheet, 4, 2, f"依据：{editions}", font=looks.SOFT, align=_MIDDLE, grid=False)
    for row, height in ((2, 64), (3, 24), (4, 20 + 14 * (len(editions) // 40))):
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
        sheet.row_dimensions[row].height = height
    for _, label, row in at.COVER_FIELDS:
        looks.put(sheet, row, 2, label, font=looks.BOLD, align=_LABEL)
        _to_fill(sheet, row, at.COVER_COLUMN)
    region = DataValidation("textLength", operator="equal", formula1="6", allow_blank=True)
    region.error, region.errorTitle = "请填六位区划代码", "请核对"
    region.add(sheet.cell(at.COVER_FIELDS[1][2], at.COVER_COLUMN))
    sheet.add_data_validation(region)
    hint = "期次写作 2026-03（月）、2026-Q1（季）或 2026（年）"
    looks.put(sheet, 9, at.COVER_COLUMN, hint, font=looks.SOFT, align=looks.ONE_LINE, grid=False)
    sheet.row_dimensions[9].height = 24
    _foot(sheet, 11)
    looks.for_print(sheet, landscape=False)
    looks.locked(sheet)


def write_guide(sheet: Worksheet, forms: Sequence[Form]) -> None:
    """How to fill in, how it is scored, and what each standard's form adds."""
    looks.widths(sheet, 6, 92)
    looks.put(sheet, 1, 1, at.GUIDE, font=looks.TITLE, grid=False)
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    told = [*RULES, *(rule for form in forms for rule in form.guide), *(_scoring(form) for form in forms)]
    for number, rule in enumerate(dict.fromkeys(told), 1):
        looks.put(sheet, number + 2, 1, number, align=_MIDDLE)
        looks.put(sheet, number + 2, 2, rule, align=looks.BESIDE)
        sheet.row_dimensions[number + 2].height = looks.height([(rule, 92)]) + 4
    looks.for_print(sheet, landscape=False)
    looks.locked(sheet)


def _scoring(form: Form) -> str:
    base = {"leaves-base": "不计入应得分", "full": "按满分计"}[form.scoring.not_applicable]
    total = f"{form.standard_title}：“不适用”的{base}；每一章得分不低于0，不高于该章的封顶分"
    weights = "、".join(f"第{one.clause}章{one.weight}" for one in form.blocks if one.weight)
    if weights:
        total += f"；得分率按各章的权重折算：{weights}"
    if form.scoring.basis == "proposal":
        total += "；分值、权重和评分标准是起草组建议，意见请写在“意见建议”里"
    if not form.scoring.pass_share:
        return f"{total}。"
    return f"{total}；得分率达到{words.per_cent(form.scoring.pass_share)}为达到合格线。"


def write_sign(sheet: Worksheet, forms: Sequence[Form]) -> None:
    """Who filled in, who looked it over, who answers for it; and which form it is."""
    looks.widths(sheet, 10, 22, 50, 10)
    looks.put(sheet, 2, 2, at.SIGN, font=looks.TITLE, align=_MIDDLE, grid=False)
    sheet.merge_cells(start_row=2, end_row=2, start_column=2, end_column=3)
    sheet.row_dimensions[2].height = 40
    for label, row in at.SIGN_FIELDS:
        looks.put(sheet, row, 2, label, font=looks.BOLD, align=_LABEL)
        _to_fill(sheet, row, at.SIGN_COLUMN)
        sheet.row_dimensions[row].height = 90 if label == "公章" else 30
    row = at.SIGN_FIELDS[-1][1] + 2
    for form in forms:
        identity = f"{form.title}（第{form.version}版），依据{form.standard_title} {form.standard_version}"
        groups = " ".join(form.digest[place : place + 4] for place in range(0, len(form.digest), 4))
        for label, value in (("所用的表", identity), ("表的摘要", groups)):
            looks.put(sheet, row, 2, label, font=looks.BOLD, align=_LABEL)
            looks.put(sheet, row, 3, value, align=looks.BESIDE)
            sheet.row_dimensions[row].height = looks.height([(value, 50)]) + 4
            row += 1
    _foot(sheet, row + 1)
    looks.for_print(sheet, landscape=False)
    looks.locked(sheet)


def _to_fill(sheet: Worksheet, row: int, column: int) -> None:
    looks.put(sheet, row, column, None, align=looks.BESIDE, tint=looks.FILL_TINT)
    sheet.cell(row, column).protection = looks.OPEN
    sheet.cell(row, column).number_format = "@"
    sheet.row_dimensions[row].height = 28


def _foot(sheet: Worksheet, row: int) -> None:
    looks.put(sheet, row, 2, FOOT, font=looks.SOFT, grid=False)
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
    sheet.row_dimensions[row].height = 34
