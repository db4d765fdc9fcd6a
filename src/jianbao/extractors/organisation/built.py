"""Built names: a head such as 公司 or 财政局, and the words that may stand before it."""

import re
from dataclasses import replace

from jianbao.extractors.organisation.branches import Branches
from jianbao.extractors.organisation.heads import Heads
from jianbao.extractors.organisation.local import LocalBodies
from jianbao.extractors.organisation.names import Names, is_pair_of_countries
from jianbao.extractors.organisation.placed import PlacedNames
from jianbao.extractors.organisation.short import ShortNames
from jianbao.extractors.organisation.tokens import Token, trim
from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.walk import Walk
from jianbao.extractors.organisation.words import SMALL_NUMBER, Head, Words

_OFFICES = ("局", "厅", "委员会", "署", "处")
_OPEN, _CLOSE = "“", "”"
_LEVELS = frozenset("省市县州旗镇乡")
_RELATIVES = frozenset("母子孙")  # 母公司, 子公司
_LEADING = ("长", "书记", "常委", "副书记")
_MISSIONS = frozenset(("代表处", "办事处"))
_LONGEST_CITY = 6
_CITY = re.compile(r"(?:(?![的了在与和及各地外海])[\u4e00-\u9fff])+")
_DEPUTY = ("副", "代理")  # 财政部|副部长: the second 部 is of the title
_LEADING_STARTS = frozenset(word[0] for word in _LEADING)


