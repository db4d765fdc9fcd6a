"""Figures: money, mass, percentages, areas and lengths, as in 新台幣3.5億元, 1.2萬噸/年, 三．九％ or 10—20万元.

A scan finds every run of digits and passes over those that no unit can follow (2018年, 89个); a grammar then reads number, unit, rate and
range at the few that are left. What only the whole article tells (a bare 元, the weight of a 斤, the role of a sum) is left to
the resolver: see `Quantity`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import get_args

from spacy.language import Language

from jianbao.component import MentionComponent
from jianbao.folding import fold
from jianbao.lexicon import CurrencyEntry, Lexicon, RoleEntry, UnitEntry, load_lexicon
from jianbao.numerals import HALF, NUMERAL, ONES, POWERS, part_numbers, plain, read_number, read_pair, zeros_for_letters
from jianbao.records import Convention, Dimension, FigureModifier
from jianbao.text import Mention, Text

DEFAULT_DIMENSIONS: tuple[Dimension, ...] = ("money", "mass", "percent", "area", "length")
"""What is emitted unless the pipeline file says otherwise: counts, energy, power, volume and TEU are read by the same grammar, on request."""


_RULES: dict[Dimension, str] = {dimension: f"figure.{dimension}" for dimension in get_args(Dimension)}


@dataclass(slots=True)
class Quantity:
    """What the grammar reads of a figure; `Mention.parsed` of every figure.

    Attributes:
        low: The number as printed, magnitude applied, unit not; the lower bound of a range.
        high: The upper bound of a range, else None.
        unit: The unit as printed (folded); empty where the number stands alone (投资120亿).
        entry: The unit's entry; None for money.
        currency: ISO 4217, None where only the article tells.
        shared: The folded name that several currencies have (元, 比索); 元 for a bare number.
        scale: Units of the currency in one of what is printed (美分: 0.01).
        per: The rate that is printed after the unit (元/吨: t), else None.
        leads: Whether the currency was named before the number, so that a list may inherit it (人民币5亿元、3亿元).
        listed: Whether the sum follows another one in a list.
    """

    dimension: Dimension
    low: Decimal
    high: Decimal | None
    unit: str
    entry: UnitEntry | None = None
    currency: str | None = None
    shared: str | None = None
    scale: Decimal = field(default=Decimal(1))
    per: str | None = None
    modifier: FigureModifier | None = None
    leads: bool = False
    listed: bool = False


@dataclass(slots=True, frozen=True)
class _Unit:
    """What a unit's surface stands for: a measure, a currency, or a name that currencies share."""

    dimension: Dimension
    entry: UnitEntry | None = None
    currency: str | None = None
    scale: Decimal = field(default=Decimal(1))


# Rates: 万吨/年, 元/吨, 元/股. Time and things; units come from the lexicon.
TIMES = {
    "年": "year",
    "月": "month",
    "日": "day",
    "天": "day",
    "小时": "h",
    "时": "h",
    "分钟": "min",
    "秒": "s",
    "周": "wk",
    "星期": "wk",
    "季": "{quarter}",
    "季度": "{quarter}",
}
TIMES |= {"a": "year", "d": "day", "h": "h", "s": "s"}
THINGS = dict.fromkeys("股人户台辆件张套间桶只头份次晚瓶箱袋本粒碗包手票个枚片位桌场期单门盒条块支顿车层名组床座", "{piece}")
THINGS |= {
    "股": "{share}",
    "人": "{person}",
    "名": "{person}",
    "位": "{person}",
    "人次": "{visit}",
    "户": "{household}",
    "家": "{firm}",
    "票": "{vote}",
}
THINGS |= {"标准箱": "{teu}", "标箱": "{teu}", "TEU": "{teu}", "学期": "{term}", "学年": "{year}", "课时": "{lesson}", "房": "{room}"}

# What stands directly before a number and bounds it; it stays outside the span.
_BEFORE_WORDS: dict[FigureModifier, str] = {
    "approx": "约 大约 约为 约达 约合 约有 约在 约占 约值 约是 大概 大致 估计 折合约 大约为 大约有 约需 约计 约等于",
    "min": "超 超过 超出 逾 逾越 多于 高于 大于 高过 多过 突破 破 冲破 冲过 不少于 不低于 不小于 至少 最少 最低 起码 不止 上 过 达到或超过 远超 越过 "
    "超逾 涨破 站上 升破 ≥ > 超过了 突破了 不下 不下于",
    "max": "近 将近 接近 逼近 不足 不到 未满 不满 未达 低于 少于 小于 不超过 不多于 不高于 不大于 不逾 至多 最多 最高 最大 上限 跌破 跌穿 失守 ≤ < "
    "差不多 几近 未到 少过 低过 仅近 几乎 不超 未超过 未超 最高可达 最高达 最多可达",
}
_BEFORE: dict[str, FigureModifier | None] = {word: modifier for modifier, words in _BEFORE_WORDS.items() for word in words.split()}
_BEFORE |= dict.fromkeys(("买超", "卖超", "出超", "入超"), None)  # net purchases: 超 bounds nothing
_BEFORE_LENGTHS = {end: sorted({len(word) for word in _BEFORE if word[-1] == end}, reverse=True) for end in {word[-1] for word in _BEFORE}}
"""How long the words are that end in a character, longest first."""
_BEFORE_MULTIPLIER = ("上", "过", "破")  # only in 上百亿, 过亿元
# What stands after the unit and bounds it: 90%以上, 3公里左右, 5元多 (but 5元多项).
_AFTER = re.compile(
    r"(?P<min>(?:\(含\))?(?:以上|之上|及以上|或以上|或更多|有余|开外)|[多余](?![家个项元名种次年额地数款方头万亿])|余元)"
    r"|(?P<max>(?:\(含\))?(?:以下|(?:的?范围)?[以之]?内(?![地需外容部])|及以下|或以下|之下|不到)|封顶|上限)|(?P<approx>左右|上下|许(?![多可])|前后)"
)
_AFTER_BEGINS = frozenset("(以之及或有开多余的范内不封上左许前")  # first characters of these: most figures are followed by none

