"""The subject of a clause: the bodies at its head."""

import re

from jianbao.resolvers.parties.bodies import is_media
from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.party import BELONGING, Parties
from jianbao.resolvers.parties.sides import Group, Side
from jianbao.resolvers.parties.trim import Trim
from jianbao.resolvers.parties.view import View
from jianbao.text import Mention

_THING_OF_PLACE = re.compile(
    r"项目|市场|工厂|基地|园区|港口|机场|企业|产业|经济|居民|市民|工程|地区|厂区|段|站|(?:(?![与和同跟及、将已日在由向方])[\u4e00-\u9fff0-9]){1,8}?(?:企业|商会|高校|院校|厂商|业者)(?=[与和同跟及、将已在日,]|$)"
)
_COMMISSIONED = re.compile(r"(?:委托|委由|授权|隶属|受|由)")
_LONGEST_LEAD, _LONGEST_TRADE = 6, 14  # characters before a body
_TRADES = ("商", "业者", "龙头", "巨头", "大厂", "企业", "公司", "集团", "平台", "品牌", "机构")
# 甲大学获支持,成立|乙联盟,与丙签署: what somebody founds or buys does not act.
_OBJECT_OF = re.compile(r"(?:成立|设立|组成|组建|筹建|筹组|共建|合办|创立|创办|收购|并购|入股|参股|加入|退出)了?$")
_LEADS = re.compile(r"牵头|主导|出面|负责")


class Heads:
    """Who acts in a clause."""

    def __init__(self, view: View, names: Names, trim: Trim, parties: Parties) -> None:
        self._view, self._folded = view, view.folded
        self._names, self._trim, self._parties = names, trim, parties

    def of(self, a: int, b: int) -> tuple[Group, bool] | None:
        """The subject of a piece: the body, or the bodies joined by 与, at its head."""
        first = self._trim.start(a, b)
        bodies = [m for m in self._view.between(first, b) if not is_media(m)]
        if bodies and bodies[0].kind == "region" and _THING_OF_PLACE.match(self._folded, bodies[0].end):
            return None  # 顺德|项目
        while len(bodies) > 1 and bodies[0].start == first and self._owns(bodies[0], bodies[1]):
            first = bodies[1].start
            bodies = bodies[1:]
        of_clause = next((m for m in bodies[1:] if self._folded[m.start - 1] == "的"), None)
        if of_clause and bodies[0].start != first and _COMMISSIONED.match(self._folded, first):
            first, bodies = of_clause.start, bodies[bodies.index(of_clause) :]  # 委托甲大学经营的|乙医院
        if not bodies or (bodies[0].start != first and not self._described(first, bodies[0].start)):
            return None
        chain = [bodies[0]]
        linked = False
        for m in bodies[1:]:
            between = self._folded[chain[-1].end : m.start]
            middle = self._trim.end(chain[-1].end, m.start - 1) if between else m.start
            letters = not between and m.kind == chain[-1].kind == "region" and m.end - m.start == chain[-1].end - chain[-1].start == 1
            if letters:
                chain.append(m)  # 台|美
            elif not between and m.kind == "organisation":
                chain[-1] = m  # 鸿海|富士康, 株洲市|市政府
            elif not between and chain[-1].kind == "region":
                chain[-1] = m
            elif between and between[-1] in "与和同跟、及" and middle == chain[-1].end and len(between) <= 14:
                chain.append(m)
                linked = linked or between[-1] != "、"
            else:
                break
        sides = tuple(self._parties.body(m, a) for m in chain)
        if any(s.codes for s in sides):
            return tuple(self._names.of_codes(next(s for s in sides if s.codes))), True
        return sides, linked and len(sides) > 1

    def _owns(self, owner: Mention, body: Mention) -> bool:
        """顺丰控股旗下|嘉里物流, 珠海的|格力集团: who acts is the second."""
        between = self._folded[owner.end : body.start]
        if body.kind != "organisation":
            return False
        return between == "的" if owner.kind == "region" else BELONGING.fullmatch(between) is not None

    def _described(self, first: int, body: int) -> bool:
        """Whether the words before a body say what it is, or are few: 离岸风电开发商|风睿能源集团."""
        words = self._folded[first:body]
        near = len(words) <= _LONGEST_LEAD or (len(words) <= _LONGEST_TRADE and words.endswith(_TRADES))
        return near and self._no_preposition(first, body) and not _OBJECT_OF.search(words)

    def _no_preposition(self, a: int, b: int) -> bool:
        return not any(c in "在于从向对到赴与和以为" for c in self._folded[a:b])

    def leader(self, a: int, b: int) -> Side | None:
        """项目由甲公司|牵头,与乙区政府签订…: who acts, although the clause has another subject."""
        for m in self._view.between(a, b):
            if _LEADS.match(self._folded, m.end) and "由" in self._folded[max(a, m.start - 8) : m.start]:
                return self._names.side(m)
        return None
