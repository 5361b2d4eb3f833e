"""The sentences that the document, the request workbook and the workbook to fill share."""

from __future__ import annotations

import re

from guiju.standard.model import Standard

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

REQUEST, FILLED = "取数需求.xlsx", "填报表.xlsx"
DOCUMENT = "取数说明.docx"


def storable(text: str) -> str:
    """A text without what XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def script_name(dialect: str) -> str:
    """The file of the statements for one database."""
    return f"取数语句-{dialect}.sql"


def edition(standard: Standard) -> str:
    """Which edition is meant."""
    state = "" if standard.published else "，试点用草案，非国家标准"
    return f"《{standard.title}》（{standard.version}{state}）"


FORMAT_RULES = (
    "一张表一个文件，文件名（或者工作表名）用表名；用 CSV（UTF-8 或 GB18030）或 .xlsx，超过10万行的用 CSV。",
    "第一行是列名，用《取数需求.xlsx》中的中文名或英文名，逐字一致；没有标题行、合并单元格、小计和合计，列的先后不限。",
    "编码、证照号等长数字一律是文本，不能变成科学计数，不能丢开头的0。",
    "日期写作 2026-03-31，时间写作 2026-03-31 09:30:00（24小时制，北京时间）。数字不带单位、千分位和百分号。",
    "有代码表的列写代码或者代码表中的名称，整列写法一致；本地另有代码的原样给出，并附代码与名称的对照。",
    "系统里没有的列整列不交，并在交付时说明；没有值的单元格留空，不填“NULL”、0 或默认值。",
    "原样导出，不改写、不补造、不去重；交付前核对行数，把每张表的行数写在交付清单上。",
)
"""How tables have to look; one sentence or two each."""

FORBIDDEN = (
    ("自然人的身份信息", "姓名、身份证件号码、出生日期、照片、签名"),
    ("联系方式和住址", "个人手机号码、住址、电子邮箱、微信号；对外公布的办公电话和咨询电话除外"),
    ("财产和账户", "银行账号、社保和公积金账号、房产和车辆信息"),
    ("健康、生物识别、行踪", "病历、指纹、人脸、定位记录"),
    ("未成年人的信息", "学籍、监护人信息"),
    ("账户和密钥", "登录名、口令、令牌、密钥、网络地址"),
    ("办件和诉求的正文", "申请表、附件、通话录音、诉求原文、回复原文；所列的表中明确要的列除外"),
    ("国家秘密和工作秘密", "标有密级的内容。不得处理涉密数据"),
)
"""What must not be delivered, with examples, whatever the standard."""

DELIVERY_RULES = (
    "交付物：各表数据文件；交付清单（表名、文件名、行数、取数时间、取数人）；没有交付的表、列和原因。",
    "通过单位内部网络或者专用介质交给联系人，不用互联网邮箱、网盘和即时通信工具。",
    "数据只在本单位电脑上核验，用后按本单位规定保存或者销毁。",
)

NO_EMPTY_TABLES = "本单位没有的表不交；只有列名、没有记录的空表按没有交处理。"