# What a half may follow: 2噸半, 两厘半.
_HALVED: frozenset[Dimension] = frozenset(("mass", "area", "length", "volume", "percent"))
# Numbers that bound nothing by themselves: 数百亿, 几十亿, 十来亿.
_VAGUE = frozenset("数几来多若半")
# US$5bn, USD 3.2 million
_ENGLISH = re.compile(r" ?(?P<magnitude>(?i:million|billion|trillion|mn|bn|tn|m|b))(?![A-Za-z0-9])")
_ENGLISH_POWERS = {"m": 6, "b": 9, "t": 12}
_MULTIPLIERS = frozenset("十拾百佰千仟万亿兆")
_SCALE = re.compile("[百千万亿兆]*+$")
_FIRST_SCALE = re.compile("[百千万亿兆]++|$")
_LARGE = re.compile(r"[万亿兆](?:\d(?:,?\d{3})?)?\Z")
# What speaks of money before a number that names no currency: 投资120亿, 净亏73亿; then words that only lead to the number.
_SUM = (
    "每呎|每尺|每坪|每平方米|每平米|每股|投资|投入|斥资|斥|耗资|出资|注资|增资|集资|筹资|融资|募资|募集|筹集|贷款|借款|拨款|捐款|捐赠|捐出|捐|资金|金额|总额|净额|差额|作价|价格|总价|标价|开价|报价|叫价|定价|售价|市值|估值|产值|总值|价值|营收|"
    "营业额|销售额|交易额|成交额|成交|收入|利润|纯利|净利|盈利|毛利|获利|赚|亏损|净亏|亏|蚀|赔偿|赔|负债|债务|欠款|欠债|欠|税收|利税|纳税|缴税|税款|预算|经费|造价|成本|费用|开支|支出|罚款|罚|补贴|补助|补偿|奖金|奖励|票房|资产|"
    "注册资本|资本|身家|身价|薪酬|年薪|月薪|工资|套现|卖超|买超|出超|入超|流入|流出|净买入|净卖出|增持|减持|认购|收购|入股|花费|花|豪掷|砸|款|股息|派息|分红|储备|存款|保费|赔付|理赔|顺差|逆差|订单|合同|进账|业绩|缺口|租金|月租|年租|底薪|时薪|日薪|起薪|楼价|股价|车价|票价|首付|生产总值|GDP|"
    "进口|出口|贸易额|总资产|净资产|市场规模|资金规模|损失|经济损失|营业收入|还款|偿还|担保|授信|债券|发债|基金|财政|花销|盗取|骗取|涉案|涉资|拨|匡列|编列|自资|砍|删|包下|税|费|预备金|额度|聚资|豪捐|抽资|套取|补仓|加仓|注入|垫资|让利|减税|免税|现金|本金|利息|罚金|余额|补亏|补血|吸金|揽金|吸资|首期|浮盈|浮亏|商誉|毛收入|赌收|月入|月付|诈骗|被骗"
)
_LEAD = (
    "总额|总计|合计|共计|总共|一共|共|约|高达|达到|达|为|至|到|超过|超|逾|近|不足|仅|只|已|累计|分别|了|增至|降至|升至|减至|减少|增加|增长|扩大|净|将|预计|是|:|“|\\(|就|突破|过|破|有|不到|接近|将近|大约|至少|最少|最多|最高|最低|上|再|"
    "额外|额|规模|达成|高|最终|竟|整整|逼近|站上|冲破|完成|实现|在|以|以上|当中|里|共有|余|了约|不超过|不低于|不少于|人民币|美元|的|从|由|可能|勉强|蒸发|缩水|下降|下滑|萎缩|下跌|上升|涉及|跌穿|跌破|升破|升穿|涨破"
)
# Sums that a clause has spoken of before: 预算追加到320亿, 补助上限调高到90亿.
_SUM_NEAR = re.compile(
    r"(?:预算|经费|投资|补助|补贴|产值|营收|营业额|业绩|贷款|联贷|融资|基金|税收|收入|支出|开支|资金|利润|纯利|净利|获利|亏损|市值|估值|资产|罚款|赔偿|销售额|成交额|交易额"
    r"|贸易额|金额|总额|预备金|费用|造价|成本|工程款|债务|负债|盈余|赤字|商机|标案|决标|特别费)[^,。;:、!?()\n\d]{0,8}\Z"
)
# What a number of hundreds of millions counts where no unit follows it: 人口14亿, 播放量破3亿.
_COUNT_NEAR = re.compile(
    r"(?:人口|人次|人数|人类|用户|粉丝|观众|听众|读者|[游旅乘顾]客|会员|客户|网民|股民|玩家|学生|播放|点[击阅播]|下载|浏览|观看|阅读|流量|访问|次数|转发|讨论|话题|热度|订阅|触达|曝光|声量|搜索量"
    r"|[销产数总存储货交用音容流载运需供]量|股[数本份]|持股|股票|票数|户数|张数|件数|[像画]素|晶体管|电晶体|参数|光年|距离|地球|宇宙|细胞|基因|装置|设备|终端|芯片|晶片|手机|面积|里程|发电|用电"
    r"|耗电|排放|减碳|碳排|能耗|[一两二三四五六七八九十\d]年|年前|第)[^,。;:、!?()\n]{0,6}\Z"
)
_COUNTED_NEAR = re.compile(r"(?:以上|左右|之多|多|余)?的?(?:人|用户|观众|粉丝|网友|信徒|教徒|选民|公民|民众|居民|玩家|会员|年|光年|次|级)")
_SENTENCE_END = re.compile(r"[。!?;\n]")
_SAME_STORY = 60  # characters at most from a bare number to the sum that makes it one
_GOODS = re.compile(r"(?:买|购|采购|购买|订购|进口|出口)(?:入|进|了)?\Z")
_GOODS_AFTER = re.compile(r"(?:元)?(?:[中美英法德日韩俄台港印泰越]国?|外国|国|农产?)货")
# What a number without a unit may count instead of money: 1.2亿人, 300万用户.
_COUNTED = re.compile(
    r"\ ?(?:[人个名位户家件台辆架艘套只头株棵张份项条次股吨斤公千米平亩立度桶升瓦枚粒字册本部篇级倍年月日天时"
    r"分秒点岁票吋网手标枝朵匹尾羽口届处所座栋幢间层盏箱袋包瓶罐盒双对副组批首尺寸里码海英方坪节亿万百多余几吉兆毫微畝担磅剂例片颗帧筒卷顿帕甲]"
    r"|支(?!出|持|付|援)|用户|粉丝|观众|读者|居民|游客|旅客|乘客|[大中小]?学生|考生|师生|农民|网民|市民|公民|选民|股民|平民|移民|难民|人口|职工|员工|劳工|党员|客户|会员|"
    r"患者|消费者|投资者|孕妇|儿童|妇女|老人|青年|教师|军人|群众|民众|信徒|球迷|听众|网友|家庭|住户|车主|外国人|平方|立方|TEU|%|[A-Za-z])"
)
# What speaks of money after it, besides the roles that only money has: 12亿现金, 30亿收购, 4.7亿的价格.
_SUM_AFTER = (
    "沽|售|易手|承接|投得|批出|入标|夺|租出|租下|承租|价格|代价|对价|总价|现金|资金|贷款|借款|融资|债权|债务|债券|欠款|收购|并购|投资|入股|拿下|买下|购买|购入|拍下|竞得|摘得|中标|成交|估值|市值|营收|收入|利润|净利|亏损|"
    "票房|罚款|罚单|罚金|赔偿|补偿|补贴|奖金|善款|捐款|预算|经费|大单|订单|合同|资产|身家|身价|增资|注资|定增|募资|出售|卖出|转让|存款|保费|税款|红包|赤字|国债|股利|订金|大奖|彩金|头奖|"
    "项目|联贷|标案|拨款|拨备|补助|资助|开支|支出|回购|诉讼费|执行款|公帑|公款|公债|债款|贷(?!款)|配股|供股|私有化|接手|豪宅|地皮|地王|赎金|财产|薪|聘金|天价|重金|扩产|扩厂|建厂|(?<=[0-9][亿兆])工程"
)
# 1亿投资者, 30万贷款户, 20万合同工人, 50万收入低于标准的家庭.
_NO_SUM_AFTER = "(?![者户员份件领]|人(?![人民])|商(?![业铺场厦品标])|.{0,2}(?:工人|客户|用户|持有人|[低高]于))"
# Words of roles that only money has, but that also stand beside other numbers: 收盘300万手, 百亿规模, 资助30万学生, 3万走私香烟.
_NO_SUM = frozenset(("share_price", "earnings_per_share"))
_NO_SUM_WORDS = frozenset(("处罚", "没收", "资助", "扶持", "走私", "待遇", "补偿", "涉案", "诈骗", "被骗"))
_SIZES = ("规模", "股本")
# Lists and steps that hand a unit on: 3亿、5亿元; 由50亿增至120亿元.
_LIST_GAP = re.compile(r"(?:、|,|和|及|与|或|以及|/)\ ?")
_STEP_GAP = re.compile(
    r"(?:左右)?(?:大幅|逐步|迅速|猛|激|剧|快速)?(?:增长|增加|增|提高|提升|上升|升|上调|调升|调高|扩大|扩|下降|下调|降低|降|减少|减|跌|缩减|下跌|调低|调降|上涨|涨|飙升|攀升|变为|回落)(?:至|到|为)(?:了)?(?:约|近|逾|超过|超)?"
)
# 至 makes a step, not a range, after these: 由10%至25%; 股價上漲0.5元至20元 (but 增长5%至8% is a range).
_STEP_FROM = re.compile(r"(?:由|从|自)[^,。;、]{0,8}\Z")
_STEP_CHANGE = re.compile(r"(?:涨|跌|升|降|挫|扬|滑|减|增|调|贬|扩大|回落|下滑|弹|攀|飙)(?:高|低|升|值|加|少|了|近|约|逾|超过|超|幅|长|大幅){0,3}\Z")
_NO_STEP_AFTER = re.compile(r"不等|之间|间|的?(?:区间|范围)")

