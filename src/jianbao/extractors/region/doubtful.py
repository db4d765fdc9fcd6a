"""Names that are ordinary words too (和平, 长江, 东区): places where their context says so, by a list, a chain, a licence or the full name elsewhere."""

import re
from bisect import bisect_left
from operator import itemgetter

from jianbao.extractors.region.edges import AFTER_DIRECTION
from jianbao.extractors.region.gazetteer import WHOLE, Gazetteer, of_levels
from jianbao.extractors.region.signs import AFTER_FIRST, BEFORE_LAST, PART_OF, SURNAMES, is_licensed
from jianbao.extractors.region.view import Name, Surface, View
from jianbao.extractors.region.words import LISTED_BY, Words
from jianbao.lexicon import RegionEntry

# 、芳苑、溪州三乡: the rest of a list that ends in how many towns or districts it names.
COUNTED = re.compile(
    r"(?>(?:[、和与及][\u4e00-\u9fff](?:(?![两二三四五六七八九十等])[\u4e00-\u9fff]){1,2}){0,12})等?(?:十?[两二三四五六七八九十]|\d{1,2})个?"
    r"(?P<kinds>乡镇市区|乡镇市|乡镇区|乡镇|镇乡|镇市|乡|镇|市|区)"
)
# 中华民国|114年, 民国一百年.
YEAR_OF_STATE = re.compile(r"[\d年元一二三四五六七八九十百初]|大总统|临时|国民政府|军政府|时期")
# 记者某某/高树|报导
BYLINE = re.compile(r"(?:[综整]合|联合|连线|现场|即时|专题)?(?:报导|报道|专访|特稿|摄影)")
# 泰山|企业, 泰山 (1218: a firm of that name.
FIRM = re.compile(r"(?:企业|公司|集团|股份|控股|工业|实业|食品|建设|科技|电子| ?\(\*?\d{4})")
_BEFORE_COUNTED = frozenset("、和与及等两二三四五六七八九十0123456789")
CITY_STATES = frozenset(["810000", "820000"])  # listed with cities: 中山与澳门
POINTS = frozenset("东南西北中")
LIST_BEFORE = "、和与及至到—-/·"
OF_JIANGNAN = re.compile(r"水乡|古镇|小镇|文化|春|烟雨|一带|的|各|风|园林|地区|丝绸|名|才子")
DIVIDED = frozenset("国省市县区州")
WHOLE_COUNTRY = frozenset(["中国", "我国", "全国", "国家", "祖国", "大"])


