"""Parties: who signs or issues, read from the words before a verb, as in 甲公司日前与乙市政府在京就…|签署.

The words between the start of a clause and its verb are cut at commas and at 与 和 、; what says when, where, how and about what is taken off, and
what is left is a party: a body that was found, a person of one (市长张三: the body), or, where 与…签署 leaves no doubt that somebody is named,
the words themselves.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from jianbao.records import OrganisationValue, RegionValue
from jianbao.text import Mention, Text

REACH = 300
"""How far before a verb its parties may stand."""
LONGEST_NAME = 24

_LINK = re.compile(r"以及|[与和同跟及暨、]")
_TOGETHER = re.compile(r"会同|联合|携手|牵头会同|、|以及|[和与及]")
_PARTNER = frozenset(["与", "和", "同", "跟", "及", "暨", "以及"])
_COMMA = re.compile(r"(?<![0-9])[,:]|[,:](?![0-9])|\n")
_BRACKET = re.compile(r"\([^()\n]{0,80}\)|\[[^\[\]\n]{0,80}\]")
# 甲、乙等29家企业, 甲、乙等企业, 天水市6个地区: a count or what they are closes a list.
_COUNT = re.compile(
    r"(?:等[^,。;:、与和同跟及]{0,6}(?:公司|企业|单位|机构|高校|院校|大学|厂商|车企|药企|券商|银行|集团|部门|国家|地区|城市|省份|[国省市县区])|等(?:[0-9一二两三四五六七八九十百余多数几]{0,5}[个家所名位国方省市县区部大][\u4e00-\u9fff]{0,8})?|[0-9一二两三四五六七八九十百]{1,4}个(?:地区|市|县|区|州|县市|县区|市县|省份|乡镇))$"
)
_COUNT_AFTER = re.compile(r"等?[0-9一二三四五六七八九十百余]{1,5}[个家所]")
_RESPECTIVELY = re.compile(r"分别|各自|逐一|均已?(?:与|和|同|签)|各与|相继|陆续|先后|依次|逐个")
_WHERE_END = re.compile(r"(?:上|中|下|期间|现场|之际|仪式|会议室|酒店|总部|宾馆|饭店|场合|大厦|大会堂|礼堂|线上|云端|举行|召开|举办|内|时|后|前)$")
_MEANS = re.compile(r"(?:以|通过|采取|采用|透过|经)[^,。;、与和]{1,16}(?:方式|形式|模式|渠道|平台|视频|视讯)$")
# 甲公司|牵头的财团, 以甲公司|为首的买方财团, 甲、乙|组成的联合体: who is in it signs.
_CONSORTIUM = re.compile(
    r"(?:牵头|领衔|领军|领头|带头|为首|为主|主导|率领|组成|组建|合组|筹组|成立|牵头组成|牵头组建)的?[\u4e00-\u9fff]{0,4}(?:财团|联合体|联营体|银团|投标团|联合团队)$"
    r"|(?:牵头|领衔|为首|主导)的?[0-9一二三四五六七八九十多数]{1,3}家[\u4e00-\u9fff]{2,6}$"
)
_TOPIC = re.compile(r"就|围绕|针对|有关|关于|为(?=[\u4e00-\u9fff]{2})")
_PLACE_WORD = re.compile(r"(?:在|于|赴|到|至|抵|来到|前往|抵达|飞抵|位于|走进|落户)$")
_FOREIGN_SHORT = re.compile(r"[A-Za-z0-9]")
# What may stand at the head of a clause before its subject.
_LEAD_IN = re.compile(
    r"(?:[\s,:、】)〕”“]|据(?:了解|悉|介绍|报道|公告|披露|透露)?|根据|由|以|经|而|则|又|还|并|也|另|其中|此外|另外|同时|随后|随即|之后|此次|这次|今次|此前|早前|其后|期间|目前|"
    r"截至目前|如今|现场|当场|会上|会后|会前|席间|会议期间|活动现场|活动中|活动上|活动期间|仪式上|签约仪式上|签约现场|大会上|论坛上|上午|下午|晚间|晚上|傍晚|清晨|凌晨|盘后|"
    r"[^,。;、]{0,14}(?:方面|部分|市场方面|层面)(?=,)|公告(?:显示|称|指)|本报讯|本报消息|消息)"
)
_THING_OF_PLACE = re.compile(r"项目|市场|工厂|基地|园区|港口|机场|企业|产业|经济|居民|市民|工程|地区|厂区|段|站")
_LEADS = re.compile(r"牵头|主导|出面|负责")
# A person of a body: 甲市|市长张三, 乙公司|董事长李四代表.
_PERSON = re.compile(
    r"(?:人民政府|政府|市委|县委|区委|党委|党组|党工委|集团|公司|股份|常务|执行|首席|名誉|法定|全球|中国区|大中华区|亚太区|高级|资深|实际|控股|原|的|新任|现任|联席|联合|董事局)*"
    r"(?:副|代)?(?:市长|县长|区长|省长|州长|镇长|乡长|旗长|盟长|书记|主席|会长|理事长|董事长|董事|总裁|总经理|经理|院长|校长|主任|局长|厅长|部长|司长|司司长|处长|行长|社长|所长|台长|馆长|"
    r"秘书长|代表|负责人|代表人|控制人|控股股东|股东|实控人|创始人|创办人|执行官|总监|大使|领事|总统|总理|首相|国王|外长|财长|发言人|专员|署长|总干事|官员|领导|长官|行政长官|特首|知事|议长|郡守|处处长|工程师|专家|教授|"
    r"CEO|ceo|总编辑|总工程师|方面|有关方面|相关方面|代表团|方代表|党政代表团|考察团)"
)
_SOMEONE = re.compile(
    r"(?:相关|有关|对口|结对|友好|周边|当地|部分)?(?:结对|合作|协作)?(?:地区|城市|企业|单位|部门|高校|机构|县市|市县|政府|政府部门|商家|厂商|院校)$|(?:政府|当局|方|方面|党政|官方)$"
)
# A day beside its date: 昨(十四)日, 本月8日.
_DAY = re.compile(r"(?:昨|今|前|本月|上月|当月)?(?:\([0-9一二三四五六七八九十廿卅]{1,3}\)|[0-9一二三四五六七八九十廿卅]{1,3})日$|[昨今]天?$")
# Words before a name that say what the body is: 大陆国企|中曜矿业, 旗下全资子公司|…. What stands before them is no part of the name.
_DESCRIBES = re.compile(
    r"(?:企业|国企|央企|民企|台企|港企|公司|集团|巨头|龙头|厂商|商|厂|机构|平台|旗下|控股|股东|上市|品牌|强|最大|知名|著名|的|所属|下属|属下|辖|位|方|业者)$"
)
# What is no name although 与 stands before it.
_NO_NAME = re.compile(
    r"(?:[多各数几该某其此这那双两三]|[二四五六七八九十]+[国省市地县]|有关|相关|当地|其他|其它|上述|本地|国内|国外|海外|境外|海内外|对方|他|她|它|我们|我|你|自己|[0-9一二四五六七八九十百千]+[个家所名位]|全国|全球|全省|全市).*|"
    r".*(?:企业|客户|部门|单位|商户|农户|村民|居民|用户|业主|机构|高校|院校|经销商|供应商|代理商|开发商|加盟商|运营商|合作方|投资者|投资人|项目|人员|者|们|方面|领域|基础|原则|精神|工作|活动|会议|"
    r"仪式|会|发展|合作|合同|协议|市场|产业|经济|条件|需求|之间|过程|情况|问题|关系|对方|买方|卖方|买家|卖家|被告|原告|必要性|公告|披露|消息|报告|声明|政府|公众|媒体)"
)
# What a body is to another, before its name: 控股股东|万衡投资, 实际控制人|周明.
_ROLE = re.compile(
    r"(?:上市公司|公司|集团|其|旗下|附属|全资|控股|间接|直接|持股|子公司|孙公司|分公司|大股东|第一大股东|股东|实际控制人|实控人|控制人|原|前|自然人|卖方|买方|甲方|乙方|出租方|承租方|发包方|承包方|董事长|总裁|总经理|业主|"
    r"合作伙伴|合作方|承建商|开发商|龙头企业|龙头|国企|央企|民企|台企|港企|日企|韩企|外企|内地|大陆|本地|当地|知名|著名|国际知名|全球知名|企业(?=.{2})|标的|交易对方|友商|同业|车企|药企|房企|厂商|大厂|业者)+"
)
_GENERAL = re.compile(
    r"[多各数几该某其此这那双]|有关|相关|当地|其他|其它|上述|本地|国内|国外|海外|境外|对方|[0-9一二四五六七八九十百千]+[个家所名位]|全[国球省市]"
)
_FUNCTION = frozenset("的了在是被把将已并其这那该与就于但也还又却吗呢们您你我他她它而或且")
_NAME_SHAPE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()·・&.\-'“” *]{2,40}")
_ORGANISATION_END = re.compile(
    r"(?:公司|集团|大学|学院|研究院|研究所|设计院|医院|银行|协会|商会|学会|联合会|基金|基金会|证券|保险|信托|资本|控股|股份|合作社|中学|学校|农会|渔会|工会|委员会|管委会|政府|局|厅|部|署|处|"
    r"中心|实验室|联盟|厂|矿业|能源|科技|电子|实业|重工|航空|药业|食品|钢铁|化工|汽车|地产|置业|传媒|通信|电力|石油|航运|物流|银行|人寿|资源|半导体|光电|生技|建设|金控|电信|客车|巴士)$"
)
_LEGAL = re.compile(r"(?:公司|集团|合伙\)?|合作社)$")
_LONGEST_PLACE = 4  # characters of a place before a brand: 湖南, 黑龙江, 呼和浩特
BOTH = re.compile(
    r"双方|三方|四方|双边|彼此|两家(?:公司|企业|单位|机构|银行|集团)?|两(?:公司|企业|校|院|行|会|局|厅|馆|台|集团|部|所|机构)|三家(?:公司|企业|单位)?|三校"
)
_ANAPHOR = re.compile(
    r"(?P<that>该|这家|此|上述)?(?P<own>本|我)?(?P<kind>上市公司|公司|集团|企业|厂商|银行|行(?![业动情程])|学校|校方|大学|学院|校|院方|医院|研究院|研究所|院|协会|商会|学会|联合会|机构|基金会|基金|局|厅|部|署|处|馆|所|中心|店)(?:方面|方)?$"
)
_KINDS: dict[str, tuple[frozenset[str], str]] = {
    "银行": (frozenset(["finance"]), ""),
    "行": (frozenset(["finance"]), ""),
    "学校": (frozenset(["academic"]), ""),
    "校方": (frozenset(["academic"]), ""),
    "大学": (frozenset(["academic"]), ""),
    "学院": (frozenset(["academic"]), ""),
    "校": (frozenset(["academic"]), ""),
    "院方": (frozenset(), "院"),
    "医院": (frozenset(), "院"),
    "研究院": (frozenset(), "院"),
    "院": (frozenset(), "院"),
    "研究所": (frozenset(), "所"),
    "所": (frozenset(), "所"),
    "协会": (frozenset(["association"]), ""),
    "商会": (frozenset(["association"]), ""),
    "学会": (frozenset(["association"]), ""),
    "联合会": (frozenset(["association"]), ""),
    "局": (frozenset(), "局"),
    "厅": (frozenset(), "厅"),
    "部": (frozenset(), "部"),
    "署": (frozenset(), "署"),
    "处": (frozenset(), "处"),
    "馆": (frozenset(), "馆"),
    "中心": (frozenset(), "中心"),
}
_BELONGING = re.compile(r"(?:\([^()]{1,16}\))?(?:旗下|属下|辖下)的?(?:全资|控股|上市)?(?:子公司|公司|企业)?")
_GENERIC = re.compile(r"[\u4e00-\u9fff]{1,2}(?:公司|企业|集团|机构|平台|品牌)|.*(?:家|多个).*")  # 旗下电讯公司 is told by its owner alone
_COMPANY = (frozenset(["company", "finance"]), "")


@dataclass(slots=True, frozen=True)
class Side:
    """A party as it stands in the text; `mention` is what it is known by, None where only its words are known."""

    mention: Mention | None
    name: str
    start: int
    end: int
    known: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The places of a deictic pair (两市)."""
        value = self.mention.value if self.mention else None
        return (value.codes or ()) if isinstance(value, RegionValue) else ()


