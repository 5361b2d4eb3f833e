"""Words of headings: which mean the same, and which must never be taken for each other.

Each line of a family is one notion with its words, Chinese and as they occur in names of columns. Headings
that name different notions of one family (法定 and 承诺) are not close, however alike they look.
"""

from __future__ import annotations

from collections.abc import Mapping

_FAMILIES: Mapping[str, str] = {
    "limit": """
        statutory 法定 anticipate
        promised 承诺 promise
        actual 实际
    """,
    "stage": """
        accept 受理 立案 accepted
        apply 申请 申报 apply
        review 审核 审查 评审 review reviewed
        finish 办结 办毕 完结 结案 完成 closed close
        deliver 送达 领取 deliver
        create 创建 登记 建单 来电 created create
        dispatch 派发 派单 转办 交办 dispatched
        sign 签收 接收 signed
        reply 答复 回复 replied reply
        revisit 回访 visited
        publish 公布 发布 公开 publish published
        start 开始 起始 start begin
        due 截止 到期 due deadline
        cancel 取消 废止 cancel
        effective 生效 effective
        change 变更 changed change
        contact 联系 contacted
        return 退单 退回
        extend 延期
        call 叫号 取号
    """,
    "asked": """
        consult 咨询 consult
        supervise 监督 投诉 举报 监督投诉 supervise complain
    """,
    "who": """
        upper 上级 父 主项 parent
        joint 联办 联合 协办 会办 co other
        lead 牵头 lead
        entrust 委托 entrust
        guide 主管 指导 guide
        applicant 申请人 办事人
        handler 承办 经办
    """,
    "person": """
        natural 自然人 个人 user
        legal 法人 企业 corp
    """,
    "device": """
        computer 计算机端 计算机 电脑端 pc
        mobile 移动端 手机端 手机 app mobile
        terminal 自助终端 终端 terminal terminals
    """,
    "object": """
        item 事项 matter task item
        catalog 目录 catalog catalogue cata
        material 材料 material
        result 结果 result
        fee 收费 缴费 fee
        area 行政区划 区划 地区 属地 area region
        org 组织机构 org
        ticket 工单 ticket record
        request 诉求 request complaint
        proof 证明 proof
        step 环节 步骤 step
        intermediary 中介服务 中介
        procedure 特别程序
        law 法律 法规
    """,
    "head": """
        code 编码 代码 编号 号码 码 号 code id no key bm
        name 名称 名字 全称 姓名 名 name
        phone 电话 联系方式 热线 phone tel telephone
        way 方式 渠道 way channel
        place 地址 地点 位置 住址 addr address location
        link 网址 链接 url
        when 日期 时间 时刻 date time at
        period 时限 期限 时效 时长 limit
        days 天数 工作日数 day days
        unit 单位
        dept 部门 机构 主体 科室 处室 dept department agency office
        kind 类型 类别 种类 性质 分类 type kind category
        state 状态 情形 state status
        level 层级 级别 等级 level
        version 版本 version
        standard 标准 standard stand
        basis 依据 basis
        condition 条件 要求 condition
        flow 流程 程序 flow
        reason 原因 理由 事由 reason
        note 说明 备注 须知 explain remark desc
        count 次数 数量 份数 个数 num number count
        sequence 序号 排序号 order
        depth 深度 depth
        sample 样本 样表 示例 范本 sample
        source 来源 出处 source
        object 对象 object
        form 形式 form
        theme 主题 topic theme
        range 范围 scope
        amount 金额 价格 费用 收入 amount price
        rate 比例 占比 率 rate ratio
        list 清单 list
    """,
}
_FREE = """
    whether 是否 有无 能否 可否 是不是 is has
    online 网上 网办 在线 互联网 线上 online
    handle 办理 办事 办件 处理 处置 handle transact
    onsite 现场 窗口 大厅 到场 visit scene
    express 快递 物流 寄送 邮寄 express courier
    pay 支付 pay
    book 预约 schedule book
    implement 实施 行使 implement use
    set 设定 设立
    stationed 进驻 入驻 entry
    serve 服务 server service
    power 权力 职权 权责 power
    exercise 行使
    centre 政务服务大厅 政务大厅 center centre
    nationwide 通办 跨省
"""
EMPTY_WORDS = ("情况", "信息", "内容", "相关", "具体", "有关", "的", "项", "本", "该", "unique")
"""Words that say nothing in a heading."""

COMMON_HEADS = frozenset(
    {"code", "name", "when", "kind", "place", "way", "dept", "count", "note", "unit", "days", "list"}
)
"""Last words that so many headings have that to share one says nothing."""

SAME_HEAD = frozenset(
    map(frozenset, (("phone", "way"), ("dept", "name"), ("link", "place"), ("object", "kind")))
)
"""Pairs of last words that may stand for each other: 咨询方式 and 咨询电话, 实施部门 and 实施部门名称."""


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


FAMILY: Mapping[str, str] = {words[0]: family for family, text in _FAMILIES.items() for words in _lines(text)}
"""The family of each notion that has one."""

NOTION: Mapping[str, str] = {
    word: words[0] for text in (*_FAMILIES.values(), _FREE) for words in _lines(text) for word in words[1:]
}
"""The notion of each word."""

LONGEST = max(map(len, NOTION))
