"""Towns and villages: 太平镇 by the list of all towns, 柯桥区|香林村 right after its county, and again by its name alone."""

import re
from collections.abc import Iterator

from jianbao.extractors.region.signs import BEFORE_PLACE, PART_OF
from jianbao.extractors.region.towns import Towns
from jianbao.extractors.region.triggers import Marks
from jianbao.extractors.region.view import View
from jianbao.extractors.region.words import HAN, LISTED_BY, Words
from jianbao.text import Mention

# 香林村, 太平镇: what may stand before 村 and 镇 in a name right after its county.
SETTLEMENT = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:街道|苏木|嘎查|镇|乡|村)")
NOT_SETTLEMENT = re.compile(
    r"[一二三四五六七八九十百千两几多各每全该本某的在和与及等了是有为对]|农村|乡村|城镇|乡镇|小镇|贫困|行政|自然|中心|重点|特色|示范|美丽|文明|城中|度假|所有|周边|附近|偏远|建制|所辖|家乡|老乡|下乡|新村建|集镇|村镇|山村|渔村|"
    r"奥运|地球|新农|小康|移民|[厅局警署院]|下辖|空心|深度|脱贫|先进|试点|市级|县级|省级|国家|传统|历史|旅游|民族乡村|水乡|市乡|县乡|区乡|兴乡|振兴|老城|古镇|新市镇|古村|驻村|进村|到村|入村|出村|包村"
)
# 十八洞村, 三里屯村, 五四村 right after their town; not 三个村, 两村, 十余村, 百户村民.
NUMBERED_VILLAGE = re.compile(
    r"[一二三四五六七八九十]{1,2}(?=(?![一二三四五六七八九十百千万个多余几来名户家座批大新老级]村?)[\u4e00-\u9fff]{1,3}村$)|[一二三四五六七八九]{2}(?=村$)"
)
MARKS: Marks = {"town_tail": ("街道", "苏木", "镇", "乡"), "banner_village": ("嘎查",), "village": ("村",)}
# 芝英|等三个: how many towns a list has named, before what they are.
HOW_MANY = re.compile(r"等?十?[两二三四五六七八九十]个?$")
_LAST_OF_MANY = frozenset("两二三四五六七八九十个")
# Villages in a list or after a preposition: 三江村、茄南村和江源村.
_BEFORE_VILLAGE = frozenset("、,。:“”(和与及在到 \n\u3000")
_AFTER_VILLAGE = frozenset("、,。;和与及”)等的党村支位在是")