class BuiltNames:
    """Goes from head to head through a text and chooses the way in which each may end a name."""

    def __init__(self, words: Words, walk: Walk) -> None:
        self._words = words
        self._walk = walk
        self._names = Names(words)
        self._local = LocalBodies(words, walk)
        self._placed = PlacedNames(words)
        self._short = ShortNames(words, walk)
        self._branches = Branches(words)
        self._heads = Heads(words)
        self._kinds = words.kinds
        self._brand = words.brand
        self._deictic = words.deictic
        self._levels = words.levels
        self._titles = words.titles
        self._utilities = frozenset(words.by_sense["utility"])
        # After a head that ends inside a word: only these can begin what leads the body (财政部|长, 县法院|院长).
        self._leader_starts = _LEADING_STARTS.union(self._titles)

    def find(self, view: View) -> None:
        """Adds the names that end in a head, and notes the triggers that the same pass meets."""
        folded, boundaries, patterns, leader_starts = view.folded, view.boundaries, self._heads.patterns, self._leader_starts
        last = -1
        for start, end, index in self._heads.automaton.find_overlapping(folded):  # by end, the longest first
            pattern = patterns[index]
            if pattern.noted:
                if pattern.sense is not None:
                    view.triggers.append((start, end, pattern.sense))
                if pattern.stops:
                    view.stops.append((start, end))
            head = pattern.head
            if head is None or end == last:
                continue
            following = folded[end : end + 1]
            if following == "长" and folded.endswith(_DEPUTY, 0, start):
                continue
            last = end
            if not boundaries[end] and (following not in leader_starts or not self._leader_follows(folded, end, head)):
                continue
            surface, is_field = pattern.surface, pattern.is_field
            if pattern.of_body:
                part = self._branches.build(view, start, end, surface, head)
                if part is not None:
                    view.add(part)
            if pattern.utility and (utility := self._utility(folded, end)):
                # 永顺县|电力公司, 县|联通公司: whatever else makes a name of it, its level belongs to it.
                local = self._local.build(view, end - len(utility), end, utility, head, is_field)
                if local is not None:
                    view.add(local)
                    continue
            if surface in _MISSIONS and (mission := self._mission(view, start, end, head)) is not None:
                view.add(mission)
                continue
            if not pattern.alone and not self._walk.may_follow(view, start):
                if following == _CLOSE and (candidate := self._quoted(view, start, head, end)) is not None:
                    view.add(candidate)  # “京津冀果园互助|联盟”
                elif pattern.from_place and (candidate := self._placed.build(view, start, end, head)) is not None:
                    view.add(candidate)
                continue
            if following in pattern.refusing and folded.startswith(head.not_before, end):
                continue
            if surface == "公司" and not boundaries[start] and folded[start - 1] in _RELATIVES and start - 1 not in view.place_ends:
                continue  # 甲生物|母公司|乙科技: whose it is; but 南昌|子公司
            if surface == "部" and folded[start - 1] in "东西南北中":
                continue  # 公路局|西部|分区
            known = view.bodies.get(end)
            if known is not None and known.start < start and known.rule == "organisation.gazetteer" and not head.local:
                brand = view.bodies.get(start)
                if brand is not None and brand.start < known.start and brand.lexicon == known.lexicon:
                    view.add(replace(brand, end=end))  # 德国默克|公司, of which it has 德国默克 and 默克公司
                    continue
                # The gazetteer knows where 华夏银行 begins; only its parent may stand before it (中石油|宁夏石化公司).
                parent = view.bodies.get(known.start)
                if parent is not None and self._is_parent(folded, parent, known):
                    view.add(replace(parent, end=end, name=None, rule="organisation.head", lexicon=(*parent.lexicon, *known.lexicon), weight=1))
                continue
            candidate = self._build(view, start, end, surface, head, is_field)
            if candidate is None and head.short and (boundaries[start] or start in view.place_ends or surface[0] == "村"):
                candidate = self._short.build(view, start, end, head)
            if pattern.from_place:
                candidate = self._placed.build(view, candidate.start if candidate else start, end, head) or candidate
            elif candidate is not None and candidate.start == start and surface.endswith(_OFFICES):
                # 潮州市|文化广电旅游|体育局: an office whose fields nobody has combined before.
                whole = self._placed.build(view, start, end, head)
                candidate = replace(whole, rule="organisation.local") if whole else candidate
            if candidate is not None:
                view.add(candidate)

    def _mission(self, view: View, start: int, end: int, head: Head) -> Candidate | None:
        """An office abroad in a city that no gazetteer has: 駐休士頓|辦事處, of a state unless a body sends it."""
        folded = view.folded
        begin = folded.rfind("驻", max(0, start - _LONGEST_CITY - 1), start)
        if begin < 0 or start - begin < 3 or not _CITY.fullmatch(folded, begin + 1, start) or not view.boundaries[begin] or start in view.place_ends:
            return None
        sender = view.bodies.get(begin)
        if sender is not None:
            return Candidate(sender.start, end, sender.type, "organisation.branch", (*sender.lexicon, head.id), None, sender.region, 1)
        place = view.place_ends.get(begin)
        if place is not None and place[0][1].level == "country":
            begin = place[0][0]
        return Candidate(begin, end, "government", "organisation.head", (head.id,), weight=1)

    def _is_parent(self, folded: str, parent: Candidate, known: Candidate) -> bool:
        """Whether a known body is part of the one before it: 中石油|宁夏石化公司, 华中科技大学|同济医学院; not 北京大学|清华大学."""
        if parent.type == known.type == "academic":
            return not folded.endswith(("大学", "中学", "小学"), known.start, known.end)
        return parent.type == known.type == "company" and not self._strangers(folded, parent, known)

    @staticmethod
    def _strangers(folded: str, first: Candidate, second: Candidate) -> bool:
        """Whether two company names side by side are two: 甲工程有限公司|天山铝业; not 东风汽车有限公司|东风日产乘用车公司, 中石油|宁夏石化公司."""
        full = folded.startswith("有限公司", second.start - 4)
        return full and folded[first.start : first.start + 2] != folded[second.start : second.start + 2]

    def _leader_follows(self, folded: str, end: int, head: Head) -> bool:
        """Whether the next characters name the body's head: 财政部|长, 市委|书记, 县法院|院长."""
        first = folded[end]
        if first in _LEADING_STARTS and head.type in ("government", "party") and folded.startswith(_LEADING, end):
            return not folded.startswith(("长期", "长远", "长江", "长春", "长会议", "长级", "长理事会"), end)
        return folded.startswith(self._titles.get(first, ()), end)

    def _build(self, view: View, start: int, end: int, surface: str, head: Head, is_field: bool) -> Candidate | None:
        folded = view.folded
        following = folded[end : end + 1]
        if following == _CLOSE:
            quoted = self._quoted(view, start, head, end)
            if quoted is not None:
                return quoted
        if is_field and head.id == "委员会" and start > 1 and view.boundaries[start - 2] and is_pair_of_countries(folded, start - 2):
            return Candidate(start - 2, end, "other", "organisation.head", (head.id,), weight=1)  # 台日|渔业委员会
        if head.local or head.bare:
            local = self._local.build(view, start, end, surface, head, is_field)
            if (
                local is not None
                or is_field
                or (head.local and start in view.place_ends)
                or surface in ("政府", "人民政府", "委")
                or head.type == "party"
            ):
                return local
        if head.local and not self._walk.may_follow(view, start):
            return None
        if not view.boundaries[start]:
            word = view.word_before(start)
            if not self._opens_word(view, word, start) or self._words.kind(folded[word:end]) == "edge":
                return None
        if head.weak:
            if head.local:
                if len(surface) == 1 and view.holds_no_body(start):
                    return None  # 系, 署, 处: an office only of a body
            elif head.type in ("company", "finance") and following not in "、等" and self._follows_noun(view, start, surface):
                return None
        walked = self._walk.tokens(view, start, head)
        if not walked:
            return None
        tokens = self._names.begin(view, walked, head)
        if not tokens:
            if head.type == "association" and len(surface) >= 2 and not head.weak:
                return self._build_association(view, walked, end, head)
            return None
        first = tokens[0]
        if not self._names.is_name(view, tokens, end, surface, head):
            return None
        type_ = head.type
        region: str | None = None
        base: Candidate | None = None
        for token in tokens:
            if token.kind == "place" and region is None:
                region = token.owner.code
            elif token.kind == "body" and base is None:
                base = token.owner
        lexicon: tuple[str, ...] = (head.id,)
        if base is not None:
            lexicon = (*base.lexicon, head.id)
            region = region or base.region
            if head.weak and head.type != base.type and head.type in ("other", "government", "company"):
                type_ = base.type
        if first.kind == "level" and head.weak and type_ == "other":
            type_ = "government"  # 县|农业技术推广中心
        if type_ == "company" and self._words.is_finance(folded[first.start : start]):
            type_ = "finance"
        begin = first.start
        if first.kind == "level" and begin and folded[begin - 1] in self._deictic:
            begin = first.end
        if begin and folded[begin - 1] == "驻" and surface in _MISSIONS:
            # 驻菲律宾|代表处 is a state's, 鑫达集团|驻上海|办事处 the group's.
            begin, sender = begin - 1, view.bodies.get(begin - 1)
            type_ = "government" if sender is None else sender.type
            begin = begin if sender is None else sender.start
        return Candidate(begin, end, type_, "organisation.head", lexicon, None, region, 1)

    def _follows_noun(self, view: View, start: int, surface: str) -> bool:
        """Whether a common noun stands right before a weak word of trade that ends no list (养老|服务): no brand, no body. Refused before the walk."""
        if start in view.ends or self._kinds.get(view.folded[view.boundaries.rfind(1, 0, start) : start]) != "noun":
            return False
        return not surface.endswith("基金")

    def _utility(self, folded: str, end: int) -> str | None:
        """The company that ends at `end` and is one of those that each county has, if its level stands before it: 县|电力公司."""
        for start in (end - 4, end - 5, end - 6):
            if start > 0 and (word := folded[start:end]) in self._utilities:
                return word if folded[start - 1] in _LEVELS else None
        return None

    def _opens_word(self, view: View, word: int, head_start: int) -> bool:
        """Whether a head that ends a longer dictionary word (中信|银行) has a name in that word; not 多|家商|厂, where the word counts."""
        rest = view.folded[word:head_start]
        if SMALL_NUMBER.match(rest):
            return False
        return len(rest) >= 2 or rest in self._brand or rest in self._levels

    def _quoted(self, view: View, start: int, head: Head, end: int) -> Candidate | None:
        """A whole name in quotation marks: “吉林市、宁波市高职院校协同发展合作联盟”."""
        folded = view.folded
        if head.weak and head.type != "association":
            return None
        opening = folded.rfind(_OPEN, max(0, end - 40), start)
        if opening < 0 or start - opening < 3 or re.search(r"[。;,!?:”《》\n]", folded[opening + 1 : end]):
            return None
        tokens = self._walk.tokens(view, start, head)
        place = any(a == opening + 1 for place_end in range(opening + 2, end + 1) for a, _ in view.place_ends.get(place_end, ()))
        if not place and not (tokens and trim(tokens, legal=head.legal) and tokens[0].start == opening + 1):
            return None
        return Candidate(opening + 1, end, head.type, "organisation.quoted", (head.id,), weight=2)

    def _build_association(self, view: View, walked: list[Token], end: int, head: Head) -> Candidate | None:
        """医药健康产业商会, 青年企业家协会: an association may be named after its trade alone."""
        tokens = list(walked)
        while tokens and self._words.pos(view.folded[tokens[0].start : tokens[0].end]).startswith("v"):
            tokens.pop(0)
        if len(tokens) < 2 or any(t.kind not in ("trade", "noun") for t in tokens):
            return None
        return Candidate(tokens[0].start, end, head.type, "organisation.association", (head.id,))