Group = tuple[Side, ...]


class PartyReader:
    """The parties that an article's words name.

    Args:
        text: An article whose mentions are resolved.
        mentions: They by start and then longest first (`in_order`).
        asides: Words that may stand between a party and the verb, or between two parties (正式 共同 拟 日前).
        name_words: Verbs that stand in names of bodies.
        pos: The part of speech of a dictionary word.
    """

    def __init__(
        self, text: Text, mentions: Iterable[Mention], asides: re.Pattern[str], name_words: frozenset[str], pos: Callable[[str], str]
    ) -> None:
        self.text = text
        self.folded = text.folded
        self._asides = asides
        self._name_words = name_words
        self._pos = pos
        furniture = text.boilerplate
        self._bodies: list[Mention] = []
        self._tiles: list[Mention] = []  # the outermost of all names, in order
        self._dates: dict[int, Mention] = {}
        reach = 0
        last, passed = 0, 0  # where the furniture ends that began last, and how much has begun
        for m in mentions:
            if m.kind == "date":
                self._dates[m.end] = m
            elif m.kind != "figure":
                if m.kind != "agreement":
                    while passed < len(furniture) and furniture[passed][0] <= m.start:
                        last = furniture[passed][1]
                        passed += 1
                    if m.end <= last:
                        continue
                    self._bodies.append(m)
                if m.end > reach:
                    self._tiles.append(m)
                    reach = m.end
        self._tile_starts = [m.start for m in self._tiles]
        self._outer = [m for m in self._tiles if m.kind != "agreement"]
        self._outer_starts = [m.start for m in self._outer]
        self._ending = {m.end: m for m in self._outer}
        self._body_starts = [m.start for m in self._bodies]
        self._companies: dict[str, Mention | None] = {}

    # ---- who is named in the article: worked out when first asked for, most articles never ask for all -----------------------

    @cached_property
    def _names(self) -> list[tuple[str, str, Mention]]:
        """Each body with what it is and as it is printed, in order."""
        folded = self.folded
        keys: dict[int, str | None] = {}  # by the id of the value: most mentions of one thing share theirs
        names: list[tuple[str, str, Mention]] = []
        for m in self._bodies:
            value = id(m.value)
            if value not in keys:
                keys[value] = identity(m)
            if key := keys[value]:
                names.append((key, folded[m.start : m.end], m))
        return names

    @cached_property
    def _fullest(self) -> dict[str, str]:
        """The longest printed name of each body."""
        fullest: dict[str, str] = {}
        for key, surface, m in self._names:
            known = fullest.get(key, "")
            # 微软(Microsoft): the name is the Chinese one.
            fuller = (not surface.isascii(), len(surface)) > (not known.isascii(), len(known)) if known else True
            if fuller and not m.deictic and m.rule != "region.misprint":
                fullest[key] = surface
        return fullest

    @cached_property
    def _named(self) -> dict[str, Mention]:
        """The first body that is printed so."""
        named: dict[str, Mention] = {}
        for _, surface, m in self._names:
            named.setdefault(surface, m)
        return named

    @cached_property
    def _legal_names(self) -> dict[str, Mention]:
        """The companies and the like under their legal names."""
        return {surface: m for surface, m in self._named.items() if m.kind == "organisation" and _LEGAL.search(surface)}

    @cached_property
    def _legal_beginnings(self) -> dict[str, list[tuple[str, Mention]]]:
        """Legal names under each three characters that a short form, after at most a place, may begin with."""
        found: dict[str, list[tuple[str, Mention]]] = {}
        for surface, mention in self._legal_names.items():
            for start in range(min(_LONGEST_PLACE + 1, len(surface) - 2)):
                found.setdefault(surface[start : start + 3], []).append((surface, mention))
        return found

    @cached_property
    def _first(self) -> dict[str, Mention]:
        """The first mention of each body."""
        return {key: m for key, _, m in reversed(self._names)}

    @cached_property
    def _count(self) -> Counter[str]:
        """How often each body is named."""
        return Counter([key for key, _, _ in self._names])

    @cached_property
    def _places(self) -> dict[str, Mention]:
        """The first mention of each place by its name."""
        return {key: m for key, _, m in reversed(self._names) if m.kind == "region" and not m.deictic}

    # ---- where things stand -----------------------------------------------------------------------------------------------

    def inside(self, position: int) -> bool:
        """Whether a folded position lies in a name or title."""
        index = bisect_right(self._tile_starts, position) - 1
        return index >= 0 and position < self._tiles[index].end

    def without_names(self, start: int, end: int) -> str:
        """The words between two positions with every name blanked out: 新希望集团 hopes for nothing."""
        words = self.folded[start:end]
        for m in self._between(start, end):
            words = f"{words[: m.start - start]}{'□' * (m.end - m.start)}{words[m.end - start :]}"
        return words

    def _between(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self._outer_starts, start)
        last = bisect_left(self._outer_starts, end)
        return [m for m in self._outer[first:last] if m.end <= end]

    def _parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The pieces between commas, brackets kept whole."""
        holes = [m.span() for m in _BRACKET.finditer(self.folded, start, end)]
        cuts = [m.start() for m in _COMMA.finditer(self.folded, start, end)]
        cuts = [c for c in cuts if not any(a < c < b for a, b in holes) and not self.inside(c)]
        edges = [start - 1, *cuts, end]
        return [(a + 1, b) for a, b in pairwise(edges)]

    def _links(self, start: int, end: int, pattern: re.Pattern[str] = _LINK) -> list[tuple[int, int]]:
        holes = [m.span() for m in _BRACKET.finditer(self.folded, start, end)]
        found = []
        for m in pattern.finditer(self.folded, start, end):
            a, b = m.span()
            word = m[0] == "、" or (self.text.is_word_start(b) and (self.text.is_word_start(a) or a in self._ending))
            if word and not self.inside(a) and not any(x < a < y for x, y in holes) and not self.folded.startswith(("其", "此", "之"), b):
                found.append((a, b))
        return found

    # ---- what is taken off ----------------------------------------------------------------------------------------------

    def _trim_end(self, start: int, end: int) -> int:
        """`end` without what says when, where and how: 乙公司|昨日在北京正式."""
        folded = self.folded
        while end > start:
            body = self._ending.get(end)
            if body is not None and body.start >= start:
                first = body.start
                listed = self._ending.get(first)
                if self._is_pair(body) and listed is not None and start <= listed.start < first - 1 and listed.kind == "region":
                    end = first  # 长春、吉林|两市
                    continue
                while (glued := self._ending.get(first)) is not None and glued.start >= start:
                    first = glued.start
                place = _PLACE_WORD.search(folded, max(start, first - 2), first)
                if place is None or self.inside(place.start()) or not self.text.is_word_start(place.start()):
                    return end
                end = place.start()
                continue
            at = max(folded.rfind("在", max(start, end - 24), end), folded.rfind("于", max(start, end - 24), end))
            if at > start and self._starts_body(at + 1) and self.text.is_word_start(at) and not self.inside(at) and "的" not in folded[at:end]:
                end = at  # 于丹麦城市罗斯基勒
                continue
            if folded[end - 1].isspace() or folded[end - 1] in ",-—”":
                end -= 1
                continue
            if folded[end - 1] in ")]":
                opening = folded.rfind("(" if folded[end - 1] == ")" else "[", start, end)
                if opening < 0:
                    return end
                end = opening
                continue
            consortium = _CONSORTIUM.search(folded, max(start, end - 16), end)
            if consortium and not self.inside(consortium.start()):
                end = consortium.start()
                continue
            date = self._dates.get(end)
            if date is not None and date.start >= start:
                end = date.start
                if end > start and folded[end - 1] in "于在自从至" and not self.inside(end - 1):
                    end -= 1
                continue
            day = _DAY.search(folded, max(start, end - 9), end)
            if day and day.start() > start and not self.inside(day.start()):
                end = day.start()
                continue
            if _WHERE_END.search(folded, max(start, end - 6), end):
                at = max(folded.rfind("在", start, end), folded.rfind("于", start, end))
                if at >= 0 and end - at <= 36 and not self.inside(at) and self.text.is_word_start(at):
                    end = at
                    continue
            aside = self._asides.search(folded, max(start, end - 8), end) or _COUNT.search(folded, max(start, end - 18), end)
            if aside and (len(aside[0]) > 1 or self.text.is_word_start(aside.start())) and not self.inside(aside.start()):
                end = aside.start()
                if end > start and folded[end - 1] in "于在" and self.text.is_word_start(end - 1) and not self.inside(end - 1):
                    end -= 1
                continue
            means = _MEANS.search(folded, max(start, end - 26), end)
            if means and not self.inside(means.start()):
                end = means.start()
                continue
            return end
        return end

    def _trim_start(self, start: int, end: int) -> int:
        """`start` without what may stand before a subject: 近日,|甲公司."""
        folded = self.folded
        dates = {m.start: m.end for m in self._dates_in(start, end)}
        while start < end:
            if start in dates:
                start = dates[start]
                continue
            bracket = _BRACKET.match(folded, start, end)
            if bracket:
                start = bracket.end()
                continue
            lead = _LEAD_IN.match(folded, start, end)
            if lead and lead.end() > start and not self._starts_body(start):
                start = lead.end()
                continue
            aside = self._lead_aside(start, end)
            if aside:
                start = aside
                continue
            return start
        return start

    def _lead_aside(self, start: int, end: int) -> int:
        """The end of an aside that stands at `start`; 0 for none."""
        if self._starts_body(start):
            return 0
        for length in (4, 3, 2, 1):
            last = start + length
            if last <= end and self._asides.fullmatch(self.folded, start, last) and self.text.is_word_start(last):
                return last
        return 0

    def _starts_body(self, position: int) -> bool:
        index = bisect_left(self._outer_starts, position)
        return index < len(self._outer) and self._outer[index].start == position

    def _dates_in(self, start: int, end: int) -> Iterator[Mention]:
        for last in range(start + 1, min(end, start + 60) + 1):
            date = self._dates.get(last)
            if date is not None and date.start >= start:
                yield date

    # ---- one party --------------------------------------------------------------------------------------------------------

    def side(self, mention: Mention, start: int | None = None, name: str | None = None) -> Side:
        """A body under the fullest name that the article prints."""
        fullest = self._fullest.get(identity(mention) or "")
        printed = self.folded[mention.start : mention.end]
        if isinstance(mention.value, RegionValue) and (mention.deictic or mention.rule == "region.misprint"):
            printed = fullest or mention.value.name
        best = fullest if fullest and (len(fullest) > len(printed) or printed.isascii()) else printed
        if mention.kind == "organisation" and not name:
            full = self._company_of(best)
            best = self.folded[full.start : full.end] if full else best
        return Side(mention, name or best, mention.start if start is None else start, mention.end)

    def _body(self, last: Mention, start: int) -> Side:
        """The body with the places glued before it: 浙江省|德清市 is one party, 绍兴市|农业局 is the second alone."""
        side = self.side(last)
        first = last.start
        place = self._ending.get(first)
        glued = last.kind == "organisation" and place is not None and place.kind == "region" and place.start >= start and not place.deictic
        if glued and place and self.folded[first] in "省市县区州" and self.folded[first - 1] not in "省市县区州":  # 中山|市政府
            return Side(last, self.folded[place.start : last.end], place.start, last.end)
        while last.kind == "region" and (before := self._ending.get(first)) is not None and before.start >= start and before.kind == "region":
            if before.deictic or self._is_pair(before) or before.end - before.start == 1:
                break  # 皖|苏 are two
            side = replace(side, name=self.folded[before.start : before.end] + side.name, start=before.start)
            first = before.start
        return side

    @staticmethod
    def _is_pair(mention: Mention) -> bool:
        return isinstance(mention.value, RegionValue) and bool(mention.value.codes)

    def _party(self, start: int, end: int, *, strict: bool) -> Side | None:
        """The party that the words from `start` to `end` name; a `strict` reader takes unknown words only where they look like a name."""
        end = self._trim_end(start, end)
        if end <= start:
            return None
        folded = self.folded
        bodies = [m for m in self._between(start, end) if not _is_media(m)]
        if bodies:
            last = bodies[-1]
            tail = folded[last.end : end]
            if not tail:
                return self._left_of_body(bodies, start) or self._before_place(bodies, start) or self._body(last, start)
            bracket = _BRACKET.match(tail)
            if bracket:
                tail = tail[bracket.end() :]
            if _PERSON.match(tail) and len(tail) <= 24:
                return self._body(last, start)
            if _SOMEONE.fullmatch(tail):
                name = self._body(last, start).name + tail if last.kind == "region" else folded[last.start : end]
                return Side(last, name, last.start, end, known=False)
            belonging = _BELONGING.match(folded, last.end, end) if last.kind == "organisation" else None
            if (
                belonging
                and end - belonging.end() >= 3
                and self._name_like(belonging.end(), end, strict=False)
                and not _GENERIC.fullmatch(folded, belonging.end(), end)
            ):
                return Side(None, folded[belonging.end() : end], belonging.end(), end, known=False)  # 甲集团旗下|石化机械
            if not last.deictic and not self._is_pair(last) and self._name_like(last.end, end, strict=False):
                return self._extended(last, end, start)
            after = self._after_verb(last.end, end)  # 宁波银行还助力|晴川能源
            if last.end < after and end - after >= 3 and _ORGANISATION_END.search(folded, after, end) and self._name_like(after, end, strict=True):
                return Side(None, folded[after:end], after, end, known=False)
            return None
        start = self._trim_start(start, end)
        possessive = folded.rfind("的", start, end)
        if possessive >= 0 and end - possessive > 2:
            start = possessive + 1
        role = _ROLE.match(folded, start, end)
        if role and end - role.end() >= 2:
            start = role.end()
        start = self._after_verb(start, end)
        if end - start < 2 or not self._name_like(start, end, strict=strict) or _ORGANISATION_END.fullmatch(folded, start, end):
            return None
        if _ANAPHOR.fullmatch(folded, start, end):
            return None
        name = folded[start:end].strip("“” ")
        known = self._named.get(name) or self._company_of(name)
        return self.side(known, start) if known else Side(None, name, start, end, known=False)

    def _company_of(self, name: str) -> Mention | None:
        """The one company whose printed name holds a short one after at most its place: 湖南|恒骏重工|机械股份有限公司."""
        if name not in self._companies:
            found: Mention | None = None
            if len(name) >= 3 and not _LEGAL.search(name):
                held = [m for surface, m in self._legal_beginnings.get(name[:3], ()) if 0 <= surface.find(name) <= _LONGEST_PLACE]
                found = held[0] if len({identity(m) for m in held}) == 1 else None
            self._companies[name] = found
        return self._companies[name]

    def _left_of_body(self, bodies: list[Mention], start: int) -> Side | None:
        """潮州市|文化广电旅游|体育局: a body of which only the end was found, its place at the head of the words."""
        last = bodies[-1]
        if last.kind != "organisation":
            return None
        if len(bodies) == 1:  # 中山|市政府, where 中山 may be a name of something else
            first = self._trim_start(start, last.start)
            if self.folded[last.start] in "省市县区州镇乡" and 2 <= last.start - first <= 4 and self._name_like(first, last.start, strict=False):
                return Side(None, self.folded[first : last.end], first, last.end, known=False)
            return None
        place = bodies[-2]
        gap = (place.end, last.start)
        words = self.folded[slice(*gap)]
        if place.kind != "region" or place.deictic or not words or len(words) > 12 or _DESCRIBES.search(words) or _PERSON.match(words):
            return None
        if not self._name_like(*gap, strict=False):
            return None
        return Side(None, self.folded[place.start : last.end], place.start, last.end, known=False)

    def _before_place(self, bodies: list[Mention], start: int) -> Side | None:
        """中银资管|香港, 恒睦|香港: a branch that is named after its place."""
        place = bodies[-1]
        if place.kind != "region" or place.deictic:
            return None
        body = self._ending.get(place.start)
        if body is not None:
            return Side(None, self.folded[body.start : place.end], body.start, place.end, known=False) if body.kind == "organisation" else None
        if len(bodies) > 1:
            return None
        first = self._after_verb(self._trim_start(start, place.start), place.start)
        role = _ROLE.match(self.folded, first, place.start)
        first = role.end() if role else first
        if not 2 <= place.start - first <= 6 or not self._name_like(first, place.start, strict=True):
            return None
        words = self._words(first, place.start)
        if any(len(w) > 1 and self._pos(w) not in ("nz", "nr", "nrt", "nrfg", "nt") for w in words):
            return None
        return Side(None, self.folded[first : place.end], first, place.end, known=False)

    def _extended(self, last: Mention, end: int, start: int) -> Side:
        """A name of which only the head is known: 日本|北阳制铁, 深圳|泓泽. Where the article also prints it without the place, so does the party."""
        tail = self.folded[last.end : end]
        if last.kind == "region":
            known = self._named.get(tail)
            if known is not None:
                return self.side(known, last.end)
            if len(tail) >= 3 and self.folded.count(tail) > 1 and self.folded.count(self.folded[last.start : end]) < self.folded.count(tail):
                return Side(None, tail, last.end, end, known=False)
        first = last.start
        while (before := self._ending.get(first)) is not None and before.start >= start and before.kind == "region" and not before.deictic:
            first = before.start
        return Side(None, self.folded[first:end], first, end, known=False)

    def _after_verb(self, start: int, end: int) -> int:
        """Past the last word that no name holds: 宣布|科瑞恩, 出席了|…."""
        boundaries, folded = self.text.boundaries, self.folded
        at = end
        while at > start:
            before = boundaries.rfind(1, start, at)
            if before < 0:
                return start
            if self._no_name_word(folded[before:at]) and not self._blank_in_latin(before, at):
                return at
            at = before
        return start

    def _blank_in_latin(self, start: int, end: int) -> bool:
        """North| |Bay: a blank between Latin words is part of the name."""
        folded = self.folded
        return folded[start:end] == " " and start > 0 and folded[start - 1].isascii() and folded[end : end + 1].isascii()

    def _no_name_word(self, word: str) -> bool:
        if len(word) == 1:
            return word in _FUNCTION or not (word.isalnum() or word in "()·・&.-'“”*")
        if word in self._name_words:
            return False
        return self._pos(word) in ("v", "d", "r", "p", "c", "u", "t", "vd", "ad")

    def _words(self, start: int, end: int) -> list[str]:
        """The dictionary words between two positions, blanks inside Latin names left out."""
        boundaries = self.text.boundaries
        words: list[str] = []
        while start < end:
            following = boundaries.find(1, start + 1)
            following = end if following < 0 or following > end else following
            if not self._blank_in_latin(start, following):
                words.append(self.folded[start:following])
            start = following
        return words

    def _name_like(self, start: int, end: int, *, strict: bool) -> bool:
        name = self.folded[start:end]
        if len(name) > LONGEST_NAME or not _NAME_SHAPE.fullmatch(name):
            return False
        if _NO_NAME.fullmatch(name) and not (_ORGANISATION_END.search(name) and not _GENERAL.match(name)):
            return False
        words = self._words(start, end)
        if any(self._no_name_word(w) for w in words):
            return False
        ending = _ORGANISATION_END.search(name)
        if not strict or ending or _FOREIGN_SHORT.search(name):
            return True
        # Dictionary words alone are hardly a brand; a person's name or a single character is a sign of one.
        return any(len(w) == 1 or self._pos(w) in ("", "nr", "nrt", "nrfg", "nz", "nt") for w in words)

    # ---- the parties before a verb --------------------------------------------------------------------------------------

    def groups(self, start: int, end: int, earlier: Group = (), *, nominal: bool = False) -> list[Group]:
        """The parties of each agreement that the words before a verb name: one group, or one a pair for 分别.

        Args:
            start: The start of the clause.
            end: Where the verb begins.
            earlier: The parties of the agreement told last, for 双方 and a subject left out.
            nominal: The words stand before the agreement's name: only bodies that are known count.
        """
        start = max(start, end - REACH)
        parts = self._parts(start, end)
        while len(parts) > 1 and self._trim_end(*parts[-1]) <= parts[-1][0]:
            after = parts.pop()  # …,昨日在北京|签署: what stands before the comma signs
            if BOTH.search(self.folded, *after):
                return self._both(start, after[0], earlier)
            subject = self._chain_at_head(*parts[-1])
            if subject:
                chain, linked = subject
                return [chain] if linked or len(parts) == 1 else self._with_subject(chain, parts, earlier)
        a, b = parts[-1]
        return self._part_groups(a, b, parts[:-1], earlier, nominal=nominal)

    def _with_subject(self, chain: Group, parts: list[tuple[int, int]], earlier: Group) -> list[Group]:
        a, b = parts[-1]
        groups = self._part_groups(a, b, parts[:-1], earlier, nominal=False)
        return groups or [chain]

    def _part_groups(self, a: int, b: int, before: list[tuple[int, int]], earlier: Group, *, nominal: bool) -> list[Group]:
        folded = self.folded
        pair = self._pair_in(a, b)
        chain, betweens, open_left = self._chain(a, b, nominal=nominal)
        respectively = bool(_RESPECTIVELY.search(folded, a, b)) or self._counted(chain)
        if respectively and not open_left:
            chain, betweens = self._longer_list(chain, betweens, before)
        if pair and len([s for s in chain if not s.codes]) < 2:
            return [tuple(self._of_codes(pair))]
        keep = [i for i, s in enumerate(chain) if not s.codes]
        if len(keep) < len(chain):
            chain, betweens = [chain[i] for i in keep], betweens[-(len(keep) - 1) :] if len(keep) > 1 else []
        if len(chain) >= 2 and open_left and not nominal and not any(x in _PARTNER - {"和", "及", "以及"} for x in betweens):
            groups = self._with_partners(a, chain, before, respectively=respectively)
            if groups:
                return groups
        if len(chain) >= 2:
            partners = [x for x in betweens if x in _PARTNER]
            # 甲与乙、丙与丁; but 甲与乙、丙以及丁 is one list.
            if respectively or (len(partners) > 1 and len(set(partners)) == 1 and any(x in ("、", ",") for x in betweens)):
                groups = _pairs(chain, betweens)
                if groups:
                    return groups
            return [tuple(chain)]
        if BOTH.search(folded, a, b) and not chain:
            return self._both(a, b, earlier, before)
        if len(chain) == 1 and open_left:
            subject = self._subject_in(a, chain[0], before) or self._plain_subject(a, chain[0]) or self._subject(a, chain[0], before, earlier)
            return [(subject, chain[0])] if subject and subject.name != chain[0].name else [(chain[0],)]
        if chain and (chain[0].mention is not None or _ORGANISATION_END.search(chain[0].name)):
            return [tuple(chain)]
        if nominal or _MEANWHILE.match(folded, a, b):
            return []
        return self._elided(before)

    def _with_partners(self, a: int, chain: list[Side], before: list[tuple[int, int]], *, respectively: bool) -> list[Group]:
        """甲公司宣布,与乙公司、丙公司|签署: the subject with them, or with each of them; none where the clauses name no subject."""
        subject = self._subject_in(a, chain[0], before) or self._plain_subject(a, chain[0]) or self._subject_of_clause(chain[0], before)
        if subject is None or any(subject.name == side.name for side in chain):
            return []
        return [(subject, side) for side in chain] if respectively else [(subject, *chain)]

    def _counted(self, chain: list[Side]) -> bool:
        """Whether a count stands after a side that others follow: 天水市6个地区已与…."""
        return any(_COUNT_AFTER.match(self.folded, s.end) for s in chain[:-1])

    def _chain(self, a: int, b: int, *, nominal: bool) -> tuple[list[Side], list[str], bool]:
        """The parties in a piece without commas, what stands between them, and whether 与 opens on the left (与乙签署)."""
        folded = self.folded
        b = self._nominal_end(a, b) if nominal else self._trim_end(a, b)
        links = self._links(a, b)
        hole: tuple[int, int] | None = None
        topic = next(
            (
                m
                for m in _TOPIC.finditer(folded, a, b)
                if not self.inside(m.start()) and self.text.is_word_start(m.start()) and self.text.is_word_start(m.end())
            ),
            None,
        )
        if topic and not nominal:
            partners = [x for x in links if folded[slice(*x)] in _PARTNER]
            if any(x[0] < topic.start() for x in partners):
                b = self._trim_end(a, topic.start())
                links = [x for x in links if x[1] <= b]
            elif any(x[0] > topic.start() for x in partners):
                last = [x for x in partners if x[0] > topic.start()][-1]
                hole = (topic.start(), last[0])
                links = [x for x in links if x[0] < topic.start() or x[0] >= last[0]]
            elif topic.start() > a:
                b = self._trim_end(a, topic.start())
                links = [x for x in links if x[1] <= b]
        edges = [a, *(y for x in links for y in x), b]
        segments = list(zip(edges[::2], edges[1::2], strict=True))
        chain: list[Side] = []
        betweens: list[str] = []
        for index in range(len(segments) - 1, -1, -1):
            first, last_ = segments[index]
            if hole and first <= hole[0] < last_:
                last_ = hole[0]
            side = self._party(first, last_, strict=nominal or index < len(segments) - 1 or len(segments) == 1)
            if side is None or (nominal and side.mention is None):
                break
            if chain:
                betweens.insert(0, folded[slice(*links[index])])
            chain.insert(0, side)
            # 我市|东丰县 is read whole; 记者从甲公司… is not the end of a list.
            if index and self._trim_start(first, side.start) < side.start and self._link_needs_head(first, side):
                break
        else:
            return chain, betweens, False
        open_left = bool(chain) and len(chain) < len(segments) and folded[slice(*links[len(segments) - len(chain) - 1])] in _PARTNER
        return chain, betweens, open_left

    def _link_needs_head(self, first: int, side: Side) -> bool:
        """Whether other words stand between a connector and the party after it (、再由乙公司): the list does not go on over them."""
        gap = self.folded[first : side.start]
        return len(gap) > 12

    def _nominal_end(self, a: int, b: int) -> int:
        """The end of the last body before an agreement's name, its subject words left out."""
        bodies = self._between(a, b)
        return bodies[-1].end if bodies and b - bodies[-1].end <= 30 else a

    def _longer_list(self, chain: list[Side], betweens: list[str], before: list[tuple[int, int]]) -> tuple[list[Side], list[str]]:
        """甲县与乙市,丙县与丁市|,戊区与己区分别签订: the pieces before the comma that are lists too."""
        for a, b in reversed(before):
            more, links, open_left = self._chain(a, b, nominal=False)
            if (
                not more
                or open_left
                or more[-1].end != self._trim_end(a, b)
                or not chain
                or self._trim_start(a, b) != self._trim_start(a, more[0].start + 1)
            ):
                break
            lead = self.folded[self._trim_start(a, b) : more[0].start]
            chain = [*more, *chain]
            betweens = [*links, ",", *betweens]
            if lead:
                break
        return chain, betweens

    def _pair_in(self, a: int, b: int) -> Side | None:
        for m in reversed(self._between(a, b)):
            quoted = self.folded.rfind("“", a, m.start) > self.folded.rfind("”", a, m.start)  # “一会展两地”合作协议
            if self._is_pair(m) and not quoted:
                return self.side(m)
        return None

    def _of_codes(self, pair: Side) -> Iterator[Side]:
        for code in pair.codes:
            known = self._places.get(f"region|{code}")
            yield self.side(known) if known is not None else replace(pair, mention=None, name=code, known=False)

    # ---- parties that the clause leaves out -------------------------------------------------------------------------------

    def _chain_at_head(self, a: int, b: int) -> tuple[Group, bool] | None:
        """The subject of a piece: the body, or the bodies joined by 与, at its head."""
        first = self._trim_start(a, b)
        bodies = [m for m in self._between(first, b) if not _is_media(m)]
        if bodies and bodies[0].kind == "region" and _THING_OF_PLACE.match(self.folded, bodies[0].end):
            return None  # 顺德|项目
        while len(bodies) > 1 and bodies[0].start == first and self._owns(bodies[0], bodies[1]):
            first = bodies[1].start
            bodies = bodies[1:]
        if not bodies or (bodies[0].start != first and not (bodies[0].start - first <= 6 and self._no_preposition(first, bodies[0].start))):
            return None
        chain = [bodies[0]]
        linked = False
        for m in bodies[1:]:
            between = self.folded[chain[-1].end : m.start]
            middle = self._trim_end(chain[-1].end, m.start - 1) if between else m.start
            if not between and chain[-1].kind == "region":
                chain[-1] = m
            elif between and between[-1] in "与和同跟、及" and middle == chain[-1].end and len(between) <= 14:
                chain.append(m)
                linked = linked or between[-1] != "、"
            else:
                break
        sides = tuple(self._body(m, a) for m in chain)
        if any(s.codes for s in sides):
            return tuple(self._of_codes(next(s for s in sides if s.codes))), True
        return sides, linked and len(sides) > 1

    def _owns(self, owner: Mention, body: Mention) -> bool:
        """顺丰控股旗下|嘉里物流, 珠海的|格力集团: who acts is the second."""
        between = self.folded[owner.end : body.start]
        if body.kind != "organisation":
            return False
        return between == "的" if owner.kind == "region" else _BELONGING.fullmatch(between) is not None

    def _no_preposition(self, a: int, b: int) -> bool:
        return not any(c in "在于从向对到赴与和以为" for c in self.folded[a:b])

    def _subject_in(self, a: int, partner: Side, before: list[tuple[int, int]]) -> Side | None:
        """The subject that the clause of 与乙公司签署 itself names: a body at its head, or 公司, 该行."""
        head = self._chain_at_head(a, partner.start)
        if head and not any(s.name == partner.name for s in head[0]):
            return head[0][0]
        return self._antecedent(a, partner, before)

    def _plain_subject(self, a: int, partner: Side) -> Side | None:
        """通达科技|于3月5日与…: a name made of ordinary words, at the head of the clause and right before the connector."""
        links = [x for x in self._links(a, partner.start) if self.folded[slice(*x)] in _PARTNER]
        if len(links) != 1:
            return None
        end = self._trim_end(a, links[0][0])
        start = self._trim_start(a, end)
        role = _ROLE.match(self.folded, start, end)
        start = role.end() if role else start
        name = self.folded[start:end]
        if self._between(start, end) or not 2 <= len(name) <= 8 or any(c in _FUNCTION for c in name) or not _NAME_SHAPE.fullmatch(name):
            return None
        if _NO_NAME.fullmatch(name) or _ANAPHOR.fullmatch(name):
            return None
        ending = _ORGANISATION_END.search(name)
        if (ending and ending.start() > 0) or self._name_like(start, end, strict=False):
            return Side(None, name, start, end, known=False)
        return None

    def _subject(self, a: int, partner: Side, before: list[tuple[int, int]], earlier: Group) -> Side | None:
        """Who signs with the partner of 与乙公司签署: the subject of the clause, of the one before it, or of the sentence before."""
        subject = self._subject_in(a, partner, before)
        if subject:
            return subject
        subject = self._subject_of_clause(partner, before)
        if subject:
            return subject
        sentence = self.text.sentence_span(partner.start)[0]
        if earlier and earlier[0].start >= sentence and earlier[0].name != partner.name:
            return earlier[0]
        return self._subject_of_sentence(partner.start, partner)

    def _subject_of_clause(self, partner: Side, before: list[tuple[int, int]]) -> Side | None:
        """The subject of the nearest clause before in the sentence that has one."""
        for index in range(len(before) - 1, -1, -1):
            x, y = before[index]
            leader = self._leader(x, y)
            if leader and leader.name != partner.name:
                return leader
            head = self._chain_at_head(x, y)
            if head and head[0][0].name != partner.name:
                return head[0][0]
            anaphor = self._antecedent(x, replace(partner, start=y), before[:index])
            if anaphor:
                return anaphor
        return None

    def _leader(self, a: int, b: int) -> Side | None:
        """项目由甲公司|牵头,与乙区政府签订…: who acts, although the clause has another subject."""
        for m in self._between(a, b):
            if _LEADS.match(self.folded, m.end) and "由" in self.folded[max(a, m.start - 8) : m.start]:
                return self.side(m)
        return None

    def _subject_of_sentence(self, position: int, partner: Side) -> Side | None:
        """The subject of the sentence, and else of the one before it in the paragraph."""
        start, _ = self.text.sentence_span(position)
        for _ in range(2):
            for a, b in self._parts(start, min(position, start + REACH)):
                head = self._chain_at_head(a, b)
                if (
                    head
                    and head[0][0].name != partner.name
                    and (head[0][0].mention is None or head[0][0].mention.kind == "organisation" or head[0][0].mention.deictic)
                ):
                    return head[0][0]
                anaphor = self._antecedent(a, replace(partner, start=b), []) if position != partner.start else None
                if anaphor and anaphor.name != partner.name:
                    return anaphor
            if start < 2 or "\n" in self.folded[max(0, start - 2) : start]:
                return None
            position = start
            start, _ = self.text.sentence_span(start - 1 if not self.folded[start - 1].isspace() else max(0, start - 2))
            if start >= position:
                return None
        return None

    def _antecedent(self, a: int, partner: Side, before: list[tuple[int, int]]) -> Side | None:
        """What 公司, 该行, 该院 stands for in the words before the partner."""
        folded = self.folded
        end = partner.start
        while end > a and folded[end - 1] in "与和同跟":
            end -= 1
        end = self._trim_end(a, end)
        match = _ANAPHOR.search(folded, a, end)
        if match is None:
            for part in (a, end):
                head = _ANAPHOR_HEAD.match(folded, self._trim_start(a, end), end) if part == a else None
                if head:
                    match = head
                    break
        if match is None or self.inside(match.start()):
            return None
        word = match["kind"]
        types, ending = _KINDS.get(word, _COMPANY)
        if len(word) == 1 and not match["that"] and not match["own"]:
            return None
        if types == _COMPANY[0] and not match["that"]:
            for x, y in reversed(before):
                subject = self._chain_at_head(x, y)
                told = subject[0][0] if subject else None
                if told and told.mention and isinstance(told.mention.value, OrganisationValue) and told.mention.value.type in _COMPANY[0]:
                    return told
            main = self._main_body(a, partner)
            leading = self._leading_company(a, partner)
            if leading and (
                main is None or not any(m.start >= leading.start and identity(m) == identity(main.mention) for m in self._before(a) if main.mention)
            ):
                return leading
            if main:
                return main
        for m in reversed(self._before(match.start())):
            value = m.value
            if not isinstance(value, OrganisationValue) or (partner.mention is not None and identity(m) == identity(partner.mention)):
                continue
            if (types and value.type in types) or (ending and value.name.endswith(ending)):
                return self.side(m)
        return None

    def _before(self, position: int) -> list[Mention]:
        """The bodies of the last few sentences before a position."""
        last = bisect_left(self._outer_starts, position)
        return self._outer[max(0, last - 40) : last]

    def _leading_company(self, position: int, partner: Side) -> Side | None:
        """The company that the sentence before in the paragraph begins with: 乙公司昨公布财报。董事长说,公司已与…."""
        start, _ = self.text.sentence_span(position)
        if not start or self.folded[start - 1].isspace():
            return None
        first, last = self.text.sentence_span(start - 1)
        head = self._chain_at_head(*self._parts(first, min(last, first + REACH))[0])
        told = head[0][0] if head else None
        value = told.mention.value if told and told.mention else None
        company = isinstance(value, OrganisationValue) and value.type in _COMPANY[0]
        return told if told and company and told.name != partner.name else None

    def _main_body(self, position: int, partner: Side) -> Side | None:
        """The company that the article is about: the one named most, of those named before."""
        best: tuple[int, int] | None = None
        found: Mention | None = None
        other = identity(partner.mention) if partner.mention else None
        for m in self._before(position):
            key = identity(m)
            if isinstance(m.value, OrganisationValue) and m.value.type in ("company", "finance") and key and key != other:
                rank = (self._count[key], -self._first[key].start)
                if best is None or rank > best:
                    best, found = rank, m
        return self.side(found) if found else None

    def _both(self, start: int, end: int, earlier: Group, before: list[tuple[int, int]] | None = None) -> list[Group]:
        """双方: the two of this sentence, of the agreement told last, of the sentence before."""
        parts = before if before is not None else self._parts(start, end)
        for a, b in reversed(parts):
            chain = self._linked(a, b)
            if chain:
                return [chain]
        for index in range(len(parts) - 1, -1, -1):
            group = self._with_somebody(parts, index)
            if group:
                return [group]
        if len(earlier) >= 2:
            return [earlier]
        sentence, _ = self.text.sentence_span(start)
        inside = self._distinct(sentence, end)
        if len(inside) == 2:
            return [tuple(inside)]
        if sentence >= 2:
            first, last = self.text.sentence_span(sentence - 1 if not self.folded[sentence - 1].isspace() else max(0, sentence - 2))
            for a, b in reversed(self._parts(max(first, last - REACH), last)):
                chain = self._linked(a, b)
                if chain:
                    return [chain]
            inside = inside or self._distinct(first, last)
        return [tuple(inside[-2:])] if len(inside) >= 2 else []

    def _with_somebody(self, parts: list[tuple[int, int]], index: int) -> Group | None:
        """县里还与甲大学商定…,双方已签订…: the partner that a clause before names, with its subject where that is known."""
        a, b = parts[index]
        for m in reversed(self._between(a, b)):
            if m.kind == "organisation" and not _is_media(m) and self.folded[m.start - 1 : m.start] in ("与", "同", "和", "跟") and m.start > a:
                partner = self._body(m, a)
                subject = self._subject_in(a, partner, parts[:index])
                return (subject, partner) if subject and subject.name != partner.name else (partner,)
        return None

    def _linked(self, a: int, b: int) -> Group | None:
        """Two bodies that 与 joins anywhere in a piece, or that deal with each other: 甲公司向乙公司购买."""
        bodies = [m for m in self._between(a, b) if not _is_media(m)]
        for index, (first, second) in enumerate(pairwise(bodies)):
            between = self.folded[first.end : second.start]
            middle = self._trim_end(first.end, second.start - 1) if between else first.end
            # 财政司|司长昨|与上海市副市长会面
            person = _PERSON.match(self.folded, first.end, middle)
            whole = middle == first.end or (person is not None and middle - person.end() <= 4 and not self._links(first.end, middle))
            if between and between[-1] in "与和同跟向" and whole:
                for following in bodies[index + 2 :]:
                    if second.kind != "region" or following.start != second.end:
                        break
                    second = following  # 日本|静冈县
                return self._body(first, a), self._body(second, a)
        return None

    def _distinct(self, a: int, b: int) -> list[Side]:
        found: dict[str, Side] = {}
        for m in self._between(a, b):
            if m.kind == "organisation" and not _is_media(m):
                side = self.side(m)
                found.setdefault(side.name, side)
        toward = _TOWARD.search(self.folded, a, b)
        if toward and len(found) == 1 and not self._between(*toward.span("who")):
            side_ = self._party(*toward.span("who"), strict=True)
            if side_:
                found.setdefault(side_.name, side_)
        return list(found.values())

    def _elided(self, before: list[tuple[int, int]]) -> list[Group]:
        """A clause that names nobody (…,并签署协议): the subject of the clauses before it in the sentence."""
        for x, y in reversed(before):
            head = self._chain_at_head(x, y)
            if head and (head[1] or len(head[0]) > 1):
                return [head[0]]
            if head:
                linked = self._linked(x, y)
                return [linked] if linked and linked[0].name == head[0][0].name else [head[0]]
        return []

    # ---- other places where parties stand -------------------------------------------------------------------------------

    def named_between(self, verb: int, agreement: int, start: int, earlier: Group) -> list[Group]:
        """签署了甲市与乙公司(的)战略合作协议, 签署两国协议, 签署与乙公司的协议."""
        pair = self._pair_in(verb, agreement)
        if pair:
            return [tuple(self._of_codes(pair))]
        end = agreement
        folded = self.folded
        while end > verb and (folded[end - 1] in "的之" or folded.startswith("间", end - 1)):
            end -= 1
        links = self._links(verb, end)
        bodies = self._between(verb, end)
        if not links or not bodies or folded.find(",", verb, end) >= 0:
            return []
        if bodies[-1].end != end:
            return []
        if folded[slice(*links[0])] in _PARTNER and not folded[verb : links[0][0]].strip("了过有"):
            partner = self._party(links[0][1], end, strict=True)
            if partner:
                subject = self._subject_before(start, verb, partner, earlier)
                return [(subject, partner)] if subject else [(partner,)]
        chain, _, open_left = self._chain(verb, end, nominal=True)
        return [tuple(chain)] if len(chain) >= 2 and not open_left else []

    def _subject_before(self, start: int, end: int, partner: Side, earlier: Group) -> Side | None:
        parts = self._parts(start, end)
        return self._subject(parts[-1][0], partner, parts[:-1], earlier) if parts else None

    def with_partner(self, start: int, agreement: int, earlier: Group) -> list[Group]:
        """此前披露的|与乙公司的合资备忘录, 甲与乙的协议, 与乙公司洽谈中的合约: parties that stand before a name without a verb."""
        end = agreement
        while end > start and self.folded[end - 1] in "的之间":
            end -= 1
        if end == agreement:
            return []
        talks = IN_TALKS.search(self.folded, max(start, end - 6), end)
        end = talks.start() if talks else end
        a, b = self._parts(start, end)[-1]
        chain, _, open_left = self._chain(a, b, nominal=False)
        if len(chain) == 1 and open_left:
            subject = self._subject(a, chain[0], self._parts(start, end)[:-1], earlier) or self._main_body(a, chain[0])
            return [(subject, chain[0])] if subject else [tuple(chain)]
        return [tuple(chain)] if len(chain) > 1 else []

    def sides_in(self, agreement: Mention) -> Group:
        """The parties that a name itself holds: 台|欧|双边投资协定, 《甲市乙市合作框架协议》, 《甲公司与乙公司之收购协议》."""
        first = bisect_left(self._body_starts, agreement.start)
        last = bisect_left(self._body_starts, agreement.end)
        inner = outermost([m for m in self._bodies[first:last] if m.end <= agreement.end])
        chain: list[Side] = []
        for m in inner:
            if chain and not _IN_TITLE.fullmatch(self.folded[chain[-1].end : m.start]):
                break
            if not chain and m.start - agreement.start > 1:
                break
            chain.append(self.side(m))
        return tuple(chain) if len(chain) > 1 else ()

    # ---- issuers ----------------------------------------------------------------------------------------------------------

    def issuer_in(self, agreement: Mention) -> Group:
        """The issuer that a title begins with: 《国务院办公厅关于印发…的通知》."""
        index = bisect_left(self._body_starts, agreement.start)
        for m in self._bodies[index : index + 2]:
            if m.kind == "organisation" and m.start - agreement.start <= 1 and self.folded.startswith(("关于", "印发"), m.end):
                return (self.side(m),)
        return ()

    def issuers(self, start: int, verb: int, *, relative: bool) -> Group:
        """Who issues: the bodies right before the verb, or the subject of the clause before; none where the words say nobody.

        Args:
            start: The start of the clause.
            verb: Where the verb begins.
            relative: The verb belongs to the document (今年印发的《…》): a clause before it acts for itself.
        """
        parts = self._parts(max(start, verb - REACH), verb)
        a, b = parts[-1]
        if relative:
            marks = [m.end() for m in _BASED_ON.finditer(self.folded, a, b) if not self.inside(m.start())]
            a = marks[-1] if marks else a
            parts = parts if not marks else []
        end = self._trim_end(a, b)
        links = self._links(a, end, _TOGETHER)
        edges = [a, *(y for x in links for y in x), end]
        segments = list(zip(edges[::2], edges[1::2], strict=True))
        chain: list[Side] = []
        for index in range(len(segments) - 1, -1, -1):
            side = self._party(*segments[index], strict=True)
            if side is None or side.codes or (side.mention is None and not _ORGANISATION_END.search(side.name)):
                break
            chain.insert(0, side)
        if chain:
            return tuple(chain)
        pair = self._pair_in(a, end)
        if pair:
            return tuple(self._of_codes(pair))
        if end > self._trim_start(a, end) and (relative or self._between(a, end)):
            head = self._chain_at_head(a, end)
            return head[0] if head and not relative else ()
        for x, y in reversed(parts[:-1]):
            head = self._chain_at_head(x, y)
            if head:
                return head[0]
        return ()

    def beside(self, agreement: Mention) -> Group:
        """国务院|《关于…的意见》: the body that stands right before a title."""
        body = self._ending.get(agreement.start)
        return (self.side(body),) if body is not None and body.kind == "organisation" and not _is_media(body) else ()