class Settlements:
    """Finds towns and villages from their last character."""

    def __init__(self, words: Words, towns: Towns) -> None:
        self._words = words
        self._towns = towns

    def find(self, view: View) -> Iterator[Mention]:
        """Towns by the list of all towns with evidence that the right county is meant; towns and villages right after their county."""
        folded, flags = view.folded, view.flags
        last = 0
        ends: set[int] = set()
        lists: list[int] = []
        for tail, end, _ in view.triggers["town_tail"]:
            if folded[tail - 1 : tail] in _LAST_OF_MANY:
                lists.append(tail)
            if not flags[end]:
                continue
            for size in range(min(self._towns.longest, end - last), 1, -1):
                start = end - size
                if not (flags[start] or start in view.ends or start in ends):
                    continue  # inside a word
                counties = self._towns.counties.get(folded[start:end])
                if counties and _is_town(view, start, end, counties, ends):
                    last = end
                    ends.add(end)
                    yield self._towns.take(view, start, end)
                    break
        yield from self._counted_towns(view, lists, ends)
        # Where a name of one to four characters may begin before such a last character: most places have none after them.
        tails = [tail for kind in MARKS for tail, _, _ in view.triggers[kind]]
        before = {start for tail in tails for start in range(tail - 4, tail)}
        placed: list[Mention] = []
        for name in [*view.starts.values()] if before else ():
            if name.end in before and name.entries[0].level in ("county", "town", "prefecture", "zone"):
                placed += self._settlement_after(view, name.end, ends)
        for end in sorted(ends & before):
            placed += self._settlement_after(view, end, ends)
        yield from placed
        villages = {folded[m.start : m.end] for m in placed if m.end - m.start > 2 and folded[m.end - 1] == "村"}
        for start, end, _ in view.triggers["village"]:
            while start > end - 6 and start and folded[start - 1] not in _BEFORE_VILLAGE:
                start -= 1
            size = next((size for size in (3, 4, 5) if folded[end - size : end] in villages), 0) if villages else 0
            if size and end not in ends and view.free(end - size, end) and view.flags[end - size] and view.flags[end]:
                ends.add(end)
                yield self._towns.take(view, end - size, end)  # named after its town before
            known = (ends or view.named) and end not in ends and (folded[end : end + 1] in _AFTER_VILLAGE or start - 1 in ends)
            if (
                known
                and 2 < end - start < 6
                and HAN.fullmatch(folded, start, end)
                and view.free(start, end)
                and self._is_settlement(view, start, end)
            ):
                ends.add(end)
                yield self._towns.take(view, start, end)

    def _counted_towns(self, view: View, lists: list[int], ends: set[int]) -> Iterator[Mention]:
        """Towns of a named county in a list that says how many it holds: 龙山、古山、芝英|三镇."""
        folded = view.folded
        for position in lists:
            match = HOW_MANY.search(folded, max(0, position - 4), position)
            if match is None:
                continue
            end = match.start()
            if not (view.flags[end] and _in_list(folded, end)):
                continue
            for _ in range(12):
                spans = [(end - size, end) for size in (3, 2) if end >= size and view.flags[end - size] and view.free(end - size, end)]
                span = next((span for span in spans if self._towns.full_name(folded[slice(*span)], view.named)), None)
                if span is None:
                    break
                ends.add(end)
                yield self._towns.take(view, *span, self._towns.full_name(folded[slice(*span)], view.named))
                if folded[span[0] - 1 : span[0]] not in LISTED_BY:
                    break
                end = span[0] - 1

    def _settlement_after(self, view: View, position: int, ends: set[int]) -> Iterator[Mention]:
        """A town or village that follows its county or town: 柯桥区|香林村."""
        match = SETTLEMENT.match(view.folded, position)
        if not match or match.end() in ends:
            return
        end = match.end()
        if end - position > (1 if position in ends else 2) and view.free(position, end) and self._is_settlement(view, position, end):
            ends.add(end)
            yield self._towns.take(view, position, end)

    def _is_settlement(self, view: View, start: int, end: int) -> bool:
        """Whether words that end in 镇, 乡 or 村 name one: not 贫困村, 两个村, 度假村."""
        name = view.folded[start:end]
        pos = self._words.pos(name)
        numbered = NUMBERED_VILLAGE.match(name)
        return (
            bool(view.flags[end])
            and not NOT_SETTLEMENT.search(name, numbered.end() if numbered else 0)
            and (not pos.startswith("n") or pos.startswith("ns"))
        )


def _in_list(folded: str, end: int) -> bool:
    """Whether a list mark stands before the name of two or three characters that ends at a position."""
    return not LISTED_BY.isdisjoint(folded[max(0, end - 4) : end - 2])


def _is_town(view: View, start: int, end: int, counties: tuple[str, ...], ends: set[int]) -> bool:
    folded, flags = view.folded, view.flags
    if not view.free(start, end) or (view.named.isdisjoint(counties) and NOT_SETTLEMENT.search(folded, start, end)):
        return False  # but 太和镇, 四明山镇 where their counties are view.named
    if start in view.ends or start in ends:
        return True
    if not flags[start] or end - start < 3:
        return False
    if folded[start - 1 : start] == "、" and start - 1 in ends:
        return True
    opens = not PART_OF.search(folded[max(0, start - 1) : start]) or bool(BEFORE_PLACE.search(folded[max(0, start - 3) : start]))
    return opens or (len(counties) <= 3 and any(county in view.named or f"{county[:4]}00" in view.named for county in counties))
