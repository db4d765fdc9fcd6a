"""What says when, where and how is taken off the words around a party."""

import re

from jianbao.resolvers.parties.bodies import is_pair
from jianbao.resolvers.parties.view import BRACKET, View
from jianbao.resolvers.parties.words import Words, before_apposition

# 甲、乙等29家企业, 甲、乙等企业, 天水市6个地区: a count or what they are closes a list.
_COUNT = re.compile(
    r"(?:等[^,。;:、与和同跟及]{0,6}(?:公司|企业|单位|机构|高校|院校|大学|厂商|车企|药企|券商|银行|集团|部门|政府|国家|地区|城市|省份|[国省市县区])|等(?:[0-9一二两三四五六七八九十百余多数几]{0,5}[个家所名位国方省市县区部大][\u4e00-\u9fff]{0,8})?|[0-9一二两三四五六七八九十百]{1,4}个(?:地区|市|县|区|州|县市|县区|市县|省份|乡镇)|(?<![第年月日])[0-9二两三四五六七八九十百]{1,3}(?:省市区?|省区市?|[省市县区国](?![长委政])|地区?))$"
)
_WHERE_END = re.compile(r"(?:上|中|下|期间|现场|之际|仪式|会议室|酒店|总部|宾馆|饭店|场合|大厦|大会堂|礼堂|线上|云端|举行|召开|举办|内|时|后|前)$")
_WHERE_LETTERS = frozenset("上中下间场际式室店部馆合厦堂端行开办内时后前")
_MEANS = re.compile(r"(?:以|通过|采取|采用|透过|经)[^,。;、与和]{1,16}(?:方式|形式|模式|渠道|平台|视频|视讯)$")
# 甲公司|牵头的财团, 以甲公司|为首的买方财团, 甲、乙|组成的联合体: who is in it signs.
_CONSORTIUM = re.compile(
    r"(?:牵头|领衔|领军|领头|带头|为首|为主|主导|率领|组成|组建|合组|筹组|成立|牵头组成|牵头组建)的?[\u4e00-\u9fff]{0,4}(?:财团|联合体|联营体|银团|投标团|联合团队)$"
    r"|(?:牵头|领衔|为首|主导)的?[0-9一二三四五六七八九十多数]{1,3}家[\u4e00-\u9fff]{2,6}$"
)
_PLACE_WORD = re.compile(r"(?:在|于|赴|到|至|抵|来到|前往|抵达|飞抵|位于|走进|落户)$")
# (甲、乙及)丙|3家公司: only after others; 皖苏|两家企业 are nobody.
_MEMBERS = re.compile(
    r"(?<![第年月日])[0-9二两三四五六七八九十百]{1,3}[余多]?[家所间个](?:公司|企业|单位|机构|银行|院校|高校|大学|学校|医院|厂商|部门)$"
)
_JOINS = ("、", "及", "和", "与")
_COUNTED_LETTERS = frozenset("省市县区国地司业位构行校学院商门")  # the last of what _COUNT counts
_LONGEST_VENUE = 30
_NO_VENUE = re.compile(r"[与和同跟及、,。;:的了就]")
# 【明报专讯】, (中央社台北3日电): what stands in brackets at the head of a clause.
_BYLINE = re.compile(rf"{BRACKET.pattern}|【[^【】\n]{{0,80}}】|〔[^〔〕\n]{{0,80}}〕")
# What may stand at the head of a clause before its subject.
_LEAD_IN = re.compile(
    r"(?:[\s,:、】)〕”“]|[一二三四五六七八九十]{1,2}、|[(]?[0-9]{1,2}[.)、]|据(?:了解|悉|介绍|报道|公告|披露|透露)?|根据|由|以|经|而|则|又|还|并|也|另|其中|此外|另外|同时|随后|随即|之后|此次|这次|今次|此前|早前|其后|期间|目前|"
    r"截至目前|如今|现场|当场|会上|会后|会前|席间|会议期间|活动现场|活动中|活动上|活动期间|仪式上|签约仪式上|签约现场|大会上|论坛上|上午|下午|晚间|晚上|傍晚|清晨|凌晨|盘后|"
    r"[^,。;、]{0,14}(?:方面|部分|市场方面|层面)(?=,)|公告(?:显示|称|指)|本报讯|本报消息|消息)"
)
# A day beside its date: 昨(十四)日, 本月8日.
_DAY = re.compile(r"(?:昨|今|前|本月|上月|当月)?(?:\([0-9一二三四五六七八九十廿卅]{1,3}\)|[0-9一二三四五六七八九十廿卅]{1,3})日$|[昨今]天?$")