_ANAPHOR_HEAD = re.compile(_ANAPHOR.pattern.removesuffix("$"))
_MEANWHILE = re.compile(r"[\s,]*(?:期间|其间)[,]?(?=[\u4e00-\u9fff])")  # 赴外地招商,期间|两地企业签订…: others act now
# 与乙公司|洽谈中|的合作备忘录, 研议中|的与乙公司的合作备忘录: it is still to be signed.
IN_TALKS = re.compile(r"(?:洽谈|洽商|洽签|商谈|商议|磋商|谈判|协商|协议|研议|拟议|讨论|酝酿|筹划|筹备)之?中$")
_IN_TITLE = re.compile(r"与|和|同|及|、|—|-|")
_TOWARD = re.compile(
    r"向(?:[\u4e00-\u9fff]{0,4}(?:厂商|车厂|企业|供应商|商))?(?P<who>[\u4e00-\u9fffA-Za-z0-9]{2,16}?)(?:购买|采购|订购|出售|供应|提供|收购|购入|租用)"
)
# What comes between who acts and a document that somebody issued before: 解读今年5月印发的《…》.
_BASED_ON = re.compile(r"解读|落实|按照|根据|依据|依照|贯彻|执行|学习|宣传|遵循|围绕|结合|对照|响应|配合|符合|符合|参照")


