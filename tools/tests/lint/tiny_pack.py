"""A pack small enough to read, with every kind of check and nothing wrong: tests change one thing in it."""

from __future__ import annotations

PACK = """\
id: tiny
title: 小标准包
version: "0.1.0"
prefixes: {WS: window-service}
extends: []
"""

STANDARD = """\
id: window-service
prefix: WS
title: {zh: 窗口服务规范, en: Specification for window service}
version: "0.1.0"
scope:
  object: 窗口服务
  aspect: 时限和质量
  method: 规定要求
  text: 本文件规定了窗口服务的要求。本文件适用于窗口办理的事项。
references:
  - {document: GB/T 36112, title: 服务现场管理规范, mark: seen}
  - {document: DB99/T 1001, title: 某地方规范, mark: seen}
bibliography:
  - {document: 试发〔2024〕1号, title: 试点工作安排, mark: verified}
terms:
  - {number: "3.1", term: 窗口, english: window, definition: 当面提供服务的位置。}
  - {number: "3.2", term: 办件, english: case, definition: 一次申请及其办理的全过程。}
clauses:
  - {number: "4", title: 时限}
  - {number: "4.1", title: 办结}
  - {number: "4.2", title: 登记}
  - {number: "5", title: 质量}
  - {number: "6", title: 证实方法, text: 以数据表述的内容由导出的办件和事项清单证实。}
parameters:
  limit_days: {title: 办结时限, type: integer, kind: directed, value: "20", unit: 工作日, tighter: lower}
  online_share: {title: 网办率, type: number, kind: directed, value: "0.95", tighter: higher}
  local_state: {title: 办结状态, type: text, kind: fixed, value: "2"}
  local_days: {title: 地方时限, type: integer, kind: profile-sets, unit: 工作日}
conclusion: {pass-share: "0.90", examined-share: "0.80", key-requirements: all-passed}
"""


def requirement(number, name, clause, modality, text, check, extra=""):
    """One requirement as YAML; `check` in flow style."""
    return f"""\
- id: WS-{number:03}
  name: {name}
  clause: "{clause}"
  modality: {modality}
  text: {text}
  basis: practice
  source:
    - {{document: 试发〔2024〕1号, at: 一, mark: verified}}
{extra}  check: {check}
  remedy: 请核对。
"""


WITHIN = """
    kind: record
    dataset: case
    when: "state = :local_state and result_days > 0"
    decidable: "note is null"
    assert: "result_days <= :limit_days and result_days <= :local_days\""""
SEQUENCE = (
    "{kind: sequence, dataset: case, stages: [accepted_on, decided_on], ties: allowed, missing: undecided}"
)
REFERENCE = "{kind: reference, dataset: case, fields: [item_code], to: {dataset: item, fields: [item_code]}}"
PRESENCE = "{kind: schema, dataset: case, aspect: presence, fields: [case_code, item_code]}"
INDICATOR = """
    kind: indicator
    dataset: case
    numerator: "online = true"
    denominator: "online is not null"
    operator: ">="
    threshold: ":online_share\""""
MATCH = """
    kind: match
    dataset: case
    to: {dataset: item}
    on: {item_code: item_code}
    compare: [{field: item_name, to: item_name, how: name}, {field: note, to: item_name, how: shown}]"""
COVERAGE = """
    kind: coverage
    dataset: item
    fields: [item_code]
    by: {dataset: case, fields: [item_code]}
    except: {dataset: exception, fields: [item_code], reason: reason}"""
CODE = "{kind: schema, dataset: case, aspect: code, fields: [state]}"

CHAPTER_1 = "".join(
    (
        requirement(
            1, "within-limit", "4.1.1", "shall", "窗口应在20个工作日内办结。", WITHIN, "  key: true\n"
        ),
        requirement(
            2, "decided-after-accepted", "4.1.2", "shall", "办件的办结日期应不早于受理日期。", SEQUENCE
        ),
        requirement(
            3,
            "case-code-unique",
            "4.2.1",
            "shall",
            "办件编号应唯一。",
            "{kind: unique, dataset: case, fields: [case_code]}",
        ),
        requirement(4, "item-listed", "4.2.2", "should", "办件的事项编码宜取自事项清单。", REFERENCE),
    )
)
CHAPTER_2 = "".join(
    (
        requirement(5, "codes-given", "5.1", "shall", "办件应列明办件编号和事项编码。", PRESENCE),
        requirement(6, "online-share", "5.2", "shall", "网上办理的办件应不少于95%。", INDICATOR),
        requirement(
            7, "signs", "5.3", "shall", "窗口应设置标识。", "{kind: declared, question: 窗口有标识吗}"
        ),
        requirement(
            8,
            "self-service",
            "5.4",
            "may",
            "窗口可提供自助设备。",
            "{kind: examined, question: 有没有自助设备}",
        ),
        requirement(9, "names-agree", "5.5", "shall", "办件的事项名称应与事项清单一致。", MATCH),
        requirement(
            10, "items-handled", "5.6", "shall", "事项清单的事项应有办件或者列入例外清单。", COVERAGE
        ),
        requirement(11, "state-codes", "5.7", "shall", "办件状态应采用代码表所列的代码。", CODE),
    )
)

