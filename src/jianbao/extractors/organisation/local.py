"""Bodies of state and party: 市工信局, 通化市东昌区政府, 省委组织部, after a place, a level of place, or a body."""

import re
from functools import lru_cache

from jianbao.extractors.organisation.view import LONGEST, Candidate, View
from jianbao.extractors.organisation.walk import Walk
from jianbao.extractors.organisation.words import COUNTED, HAN, SMALL_NUMBER, Head, Words
from jianbao.lexicon import RegionEntry
from jianbao.records import OrganisationType

# Which of several bodies of a place it is: 北京市|第一|中级人民法院.
_NUMBERED = re.compile(r"第[一二三四五六七八九十]{1,3}\Z")
# Whose committee of a place it is: 中共|吉林省委, 共青团|吉林省委.
_BEFORE_COMMITTEE = ("中共", "共青团", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟")
# Fields of a county's office in a run: 文|旅|广|体, 文体|广电.
_FIELD = "文化|体育|旅游|广电|广播|电视|新闻|出版|教育|科技|工业|商务|信息化|林业|水利|水务|农业|农村|和"
_FIELD_INITIAL = "文体广旅教科卫电新工商农林水"
_FIELDS = re.compile(rf"(?>(?:{_FIELD}|[{_FIELD_INITIAL}]){{0,8}})\Z")
_ENDS_FIELD = frozenset(word[-1] for word in (*_FIELD.split("|"), *_FIELD_INITIAL))
_KINDS_OF_A_COUNTRY = frozenset(("法院", "检察院", "公安局", "办公室", "海关", "管委会", "中院", "派出所"))
_COUNTIES = ("县", "市", "区", "州", "旗")
_EMBASSY = ("使馆", "领事馆", "领馆", "代表处", "办事处", "代表团", "记者站")


class LocalBodies:
    """Names that a head of state or party makes with what stands before it, by rule and not by its words."""

    def __init__(self, words: Words, walk: Walk) -> None:
        self._words = words
        self._walk = walk
        self._deictic = words.deictic
        self._generic = words.generic
        self._county_offices = frozenset(words.by_sense["county_office"])
        self._level_suffixes = tuple(words.levels)
        self._levels_by_end: dict[str, list[str]] = {}
        for level in words.levels:
            self._levels_by_end.setdefault(level[-1], []).append(level)

    def build(self, view: View, start: int, end: int, surface: str, head: Head, is_field: bool) -> Candidate | None:
        """市工信局, 通化市东昌区政府, 省委组织部: after a place, a level of place, or a body."""
        folded = view.folded
        if surface[-1] == "局" and (begin := self._fields_start(view, start)) < start:
            start, surface, is_field = begin, folded[begin:end], True
        one = len(surface) == 1
        numbered = _NUMBERED.search(folded, max(0, start - 4), start) if folded[start - 1 : start] in "一二三四五六七八九十" else None
        if numbered is not None and (numbered.start() in view.place_ends or folded.endswith(self._level_suffixes, 0, numbered.start())):
            start = numbered.start()
        places = view.place_ends.get(start)
        if places is None and len(surface) > 1 and surface[0] in "省市县区乡镇":
            # 中山市|政府 under the head 市政府, where 中山 alone is no place.
            places = [(a, e) for a, e in view.place_ends.get(start + 1, ()) if a < start - 1] or None
        if places is not None:
            begin, entry = places[0]
            begin, region = view.chain(begin), entry
            central = view.bodies.get(begin)
            if central is not None and head.type == "government" and self._is_office_of(central, folded[central.start : begin], surface):
                return Candidate(central.start, end, head.type, "organisation.local", (*central.lexicon, head.id), None, region.code, 1)
            if one and (surface != "委" or entry.level not in ("province", "prefecture", "county")):
                return None
            if self._is_generic_after_place(surface, region):
                return None
            base = view.bodies.get(begin) if head.joins else None
            if base is not None and base.type == head.type:
                return Candidate(base.start, end, head.type, "organisation.local", (*base.lexicon, head.id), None, base.region, 1)
            party = next((name for name in _BEFORE_COMMITTEE if folded.endswith(name, 0, begin)), None) if head.type == "party" else None
            if party is not None:
                type_: OrganisationType = "association" if party == "共青团" else "party"
                return Candidate(begin - len(party), end, type_, "organisation.local", (head.id,), None, region.code, 1)
            if folded.startswith("驻", begin - 1) and surface.endswith(_EMBASSY) and begin - 1 in view.place_ends:
                begin = view.place_ends[begin - 1][0][0]
            return Candidate(begin, end, head.type, "organisation.local", (head.id,), None, region.code, 1)
        base = view.bodies.get(start)
        if base is not None and base.type in ("government", "party", "association", "academic") and not _has_level(surface):
            if one or head.whole or base.end - base.start > LONGEST:
                return None
            type_ = "party" if base.type == "party" else head.type  # 上海市委|社会工作部
            return Candidate(base.start, end, type_, "organisation.local", (*base.lexicon, head.id), None, base.region, 1)
        if one or (head.weak and not is_field):
            return None
        begin = start
        before = folded[start - 1 : start]
        if not _has_level(surface):
            level = next((x for x in self._levels_by_end.get(before, ()) if folded.endswith(x, 0, start)), None)
            if level is not None and len(level) < start + 1:
                begin = start - len(level)
                if level in ("镇", "乡", "街道"):
                    begin = self._walk.town_start(view, begin)
                if begin in view.place_ends:  # 前海合作区|管理局, 新南威尔斯省|政府
                    place, entry = view.place_ends[begin][0]
                    return Candidate(view.chain(place), end, head.type, "organisation.local", (head.id,), None, entry.code, 1)
        before = folded[begin - 1] if begin else "\n"
        levelled = begin < start or _has_level(surface)
        if levelled:
            if before in "各两几多数等每跨某" or SMALL_NUMBER.match(before) or folded.startswith(("各地", "各级"), begin - 2):
                return None
            if COUNTED.search(folded, max(0, begin - 3), begin):
                return None
            if surface[0] != "团" and before in "省市州县区乡" and begin not in view.place_ends:
                return None  # 两县|区政府, 各市|县政府; but 我市|团市委
            if before in self._deictic:
                if _has_level(surface):
                    return None
                bare = self._bare(view, surface, head, is_field)
                return Candidate(start, end, head.type, "organisation.local", (head.id,), weight=1) if bare else None
            word = view.word_before(begin)
            if folded[begin:start] == "自治区" and surface in ("政府", "人民政府"):
                return None
            # 城市: the level is the end of a longer word.
            longer = HAN.match(before) and not view.boundaries[begin]
            if longer and self._words.kind(folded[word : begin + 1]) in ("noun", "trade", "stop", "edge"):
                return None
            return Candidate(begin, end, head.type, "organisation.local", (head.id,), weight=1)
        if not self._bare(view, surface, head, is_field) or (before in self._deictic and before not in "我该本全"):
            return None
        if before == surface[0] == "村":
            return None  # 各村|村委会
        if HAN.match(before):
            if COUNTED.search(folded, max(0, begin - 3), begin):
                return None
            word = view.word_before(begin)
            kind = self._words.kind(folded[word:begin])
            pos = self._words.pos(folded[word:begin])
            if (
                not view.boundaries[begin]
                or (kind not in ("edge", "soft", "stop") and not pos.startswith(("a", "v", "d")))
                or folded[word:begin] in self._generic
            ):
                return None
        elif before.isalnum():
            return None
        return Candidate(begin, end, head.type, "organisation.local", (head.id,), weight=1)

    def _fields_start(self, view: View, start: int) -> int:
        """Where a run of fields begins after a place or its level that an office's head ends: 余庆县|文体|旅游局, 县|文旅广体|局; else `start`."""
        if not start or view.folded[start - 1] not in _ENDS_FIELD:
            return start
        run = _FIELDS.search(view.folded, max(0, start - 12), start)
        if run is None:
            return start
        for begin in range(run.start(), start):
            if begin in view.place_ends or view.folded.endswith(_COUNTIES, 0, begin):
                return begin
        return start

    @staticmethod
    def _is_office_of(central: Candidate, name: str, surface: str) -> bool:
        """Whether a head ends the local office of a central organ: 国家税务总局|辽源市税务局, 证监会|甘肃证监局, 国家矿山安全监察局|吉林局."""
        if central.type != "government" or central.region != "CN" or surface[-1] != "局" or name[-1] not in "局会":
            return False
        return all(character in name for character in surface[:-1])

    def _is_generic_after_place(self, surface: str, entry: RegionEntry) -> bool:
        """日本法院, 中国检察院: of a whole country some bodies are a kind."""
        return surface in _KINDS_OF_A_COUNTRY and entry.level in ("country", "macro", "foreign_city")

    def _bare(self, view: View, surface: str, head: Head, is_field: bool) -> bool:
        """Whether a local body may stand without place and level: 科技局: 抓好“一转五创”; at home in Taiwan 工务处, too."""
        if view.home == "710000" and surface in self._county_offices:
            return True
        if is_field:
            return surface.endswith(("局", "厅", "委", "司", "署")) and len(surface) >= 3
        return head.bare


@lru_cache(maxsize=1 << 14)
def _has_level(surface: str) -> bool:
    """Whether a head carries the level of its place: 市委, 省委组织部, 团市委."""
    return (surface[0] in "市省县区州旗盟" and surface[1:2] in "委政党纪议") or surface.startswith(("团", "自治区"))
