"""Lists of parties: what 与, 和 and 、 join."""

import re
from itertools import pairwise

from jianbao.resolvers.parties.bodies import is_media
from jianbao.resolvers.parties.party import Parties
from jianbao.resolvers.parties.sides import Group, Side
from jianbao.resolvers.parties.trim import Trim
from jianbao.resolvers.parties.view import View
from jianbao.resolvers.parties.words import PARTNERS, Words

# 肯尼亚|交通(与通信部): a field of government, no office yet.
_FIELD = re.compile(
    r"(?![^,]*(?:[省市县区州]|政府|公司|集团|大学|学院|企业|商会|机构|单位|厂商|院校|高校|部门|客户|代表|方|长)$)[\u4e00-\u9fff]{2,6}"
)
_OFFICE_END = re.compile(r"[\u4e00-\u9fff]{2,}(?:部|局|署|厅|委员会)$")
_OFFICE_LETTERS = frozenset("部局署厅会")
_LONGEST_MINISTRY = 5  # segments at most
_LONGEST_FIELD = 12
# 与三所大学(甲大学、乙大学和丙大学): who they are stands in the brackets.
_LISTED = re.compile(
    r"[与和同跟及](?:[0-9一二两三四五六七八九十多数]{1,3}[余多]?[间家所个位名])[^,。;()与]{2,24}\((?:分别(?:为|是)|包括|即)?(?P<list>(?:[^()]|\([^()]{0,16}\)){4,120})\)[^,。;]{0,8}$"
)
_VENUE = re.compile(r"(?:中心|酒店|饭店|宾馆|大厦|大楼|会堂|礼堂|展馆|会馆|会展馆|广场|总部|会议室|会议厅|展览馆|园区)$")
_VENUE_LETTERS = frozenset("心店馆厦楼堂场部室厅区")
_TOPIC = re.compile(r"就|围绕|针对|有关|关于|为(?=[\u4e00-\u9fff]{2})")