class DoubtfulNames:
    """Weighs the guarded names of the gazetteers."""

    def __init__(self, places: Gazetteer, words: Words) -> None:
        self._places = places
        self._words = words

    def find(self, view: View) -> None:
        """Accepts a guarded name where its context speaks for the place."""
        waiting = view.doubtful
        for _ in range(2):  # a guarded name may be the evidence for its neighbour: 信义区、大安
            rest = []
            accepted = False
            for spot in waiting:
                start, end, surface = spot
                if not _open_to(view, start, end, surface):
                    continue
                entries = self._evidence(view, start, end, surface)
                if not entries:
                    rest.append(spot)
                    continue
                accepted = True
                if shorter := view.starts.pop(start, None):
                    del view.ends[shorter.end]
                view.add(Name(start, end, surface, "region.guarded", entries))
                if surface.full:
                    view.named_full.update([e.code for e in entries])
                if len(entries) == 1:
                    view.named.add(entries[0].code)
            if not (rest and accepted):
                break
            waiting = rest

    def _evidence(self, view: View, start: int, end: int, surface: Surface) -> tuple[RegionEntry, ...]:
        """The entries that the context of a guarded name allows; none refuses it."""
        if surface.direction:
            return surface.entries if self._is_direction(view, start, end) else ()
        folded, ends = view.folded, view.ends
        left, right = view.padded[start - 1], view.padded[end]
        if surface.level == "province" and folded.startswith("中华民国", start):
            return surface.entries if view.convention == "taiwan" and not YEAR_OF_STATE.match(folded, end) else ()
        if right in "乡镇县市区" and folded[end + 1 : end + 2] == "长" and (ruled := _ruled(view, surface.entries, right)):
            return ruled
        if left == "/" and BYLINE.match(folded, end):
            return surface.entries
        beside = start in ends or start - 1 in ends or end + 1 in view.starts
        counted = _counted(folded, start, end, surface.entries) if right in _BEFORE_COUNTED else ()
        licensed = bool(counted) or ((left in BEFORE_LAST or right in AFTER_FIRST) and is_licensed(view, start, end))
        own = surface.of_hongkong if view.convention == "hongkong" and surface.of_hongkong and self._is_own(view, start, surface) else ()
        if surface.common_alone and not (beside or licensed or own):
            # An ordinary word with nothing that speaks for the place, by far the most; but a city that was named in full, and its zone: 长子|经开区.
            if view.named_full.isdisjoint(surface.codes):
                return ()
            if not (surface.level == "prefecture" and self._stands_alone(view, start, end)) and not _begins_zone(view, end):
                return ()
            return tuple([e for e in surface.entries if e.code in view.named_full])
        key = folded[start:end]
        entries = surface.entries
        before = ends.get(start) or (ends.get(start - 1) if left in ("(", "·", " ") else None)
        if before:
            codes = {entry.code for entry in before.entries} - WHOLE
            deep = before.entries[0].level != "province" or surface.suffixed  # 湖南|湘江新区: the river, not the district
            chained = tuple(e for e in entries if e.parent in codes or (deep and not codes.isdisjoint(self._places.lineage(e.code))))
            if chained:
                return chained
        if own:
            return () if before and before.entries[0].level == "country" else own  # 越南西贡
        if len(key) == 2 and key[-1] == "区" and before is None and not licensed and left not in LIST_BEFORE and PART_OF.search(left):
            return ()  # 雄安|新区
        if surface.macro:
            macros = of_levels(entries, "macro")
            if listed := self._listed(view, start, end, macros):
                return listed
            if not (before and key == "大湾区") and _is_macro(view, start, end, key):
                return macros
            entries = tuple([e for e in entries if e.level != "macro"])
            if not entries:
                return ()
        listed = self._listed(view, start, end, entries)
        if listed:
            return listed
        if surface.taiwan and view.convention == "taiwan":
            return tuple(e for e in entries if e.code.startswith("tw:"))  # 北市, 高市, 竹县
        if counted:
            return tuple(e for e in counted if e.parent in view.named) or counted
        same = tuple(e for e in entries if e.code in view.named_full)
        if same and (licensed or not surface.common):
            return same
        if entries[0].level == "foreign_city":
            parents = tuple(e for e in entries if e.parent in view.named)
            return parents if parents and licensed else ()
        if entries[0].level == "country":
            return entries if licensed or not surface.common else ()
        if surface.suffixed or key[-1] == "区":
            if licensed and len(key) > 2 and self._words.pos(key).startswith("ns"):
                return entries
            return tuple(e for e in entries if not view.named.isdisjoint([code for code in self._places.lineage(e.code) if code not in WHOLE]))
        if not (licensed or self._is_home_town(view, start, surface)) or (view.convention == "taiwan" and _is_firm(folded, key)):
            return ()
        near = tuple(
            e
            for e in entries
            if e.parent in view.named or not view.named.isdisjoint(c for c in self._places.lineage(e.code) if c.endswith("00") or c[:3] == "tw:")
        )
        return near if licensed else tuple(e for e in near if e.parent in view.named and str(e.parent).startswith("tw:"))

    def _stands_alone(self, view: View, start: int, end: int) -> bool:
        """Whether a city's name that is an ordinary word too stands as a name does: 日照|将; not 日照|时间."""
        if not self._words.opens_name(view, start) or not view.flags[end]:
            return False
        after = view.folded[end : view.word_end(end)] if end < len(view.folded) else ""
        return not "\u4e00" <= after[:1] <= "\u9fff" or self._words.pos(after).startswith(("p", "c", "d", "ns"))

    def _is_own(self, view: View, start: int, surface: Surface) -> bool:
        """Whether a name may be a district of Hong Kong in its papers: 沙田|工厦, 东区|太古城; not 港铁南区."""
        if view.folded[start - 1 : start] in SURNAMES:
            return False
        return surface.entries[0].hans[0] not in POINTS or self._words.opens_name(view, start)

    def _is_home_town(self, view: View, start: int, surface: Surface) -> bool:
        """Whether a paper of Taiwan may print a town without what it is, in an article that names its county: 协助|枋寮."""
        if view.convention != "taiwan" or surface.common:
            return False
        return self._words.opens_name(view, start)

    def _listed(self, view: View, start: int, end: int, entries: tuple[RegionEntry, ...]) -> tuple[RegionEntry, ...]:
        """The entries of a name in a list whose neighbour is a place of the same level and parent: 长沙、株洲, 内湖、南港."""
        folded = view.folded
        neighbours = []
        if start and folded[start - 1] in LIST_BEFORE and (name := view.ends.get(start - 1)):
            neighbours.append(name)
        if folded[end : end + 1] and folded[end] in LIST_BEFORE and (name := view.starts.get(end + 1)):
            neighbours.append(name)
        for name in neighbours:
            alike = tuple(
                e
                for e in entries
                for n in name.entries
                if (e.level == n.level and (e.parent == n.parent or e.level in ("country", "foreign_city")))
                or (e.level == "prefecture" and n.code in CITY_STATES)
            )
            if alike:
                return tuple(dict.fromkeys(alike))
            kin = tuple(
                e for e in entries for n in name.entries if not {*self._places.lineage(e.code)}.isdisjoint({*self._places.lineage(n.code)} - {"CN"})
            )
            if kin:
                return tuple(dict.fromkeys(kin))
        return ()

    def _is_direction(self, view: View, start: int, end: int) -> bool:
        """Whether 西部, 南方 and the like name a part of China and not of the thing before them or a point of the compass."""
        folded = view.folded
        if AFTER_DIRECTION.match(folded, end) or (view.convention == "taiwan"):
            return False
        if not PART_OF.search(folded[max(0, start - 1) : start]):
            return True
        if folded.startswith(("区域总部", "区域中心", "总部", "大区"), end):
            return True  # 中交四航局|西南|区域总部
        first = view.word_before(start)
        word = folded[first:start]
        if start - first == 1 and start > 1 and word in self._places.letters and folded[start - 2] in self._places.letters:
            return False  # 港深|西部铁路
        if folded[start - 1] in DIVIDED and word not in WHOLE_COUNTRY:
            return False  # 该国西部, 本市南部
        return word in WHOLE_COUNTRY or not self._words.pos(word).startswith(("n", "s", "f", "z", "j"))


