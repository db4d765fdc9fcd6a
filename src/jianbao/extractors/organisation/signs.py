"""What stands right after a name and shows that it is a body's: asked by the rules of several rooms."""

import re

# What only a body does or has, right after its name: it makes a doubtful brand one (融江化工|与…签订, 港汇巴士|董事总经理).
ACTS = re.compile(
    r"(?:与|和|同|跟)(?=[^,。;]{2,24}(?:签|达成|合作))|(?:昨日|今日|昨天|今天|日前|近日|已|将|拟)?(?:签署|签订|宣布|公布|公告|表示|透露|指出|发布|斥资|中标|收购|获批|控股|持股|承建)"
    r"|(?:董事|总裁|总经理|副总|执行|行政总裁|首席|股东|股价|股份|旗下|发言人|负责人)|\((?:股票|证券)?(?:代码|简称)?[::]?[0-9]{4,6}"
)
# (600188.SH), (1704), (2330-TW), (00700.HK), (NYSE:BABA), (股票代码:600001). Not a year in brackets.
STOCK = re.compile(
    r"\((?:股票代码|证券代码|股份代号|代码|NYSE|NASDAQ|Nasdaq|SH|SZ|HK|HKEX|SEHK|TWSE|纳斯达克|纽交所|上市编号)?[::.]? ?"
    r"(?:\d{6}|\d{5}|(?!19[4-9]\d|20[0-4]\d)\d{4}|(?<=[EQKXHZ所][::. ])[A-Z]{1,5}(?=\)))(?:[.,-][A-Z]{1,3})?(?:[,/、;][^()]{1,24})?\)"
)
# 昌泽风电(供应商), 云岭装备(买方): which party of a contract a company is.
ROLE = re.compile(
    r"\((?:作为)?(?:[买卖]方|供[应货]商|供方|需方|承[包租]商?[人方]?|发包[人方]|出[租让借]人?方?|[受转]让[人方]|委托[人方]|[借贷]款[人方]|担保[人方]|认购[人方]|业主|总包方?)[ IVX一二三甲乙AB]{0,3}\)"
)


def has_code(folded: str, end: int) -> bool:
    """Whether a stock code follows, after a blank or not: 昌泽 (7783-TW)."""
    return folded.startswith(("(", " ("), end) and STOCK.match(folded, end + folded.startswith(" ", end)) is not None


# What follows the title of a medium, and no other title: 《某报》|记者, 《The Edge》|专访, 《某报》3月1日|报道.
SPEAKS = re.compile(
    r"(?:\d+[日月]|\d{4}年)?(?:[^\s,。《》]{0,2})?(?:记者|报道|报导|专访|专栏|社论|评论|引述|引用|刊文|刊登|撰文|采访|披露|的报道|网站|官网|消息|刊发|头版|编辑|主编|副刊|发表|指出|称)"
)
