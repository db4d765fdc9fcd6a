"""Where the name of a zone begins that ends in 开发区, 产业园 or 走廊: after the words that no name holds, with its place and its trade."""

import re
from typing import Any

from jianbao.extractors.region.gazetteer import Gazetteer
from jianbao.extractors.region.initials import Initials
from jianbao.extractors.region.towns import Towns
from jianbao.extractors.region.view import View
from jianbao.extractors.region.words import HAN, LISTED_BY, Words
from jianbao.text import Mention

ZONE_WORDS = re.compile(r"^(?:n|b|vn|an|j|l|s|t|i|ns|nt|nz|nr|ng|vg|ag|q)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z&.]*$")


class ZoneStarts:
    """Walks to the left of a zone's last word."""

    def __init__(self, places: Gazetteer, words: Words, towns: Towns, initials: Initials) -> None:
        self._places = places
        self._words = words
        self._towns = towns
        self._initials = initials

    def find(self, view: View, head_start: int, head_end: int, head: Any, towns: list[Mention]) -> int | None:
        """Where the name of the zone that ends in `head` begins; None for a mere kind of zone (冰雪装备产业园)."""
        folded, flags = view.folded, view.flags
        if not (flags[head_end] or view.starts.get(head_end)) and not folded.startswith(("管", "党", "内"), head_end):
            return None  # 合作区|域; but 科技|城内
        if folded[head_start - 1 : head_start] == "的" and (place := view.ends.get(head_start - 1)) and folded.startswith("自", head_start):
            return place.start  # 上海市的自由贸易试验区
        position = head_start
        while not flags[position] and position not in view.ends:
            position -= 1  # 高新|技术产业|园
        best: int | None = None
        letters = 0
        words = 0
        while position > 0 and words < 10 and head_start - position < 26:
            place = view.ends.get(position)
            if place:
                position = best = place.start
                words += 1
                continue
            char = folded[position - 1]
            if char == ")":
                opening = folded.rfind("(", max(0, position - 14), position)
                if opening < 0 or not (view.ends.get(position - 1) or view.starts.get(opening + 1)):
                    break
                position = opening
                words += 1
                continue
            if char.isascii() and char.isalpha():
                latin = _LATIN.search(folded, max(0, position - 20), position)
                if not latin:
                    break
                position = best = latin.start()
                words += 1
                continue
            if not "\u4e00" <= char <= "\u9fff":
                break
            first = position - 1
            while not flags[first] and first not in view.ends:
                first -= 1
            word = folded[first:position]
            if word in self._words.zone_edges and folded[max(0, position - 2) : position] not in self._words.weak_strings:
                break
            if head.sense == "macro" and word in self._places.letters:
                letters += 1
                if letters >= 2:
                    best = first
            else:
                pos = self._words.pos(word)
                pair = folded[max(0, position - 2) : position]
                if best is None and pair in self._words.weak_strings and view.free(position - 2, position) and flags[position - 2]:
                    self._initials.string(view, position - 2, position, self._words.weak_strings[pair], doubted=False)  # 吉林|中|新|食品…
                    continue
                if len(word) == 1 and pos.startswith(("p", "c", "u", "r", "d", "v")) and word not in self._words.zone_verbs:
                    break  # other single characters count if a place stands before them: 浙江|万丰|吉林工业园
                if len(word) > 1 and not ZONE_WORDS.match(pos) and word not in self._words.zone_verbs:
                    break
            position = first
            words += 1
        if letters >= 2 and best is not None:
            self._initials.corridor(view, best, head_start)
            return best
        if best is None:
            return self._town_zone(view, head_start, towns)
        return self._trim_chain(view, best, head_start, head, towns)

    def _trim_chain(self, view: View, start: int, head_start: int, head: Any, towns: list[Mention]) -> int | None:
        """The start after higher places in a chain (江苏省|苏州工业园区); a country alone makes no zone."""
        folded = view.folded
        name = view.starts.get(start)
        while name and (inner := view.starts.get(name.end)) and inner.start < head_start:
            codes = {e.code for e in name.entries}
            if inner.rule == "region.guarded" or all(codes.isdisjoint(self._places.lineage(e.code)) for e in inner.entries):
                break
            if not (name.surface.suffixed or name.entries[0].level in ("province", "country")):
                break
            name, start = inner, inner.start
        if name is None:
            return start
        town = self._towns.full_name(folded[name.start : name.end], view.named)
        if town and name.entries[0].level == "county" and view.named.isdisjoint(c for e in name.entries for c in (e.parent,) if c):
            del view.starts[name.start], view.ends[name.end]  # 金州 in a paper of 东辽: its town, not the district of 大连
            towns.append(self._towns.take(view, name.start, name.end, town))
            return start
        for size in (4, 3, 2):  # 辽河源|中德现代生态农业示范区
            first = start - size
            if first >= 0 and view.flags[first] and (town := self._towns.full_name(folded[first:start], view.named)) and view.free(first, start):
                towns.append(self._towns.take(view, first, start, town))
                return first
        level = name.entries[0].level
        gap = head_start - name.end
        if head.hans.startswith("自") and level in ("country", "macro"):
            return None  # 中日韩自贸区 is a treaty
        if level == "country" and not view.starts.get(name.end) and (gap < 2 or head.sense == "weak"):
            return None
        if head.hans == "走廊" and level == "county" and gap == 0:
            return None  # 东区走廊 is a road
        if head.sense == "macro" and (level == "macro" or (level == "country" and gap == 0)):
            return None
        if head.sense == "weak" and gap > 8:
            return None
        return start

    def _town_zone(self, view: View, head_start: int, towns: list[Mention]) -> int | None:
        """A zone named after a town of a county that the text names (渭津工业园), or by a name of its own that the text repeats (米果果小镇)."""
        folded, flags = view.folded, view.flags
        for first in range(head_start - 1, max(-1, head_start - 16), -1):
            if not "\u4e00" <= folded[first] <= "\u9fff" or (folded[first] in LISTED_BY and flags[first] and flags[first + 1]):
                break
            if not flags[first] or (first and "\u4e00" <= folded[first - 1] <= "\u9fff" and not self._words.opens_name(view, first)):
                continue
            for size in (4, 3, 2):
                if (
                    first + size <= head_start
                    and (town := self._towns.full_name(folded[first : first + size], view.named))
                    and view.free(first, first + size)
                    and not self._words.pos(folded[first : first + size]).startswith("v")
                ):
                    towns.append(self._towns.mention(first, first + size, town))
                    return first
        for size in (2, 3, 4):
            first = head_start - size
            if first < 0 or not HAN.fullmatch(folded, first, head_start):
                break
            if (
                flags[first]
                and self._words.opens_name(view, first)
                and _is_coined(view, first, head_start)
                and folded.count(folded[first : head_start + 2]) > 1
            ):
                return first
        return None


def _is_coined(view: View, start: int, end: int) -> bool:
    """Whether words are no words: 米果|果, 某|某."""
    return view.flags.find(b"\1\1", start, end + 1) >= 0
