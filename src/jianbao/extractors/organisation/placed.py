"""Names from their place on, whatever words make the brand: 北京|东方银联投资管理有限公司."""

import re

from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.words import CONJUNCTIONS, Head, Words

_LONGEST_BRAND = 12  # characters between a legal name's place and what the walk makes of its rest
_BRAND_CHARACTER = re.compile(r"[\u3400-\u9fff\uf900-\ufaffA-Za-z0-9]")
# What no brand holds: between a place and a legal form it shows that the name begins later (上海的…, 在北京设立…).
_ENDS_BRAND = re.compile(
    r"的|[这那一两几各]家|省|市[委长]|政府|公司|集团|银行|设立|成立|收购|投资设|控股的|参股|增资|签[署订约]|委托|购买|出售|起诉|要求|表示|宣布|公告|全资|旗下|"
    r"召开|举行|举办|参加|加入|走访|考察|来自|出席|邀请|所属|知名|首家|唯一|最大|多家|"
    r"记者|企业|上市|方面|地区|等地|两地|认购|持有|支付|获得|中标|书记|主席|总裁|经理|董事|代表|通过|作为|成为|以及|隶属|位于|总部|注册"
)
_ENDS_BRAND_WORDS = frozenset("与和及或在由向对将于了是为把给被从该此其")
_ENDS_PLAIN_BRAND_WORDS = frozenset("同开")  # the same before a head that is no legal form: 文物局|同|发展局, 海南|开|旅游公司


class PlacedNames:
    """Names that a place begins and a legal form or an office ends."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def build(self, view: View, start: int, end: int, head: Head) -> Candidate | None:
        """A legal name from its place on, whatever words make its brand: 北京|东方银联投资管理有限公司, 广西|祥和顺远洋捕捞有限公司.

        None where no place stands close before `start`, or a word between them ends names (上海|收购…).
        """
        folded, boundaries = view.folded, view.boundaries
        longest = _LONGEST_BRAND if head.legal else _LONGEST_BRAND // 2
        floor = start - longest if start > longest else 0
        if view.place_ends.keys().isdisjoint(range(floor, start)):
            return None
        for place_end in range(start - 1, floor - 1, -1):
            if not _BRAND_CHARACTER.match(folded, place_end):
                return None
            if place_end not in view.place_ends or not (boundaries[place_end] or boundaries[view.place_ends[place_end][0][0]]):
                continue
            between = folded[place_end:start]
            if _ENDS_BRAND.search(between):
                return None
            first = view.chain(place_end)
            if head.type == "government" and any(
                position in view.bodies and view.bodies[position].start <= first for position in range(place_end + 1, start)
            ):
                return None  # 福建省商务厅|黄河明|厅长, 香港科技大学|与招商|局: the place begins another body
            position = place_end
            while position < start:
                following = boundaries.find(1, position + 1, start)
                word = folded[position : following if following >= 0 else start]
                fields_joined = head.type == "government" and word in CONJUNCTIONS and position > place_end  # 住房保障|和|房屋管理局
                if (
                    (word in _ENDS_BRAND_WORDS and not fields_joined)
                    or (word in _ENDS_PLAIN_BRAND_WORDS and not head.legal)
                    or (len(word) > 1 and self._words.kind(word) == "edge")
                ):
                    return None
                position += len(word)
            entry = view.place_ends[place_end][0][1]
            return Candidate(first, end, head.type, "organisation.head", (head.id,), None, entry.code, weight=1)
        return None