# By unit: what must not follow it, because the characters then belong to another word or another measure.
_REFUSED_AFTER = {
    "克": "[服隆强勤制罗林里己难敌俭扣莱什兰夫斯鲁伦尔苏]",
    "米": "[兰粉其饭面价糠酒业仓农菲勒哈尔拉线歇德塔雪厂]",
    "斤": "[斗八]",
    "担": "[任保心当忧纲架待责起负子]",
    "磅": "[礴级]",
    "公分": "母",
    "平方": "[根和差数项英厘分反比律]",
    "平": "[方米均台民安静衡面原板等息稳价抑壤常庸时坦地行日凡淡生定川顶反手局分盘头信权和复移添整]",
    "里": "[面头边程弄巷约斯亚海昂尔拉氏有是的应通根屯拐坊脊弗加]",
    "成": "[员立功为都果本绩熟品交就年型因语效天群家行长片套真风规见不千百上双对堆灾分名了药衣婚活全]|人(?![士口民])|份(?!额)",
    "顷": "刻",
    "吋": "[晶厂硅级半]",
    "英寸": "[晶厂硅级半]",
    "升": "[级至到值高幅学降温破空任职华格旗国腾势起迁训天]",
    "度": "[假过数高]",
    "厘": "[米清定]",
    "码": "[头洗电放数]",
    "趴": "[在下着倒窝伏卧睡地桌体街]",
    "仙": "[女境人子侠股台草桃居剑丹鹤湖游]",
    "蚊": "[子虫香帐媒蝇]",
    "基点": "站",
    "圆": "[形桌满圈周心柱顶角珠梦通]",
    "元": "[旦宵]|月(?![租薪供费息])|素|店|次方|器件",
}
_REFUSED_AFTER_DIMENSION = {
    "mass": "级|位(?!于)|公里|海里|千米|力|/(?:立方|毫升|升|公里|[Ld]|m)|/?每(?:立方|毫升|升|公里)",
    "length": "级|汞柱|水柱|汞|/?每?(?:小时|秒|分钟)|/(?:时|分|h|s|min)|标准箱|标箱|集装箱|货柜|柜",
    "area": "级",
    "power": "级",
    "volume": "级",
}
# 三元桥, 二元结构, 一元二次: 元 after a Chinese numeral.
_YUAN_WORD = re.compile(
    "[化素宵旦首老器朗勋气代朝谋凶帅音始曲杂配稹好阳江氏培末明清戎青桥区里牛股村次方论体乳寺巷醇酸催复世镇乡县店钱庄食]|月(?![租薪供费息])|件|结构|对立"
)
_ONE_YUAN_AFTER = re.compile(r"[,。;、:!?)”》\]\s]|\Z|[钱整的以左起至到/现每]")
_ONE_YUAN_BEFORE = frozenset("价收为约达涨跌升降配发付缴售仅只要到至超逾近每给破加减扣补是得赚亏回元、,")
# Units that are words of other kinds after a Chinese numeral (八千里路, 半仙).
_ARABIC_ONLY = frozenset("圆蚊仙里呎吋哩浬平度趴")
_DOUBTED = frozenset(("元", "%", "成", "平", "厘", "码", "点子", "里", "度", "亩"))  # what stands beside these is looked at
_TABLE_BEFORE = frozenset("位:(/[、")  # 单位:亿元, 收入(亿元)
_ESCAPE = re.compile("[0-9A-Fa-f]{2}")  # id=5%20
# 时速300公里, 每秒10米, 风速达30米: no length. Then what may stand between.
_SPEED = re.compile(
    r"(?:[时车风流航]速|速度|每小时|每秒|每分钟)(?:最高|最大|可|达|到|高|为|约|近|超过|超|逾|近|平均|以|仅|只|有|过|飞行|前进|行驶|移动|跑){0,4}\Z"
)
_INTEREST = re.compile("息|利率|收益率|回报率")
_RATE_MOVE = re.compile(r"(?:[升降减加调]|P-)(?:[息至到了约近逾多幅半再]){0,3}\Z")  # 升1.5厘, 减半厘: in Hong Kong and Macau always a rate
_AREA = re.compile("面积|实用|单位|铺位|建面|住宅|房|楼|商铺|厂区|占地|户型")
_SIGNS = frozenset("-−负")
_SIGN_REFUSED = re.compile(r"[\dA-Za-z%元吨米里股万亿千百年月日号〇一二三四五六七八九十)~—-]")
_DEBT = frozenset("自背胜欠肩亏抱担辜正")  # 负 after these is no minus sign

