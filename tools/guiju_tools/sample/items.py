"""A small invented item export: a catalogue, an implementation list and its materials, with planted faults.

Every organisation stands in area 990000, which no region has; every telephone is of the form 000-00000000.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.rule.credit_code import credit_code_valid

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DEPARTMENTS = ("文化和旅游", "卫生健康", "农业农村", "住房和城乡建设", "市场监督管理", "人力资源和社会保障")
SUBJECTS = (
    "营业性演出活动",
    "公共场所卫生",
    "农作物种子生产经营",
    "建筑施工企业安全生产",
    "食品经营",
    "劳务派遣经营",
    "动物防疫条件",
    "城市排水",
    "放射诊疗",
    "民办职业培训",
)
ACTIONS = {"01": "许可", "07": "确认", "10": "备案", "05": "补贴给付", "20": "信息查询"}
LICENCE_DAYS = 20
STATUTORY = (20, 20, 20, 30, 15, 45)


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted fault: which row (from 1) of which table, what, and the requirement meant for it."""

    table: str
    row: int
    what: str
    requirement: str


def organisation(number: int) -> str:
    """A credit code with a valid check digit for an invented organisation of area 990000."""
    body = f"11990000{number:09d}"
    return next(body + char for char in ALPHABET if credit_code_valid(body + char))


def catalogue(count: int) -> list[dict[str, str]]:
    """Invented catalogue items of an invented province (99 is no province), one main item each."""
    kinds = list(ACTIONS)
    rows = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        department = number % len(DEPARTMENTS)
        subject = SUBJECTS[number % len(SUBJECTS)]
        rows.append(
            {
                "基本编码": f"00{kind}{department + 10:02d}{number + 1:03d}000",
                "事项名称": f"{subject}{ACTIONS[kind]}（示例{number + 1}）",
                "事项类型": kind,
                "设定依据": f"《示例{DEPARTMENTS[department]}管理条例》第{number % 9 + 1}条",
                "行使层级": "3",
                "事项状态": "1",
                "事项版本": "1",
            }
        )
    return rows


def implementation(items: Sequence[dict[str, str]], chance: random.Random) -> list[dict[str, str]]:
    """One implementation item for each catalogue item, all as they should be."""
    return [_item(number, item, chance) for number, item in enumerate(items)]


def _item(number: int, item: dict[str, str], chance: random.Random) -> dict[str, str]:
    department = number % len(DEPARTMENTS)
    code = organisation(department + 1)
    statutory = chance.choice(STATUTORY)
    promise = chance.randint(1, statutory)
    fee = item["事项类型"] == "01" and number % 7 == 0
    phone = f"000-{number % 100:08d}"
    return {
        "实施编码": f"{code}3{item['基本编码']}",
        "基本编码": item["基本编码"],
        "目录名称": item["事项名称"],
        "父目录编码": item["基本编码"],
        "事项名称": item["事项名称"],
        "事项类型": item["事项类型"],
        "设定依据": item["设定依据"],
        "行使层级": "3",
        "事项状态": "1",
        "事项版本": "1",
        "权力来源": "1",
        "实施主体": f"示例市{DEPARTMENTS[department]}局",
        "实施主体编码": code,
        "实施主体性质": "1",
        "法定办结时限": f"{statutory}个工作日",
        "法定办结时限说明": "《示例条例》规定" if statutory > LICENCE_DAYS else "",
        "承诺办结时限": f"{promise}个工作日",
        "受理条件": "材料齐全、符合法定形式",
        "办理流程": "申请；受理；审查；决定；送达",
        "特别程序": "无",
        "是否收费": "是" if fee else "否",
        "收费依据": "《示例收费条例》第三条" if fee else "",
        "服务对象": "1,2",
        "办件类型": "2",
        "到办事现场次数": "0",
        "办理地点": f"示例市政务服务中心{number % 20 + 1}号窗口",
        "办理时间": "工作日9:00至17:00",
        "咨询方式": phone,
        "监督投诉方式": f"000-{99999999 - number % 100:08d}",
        "计算机端办理地址": f"https://item.example.invalid/{number + 1}",
        "是否进驻政务服务大厅": "是",
        "是否网办": "是",
        "是否支持物流快递": "是",
        "是否支持网上支付": "是" if fee else "否",
        "结果类型": "10" if item["事项类型"] == "01" else "30",
        "结果名称": f"{item['事项名称'].split('（')[0]}证" if item["事项类型"] == "01" else "办理结果通知书",
    }


def materials(items: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Two materials for each item."""
    rows = []
    for item in items:
        for order, (name, kind, source) in enumerate(
            (("申请表", "2", "10"), ("身份证明", "1", "20")), start=1
        ):
            rows.append(
                {
                    "实施编码": item["实施编码"],
                    "序号": str(order),
                    "材料名称": name,
                    "材料类型": kind,
                    "材料形式": "3",
                    "材料必要性": "1",
                    "空白表格": f"form-{order}.docx" if kind == "2" else "",
                    "示例样表": f"sample-{order}.docx" if kind == "2" else "",
                    "来源渠道": source,
                }
            )
    return rows


def plant(items: list[dict[str, str]]) -> list[Planted]:
    """Put a handful of faults into the list, in place, and say what was done."""
    promise, code, phone, fee = items[3], items[8], items[12], items[35]
    promise["法定办结时限"], promise["承诺办结时限"] = "15个工作日", "20个工作日"
    wrong = next(char for char in ALPHABET if char != code["实施主体编码"][17])
    code["实施主体编码"] = code["实施主体编码"][:17] + wrong
    code["实施编码"] = code["实施主体编码"] + code["实施编码"][18:]
    phone["监督投诉方式"] = phone["咨询方式"]
    fee["是否收费"], fee["收费依据"] = "是", ""
    items[27]["承诺办结时限"] = "10个自然日"
    items.append(dict(items[21]))
    return [
        Planted("实施清单", 4, "承诺长于法定", "IM-023"),
        Planted("实施清单", 9, "信用代码校验码错一位", "IM-003"),
        Planted("实施清单", 13, "咨询与投诉为同一号码", "IM-036"),
        Planted("实施清单", 36, "收费而无依据", "IM-033"),
        Planted("实施清单", len(items), "与第22条重复", "IM-006"),
        Planted("实施清单", 28, "时限单位不同，无法比较", "IM-023"),
    ]


def write_demo(folder: Path, rows: int = 60, seed: int = 1) -> tuple[list[Path], list[Planted]]:
    """Write the three tables as CSV into `folder`; the same seed gives the same bytes.

    Returns:
        The files, and the planted faults.
    """
    folder.mkdir(parents=True, exist_ok=True)
    items = catalogue(rows)
    listed = implementation(items, random.Random(seed))  # noqa: S311 - invented data, not secrets
    planted = plant(listed)
    tables = {"基本目录.csv": items, "实施清单.csv": listed, "申请材料.csv": materials(listed[:rows])}
    return [_write(folder / name, table) for name, table in tables.items()], planted


def _write(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    listed = list(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return path
