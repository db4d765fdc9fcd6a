"""For how much: the sums that are an agreement's own."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from jianbao.mentions import mention_id
from jianbao.records import FigureValue
from jianbao.resolvers.events.agreements import Agreements
from jianbao.text import Mention, Text

_REACH_AMOUNT = 90
_REACH_NAMED = 180  # to a sum that is outright named as the agreement's
_REACH_NEXT = 220
_REACH_CREDIT = 420

# The words that make a sum after a name the agreement's own; in the sentences after it only the plainest do.
_AMOUNT_NEAR = re.compile(
    r"(?:总?金额|总额|总?投资额?|投资总额|总价|代价|价值|总值|涉及|涉资|耗资|合同额|协议额|标的额?|规模|成交额|作价|对价|价款|订单额?|授信额度|收取|造价|租金|费用|经费|资金|拨款|授信|贷款|融资|斥资|出资|"
    r"交易额|(?<![股位原市收租票])价格|(?:直接|总|政府)?补[助贴](?:上限|金额|总额)|"
    r"合计|共计|总计)[^,。;]{0,10}$"
)
_AMOUNT_NAMED = re.compile(
    r"(?:(?:总|合同|协议|合约|订单|交易|项目|计划|合作|采购|投资|签约|成交|转让|收购|认购|租赁|中标)(?:总)?(?:金额|总额|总值|总价|价值|价款|代价|对价|投资额?|标的额?|规模|资金|额)|总投资额?|涉资|总价|代价|(?:首期)?经费(?:人民币|新台币)?)[^,。;]{0,8}$"
)
# 将提供|1200亿元|综合授信, 安排授信|35亿元: what a bank promises its partner is what their agreement is about.
_LENT = re.compile(
    r"(?:(?:提供|给予|授予|安排|发放|投放)[^,。;0-9]{0,14}|"
    r"(?:新增|获得?|落实|增加|追加|授信|信贷|贷款|融资|信用额度)"
    r"(?:总额|总计|合计|累计|共计|最高|高达|不少于|不低于|不超过|不高于|超过|总量|总规模|意向性?|支持|额度|人民币|新台币|[约逾近超达为共])*)$"
)
_LOAN = re.compile(
    r"(?:等值|人民币|以上|左右|的|意向性?|综合|专项|信用|授信|集团|年度|中长期|长期|金融|银团|项目|优惠|政策性|流动资金)*"
    r"(?:授信|信贷|贷款|融资|信用额度|信用支持|金融支持|资金支持|金融服务|资金保障)"
)
_LENT_ITSELF = re.compile(r"(?:授信|信贷|贷款|融资|信用额度)[^,。;]{0,8}$")
_PAST_CREDIT = re.compile(r"累计(?!提供不|授信不)|已(?!承诺)|截至|截止|去年|上年|此前|目前|余额|其中|历年|以来|另[外有]?|同时")
# 根据|战略合作协议, 该|合作协议: what is named is the one told before.
_OF_THE_SAME = re.compile(r"(?:根据|按照|依据|依照|按|依|该项?|此项?|上述|本|这[一份项个]|是次)(?:双方)?$")

_AMOUNT_LEAD = re.compile(
    r"(?:斥资|耗资|涉资|涉及|总投资|总额|总价|作价|投资总额|合同金额|金额|以|豪掷|砸)(?:约|近|逾|超|达|共|高达|总额|共计|人民币|新台币)*$"
)
# 拟以12亿元现金|收购, 斥资8亿元|购买: what the agreement is about, in the clause after its name.
_PAID = re.compile(
    r"(?:以|斥资|出资|作价|豪掷)(?:总价|总代价|代价|现金|价格|不超过|不高于|不低于|不少于|合共|共|约|近|逾|超|超过|人民币|新台币|港币)*$"
)
_BOUGHT = re.compile(
    r"的?(?:总?价格?|总?代价|现金|对价|自有资金|等值股份)*(?:向[^,。;]{2,20})?(?:收购|购买|受让|认购|购入|买入|承购|买下|取得|入股|增资|出售|转让|售予|沽出|租用|承租|兴建|投建|新建)"
)
# ,支付2亿元|首付款: all that is told of the price.
_FIRST_PAID = re.compile(r",(?:需|将|并|先|已|应)?(?:支付|收取|获得|获)(?:约|近|逾|超|共|人民币|新台币|港币)*$")
_FIRST_PAYMENT = re.compile(r"的?(?:不可退还的?)?(?:首付款|预付款|首期款)")
# 三案决标金额共|1亿元, 全国…交易总额: the sum of several, or of a whole trade.
_SUM_OF_SEVERAL = re.compile(
    r"[0-9一二两三四五六七八九十]{1,4}(?:[案标宗](?!的|段)|个(?:项目|标段|工程))[^,。;]{0,12}(?:共|合计|总计)|(?:全国|全球|全市|全省|全县|行业|业界|国内|海外|累计|历年|前[0-9一二三四五六七八九十]+个?[季月])"
)
# 特别预算编列|85亿元, 总经费|300亿元: what a document is to cost.
_BUDGET = re.compile(r"(?:预算|经费|总投资额?|投资总额)(?:案|总?共|合计|上限|规模|编列|匡列|为|约|逾|达|增加|提高|到|至|总额|总计|新台币|人民币)*$")
_REACH_BUDGET = 80
_THIS = re.compile(r"\s*(?:据(?:悉|了解|介绍|公告),?)?(?:该|此次|这一|本次|这次)")  # \n据悉,|该项目总投资30亿元: of another paragraph
_ANOTHER_SUM = re.compile(
    r"注册资本|年产值|年产|年销售|税收|收入|其中|另外|此外|去年|上年|一期|GDP|市值|利润|营收|溢利|亏损|单价|每|首付|预付|定金|订金|已投|违约金|赔偿|罚款|罚金|律师费|诉讼|冻结|欠|涉案|\n"
)
_SIGNED_AGAIN = re.compile(r"[与和同][^,。;]{2,40}签[署订定下]")  # …,与乙公司签署的耗资12亿元协议: of that one
_BY_TERMS = re.compile(r"(?:根据|按照|按|依|依据|依照)[^,。;]{0,12}(?:协议|合同|合约|备忘录|约定|契约|意向书)")
_OWN_TERMS = re.compile(
    r"(?:根据|按照|按|依|依据)(?:该|上述|此|双方)?(?:协议|合同|合约|备忘录|约定|契约|意向书|框架协议|合作协议)|合约|合同|协议|契作|备忘录|约定"
)


class Sums:
    """The sums of money of an article as those of agreements."""

    def __init__(self, text: Text, figures: Sequence[Mention], organisations: Sequence[Mention], agreements: Agreements) -> None:
        self._text, self._organisations, self._agreements = text, organisations, agreements
        self._money = [m for m in figures if type(m.value) is FigureValue and m.value.dimension == "money" and m.value.per is None]
        self._starts = [m.start for m in self._money]
        self._organisation_starts = [m.start for m in organisations]

    def of(self, start: int, verb: int, agreement: Mention, sentence: tuple[int, int]) -> tuple[Mention, ...]:
        """The agreement's own sum: between verb and name (总额3000万元的…协议), named as its sum after it, or before the verb (斥资…)."""
        if not self._money:
            return ()
        folded = self._text.folded
        end = sentence[1]
        inside = [m for m in self._money_between(verb, agreement.start) if not _ANOTHER_SUM.search(self._piece(m.start, verb))]
        if inside:
            return self._restated(inside[-1] if len(inside) == 1 else inside[0])
        for m in self._money_between(agreement.end, min(end, agreement.end + _REACH_NAMED)):
            between = folded[agreement.end : m.start]
            if ";" in between or self._agreements.another_between(agreement.end, m.start) or self._of_another(m, between):
                break
            piece = self._piece(m.start, agreement.end)
            near = _AMOUNT_NEAR if len(between) <= _REACH_AMOUNT else _AMOUNT_NAMED
            if near.search(between) and not _ANOTHER_SUM.search(piece) and "首期" not in piece:
                return self._restated(m)
            if self._lent(m, agreement.end, end) and not _PAST_CREDIT.search(piece):
                return self._restated(m)
        for m in self._money_between(agreement.end, min(end, agreement.end + _REACH_AMOUNT)):
            if ";" in folded[agreement.end : m.start] or self._agreements.another_between(agreement.end, m.start):
                break
            paid = _PAID.search(folded, max(agreement.end, m.start - 16), m.start) and _BOUGHT.match(folded, m.end, end)
            if paid and not _ANOTHER_SUM.search(self._piece(m.start, agreement.end)) and "曾" not in self._piece(m.start, agreement.end):
                return self._restated(m)
            if _FIRST_PAID.search(folded, max(agreement.end, m.start - 12), m.start) and _FIRST_PAYMENT.match(folded, m.end, end):
                return self._restated(m)
        for m in reversed(self._money_between(start, min(verb, agreement.start))):
            if (
                _AMOUNT_LEAD.search(folded, max(start, m.start - 10), m.start)
                and not self._agreements.another_between(start, verb)
                and not _ANOTHER_SUM.search(self._piece(m.start, start))
                and not _SUM_OF_SEVERAL.search(self._piece(m.start, start))
            ):
                return self._restated(m)
        limit = self._next_agreement(end, min(len(folded), end + _REACH_CREDIT))
        for m in self._money_between(end, limit):
            piece = self._piece(m.start, end)
            if m.start < end + _REACH_NEXT and _AMOUNT_NAMED.search(folded, max(end, m.start - 24), m.start) and not _ANOTHER_SUM.search(piece):
                if not _SUM_OF_SEVERAL.search(folded, end, m.start) and self._about_terms(m, end):
                    return self._restated(m)
            elif self._lent(m, end, limit) and not _PAST_CREDIT.search(piece) and self._under_terms(m, end):
                return self._restated(m)
        return ()

    def _next_agreement(self, start: int, limit: int) -> int:
        """Where the next agreement is named that is not the one told before (根据协议, 该合作协议); the limit where there is none."""
        following = self._agreements.first_between(start, limit)
        while following is not None:
            again = following.rule == "agreement.head" or _OF_THE_SAME.search(self._text.folded, max(start, following.start - 6), following.start)
            if not again:
                return following.start
            following = self._agreements.first_between(following.end, limit)
        return limit

    def _of_another(self, money: Mention, between: str) -> bool:
        """Whether a sum belongs to an agreement that is named after it: …,与乙公司签署的计划投资|30亿元|战略合作协议."""
        if not _SIGNED_AGAIN.search(between):
            return False
        comma = self._text.folded.find(",", money.end, money.end + _REACH_AMOUNT)
        return self._agreements.first_between(money.end, comma if comma >= 0 else money.end + _REACH_AMOUNT) is not None

    def _lent(self, money: Mention, start: int, end: int) -> bool:
        """Whether a sum is a credit that somebody promises: 将提供1200亿元综合授信."""
        folded = self._text.folded
        before = _LENT.search(folded, max(start, money.start - 24), money.start)
        return before is not None and bool(_LOAN.match(folded, money.end, end) or _LENT_ITSELF.search(before[0]))

    def _under_terms(self, money: Mention, end: int) -> bool:
        """Whether the paragraph has said 根据协议 before a sum."""
        first = max(end, self._text.folded.rfind("\n", end, money.start))
        return _BY_TERMS.search(self._text.folded, first, money.start) is not None

    def budget(self, document: Mention, end: int) -> tuple[Mention, ...]:
        """What the sentence says that a document sets aside: …条例”草案,特别预算编列85亿元."""
        end = max(end, self._text.sentence_span(document.start)[1])
        for m in self._money_between(document.end, min(end, document.end + _REACH_BUDGET)):
            if self._agreements.another_between(document.end, m.start):
                break
            if _BUDGET.search(self._text.folded, max(document.end, m.start - 16), m.start):
                return self._restated(m)
        return ()

    def listed(self, agreement: Mention, end: int) -> list[Mention]:
        """The sums of a list after the name: 金额为680万元和1200万元, one an agreement of 分别."""
        money = self._money_between(agreement.end, end)
        listed = money[:1]
        for a, b in pairwise(money):
            if self._text.folded[a.end : b.start] not in ("和", "、", "及", "与"):
                break
            listed.append(b)
        return listed

    def _money_between(self, start: int, end: int) -> list[Mention]:
        found = self._money[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [m for m in found if m.end <= end]

    def _piece(self, position: int, floor: int) -> str:
        """The words before a position back to the last comma."""
        folded = self._text.folded
        return folded[max(floor, *(folded.rfind(mark, floor, position) + 1 for mark in ",;。")) : position]

    def _about_terms(self, money: Mention, end: int) -> bool:
        """Whether a sum of a later sentence is said of the agreement: 根据协议,…计划总投资38亿元; right after the signing any plain one is."""
        sentence = self._text.sentence_span(money.start)
        gap = self._text.folded[end : sentence[0]]
        near = not gap.strip() and (not gap or _THIS.match(self._text.folded, sentence[0])) and not self._another_body(sentence[0], money.start)
        return near or bool(_OWN_TERMS.search(self._text.folded, sentence[0], money.start))

    def _another_body(self, start: int, end: int) -> bool:
        """Whether a body at its head is what a sentence is about: 中国半导体协会数据显示,…总金额."""
        index = bisect_left(self._organisation_starts, start)
        return index < len(self._organisations) and self._organisations[index].start == start and self._organisations[index].end <= end

    def _restated(self, own: Mention) -> tuple[Mention, ...]:
        """The sum, and the same sum in another currency: 2.36亿美元(约合人民币17.2亿元)."""
        index = bisect_right(self._starts, own.start)
        name = mention_id(self._text, own)
        for m in self._money[index : index + 2]:
            if type(m.value) is FigureValue and m.value.restates == name:
                return own, m
        return (own,)
