"""What stands for an open question in a mapping, and the sheets and headings of its workbook form."""

from __future__ import annotations

OPEN = "待确认"
"""What stands in place of a heading or a code while a question is open."""

BOOKS = (".xlsx", ".xlsm")
TABLES, COLUMNS, CODES, QUESTIONS = "表", "列", "代码值", "待确认"
FIELDS, ABOUT = "数据元（勿改）", "说明"
SHEETS = (ABOUT, TABLES, COLUMNS, CODES, QUESTIONS, FIELDS)

FORM = "guiju-mapping-1"
"""Stands in the first cell of the hidden sheet, so that a mapping's workbook is known as one."""

TABLE_HEAD = (
    "文件",
    "工作表",
    "行数",
    "标题行",
    "数据集",
    "是否读取",
    "只限文件",
    "只限工作表",
    "指定标题行",
    "不读的行",
    "代码对照表",
)
COLUMN_HEAD = (
    "数据集",
    "列名",
    "填写率",
    "示例",
    "数据元",
    "凭什么",
    "分数",
    "每行相同的值",
    "分隔符",
    "日期顺序",
)
CODE_HEAD = ("数据集", "数据元", "导出里的写法", "条数", "相近的代码", "读作")
QUESTION_HEAD = ("数据集", "数据元", "必有", "可能的列", "回答")
FIELD_HEAD = ("数据集", "数据集标识", "数据元", "数据元标识")

NO_COLUMN = "没有这一列"
NOT_READ = "不读"
BLANK_VALUE = "（空白）"
YES, NO = "是", "否"
ORDERS = {"日在前": "day-first", "月在前": "month-first", "年在前": "year-first"}
