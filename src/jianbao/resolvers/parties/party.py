"""The party that a few words name: a body, a person of one, or the words themselves."""

import re

from jianbao.resolvers.parties.bodies import disjoint, is_media, is_pair
from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.officers import Officers
from jianbao.resolvers.parties.shapes import Shapes
from jianbao.resolvers.parties.sides import Side
from jianbao.resolvers.parties.trim import Trim
from jianbao.resolvers.parties.view import BRACKET, View
from jianbao.resolvers.parties.words import ANAPHOR, HONORIFIC, LONGEST_NAME, ORGANISATION_END, OWNER, ROLE, Words
from jianbao.text import Mention

_SOMEONE = re.compile(
    r"(?:相关|有关|对口|结对|友好|周边|当地|部分)?(?:结对|合作|协作)?(?:地区|城市|企业|单位|部门|高校|机构|县市|市县|政府|政府部门|商家|厂商|院校)$|(?:政府|当局|方|方面|党政|官方)$"
)
# Words before a name that say what the body is: 大陆国企|中曜矿业, 旗下全资子公司|…. What stands before them is no part of the name.
_DESCRIBES = re.compile(
    r"(?:企业|国企|央企|民企|台企|港企|公司|集团|巨头|龙头|厂商|商|厂|机构|平台|旗下|控股|股东|上市|品牌|强|最大|知名|著名|的|所属|下属|属下|辖|位|方|业者)$"
)
BELONGING = re.compile(r"(?:\([^()]{1,16}\))?(?:旗下|属下|辖下)的?(?:全资|控股|上市)?(?:子公司|公司|企业)?")
_OF_BRANCH = re.compile(r"\) ?[\u4e00-\u9fff]{0,6}(?:有限(?:责任)?公司|公司)")
_ALSO = re.compile(r"(?:会|式|仪式|活动|论坛|礼)暨")  # 启动会暨|济南学院
_UNNAMED = re.compile(r"[一二两三几多数0-9]+[家间个所名]的?$")
_LONGEST_BRAND = 8
_TOWN = re.compile(r"(?:[\u4e00-\u9fff]{1,4}郡)?[\u4e00-\u9fff]{1,4}?町(?![\u4e00-\u9fff]?议)")  # 日本青森县|北津轻郡绿丘町
_NATURAL = re.compile(r"(?:新增)?自然人(?:股东)?(?P<who>[\u4e00-\u9fff]{2,4})")
_GENERIC = re.compile(r"[\u4e00-\u9fff]{1,2}(?:公司|企业|集团|机构|平台|品牌)|.*(?:家|多个).*")  # 旗下电讯公司 is told by its owner alone


_BOTH_GOVERNMENTS = re.compile(r"(?:两[国省市县区地岸]|双方)?(?:(?:人民)?(?P<of>政府))?")