class Chains:
    """Reads the parties that connectors join."""

    def __init__(self, view: View, words: Words, trim: Trim, parties: Parties) -> None:
        self._view, self._text, self._folded = view, view.text, view.folded
        self._words = words
        self._trim, self._parties = trim, parties

    def before(self, a: int, b: int, *, nominal: bool) -> tuple[list[Side], list[str], bool]:
        """The parties in a piece without commas, what stands between them, and whether 与 opens on the left (与乙签署)."""
        folded = self._folded
        listed = _LISTED.search(folded, a, b) if ")" in folded[max(a, b - 12) : b] else None
        if listed and not nominal and (members := self.before(*listed.span("list"), nominal=False)) and len(members[0]) > 1:
            more = self.before(a, listed.start(), nominal=False)
            between = [*more[1], folded[listed.start()]] if more[0] else []
            return [*more[0], *members[0]], [*between, *members[1]], more[2] and bool(more[0])
        b = self.nominal_end(a, b) if nominal else self._trim.end(a, b)
        b = b if nominal else self._before_venue(a, b)
        links = self._view.links(a, b)
        while links and links[-1][1] >= b:
            links.pop()  # 陈中|和: the end of a person's name
        hole: tuple[int, int] | None = None
        topic = next(
            (
                m
                for m in _TOPIC.finditer(folded, a, b)
                if not self._view.inside(m.start()) and self._view.boundaries[m.start()] and self._view.boundaries[m.end()]
            ),
            None,
        )
        if topic and not nominal:
            partners = [x for x in links if folded[slice(*x)] in PARTNERS]
            if any(x[0] < topic.start() for x in partners):
                b = self._trim.end(a, topic.start())
                links = [x for x in links if x[1] <= b]
            elif any(x[0] > topic.start() for x in partners):
                last = [x for x in partners if x[0] > topic.start()][-1]
                hole = (topic.start(), last[0])
                links = [x for x in links if x[0] < topic.start() or x[0] >= last[0]]
            elif topic.start() > a:
                b = self._trim.end(a, topic.start())
                links = [x for x in links if x[1] <= b]
        edges = [a, *(y for x in links for y in x), b]
        pieces = list(zip(edges[::2], edges[1::2], strict=True))
        segments = self._ministries(pieces)
        links = [(x[1], y[0]) for x, y in pairwise(segments)]
        chain: list[Side] = []
        betweens: list[str] = []
        for index in range(len(segments) - 1, -1, -1):
            first, last_ = segments[index]
            if hole and first <= hole[0] < last_:
                last_ = hole[0]
            whole = segments[index] not in pieces
            side = (
                self._ministry(first, last_)
                if whole
                else self._parties.between(first, last_, strict=nominal or index < len(segments) - 1 or len(segments) == 1)
            )
            if side is None or (nominal and side.mention is None):
                break
            if chain:
                betweens.insert(0, folded[slice(*links[index])])
            chain.insert(0, side)
            partner = self._parties.glued_place(side, first)
            if partner:
                betweens.insert(0, "、")
                chain.insert(0, partner)
            # 我市|东丰县 is read whole; 记者从甲公司… is not the end of a list.
            if index and self._trim.start(first, chain[0].start) < chain[0].start and self._link_needs_head(first, chain[0]):
                break
        else:
            return chain, betweens, False
        open_left = bool(chain) and len(chain) < len(segments) and folded[slice(*links[len(segments) - len(chain) - 1])] in PARTNERS
        return chain, betweens, open_left

    def _before_venue(self, a: int, b: int) -> int:
        """The end without a venue whose name holds 与: 甲厅与乙局|在中国与葡语国家服务平台新闻中心."""
        folded = self._folded
        if folded[b - 1 : b] not in _VENUE_LETTERS or not _VENUE.search(folded, max(a, b - 4), b):
            return b
        at = folded.rfind("在", a, b)
        alone = at > a and not self._view.inside(at) and self._view.boundaries[at] and folded[at - 1] not in "与和同跟及、"
        return self._trim.end(a, at) if alone and self._view.links(a, at) else b

    def _ministries(self, segments: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The segments, those put together again that are one body of a country: 肯尼亚交通|与|通信部, 法国环境|、|海洋|和|能源部."""
        if not any(self._folded[end - 1] in _OFFICE_LETTERS for _, end in segments[1:]):
            return segments
        kept: list[tuple[int, int]] = []
        index = 0
        while index < len(segments):
            start, end = segments[index]
            last = index
            if self._cut_after_country(start, end):
                for later in range(index + 1, min(len(segments), index + _LONGEST_MINISTRY)):
                    a, b = segments[later]
                    if b - a > _LONGEST_FIELD or self._view.between(a, b):
                        break
                    if _OFFICE_END.search(self._folded, a, self._trim.end(a, b)):
                        last = later
                        break
            kept.append((start, segments[last][1]))
            index = last + 1
        return kept

    def _ministry(self, start: int, end: int) -> Side:
        body = self._view.between(start, end)[-1]
        end = self._trim.end(start, end)
        return Side(None, self._folded[body.start : end], body.start, end, known=False)

    def _cut_after_country(self, start: int, end: int) -> bool:
        """Whether a piece is a country and a field of government, of whose office the name goes on: 肯尼亚|交通."""
        bodies = self._view.between(start, end)
        field = self._folded[bodies[-1].end : end] if bodies else ""
        return bool(bodies) and bodies[-1].kind == "region" and not bodies[-1].deictic and _FIELD.fullmatch(field) is not None

    def _link_needs_head(self, first: int, side: Side) -> bool:
        """Whether other words stand between a connector and the party after it (、再由乙公司): the list does not go on over them."""
        gap = self._folded[first : side.start]
        return len(gap) > 12

    def nominal_end(self, a: int, b: int) -> int:
        """The end of the last body before an agreement's name, its subject words left out."""
        bodies = self._view.between(a, b)
        return bodies[-1].end if bodies and b - bodies[-1].end <= 30 else a

    def longer(self, chain: list[Side], betweens: list[str], before: list[tuple[int, int]]) -> tuple[list[Side], list[str]]:
        """甲县与乙市,丙县与丁市|,戊区与己区分别签订: the pieces before the comma that are lists too."""
        for a, b in reversed(before):
            more, links, open_left = self.before(a, b, nominal=False)
            if (
                not more
                or open_left
                or more[-1].end != self._trim.end(a, b)
                or not chain
                or self._trim.start(a, b) != self._trim.start(a, more[0].start + 1)
            ):
                break
            lead = self._folded[self._trim.start(a, b) : more[0].start]
            chain = [*more, *chain]
            betweens = [*links, ",", *betweens]
            if lead:
                break
        return chain, betweens

    def joined(self, a: int, b: int) -> Group | None:
        """Two bodies that 与 joins anywhere in a piece, or that deal with each other: 甲公司向乙公司购买."""
        bodies = [m for m in self._view.between(a, b) if not is_media(m)]
        for index, (first, second) in enumerate(pairwise(bodies)):
            between = self._folded[first.end : second.start]
            middle = self._trim.end(first.end, second.start - 1) if between else first.end
            # 财政司|司长昨|与上海市副市长会面
            person = self._words.person.match(self._folded, first.end, middle)
            whole = middle == first.end or (person is not None and middle - person.end() <= 4 and not self._view.links(first.end, middle))
            if between and between[-1] in "与和同跟向" and whole:
                for following in bodies[index + 2 :]:
                    if second.kind != "region" or following.start != second.end:
                        break
                    second = following  # 日本|静冈县
                return self._parties.body(first, a), self._parties.body(second, a)
        return None


def pairs(chain: list[Side], betweens: list[str]) -> list[Group]:
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