def identity(mention: Mention) -> str | None:
    """What makes two mentions of a body one: the code of a place, the name of an organisation."""
    value = mention.value
    if isinstance(value, RegionValue):
        return f"region|{value.code}" if value.code else None
    if isinstance(value, OrganisationValue):
        return f"organisation|{value.name}"
    return None


def _start_then_longest(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.kind


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions by start, then longest first."""
    return sorted(mentions, key=_start_then_longest)


def outermost(mentions: list[Mention]) -> list[Mention]:
    """The mentions that no other of the list encloses, in order."""
    kept: list[Mention] = []
    for m in in_order(mentions):
        if not kept or not kept[-1].covers(m):
            kept.append(m)
    return kept


def _is_media(mention: Mention) -> bool:
    return isinstance(mention.value, OrganisationValue) and mention.value.type == "media"


def _pairs(chain: list[Side], betweens: list[str]) -> list[Group]:
    """甲与乙、丙,丁与戊: (甲乙) (甲丙) (丁戊); 甲、乙分别与丙: (甲丙) (乙丙); 甲、乙分别与丙、丁: (甲丙) (乙丁)."""
    links = [i for i, between in enumerate(betweens) if between not in ("、", ",")]
    if len(links) == 1 and links[0] and 2 * (links[0] + 1) == len(chain):
        return list(zip(chain[: links[0] + 1], chain[links[0] + 1 :], strict=True))
    waiting: list[Side] = [chain[0]]
    left: Side | None = None
    groups: list[Group] = []
    for i, between in enumerate(betweens):
        following = chain[i + 1]
        if between in ("、", ","):
            links_on = i + 1 < len(betweens) and betweens[i + 1] not in ("、", ",")
            if left is None or links_on:
                if links_on and left is not None:
                    waiting, left = [], None
                waiting.append(following)
            else:
                groups.append((left, following))
        else:
            groups += [(side, following) for side in waiting]
            left = waiting[-1] if waiting else left
            waiting = []
    return groups