class Trim:
    """Where a party may end and begin."""

    def __init__(self, view: View, words: Words) -> None:
        self._view, self._folded = view, view.folded
        self._words = words

    def end(self, start: int, end: int) -> int:
        """`end` without what says when, where and how: 乙公司|昨日在北京正式."""
        folded, view = self._folded, self._view
        ending, boundaries = view.ending, view.boundaries
        while end > start:
            body = ending.get(end)
            if body is not None and body.start >= start:
                first = body.start
                listed = ending.get(first)
                if is_pair(body) and listed is not None and start <= listed.start < first - 1 and listed.kind == "region":
                    end = first  # 长春、吉林|两市
                    continue
                first = self._apposed(first, start)
                while (glued := ending.get(first)) is not None and glued.start >= start:
                    first = self._apposed(glued.start, start)
                place = _PLACE_WORD.search(folded, max(start, first - 2), first)
                if place is None or view.inside(place.start()) or not boundaries[place.start()]:
                    return end
                end = place.start()
                continue
            at = max(folded.rfind("在", max(start, end - 24), end), folded.rfind("于", max(start, end - 24), end))
            if at > start and view.starts_body(at + 1) and boundaries[at] and not view.inside(at) and "的" not in folded[at:end]:
                end = at  # 于丹麦城市罗斯基勒
                continue
            letter = folded[end - 1]
            if letter in ",-—”" or letter.isspace():
                end -= 1
                continue
            if letter in ")]":
                opening = folded.rfind("(" if letter == ")" else "[", start, end)
                if opening < 0:
                    return end
                end = opening
                continue
            # Each pattern is asked only where its last letter, or a word that it must hold, stands.
            if letter in "团体队" or folded.find("家", max(start, end - 7), end) >= 0:
                consortium = _CONSORTIUM.search(folded, max(start, end - 16), end)
                if consortium and not view.inside(consortium.start()):
                    end = consortium.start()
                    continue
            date = view.dates.get(end)
            if date is not None and date.start >= start:
                end = date.start
                if end > start and folded[end - 1] in "于在自从至" and not view.inside(end - 1):
                    end -= 1
                continue
            if letter in "日昨今天":
                day = _DAY.search(folded, max(start, end - 9), end)
                if day and day.start() > start and not view.inside(day.start()):
                    end = day.start()
                    continue
            if letter in _WHERE_LETTERS and _WHERE_END.search(folded, max(start, end - 6), end):
                at = max(folded.rfind("在", start, end), folded.rfind("于", start, end))
                if at >= 0 and end - at <= 36 and not view.inside(at) and boundaries[at]:
                    end = at
                    continue
            aside = self._words.aside_before(folded, max(start, end - 8), end)
            if aside == end and ("等" in (tail := folded[max(start, end - 18) : end]) or "个" in tail or letter in _COUNTED_LETTERS):
                count = _COUNT.search(folded, max(start, end - 18), end)
                if count is None and folded[start - 1 : start] in _JOINS:
                    count = _MEMBERS.search(folded, max(start, end - 10), end)
                aside = count.start() if count else end
            if aside < end and (end - aside > 1 or boundaries[aside]) and not view.inside(aside):
                end = aside
                if end > start and folded[end - 1] in "于在" and boundaries[end - 1] and not view.inside(end - 1):
                    end -= 1
                continue
            if letter in "式道台频讯":
                means = _MEANS.search(folded, max(start, end - 26), end)
                if means and not view.inside(means.start()):
                    end = means.start()
                    continue
            venue = folded.rfind("在", max(start + 1, end - _LONGEST_VENUE), end)
            if venue > start and boundaries[venue] and boundaries[venue + 1] and self._is_venue(venue, end):
                end = venue
                continue
            return end
        return end

    def _is_venue(self, at: int, end: int) -> bool:
        """Whether the words from 在 on say where: 甲公司与乙公司|在综合体新闻中心."""
        folded, view = self._folded, self._view
        return not view.inside(at) and folded[at - 1] not in "与和同跟及、暨正仍" and not _NO_VENUE.search(folded, at + 1, end)

    def _apposed(self, first: int, start: int) -> int:
        """Where the words begin that say what a place is: 在(老挝)|首都|万象."""
        before = before_apposition(self._folded, start, first)
        return before if before < first and not self._view.inside(before) else first

    def start(self, start: int, end: int) -> int:
        """`start` without what may stand before a subject: 近日,|甲公司."""
        folded, view = self._folded, self._view
        limit = min(end, start + 60)  # dates further on are the words of others
        while start < end:
            if dated := view.date_from(start, limit):
                start = dated
                continue
            if folded[start] in "([【〔" and (bracket := _BYLINE.match(folded, start, end)):
                start = bracket.end()
                continue
            if view.starts_body(start):
                return start
            lead = _LEAD_IN.match(folded, start, end)
            after = lead.end() if lead else self._words.aside_at(folded, view.boundaries, start, end)
            if after == start:
                return start
            start = after
        return start