_DATASET = "$schema: https://json-schema.org/draft/2020-12/schema\n"
CASE = (
    _DATASET
    + """\
$id: case
title: 办件
x-aliases: [办件表]
x-grain: 一行一个办件
type: object
required: [case_code, item_code]
properties:
  case_code: {title: 办件编号, type: string, pattern: "^[0-9A-Z]{4,20}$", x-key: true, x-aliases: [CASE_NO]}
  item_code: {title: 事项编码, type: string, maxLength: 31, x-reference: item.item_code}
  item_name: {title: 事项名称, type: string}
  state: {title: 办件状态, type: string, x-codelist: case-state, x-as-of: accepted_on}
  accepted_on: {title: 受理日期, type: string, format: date}
  decided_on: {title: 办结日期, type: string, format: date}
  result_limit: {title: 办结用时, type: string}
  result_days: {title: 办结用时数值, type: integer, minimum: 0, x-from: limit_number(result_limit)}
  online: {title: 是否网上办理, type: boolean}
  note: {title: 备注, type: string}
"""
)
ITEM = (
    _DATASET
    + """\
$id: item
title: 事项清单
x-grain: 一行一个事项
type: object
required: [item_code]
properties:
  item_code: {title: 事项编码, type: string, x-key: true}
  item_name: {title: 事项名称, type: string}
  channels: {title: 渠道, type: array, items: {type: string}, x-separator: "、"}
"""
)
EXCEPTION = (
    _DATASET
    + """\
$id: exception
title: 例外清单
x-grain: 一行一个例外
type: object
required: [item_code]
properties:
  item_code: {title: 事项编码, type: string, x-key: true}
  reason: {title: 理由, type: string}
"""
)

CODES = """\
code,label,description,valid_from,valid_to,replaced_by,owner,source
1,办理中,,2020-01-01,,,标准组,本标准
2,已办结,,2020-01-01,,,标准组,本标准
9,办完,,2020-01-01,2022-12-31,2,标准组,本标准
"""
CROSSWALK = """\
value,code,label,owner,source
Y,2,已办结,某地,某地系统
N,1,办理中,某地,某地系统
"""
PROFILE = """\
id: tiny-region
title: 某地适用参数
standards: {window-service: "0.1.0"}
parameters:
  limit_days: "15"
  local_days: "10"
raise: [WS-004]
switch-off:
  - {id: WS-003, reason: 由上级系统编号}
"""
CHILD_PROFILE = """\
id: tiny-district
title: 某区适用参数
extends: "990000"
standards: {window-service: "0.1.0"}
parameters:
  limit_days: "12"
add:
  - id: WS-901
    name: local-notice
    clause: "5.8"
    modality: shall
    text: 窗口应公布服务时间。
    basis: regional
    source:
      - {document: 某区规定, at: 二, mark: verified}
    check: {kind: declared, question: 公布了吗}
    remedy: 请公布。
"""


def rule(number, title, dataset, examples, last="每条适用的记录都符合"):
    """One 规则 with its export scenario and examples (name, given lines, then lines)."""
    identity = f"WS-{number:03}"
    lines = [
        f"  @{identity}",
        f"  规则: {title}。",
        "",
        "    @export",
        f"    场景: {identity} 试点地区导出的{dataset}",
        f'      假如 试点地区导出的"{dataset}"',
        f'      当 核验"{identity}"',
        f"      那么 {last}",
    ]
    for name, given, then in examples:
        lines += ["", "    @example", f"    场景: {identity} {name}", *(f"      {line}" for line in given)]
        lines += [f'      当 核验"{identity}"', *(f"      {line}" for line in then)]
    return "\n".join(lines) + "\n"


def table(dataset, *rows, keyword="假如"):
    """A record step with its table."""
    return [f'{keyword} "{dataset}"中有下列记录:', *(f"  | {row} |" for row in rows)]