class Parties:
    """Reads one party."""

    def __init__(self, view: View, words: Words, names: Names, shapes: Shapes, trim: Trim, officers: Officers) -> None:
        self._view, self._folded = view, view.folded
        self._words, self._names, self._shapes, self._trim, self._officers = words, names, shapes, trim, officers

    def between(self, start: int, end: int, *, strict: bool) -> Side | None:
        """The party that the words from `start` to `end` name; a `strict` reader takes unknown words only where they look like a name."""
        end = self._trim.end(start, end)
        if end <= start:
            return None
        folded = self._folded
        if folded.find("暨", start, end) >= 0 and (also := _ALSO.search(folded, start, end)) and end - also.end() > 1:
            start = also.end()
        bodies = [m for m in self._view.between(start, end) if not is_media(m)]
        if bodies:
            last = bodies[-1]
            tail = folded[last.end : end]
            if not tail:
                return self._left_of_body(bodies, start) or self._before_place(bodies, start) or self.body(last, start)
            bracket = BRACKET.match(tail)
            if bracket:
                tail = tail[bracket.end() :]
            branch = self._branch(start, last, end)
            if branch:
                return branch
            owner = OWNER.fullmatch(folded, end - len(tail) + len(tail) - len(tail.lstrip("”)")), end)
            if owner:
                who = HONORIFIC.sub("", owner["who"])
                return Side(None, who, owner.start("who"), owner.start("who") + len(who), known=False)
            if self._officers.follows(end - len(tail), end):
                return self.body(last, start)
            if last.kind == "region" and (both := _BOTH_GOVERNMENTS.fullmatch(tail)) and self._is_letter(last):
                return Side(last, self._names.side(last).name + (both["of"] or ""), last.start, end)
            if _SOMEONE.fullmatch(tail):
                if _UNNAMED.search(folded, max(start, last.start - 4), last.start):
                    return None  # 一家澳门企业
                if tail == "方" and self._is_letter(last):
                    return self._names.side(last)  # 中|方
                whole = last.kind == "region" and not self._is_letter(last)  # 浙江省|有关企业, but 美|企
                name = self.body(last, start).name + tail if whole else folded[last.start : end]
                return Side(last, name, last.start, end, known=False)
            belonging = BELONGING.match(folded, last.end, end) if last.kind == "organisation" else None
            if (
                belonging
                and end - belonging.end() >= 3
                and self._shapes.name_like(belonging.end(), end, strict=False)
                and not _GENERIC.fullmatch(folded, belonging.end(), end)
            ):
                return Side(None, folded[belonging.end() : end], belonging.end(), end, known=False)  # 甲集团旗下|石化机械
            officer = self._officers.body_of(last.start, end) if last.kind == "region" and not last.deictic else None
            if officer:
                return officer  # 台湾|植物油公会|理事长洪大昆
            if not last.deictic and not is_pair(last) and self._shapes.name_like(last.end, end, strict=False):
                return self._extended(last, end, start)
            after = self._shapes.after_verb(last.end, end)  # 宁波银行还助力|晴川能源
            if (
                last.end < after
                and end - after >= 3
                and ORGANISATION_END.search(folded, after, end)
                and self._shapes.name_like(after, end, strict=True)
            ):
                return Side(None, folded[after:end], after, end, known=False)
            return None
        start = self._trim.start(start, end)
        officer = self._officers.body_of(start, end)
        if officer or self._officers.alone(start, end):
            return officer or Side(None, folded[start:end], start, end, known=False)
        possessive = folded.rfind("的", start, end)
        if possessive >= 0 and end - possessive > 2:
            start = possessive + 1
        role = ROLE.match(folded, start, end)
        if role and end - role.end() >= 2:
            start = role.end()
        start = self._shapes.after_verb(start, end)
        owner = OWNER.fullmatch(folded, start, end) or _NATURAL.fullmatch(folded, start, end)
        if owner:
            start, end = owner.start("who"), owner.start("who") + len(HONORIFIC.sub("", owner["who"]))
        if end - start < 2 or not self._shapes.name_like(start, end, strict=strict) or ORGANISATION_END.fullmatch(folded, start, end):
            return None
        if ANAPHOR.fullmatch(folded, start, end):
            return None
        name = folded[start:end].strip("“” ")
        known = self._names.named.get(name) or self._names.company_of(name)
        return self._names.side(known, start) if known else Side(None, name, start, end, known=False)

    def _branch(self, start: int, place: Mention, end: int) -> Side | None:
        """昌泽包装(甲市)有限公司, which no extractor found."""
        folded = self._folded
        opening = place.start - 1
        if place.kind != "region" or folded[opening : place.start] != "(" or not _OF_BRANCH.fullmatch(folded, place.end, end):
            return None
        brand = start + len(folded[start:opening].rstrip())
        first = self._trim.start(start, brand)
        first = first if brand - first <= _LONGEST_BRAND else self._shapes.after_verb(first, brand)
        return Side(None, folded[first:end], first, end, known=False) if 2 <= brand - first <= LONGEST_NAME else None

    def glued_place(self, side: Side, start: int) -> Side | None:
        """The other of two places that nothing joins: 中 before 意(两国政府)|签署, 株洲市 before 湘潭市."""
        last = side.mention
        if last is None or last.kind != "region" or side.start != last.start:
            return None
        partner = self._view.ending.get(last.start)
        if partner is None or partner.start < start or partner.kind != "region":
            return None
        if not self._is_letter(last) and not self._is_letter(partner) and disjoint(partner, last):
            return self.body(partner, start)
        if not self._is_letter(last) or not self._is_letter(partner):
            return None
        place = self._names.side(partner)
        government = side.name.removeprefix(self._names.side(last).name)
        if government not in ("", "政府"):
            return None
        return place._replace(name=place.name + government) if government else place

    def _is_letter(self, mention: Mention) -> bool:
        return mention.end - mention.start == 1 and not mention.deictic

    def body(self, last: Mention, start: int) -> Side:
        """The body with the places glued before it: 浙江省|德清市 is one party, 绍兴市|农业局 is the second alone."""
        side = self._names.side(last)
        first = last.start
        town = _TOWN.match(self._folded, last.end) if last.kind == "region" and not last.deictic else None
        if town:
            side = Side(None, side.name + town[0], last.start, town.end(), known=False)
        place = self._view.ending.get(first)
        glued = last.kind == "organisation" and place is not None and place.kind == "region" and place.start >= start and not place.deictic
        if glued and place and self._folded[first] in "省市县区州" and self._folded[first - 1] not in "省市县区州":  # 中山|市政府
            return Side(last, self._folded[place.start : last.end], place.start, last.end)
        while last.kind == "region" and (before := self._view.ending.get(first)) is not None and before.start >= start and before.kind == "region":
            if before.deictic or is_pair(before) or before.end - before.start == 1 or disjoint(before, last):
                break  # 皖|苏, 芜湖市|马鞍山市 are two
            side = side._replace(name=self._folded[before.start : before.end] + side.name, start=before.start)
            first = before.start
        return side

    def _left_of_body(self, bodies: list[Mention], start: int) -> Side | None:
        """潮州市|文化广电旅游|体育局: a body of which only the end was found, its place at the head of the words."""
        last = bodies[-1]
        if last.kind != "organisation":
            return None
        if len(bodies) == 1:  # 中山|市政府, where 中山 may be a name of something else
            first = self._trim.start(start, last.start)
            if (
                self._folded[last.start] in "省市县区州镇乡"
                and 2 <= last.start - first <= 4
                and self._shapes.name_like(first, last.start, strict=False)
            ):
                return Side(None, self._folded[first : last.end], first, last.end, known=False)
            return None
        place = bodies[-2]
        gap = (place.end, last.start)
        words = self._folded[slice(*gap)]
        if place.kind != "region" or place.deictic or not words or len(words) > 12 or _DESCRIBES.search(words) or self._words.person.match(words):
            return None
        if not self._shapes.name_like(*gap, strict=False):
            return None
        return Side(None, self._folded[place.start : last.end], place.start, last.end, known=False)

    def _before_place(self, bodies: list[Mention], start: int) -> Side | None:
        """中银资管|香港, 恒睦|香港: a branch that is named after its place."""
        place = bodies[-1]
        if place.kind != "region" or place.deictic:
            return None
        body = self._view.ending.get(place.start)
        if body is not None:
            return Side(None, self._folded[body.start : place.end], body.start, place.end, known=False) if body.kind == "organisation" else None
        if len(bodies) > 1:
            return None
        first = self._shapes.after_verb(self._trim.start(start, place.start), place.start)
        role = ROLE.match(self._folded, first, place.start)
        first = role.end() if role else first
        if not 2 <= place.start - first <= 6 or not self._shapes.name_like(first, place.start, strict=True):
            return None
        words = self._shapes.cut(first, place.start)
        if any(len(w) > 1 and self._words.pos(w) not in ("nz", "nr", "nrt", "nrfg", "nt") for w in words):
            return None
        return Side(None, self._folded[first : place.end], first, place.end, known=False)

    def _extended(self, last: Mention, end: int, start: int) -> Side:
        """A name of which only the head is known: 日本|北阳制铁, 深圳|泓泽. Where the article also prints it without the place, so does the party."""
        tail = self._folded[last.end : end]
        if last.kind == "region":
            known = self._names.named.get(tail)
            if known is not None:
                return self._names.side(known, last.end)
            if len(tail) >= 3 and self._folded.count(tail) > 1 and self._folded.count(self._folded[last.start : end]) < self._folded.count(tail):
                return Side(None, tail, last.end, end, known=False)
        first = last.start
        while (before := self._view.ending.get(first)) is not None and before.start >= start and before.kind == "region" and not before.deictic:
            first = before.start
        return Side(None, self._folded[first:end], first, end, known=False)