# 3元5角2分, 3元8角; 七成半, 4成3, 六成五半, 三成三三 (but 七成三口之家); 1米75.
_SMALL_COIN = re.compile(r"(?P<tenth>[\d一二三四五六七八九])[角毛毫](?:(?P<hundredth>[\d一二三四五六七八九])[分仙])?")
_DIGIT = r"[\d一二三四五六七八九]"
_LAST_DIGIT = rf"{_DIGIT}(?![\d.%〇一二三四五六七八九十百千万亿口个名家人位次岁年月日天层成条项款种类分线大])"
_AND_HALF = "半(?![数年天个月])"
_TENTH = re.compile(rf"(?:(?P<tenth>{_DIGIT})(?P<hundredth>{_AND_HALF}|{_LAST_DIGIT})|(?P<single>{_AND_HALF}|{_LAST_DIGIT}))")
# 2噸半, 三公里半, 两厘半; not 5公里半马, 3元半价.
_HALF_MORE = re.compile(r"半(?=[,。;、:!?)」”》\s的之重长高宽深厚左以和及与至到/]|\Z)")
_GOES_ON = frozenset("0123456789一二三四五六七八九半")  # what such a rest begins with
_HEIGHT = re.compile(r"(?P<rest>\d{1,2})(?![\d.%万亿千百个名棵株根人条道])")

# A range: 10—20, 5亿至8亿, 3 ~ 5.
_JOINT = r"\ ?(?:~|--?|——?|至|到)\ ?"