LIMIT_HEAD = "办件状态 | 办结用时 | 备注"
FEATURE_1 = "# language: zh-CN\n功能: 4 时限\n\n" + "\n".join(
    (
        rule(
            1,
            "4.1.1 窗口应在20个工作日内办结",
            "办件",
            [
                (
                    "超过20个工作日的被检出",
                    [
                        *table(
                            "办件",
                            LIMIT_HEAD,
                            "2 | 25个工作日 | 空",
                            "2 | 5个工作日 | 空",
                            "2 | 5个工作日 | 补正",
                        ),
                        '并且 参数"local_days"为"20"',
                    ],
                    ["那么 第1行不符合", "并且 第2行符合", "并且 第3行无法判定"],
                ),
                (
                    "改为10个工作日",
                    [
                        *table("办件", LIMIT_HEAD, "2 | 9个工作日 | 空"),
                        '并且 参数"limit_days"为"10"',
                        '并且 核验基准日为"2024-01-31"',
                    ],
                    ['那么 结论为"无法判定"'],
                ),
            ],
        ),
        rule(
            2,
            "4.1.2 办件的办结日期应不早于受理日期",
            "办件",
            [
                (
                    "先办结后受理的被检出",
                    table(
                        "办件",
                        "受理日期 | 办结日期",
                        "2024-01-02 | 2024-01-01",
                        "2024-01-02 | 2024-01-03",
                        "空 | 2024-01-03",
                    ),
                    ["那么 第1行不符合", "并且 第2行符合", "并且 第3行无法判定"],
                )
            ],
        ),
        rule(
            3,
            "4.2.1 办件编号应唯一",
            "办件",
            [
                (
                    "重复的被检出",
                    table("办件", "CASE_NO", "A001", "A001", "A002"),
                    ["那么 第1行不符合", "并且 第3行符合"],
                )
            ],
        ),
        rule(
            4,
            "4.2.2 办件的事项编码宜取自事项清单",
            "办件",
            [
                (
                    "清单中没有的被检出",
                    [
                        *table("办件", "事项编码", "B1", "B2"),
                        *table("事项清单", "事项编码", "B1", keyword="并且"),
                    ],
                    ["那么 第1行符合", "并且 第2行不符合"],
                )
            ],
        ),
    )
)
FEATURE_2 = "# language: zh-CN\n功能: 5 质量\n\n" + "\n".join(
    (
        rule(
            5,
            "5.1 办件应列明办件编号和事项编码",
            "办件",
            [
                (
                    "空着的被检出",
                    table("办件", "办件编号 | 事项编码", "A001 | 空", "A001 | B1"),
                    ["那么 第1行不符合", "并且 第2行符合"],
                )
            ],
        ),
        rule(
            6,
            "5.2 网上办理的办件应不少于95%",
            "办件",
            [
                ("一半网办", table("办件", "是否网上办理", "是", "否"), ['那么 结论为"不符合"']),
                ("全部网办", table("办件", "是否网上办理", "是", "是"), ["那么 指标达到要求"]),
            ],
            last="指标达到要求",
        ),
        rule(
            9,
            "5.5 办件的事项名称应与事项清单一致",
            "办件",
            [
                (
                    "名称不同的被检出",
                    [
                        *table("办件", "事项编码 | 事项名称 | 备注", "B1 | 甲 | 空", "B1 | 乙 | 空"),
                        *table("事项清单", "事项编码 | 事项名称", "B1 | 甲", keyword="并且"),
                    ],
                    ["那么 第1行符合", "并且 第2行不符合"],
                )
            ],
        ),
        rule(
            10,
            "5.6 事项清单的事项应有办件或者列入例外清单",
            "事项清单",
            [
                (
                    "没有办件的被检出",
                    [
                        *table("事项清单", "事项编码", "B1", "B2"),
                        *table("办件", "事项编码", "B1", keyword="并且"),
                        '并且 "例外清单"中没有记录',
                    ],
                    ["那么 第1行符合", "并且 第2行不符合"],
                )
            ],
        ),
        rule(
            11,
            "5.7 办件状态应采用代码表所列的代码",
            "办件",
            [("表外代码被检出", table("办件", "办件状态", "3", "1"), ["那么 第1行不符合", "并且 第2行符合"])],
        ),
    )
)

HOME = "standards/window-service"
FILES = {
    "standards/pack.yaml": PACK,
    f"{HOME}/standard.yaml": STANDARD,
    f"{HOME}/requirements/01-limits.yaml": CHAPTER_1,
    f"{HOME}/requirements/02-quality.yaml": CHAPTER_2,
    f"{HOME}/datasets/case.yaml": CASE,
    f"{HOME}/datasets/item.yaml": ITEM,
    f"{HOME}/datasets/exception.yaml": EXCEPTION,
    f"{HOME}/self-assessment.yaml": "questions: []\n",
    "standards/codelists/case-state.csv": CODES,
    "standards/crosswalks/case-state.local.csv": CROSSWALK,
    "standards/regions/990000/profile.yaml": PROFILE,
    "standards/regions/990100/profile.yaml": CHILD_PROFILE,
    "features/window-service/01-limits.feature": FEATURE_1,
    "features/window-service/02-quality.feature": FEATURE_2,
}