def _begins_zone(view: View, position: int) -> bool:
    """Whether what ends the name of a zone stands at a position."""
    heads = view.triggers["head"]
    index = bisect_left(heads, position, key=itemgetter(0))
    return index < len(heads) and heads[index][0] == position


def _ruled(view: View, entries: tuple[RegionEntry, ...], suffix: str) -> tuple[RegionEntry, ...]:
    """The divisions that a rank says are meant: 三义|乡长; those of the place of the paper, or beside others that the text names."""
    ruled = tuple(e for e in entries if e.level in ("town", "county", "prefecture") and e.hans[-1] == suffix)
    if view.convention == "taiwan":
        return tuple(e for e in ruled if e.code.startswith("tw:") or (e.parent or "").startswith("tw:"))
    return tuple(e for e in ruled if e.parent in view.named) or (ruled if len(ruled) == 1 else ())


def _is_firm(folded: str, key: str) -> bool:
    """Whether the text has a firm of a name: 泰山企业."""
    position = folded.find(key)
    for _ in range(50):
        if position < 0:
            break
        if FIRM.match(folded, position + len(key)):
            return True
        position = folded.find(key, position + 1)
    return False


def _open_to(view: View, start: int, end: int, surface: Surface) -> bool:
    """Whether a doubtful name has its span to itself, or is the full form of the shorter name that was taken (西安区 over 西安)."""
    if view.free(start, end):
        return True
    shorter = view.starts.get(start)
    return surface.suffixed and shorter is not None and shorter.end < end and view.free(shorter.end, end)


def _counted(folded: str, start: int, end: int, entries: tuple[RegionEntry, ...]) -> tuple[RegionEntry, ...]:
    """The towns and districts among some entries, for a name in a list whose last words count such: 大城、芳苑、溪州三乡."""
    if folded[end : end + 1] not in _BEFORE_COUNTED or not (counted := COUNTED.match(folded, end)):
        return ()
    if folded[end] not in "、和与及" and folded[start - 1 : start] not in LISTED_BY:
        return ()
    kinds = counted["kinds"]
    return tuple(e for e in entries if e.level in ("town", "county") and e.hans[-1] in kinds)


def _is_macro(view: View, start: int, end: int, key: str) -> bool:
    """Whether a guarded macro-region (江南, 大湾区, 九龙) is meant."""
    folded = view.folded
    if key in ("大湾区", "神州大地"):
        return True
    if key == "江南":  # 醉江南, 江南水乡; not the brands (江南造船)
        return not "\u4e00" <= folded[end : end + 1] <= "\u9fff" or bool(OF_JIANGNAN.match(folded, end))
    if key == "湾区":
        return "大湾区" in folded
    if key == "九龙":
        return "810000" in view.named or view.convention == "hongkong"
    return is_licensed(view, start, end) or folded.startswith(("地区", "大地"), end)