def _grouped(words: Iterable[str]) -> str:
    """A regex alternation of `words`, longest first, tried by first character: most characters fail at once."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        rests.setdefault(word[0], []).append(word[1:])
    common = "元%吨公平亩成个美港人"
    order = sorted(rests, key=lambda c: (common.find(c) if c in common else len(common), c))
    return "|".join(re.escape(first) + (f"(?:{'|'.join(map(re.escape, rests[first]))})" if rests[first] != [""] else "") for first in order)


def _sum_words(roles: Iterable[RoleEntry]) -> set[str]:
    """The words of the roles that only money has: 预算, 骗案, 注册资本; none that is a verb (发放) or may count something else."""
    found = {fold(s) for r in roles if r.dimensions == ("money",) and not r.weak and r.id not in _NO_SUM for s in r.surfaces}
    return {word for word in found if len(word) > 1 and word not in _NO_SUM_WORDS and not word.endswith(_SIZES)}


def _rates(units: Iterable[UnitEntry]) -> dict[str, str]:
    """What may stand after the slash of a rate, with its code: 年, 吨, 股, 平方米."""
    found = {fold(surface): unit.ucum for unit in units if unit.dimension not in ("percent", "count") for surface in unit.surfaces}
    return found | THINGS | TIMES


class _Grammar:
    """The patterns of one set of units: a scan for numbers that a unit may follow, and the figure that begins at a number."""

    def __init__(self, units: Iterable[str], rates: Iterable[str], coins: Iterable[str], signs: Iterable[str]) -> None:
        unit, rate = _grouped(units), rf"\ ?(?:/\ ?|每)(?:{_grouped(rates)})(?![A-Za-z])"
        # 3亿元人民币; 3亿元美元, where nothing goes on that 美元 could begin (美元债).
        coin = rf"(?>(?:(?<=元)整?(?P<%s>{_grouped(coins)}|[美欧日港澳]元(?=[,。;、:!?)的左以]|\Z)))?)"
        sign = _grouped(signs)
        # Units of one character, and the first two of the others: 3日 is no 3日元, 5个 no 5个百分点. After US$ 3 a Latin letter may begin another magnitude.
        whole = {unit[0] for unit in units if len(unit) == 1 or unit[0].isascii()}
        one = re.escape("".join(sorted(whole)))
        first, second = (re.escape("".join(sorted({u[at] for u in units if u[0] not in whole}))) for at in (0, 1))
        digits = "0-9十拾百佰千仟廿卅卌万亿兆" + "".join(ONES)
        # A run of digits, marked where a unit, 分之 or a range may follow or where it ends in a magnitude (5万5000 and 5万5 in its rest, 3亿 before 20日):
        # the grammar tries only those. 半亿 and 半厘, but neither 一半公里数 nor 大半亿.
        # Both begin with a character of one set, which is searched for at C speed.
        self.scan = re.compile(
            rf"[{digits}半](?:(?<!半)[{digits}]*+(?>(?:(?:[.·点]|(?<=[0-9]),(?=[0-9]))[{digits}]++)*)"
            rf"(?>(?P<next>(?=\ ?(?:[{one}多余分零至到~—\-]|[{first}][{second}]))|(?=\ [百千万亿])|(?<=[万亿兆])"
            rf"|(?<=[万亿兆][0-9])|(?<=[万亿兆][0-9]{{4}})|(?<=[万亿兆][0-9],[0-9]{{3}})|(?<=[万亿兆][0-9]{{2}})(?=[{first}]))?)"
            r"|(?<=半)(?<![0-9一二两三四五六七八九十百千多大对各参前后上下年月个夜%]半)(?P<half>(?=[百千]?[万亿]|[厘吨码]|公里|公斤|公顷|个百分点)))"
        )
        self.figure = re.compile(
            rf"(?P<parts>[百千万])分之(?P<part>{NUMERAL})(?>(?:{_JOINT}(?:[百千万]分之)?(?P<part_high>{NUMERAL}))?)(?!%)"
            rf"|(?P<low>{NUMERAL}|{HALF})(?:"
            rf"{_JOINT}(?>(?:{sign})?)(?>(?P<high_minus>[-−])?)(?P<high>{NUMERAL})"
            rf"(?:\ ?(?P<range_unit>{unit}){coin % 'range_coin'}(?>(?P<range_rate>{rate})?)|)"
            rf"|\ ?(?P<unit>{unit}){coin % 'coin'}(?>(?P<rate>{rate})?)"
            rf"(?>(?:(?P<joint>{_JOINT})(?>(?:{sign})?)(?>(?P<second_minus>[-−])?)(?P<second>{NUMERAL})"
            rf"\ ?(?P<second_unit>{unit}){coin % 'second_coin'}(?>(?P<second_rate>{rate})?))?)"
            r"|)"
        )


@dataclass(slots=True)
class _Reading:
    """One figure while it is read: where it stands, its bounds as printed, its unit."""

    start: int
    end: int
    printed: str
    bounds: tuple[Decimal, Decimal | None]
    surface: str
    coin: str | None = None
    rate: str | None = None


class FigureExtractor:
    """Finds quantities with a unit, and sums whose context says that they are money; a bare number (第3億元首富, 1+1>2) is none."""

    def __init__(self, units: Lexicon, currencies: Lexicon, roles: Lexicon, dimensions: Iterable[Dimension] = DEFAULT_DIMENSIONS) -> None:
        self._dimensions = frozenset(dimensions)
        self._units = self._surfaces(units.entries, currencies.entries)
        self._rates = _rates(units.entries)
        names = {fold(name): c.id for c in currencies.entries for name in c.surfaces}
        # $ and ¥ are dollars and yuan or yen of the article's own convention: the resolver knows.
        signs = {fold(name): c.id for c in currencies.entries for name in c.before} | {"$": "", "¥": ""}
        self._signs = frozenset(signs)
        self._currencies = names | signs
        self._sign_ends = frozenset(name[-1] for name in signs)
        self._currency_ends = frozenset(name[-1] for name in self._currencies)
        self._longest_currency = max(map(len, self._currencies))
        # 亿元人民币, 万元美金: names of coin only, so that no 元 begins the next word.
        coins = [name for name in self._currencies if name[-1] in "币金" or (name.isascii() and name.isalpha() and len(name) == 3)]
        grammar = _Grammar(self._units, self._rates, coins, self._signs)
        self._scan, self._figure = grammar.scan, grammar.figure
        self._refused = {surface: re.compile("|".join(patterns)) for surface, patterns in self._refusals()}
        every = _grouped(self._currencies)
        self._coin_before = re.compile(rf"(?P<coin>{every})(?:大?约|近|逾|超过?|达|为|共|合计|总计|总额|的|不足|高达|[(:])+\Z")
        self._coin_after = re.compile(rf"\((?P<coin>{every})[),、]")
        words = _sum_words(roles.entries)
        self._sum_before = re.compile(rf"(?:{_grouped(words | set(_SUM.split('|')))})(?:{_LEAD}){{0,4}}\Z|(?:%|成|倍)[至到](?:约|近|逾|超过?)?\Z")
        self._sum_after = re.compile(rf"(?:左右|以上|多)?的?(?:{_SUM_AFTER}|{_grouped(words)}){_NO_SUM_AFTER}")

    def _surfaces(self, units: Iterable[UnitEntry], currencies: Sequence[CurrencyEntry]) -> dict[str, _Unit]:
        """Every folded surface that may stand after a number, for the dimensions that are on."""
        found: dict[str, _Unit] = {}
        for unit in units:
            if unit.dimension in self._dimensions:
                found |= {fold(surface): _Unit(unit.dimension, unit) for surface in (*unit.surfaces, *unit.guarded)}
        for currency in currencies if "money" in self._dimensions else ():
            found |= {fold(surface): _Unit("money") for surface in currency.shared}
            found |= {fold(surface): _Unit("money", currency=currency.id) for surface in currency.surfaces}
            found |= {fold(surface): _Unit("money", currency=currency.id, scale=Decimal("0.01")) for surface in currency.minor}
        return found

    def _refusals(self) -> Iterator[tuple[str, list[str]]]:
        """What must not follow each unit."""
        for surface, unit in self._units.items():
            patterns = [_REFUSED_AFTER.get(surface, ""), _REFUSED_AFTER_DIMENSION.get(unit.dimension, "")]
            if surface.isascii() and surface.isalnum():
                patterns.append("[A-Za-z0-9]")
            if any(patterns):
                yield surface, [pattern for pattern in patterns if pattern]

    def find(self, text: Text) -> Iterator[Mention]:
        """The figures of `text`, each with a `Quantity` for the resolver."""
        folded = part_numbers(zeros_for_letters(text.folded), text.source, text.offsets)
        convention = text.article.convention if text.article is not None else None
        done = 0
        last: Mention | None = None  # the sum before the present place
        waiting: Mention | None = None  # a bare number that only the sum after it can make money
        doubtful: list[Mention] = []  # bare numbers that only the sums of their sentence or article can
        sums: list[Mention] = []
        for run in self._scan.finditer(folded):
            start = run.start()
            if start < done or (run.lastindex is None and folded[start - 1 : start] not in self._sign_ends):
                continue
            mention = self._read(folded, start, convention)
            if mention is None or mention.start < done:
                continue
            done = mention.end
            if mention.rule == "figure.listed" and (last is None or not _LIST_GAP.fullmatch(folded, last.end, mention.start)):
                waiting = mention
                if _may_count_money(folded, mention):
                    doubtful.append(mention)
                continue
            if mention.parsed.dimension == "money":
                if waiting is not None and _hands_on(folded, waiting, mention):
                    waiting.parsed.currency, waiting.parsed.shared = mention.parsed.currency, mention.parsed.shared
                    yield waiting
                    if doubtful and doubtful[-1] is waiting:
                        doubtful.pop()
                mention.parsed.listed = last is not None and bool(_LIST_GAP.fullmatch(folded, last.end, mention.start))
                last = mention
                sums.append(mention)
            waiting = None
            yield mention
        yield from _told_as_sums(folded, doubtful, sums, everywhere=convention not in (None, "mainland"))

    def _read(self, folded: str, start: int, convention: Convention | None) -> Mention | None:
        """The figure whose number begins at `start`; None for what only looks like one."""
        before = folded[start - 1] if start else ""
        if before == "第" or (before in _VAGUE and folded[start] in _MULTIPLIERS):
            return None  # 数百亿, 几十万元, 大半亿元
        match = self._figure.match(folded, start)
        if match is None:
            return None
        parts, unit, range_unit = match.group("parts", "unit", "range_unit")
        if parts:
            return self._percentage(folded, match)
        if unit is None and range_unit is None and not self._may_be_sum(folded, start, match.end("low"), match.end()):
            return None
        reading = self._reading(folded, match, convention == "taiwan")
        if reading is None or (before.isalpha() and before.isascii() and not self._begins_after_letter(folded, start, reading.surface)):
            return None
        return self._measure(folded, reading, convention) if reading.surface else self._bare_sum(folded, reading)

    def _may_be_sum(self, folded: str, start: int, *ends: int) -> bool:
        """Whether a number without a unit may be money at all: it has a magnitude and counts nothing (2000万股), or a sign before it."""
        printed = folded[start : max(ends)]
        if "万" in printed or "亿" in printed or "兆" in printed:
            for end in dict.fromkeys(ends):
                if _is_large(folded, end) and (not _COUNTED.match(folded, end) or self._sum_after.match(folded, end)):
                    return True
        if not folded[start].isdigit():
            return False  # 人民币一 may go on as 人民币一体化
        found = self._currency_before(folded, start)
        return found is not None and found[1] in self._signs

    def _begins_after_letter(self, folded: str, start: int, surface: str) -> bool:
        """Whether a number may begin after a Latin letter: not in PM2.5 or A320, but in GDP6.5% and US$3."""
        unit = self._units.get(surface)
        if unit is not None and unit.dimension in ("percent", "money") and folded[start - 2 : start - 1].isalpha():
            return True
        return self._currency_before(folded, start) is not None

    def _reading(self, folded: str, match: re.Match[str], taiwan: bool) -> _Reading | None:
        """The match as one figure: a range where both ends agree, else the number that has the unit."""
        start = match.start()
        low, surface, coin, rate, second = match.group("low", "unit", "coin", "rate", "second")
        if surface is None:
            surface = match["range_unit"] or ""
            if match["high"]:
                bounds = _bounds(low, match["high"], surface, taiwan, below=self._both_below(folded, match, "high"))
                if bounds:
                    return _Reading(start, match.end(), folded[start : match.end("high")], bounds, surface, match["range_coin"], match["range_rate"])
            if surface:  # 2018—5%: no range, the second number has the unit
                bounds = _bounds(match["high"], None, surface, taiwan)
                return bounds and _Reading(match.start("high"), match.end(), match["high"], bounds, surface, match["range_coin"], match["range_rate"])
            bounds = _bounds(low, None, "", taiwan)
            return bounds and _Reading(start, match.end("low"), low, bounds, "")
        if second and match["second_unit"] == surface and not self._is_step(folded, match):
            bounds = _bounds(low, second, surface, taiwan, below=self._both_below(folded, match, "second"))
            if bounds:
                coin, rate = match["second_coin"] or coin, match["second_rate"] or rate
                return _Reading(start, match.end(), folded[start : match.end("second")], bounds, surface, coin, rate)
        bounds = _bounds(low, None, surface, taiwan)
        # Without a second figure the match ends where unit, coin and rate do.
        end = match.end() if second is None else max(match.end("unit"), match.end("coin"), match.end("rate"))
        return bounds and _Reading(start, end, low, bounds, surface, coin, rate)

    @staticmethod
    def _both_below(folded: str, match: re.Match[str], second: str) -> bool:
        """Whether both ends of a range are negative: -5%~-3%."""
        return match[f"{second}_minus"] is not None and _sign(folded, match.start("low"))[1] < 0

    @staticmethod
    def _is_step(folded: str, match: re.Match[str]) -> bool:
        """Whether 至 between two figures is a change: 上涨0.5元至20元, 由10%至25%."""
        return (
            match["joint"].strip(" ") in ("至", "到")
            and (
                _STEP_FROM.search(folded, max(0, match.start() - 14), match.start()) is not None
                or (match["unit"] != "%" and _STEP_CHANGE.search(folded, max(0, match.start() - 8), match.start()) is not None)
            )
            and _NO_STEP_AFTER.match(folded, match.end()) is None
        )

    # ---- the three shapes -----------------------------------------------------------------------------------------------

    def _percentage(self, folded: str, match: re.Match[str]) -> Mention | None:
        """百分之三点五, 千分之二, 百分之三至五."""
        unit = self._units.get("%")
        bounds = _bounds(match["part"], match["part_high"], "%", taiwan=True)
        if unit is None or unit.entry is None or bounds is None:
            return None
        scale = {"百": 0, "千": -1, "万": -2}[match["parts"]]
        start, sign = _sign(folded, match.start())
        low, high = bounds
        quantity = Quantity("percent", sign * low.scaleb(scale), None if high is None else high.scaleb(scale), f"{match['parts']}分之", unit.entry)
        quantity.modifier = _modifier(folded, start, match.end(), match[0])
        return Mention("figure", start, match.end(), "figure.percent_words", parsed=quantity, lexicon=(unit.entry.id,))

    def _bare_sum(self, folded: str, reading: _Reading) -> Mention | None:
        """投资120亿, US$500, 美元3亿: a number without a unit that is money."""
        start, end, large = reading.start, reading.end, _is_large(folded, reading.end)
        if "money" not in self._dimensions or reading.printed in _MULTIPLIERS:
            return None
        quantity = Quantity("money", *reading.bounds, "", shared="元")
        found = self._currency_before(folded, start)
        if found and (found[1] in self._signs or large):
            start, name = found
            quantity.currency, quantity.shared = self._currencies[name] or None, name
            quantity.unit = name
            rule = "figure.currency_first"
            if not large and (english := _ENGLISH.match(folded, end)):
                end, power = english.end(), _ENGLISH_POWERS[english["magnitude"].lower()[0]]
                quantity.low = quantity.low.scaleb(power)
                quantity.high = None if quantity.high is None else quantity.high.scaleb(power)
        else:
            left = folded[max(0, start - 24) : start]
            near = _SUM_NEAR.search(left)
            known = (
                (near and not _COUNT_NEAR.search(near[0]))
                or self._sum_before.search(left)
                or self._sum_after.match(folded, end)
                or (_GOODS.search(left) and _GOODS_AFTER.match(folded, end))
            )
            rule = "figure.bare" if known else "figure.listed"
            if named := self._coin_before.search(left) or self._coin_after.match(folded, end):
                quantity.currency = self._currencies[named["coin"]] or None
        start, sign = _sign(folded, start)
        quantity.low *= sign
        quantity.modifier = _modifier(folded, start, end, reading.printed)
        return Mention("figure", start, end, rule, parsed=quantity, lexicon=(quantity.currency,) if quantity.currency else ())

    def _measure(self, folded: str, reading: _Reading, convention: Convention | None) -> Mention | None:
        """3.5亿元, 10—20万吨, 647.81元/吨, 4成3: a number or range with its unit and what belongs to it."""
        unit, surface, end = self._units[reading.surface], reading.surface, reading.end
        if not self._stands(folded, reading, unit, convention):
            return None
        if surface == "呎" and _AREA.search(folded, max(0, reading.start - 12), reading.start):
            unit = self._units.get("平方呎", unit)  # Hong Kong's 呎 of a flat is a square foot
        low, high = reading.bounds
        if folded[end : end + 1] in _GOES_ON:
            end, more = self._rest(folded, reading, unit)
            low += more
        quantity = Quantity(unit.dimension, low, high, surface, unit.entry, unit.currency, scale=unit.scale)
        if reading.coin:
            quantity.unit += reading.coin
        if reading.rate:
            quantity.unit += reading.rate.replace(" ", "")
            quantity.per = self._rates[reading.rate.lstrip("/每 ")]
        start, sign = _sign(folded, reading.start)
        if unit.dimension == "money":
            named = self._name_currency(folded, start, end, quantity, reading)
            if named < start and sign > 0:
                start, sign = _sign(folded, named)
            else:
                start = named
        if sign < 0:
            quantity.low = -low
        quantity.modifier = _modifier(folded, start, end, reading.printed)
        owner = unit.entry.id if unit.entry else quantity.currency
        return Mention("figure", start, end, _RULES[unit.dimension], None, quantity, (owner,) if owner else ())

    @staticmethod
    def _rest(folded: str, reading: _Reading, unit: _Unit) -> tuple[int, Decimal]:
        """Where a figure ends whose number goes on after the unit, and what that adds: 3元8角, 4成3, 两厘半, 1米75."""
        surface, end, (low, high) = reading.surface, reading.end, reading.bounds
        if surface == "元" and reading.coin is None and reading.rate is None and (part := _SMALL_COIN.match(folded, end)):
            return part.end(), _digit(part["tenth"]) / 10 + _digit(part["hundredth"] or "0") / 100
        if surface == "成" and (part := _TENTH.match(folded, end)):
            return part.end(), _digit(part["single"]) / 10 if part["single"] else _digit(part["tenth"]) / 10 + _digit(part["hundredth"]) / 100
        if high is None and low == int(low) and reading.rate is None and (part := _HALF_MORE.match(folded, end)) and unit.dimension in _HALVED:
            return part.end(), Decimal("0.5")
        if surface in ("米", "公尺") and high is None and low < 3 and (part := _HEIGHT.match(folded, end)):
            return part.end(), Decimal(f"0.{part['rest']}")
        return end, Decimal(0)

    def _name_currency(self, folded: str, start: int, end: int, quantity: Quantity, reading: _Reading) -> int:
        """The start of a sum with the currency before it (人民币5亿元); sets the currency that is named before, after or beside it."""
        if quantity.currency is None:
            quantity.shared = reading.surface
        if reading.coin:
            quantity.currency = self._currencies[reading.coin]
        found = self._currency_before(folded, start)
        if found and (
            quantity.currency in (None, self._currencies[found[1]])
            and (found[1] in self._signs or (reading.surface == "元" and found[1][-1] == "币"))
        ):
            start, name = found
            if quantity.currency is None:
                quantity.currency, quantity.shared = self._currencies[name] or None, name
                quantity.leads = True
        elif quantity.currency is None:
            beside = self._coin_after.match(folded, end) if folded.startswith("(", end) else None
            left = folded[max(0, start - 12) : start]
            if beside is None and ("币" in left or "元" in left or "金" in left or left[-1:].isascii()):
                beside = self._coin_before.search(left)
                quantity.leads = beside is not None
            if beside is not None:
                quantity.currency = self._currencies[beside["coin"]] or None
        return start

    # ---- what may stand beside a number ---------------------------------------------------------------------------------

    def _currency_before(self, folded: str, start: int) -> tuple[int, str] | None:
        """Where a currency directly before a number begins, and its folded name: US$, 人民币."""
        end = start - 1 if folded[start - 1 : start] == " " else start
        if folded[end - 1 : end] not in self._currency_ends or not end:
            return None
        for length in range(min(self._longest_currency, end), 0, -1):
            name = folded[end - length : end]
            if name in self._currencies:
                before = folded[end - length - 1 : end - length]
                return None if name[0].isalpha() and name.isascii() and before.isascii() and before.isalpha() else (end - length, name)
        return None

    def _stands(self, folded: str, reading: _Reading, unit: _Unit, convention: Convention | None) -> bool:
        """Whether number and unit are what they seem: not 三元桥, 5公斤级, 7成员, 单位:亿元."""
        surface, start, end, printed = reading.surface, reading.start, reading.end, reading.printed
        refused = self._refused.get(surface)
        if refused is not None and refused.match(folded, end - len(reading.rate or "")):
            return False
        arabic = printed[0].isdigit()
        if surface in _ARABIC_ONLY and not arabic:
            return False
        if unit.dimension == "length" and _SPEED.search(folded, max(0, start - 12), start):
            return False
        if surface not in _DOUBTED and printed not in _MULTIPLIERS:
            return True
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if printed in _MULTIPLIERS and _modifier(folded, start, end, printed) is None:
            # 万元 and 千米 are numbers only in 万元以上; 亿元 also in 亿元项目, but not at the head of a table.
            return printed == "亿" and surface == "元" and before not in _TABLE_BEFORE and after not in (")", "]", "/")
        if surface == "元":
            if not arabic and printed[-1] not in "万亿兆" and _YUAN_WORD.match(folded, end):
                return False
            if printed in ONES:
                return before in _ONE_YUAN_BEFORE or _ONE_YUAN_AFTER.match(folded, end) is not None
        elif surface == "%":
            return not ("!" <= before <= "~" and _ESCAPE.match(folded, end))
        elif surface == "成":
            return reading.bounds[0] <= 10 and printed[-1] not in "百千万亿"
        elif surface == "平":
            return _AREA.search(folded, max(0, start - 20), min(len(folded), end + 6)) is not None
        elif surface in ("厘", "码", "点子"):
            moved = surface == "厘" and convention in ("hongkong", "macau") and _RATE_MOVE.search(folded, max(0, start - 5), start)
            return bool(moved) or _INTEREST.search(folded, max(0, start - 14), end + 2) is not None
        elif surface == "里":
            return after in ("路", "地", "长", ",", "。", "、", ";", ")", " ", "")
        elif surface == "度":
            return printed[-1] in "万亿" or after == "电"
        elif surface == "亩":
            return not (printed == "一" and folded.startswith("三分", end))
        return True


def _is_large(folded: str, end: int) -> bool:
    """Whether the number that ends here is of ten thousand or more by its words: 3亿, 5万5000, 5万5."""
    return _LARGE.search(folded, max(0, end - 6), end) is not None


def _bounds(low: str, high: str | None, surface: str, taiwan: bool, below: bool = False) -> tuple[Decimal, Decimal | None] | None:
    """The value of a number, or of both ends of a range: 10 and 20万 are 100000 and 200000; None for what is neither."""
    if high is None:
        # 七八成, 三四百元; Taiwan's press writes 三四億 for 34億.
        if (
            low[0] > "9"
            and len(low) > 1
            and (not taiwan or surface == "成" or low[0] == "十" or any(c in "十百千" for c in low))
            and (pair := read_pair(low))
        ):
            return pair
        value = read_number(low)
        return None if value is None else (value, None)
    first, last = read_number(low), read_number(high)
    if first is None or last is None:
        return None
    scale_low = _SCALE.search(low)
    scale_high = (_SCALE if scale_low and scale_low[0] else _FIRST_SCALE).search(high)  # 5至6万2000: the 万 is of both
    if scale_low and scale_high and scale_high[0].startswith(scale_low[0]):
        shared = first.scaleb(sum(POWERS[c] for c in scale_high[0][len(scale_low[0]) :]))
        first = shared if shared < last else first
    if below:  # the sign of the first is read with its span
        return (plain(first), -last) if first > last else None
    return (plain(first), last) if first < last else None


def _digit(digit: str) -> Decimal:
    return Decimal(5) if digit == "半" else Decimal(ONES[digit] if digit in ONES else int(digit))


def _sign(folded: str, start: int) -> tuple[int, int]:
    """Where a figure begins with its minus sign, and -1 for one: -40.47亿元, 负3.5%; a hyphen after a digit or letter is none."""
    sign = folded[start - 1 : start]
    if sign not in _SIGNS:
        return start, 1
    before = folded[start - 2 : start - 1]
    if (sign in ("-", "−") and not _SIGN_REFUSED.match(before)) or (sign == "负" and before not in _DEBT):
        return start - 1, -1
    return start, 1


def _modifier(folded: str, start: int, end: int, printed: str) -> FigureModifier | None:
    """What bounds a figure from outside (约, 逾, 不足, 以上) or within (800多万)."""
    if folded[end : end + 1] in _AFTER_BEGINS and (after := _AFTER.match(folded, end)) and after.lastgroup:
        modifier: FigureModifier = after.lastgroup  # type: ignore[assignment]
        return modifier
    bound: FigureModifier | None = None
    if start and (lengths := _BEFORE_LENGTHS.get(folded[start - 1])):
        for length in lengths:
            word = folded[max(0, start - length) : start]
            if word in _BEFORE and (word not in _BEFORE_MULTIPLIER or printed[0] in _MULTIPLIERS):
                bound = _BEFORE[word]
                break
    return bound or ("min" if "多" in printed or "余" in printed else None)


def _may_count_money(folded: str, mention: Mention) -> bool:
    """Whether a number without a unit is so large, and counts so little else, that it may be a sum: 水利设施40亿, but neither 人口14亿 nor 百亿产业."""
    start, end = mention.start, mention.end
    return (
        folded[start] not in _MULTIPLIERS
        and ("亿" in folded[start:end] or "兆" in folded[start:end])
        and _COUNT_NEAR.search(folded, max(0, start - 14), start) is None
        and _COUNTED_NEAR.match(folded, end) is None
    )


def _told_as_sums(folded: str, doubtful: list[Mention], sums: list[Mention], everywhere: bool) -> Iterator[Mention]:
    """The numbers without a unit that are money because a sum stands in their sentence, or (`everywhere`) in their article.

    Taiwan's and Hong Kong's papers leave 元 out for a whole list or headline; mainland papers do so after a sum: 4125亿元,头一回突破4000亿.
    """
    for mention in doubtful if sums else ():
        near = [other for other in sums if _near(folded, other, mention)]
        if near:
            nearest = min(near, key=lambda other: abs(other.start - mention.start))
            mention.parsed.currency, mention.parsed.shared = nearest.parsed.currency, nearest.parsed.shared
        if near or everywhere:
            yield mention


def _near(folded: str, one: Mention, other: Mention) -> bool:
    """Whether two figures stand in one sentence, not far from each other."""
    first, second = (one, other) if one.start < other.start else (other, one)
    return second.start - first.end <= _SAME_STORY and _SENTENCE_END.search(folded, first.end, second.start) is None


def _hands_on(folded: str, waiting: Mention, mention: Mention) -> bool:
    """Whether a bare number takes its unit from the sum after it: 3亿、5亿元, 由50亿增至120亿元."""
    gap = folded[waiting.end : mention.start]
    return bool(len(gap) < 16 and (_LIST_GAP.fullmatch(gap) or _STEP_GAP.fullmatch(gap)))


@Language.factory(
    "jianbao_figures",
    default_config={"units": "units", "currencies": "currencies", "roles": "roles", "dimensions": list(DEFAULT_DIMENSIONS)},
)
def make_figures(nlp: Language, name: str, units: str, currencies: str, roles: str, dimensions: list[Dimension]) -> MentionComponent:
    """The component that finds figures of the given dimensions."""
    return MentionComponent(FigureExtractor(load_lexicon(units), load_lexicon(currencies), load_lexicon(roles), dimensions))
