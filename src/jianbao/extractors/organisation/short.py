"""Short names before a head that takes such: a place without its kind (衡水|中学), or one word of brand characters (光復|國小)."""

import re
from dataclasses import replace

from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.walk import Walk
from jianbao.extractors.organisation.words import Head, Words

_NUMBER_OF_BODY = re.compile(r"第?[一二三四五六]\Z")  # 中正|一|分局


class ShortNames:
    """Names of schools, branches and stations that no walk finds, for their one word may be an ordinary one."""

    def __init__(self, words: Words, walk: Walk) -> None:
        self._words = words
        self._walk = walk
        self._brand = words.brand
        self._deictic = words.deictic
        self._generic = words.generic

    def build(self, view: View, start: int, end: int, head: Head) -> Candidate | None:
        """衡水|中学, 三重|分局, 海山|派出所, 光復|國小: a place's short name, or one word of brand characters, before a head that takes such."""
        folded = view.folded
        numbered = _NUMBER_OF_BODY.search(folded, max(0, start - 3), start) if head.local else None
        if numbered is not None:
            start = numbered.start()
        places = view.place_ends.get(start)
        if places is not None:
            begin, entry = places[0]
            if folded[start - 1] in "省市州县区盟旗" or entry.level not in ("prefecture", "county", "town"):
                return None
            return Candidate(view.chain(begin), end, head.type, "organisation.short", (head.id,), None, entry.code)
        village = next((level for level in ("社区", "村") if head.local and folded.endswith(level, 0, start)), None)
        if village is None and head.local and folded[start] == "村":
            village = ""  # 桃花|村党支部: the head begins with it
        if village is not None:
            before = start - len(village)
            begin = self._walk.town_start(view, before)
            # Not 三|村, but 十八洞|村.
            named = begin < before and (folded[begin] not in self._deictic or before - begin > 2)
            return Candidate(begin, end, head.type, "organisation.short", (head.id,)) if named else None
        begin = view.word_before(start)
        if start - begin == 1 and begin and not head.local:
            begin = view.word_before(begin)  # 明|德|小学
        word = folded[begin:start]
        if not 2 <= len(word) <= 3 or not view.boundaries[begin] or word in self._generic:
            return None
        known = view.doubtful_places.get(start) == begin or self._words.kind(word) == "brand"
        if not known and (
            self._words.kind(word) in ("edge", "trade", "starter", "level")
            or self._words.pos(word).startswith(("v", "d", "p", "m", "q", "r", "f", "t"))
            or not all(c in self._brand for c in word)
        ):
            return None
        if begin and not known and view.boundaries[begin - 1] and self._words.kind(folded[begin - 1]) == "char" and begin not in view.ends:
            return None  # a stray character makes a longer word of it
        base = view.bodies.get(begin)
        if base is not None and head.joins and base.type == head.type:
            return replace(base, end=end, rule="organisation.short", lexicon=(*base.lexicon, head.id), name=None, weight=1)
        return Candidate(view.chain(begin), end, head.type, "organisation.short", (head.id,))
