"""Known names: those of the gazetteers where they stand for themselves, and guarded ones (苹果, 泰山) where the text shows that they do."""

import re
from collections.abc import Iterable
from functools import lru_cache

from jianbao.extractors.organisation.signs import ACTS, has_code
from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.words import CONJUNCTIONS, HAN, Words, any_of
from jianbao.lexicon import OrganisationEntry, Owner
from jianbao.records import OrganisationType

_OPENINGS = ("【", "〔", "[")
_BYLINE = re.compile(r"(?:综合)?(?:报[道导]|专讯|快讯|讯|消息)[】〕\]]")
_NAME_PARTS = frozenset(("nr", "ns", "ng", "nz", "zg", "vg", "ag", "dg"))
_LEADERS = frozenset("长")
_LEVELS = frozenset("省市县")
_BELONGING = _LEVELS | {"共"}  # 省|农发行, 中共|中央台办
_RANKS = ("长", "书记", "主任", "委员", "记者", "经理", "主席", "教授", "总裁", "议员", "律师", "医生", "先生", "女士")
_OUTSIDE_NAMES = frozenset(("edge", "stop", "mark"))
# 双龙|镇, 天能|街道: a town's or village's name. Not 村镇 in 浦发|村镇银行.
_TOWN_OR_VILLAGE = re.compile(r"[镇乡村](?![镇村])|街道")
_GOVERNS = re.compile(r"[党政委长]|人大|人民政府")  # 双龙镇|党委, which the dictionary cuts as 双龙|镇党委
_AFTER_TAIWAN = frozenset("日美欧韩英法德俄加澳印中")  # 台日, 台美, 台中: the two are one, whatever a short name makes of the second
_TOWNS_AND_VILLAGES = frozenset("镇乡村街")
# IBM|2022年, NCC|114年度, NASA|15日: a date after Latin letters. Not G20, A380, IBM360.
_DATE = re.compile(r"[0-9]{2,4}年|[0-9]{1,2}[月日]")
# 与|菜鸟|签订, 同|苹果|签下: who signs with somebody.
_SIGNS = re.compile(r"(?:正式|共同|联合)?签(?:订|署|约|下|定)")
_WITH = frozenset("与和同跟")
# 达到|世界先进, 处于|世界先进: what a thing is, and no company's name.
_DESCRIBED = frozenset(("达到", "达", "处于", "居", "位居", "属", "属于", "跻身", "迈向", "接近", "具", "具有", "具备", "为", "是", "的", "乃至"))
# The initial of a place that is its own, and what it is short for: 港铁 is of Hong Kong, but 港|铁 are ports and railways elsewhere.
_INITIALS = {"810000": ("港", "香港"), "820000": ("澳", "澳门"), "710000": ("台", "台湾")}
# What a surface means: type, the entry's id, name and region, whether it is guarded, and whether it is plain at home all the same.
Known = tuple[OrganisationType, tuple[str], str, str | None, bool, bool]
_HOUSEHOLDS = frozenset(("全家", "兄弟"))  # who speak, too
# What a company says or does, or has, in the papers of its place.
_DEALS = re.compile(
    r"(?:昨天?|今天?|昨日|今日|也|则|随后|初步)?(?:表示|指出|说明|强调|澄清|证实|回应|宣布|公布|公告|透露|坦言|预估|预计|预期|统筹|主办|参贷|参酌|推出|加码|副总|协理|发言人|员工|股价|营收|获利|财报|法说会|每股)"
)
_LISTED: frozenset[OrganisationType] = frozenset(("company", "academic", "media"))


class KnownNames:
    """Judges the hits of the gazetteers; keeps aside in the view the guarded ones that stay doubtful."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._stray_before = lru_cache(maxsize=1 << 14)(self._is_stray_before)
        self._stray_after = lru_cache(maxsize=1 << 14)(self._is_stray_after)
        self._guarded: dict[tuple[str, OrganisationType], str] = {}
        self._owned: dict[str, dict[str, Known]] = {}  # by home and surface
        self._senses = words.senses
        self._surnames = words.surnames
        self._titles = words.titles
        self._deictic = words.deictic
        self._ranks = frozenset(title for title in words.title_words if title.endswith(_RANKS))
        self._heads = words.heads
        self._heads_end_before = frozenset(word[0] for head in self._heads.values() for word in head.not_before)
        self._building = re.compile(any_of(words.by_sense["building"]))
        self._building_starts = frozenset(surface[0] for surface in words.by_sense["building"])
        self._after = re.compile(any_of(s for s, sense in words.senses.items() if sense in ("after", "around")))

    def find(self, view: View) -> None:
        """Gazetteer names. A guarded one needs its full name in the text, a company's context or a stock code.

        Of the owners of one surface (金管局, 教育部) the one at home where the article is written is meant, and there its bare name is enough.
        """
        folded, boundaries = view.folded, view.boundaries
        sure: set[str] = set()
        doubtful: list[Candidate] = []
        home = view.home
        owned = self._owned.setdefault(home, {})
        for start, end, owners in view.hits:
            if not self._stands_apart(view, start, end) and not _in_byline(folded, start, end):
                continue
            surface = folded[start:end]
            known = owned.get(surface)
            if known is None:
                known = owned[surface] = self._owner_of(surface, owners, home)
            type_, lexicon, name, region, guarded, plain_at_home = known
            candidate = Candidate(start, end, type_, "organisation.gazetteer", lexicon, name, region, 2)
            placed = type_ == "other" and start in view.place_ends  # 布里斯托|中央图书馆 is not the one at home
            if guarded and not (plain_at_home and not placed and boundaries[start] and _ends_word(view, end)):
                doubtful.append(candidate)
                if end not in view.guarded or start < view.guarded[end].start:
                    view.guarded[end] = candidate
                    view.ends.add(end)
                continue
            sure.add(lexicon[0])
            if start in view.ends or (start and folded[start - 1] in _BELONGING):
                self._take_in_place(view, candidate)
            view.add(candidate)
        coded = {(c.lexicon[0], folded[c.start : c.end]) for c in doubtful if has_code(folded, c.end)}
        for candidate in doubtful:
            end = candidate.end
            evident = (
                candidate.lexicon[0] in sure
                or self._is_no_ordinary_word(view, candidate)
                or self._beside_its_like(view, candidate)
                or self._signs(view, candidate)
                or (candidate.type == "media" and _in_byline(folded, candidate.start, end))
                or self._is_of_named_place(view, candidate)
                or self._deals_at_home(view, candidate)
                or ((candidate.lexicon[0], folded[candidate.start : end]) in coded and self._acts_by_itself(view, candidate))
            )
            if evident or ((self._after.match(folded, end) or has_code(folded, end)) and boundaries[end]):
                self._take_in_place(view, candidate)
                view.add(candidate)

    def _owner_of(self, surface: str, owners: Iterable[Owner], home: str) -> Known:
        """What a surface means to an article written at `home`."""
        several = tuple(owners)
        owner = next((o for o in several if not o.guarded), several[0])
        at_home = next((o for o in several if o.entry.region == home), None) if len(several) > 1 or owner.guarded else None
        entry: OrganisationEntry = (at_home or owner).entry
        # Hong Kong, Macau and Taiwan organs are guarded because the mainland has others of the name; at home they are plain. So are 总商会, 煤气公司, 外汇基金.
        common = (
            entry.type in ("government", "party")
            or (entry.type in ("association", "other") and len(surface) > 2)
            or surface.endswith(("公司", "基金"))
        )
        # So are companies named after it (港铁), and universities by their two characters (科大, 成大), but not 都|大; in Hong Kong and Macau also others.
        common = common or (entry.type == "company" and len(surface) == 2 and surface[0] == _INITIALS.get(home, ("",))[0])
        if entry.type == "academic":
            short = len(surface) == 2 and surface[1] == "大" and not self._words.pos(surface[0]).startswith(("d", "p"))
            common = common or short or (home in ("810000", "820000") and bool(self._words.pos(surface)))
        plain = at_home is not None and home != "CN" and common
        return entry.type, (entry.id,), entry.hans, entry.region, owner.guarded, plain

    @staticmethod
    def _beside_its_like(view: View, candidate: Candidate) -> bool:
        """Whether a company, university or paper stands in a list right after another or before one: 緯創、和碩、華碩; 港大、中大、科大."""
        folded, start, end = view.folded, candidate.start, candidate.end
        if candidate.type not in _LISTED or not view.boundaries[start] or not view.boundaries[end]:
            return False
        before = view.bodies.get(start - 1) if folded[start - 1 : start] == "、" else None
        if before is not None and before.type == candidate.type:
            return True
        return folded.startswith("、", end) and any(
            (after := view.bodies.get(position)) is not None and after.start == end + 1 and after.type == candidate.type
            for position in range(end + 3, end + 9)
        )

    @staticmethod
    def _signs(view: View, candidate: Candidate) -> bool:
        """Whether somebody signs with a company: 与|菜鸟|签订."""
        folded, start, end = view.folded, candidate.start, candidate.end
        if candidate.type not in ("company", "finance") or not (view.boundaries[start] and view.boundaries[end]):
            return False
        return start > 0 and folded[start - 1] in _WITH and _SIGNS.match(folded, end) is not None

    @staticmethod
    def _is_of_named_place(view: View, candidate: Candidate) -> bool:
        """Whether a company goes by the initial of a place that the text names: 港铁 where 香港 stands, too."""
        initial, place = _INITIALS.get(candidate.region or "", ("", ""))
        if not initial or candidate.type != "company" or candidate.end - candidate.start != 2 or not view.folded.startswith(initial, candidate.start):
            return False
        return place in view.folded and bool(view.boundaries[candidate.start]) and _ends_word(view, candidate.end)

    def _deals_at_home(self, view: View, candidate: Candidate) -> bool:
        """Whether a company of the paper's own place speaks or deals under a short name that is no verb: 中油|表示, 和碩|宣布; not 全家|表示感谢."""
        start, end = candidate.start, candidate.end
        if view.home == "CN" or candidate.region != view.home or candidate.type not in ("company", "finance"):
            return False
        if not (view.boundaries[start] and view.boundaries[end]) or _DEALS.match(view.folded, end) is None:
            return False
        word = view.folded[start:end]
        person = bool(start) and view.folded[start - 1] in self._surnames and bool(view.boundaries[start - 1])
        return (
            not person
            and word not in _HOUSEHOLDS
            and self._senses.get(word) != "doubted"
            and not self._words.pos(word).startswith(("v", "d", "a", "m", "ns", "f", "t"))
        )

    def _acts_by_itself(self, view: View, candidate: Candidate) -> bool:
        """Whether a name of ordinary words whose stock code the text gives acts or stands alone: 世界先进|出资; not 世界先进|水平, 达到|世界先进."""
        folded, boundaries, start, end = view.folded, view.boundaries, candidate.start, candidate.end
        if not (boundaries[start] and boundaries[end]) or (start and folded[view.word_before(start) : start] in _DESCRIBED):
            return False
        if end == len(folded) or not HAN.match(folded, end) or ACTS.match(folded, end):
            return True
        following = folded[end : boundaries.find(1, end + 1)]
        if following == "的":
            return False
        return self._words.kind(following) in ("edge", "soft", "stop") or self._words.pos(following).startswith("v")

    def _is_no_ordinary_word(self, view: View, candidate: Candidate) -> bool:
        """Whether a guarded surface stands alone and is no common noun, verb or place: 融创, 阿里云, 自由党; not 苹果 or 泰山."""
        start, end = candidate.start, candidate.end
        if not view.boundaries[start] or not _ends_word(view, end):
            return False
        word = view.folded[start:end]
        judged = self._guarded.get((word, candidate.type))
        if judged is None:
            judged = self._guarded[word, candidate.type] = self._judge_guarded(word, candidate.type)
        if judged == "never" or (judged == "unless a place" and end in view.place_ends):
            return False
        return len(word) > 2 or self._clean(view, start, end)

    def _judge_guarded(self, word: str, type_: OrganisationType) -> str:
        """What a guarded surface is by itself, whatever the text."""
        sense = self._senses.get(word)
        if sense in ("trusted", "doubted"):
            return "always" if sense == "trusted" else "never"
        pos = self._words.pos(word)
        local = type_ in ("government", "party")
        if pos.startswith("ns"):
            return "never" if local or type_ == "association" else "unless a place"
        common = pos.startswith(("v", "a", "d", "f", "m", "t", "q", "b", "s", "c", "z")) or pos in ("n", "l", "nrfg")
        short = len(word) < 3 and (pos == "nr" or local)
        made_of_words = not pos and all(len(piece) > 1 for piece in self._words.cut(word))
        return "never" if common or short or made_of_words else "always"

    def _clean(self, view: View, start: int, end: int) -> bool:
        """Whether no stray character on either side makes a longer foreign or made-up word of a short surface: 戴尔|马, 彭博|伦."""
        folded, boundaries = view.folded, view.boundaries
        if start:
            before = folded[start - 1]
            if before == "·" or (boundaries[start - 1] and start not in view.place_ends and self._stray_before(before)):
                return False
        if end == len(folded):
            return True
        after = folded[end]
        if after == "约" and folded[end + 1 : end + 2].isdigit():
            return True  # 鸿海|约0.5%
        return after != "·" and not (boundaries[end + 1] and self._stray_after(after))

    def _is_stray_before(self, character: str) -> bool:
        return (
            HAN.match(character) is not None
            and self._words.kind(character) == "char"
            and not self._words.pos(character).startswith(("v", "p", "d", "q", "f", "m", "c", "j"))
        )

    def _is_stray_after(self, character: str) -> bool:
        return HAN.match(character) is not None and self._words.kind(character) == "char" and self._words.pos(character)[:2] in _NAME_PARTS

    def _stands_apart(self, view: View, start: int, end: int) -> bool:
        """Whether a surface is not a piece of longer words: 三星 in 三星级酒店. 财政部|长 and 市委|书记 are apart."""
        folded, boundaries = view.folded, view.boundaries
        size = end - start
        if size < 4 and not boundaries[start]:
            return False
        if folded[start].isascii() and start and folded[start - 1].isascii() and folded[start - 1].isalnum():
            return False
        following = folded[end : end + 1]
        if folded[end - 1].isascii() and following.isascii() and following.isalnum() and not _ends_word(view, end):
            return False
        if (
            size < 4
            and following in _TOWNS_AND_VILLAGES
            and (town := _TOWN_OR_VILLAGE.match(folded, end))
            and (boundaries[town.end()] or _GOVERNS.match(folded, town.end()))
        ):
            return False
        if (
            not boundaries[end]
            and not _ends_word(view, end)
            and following not in _LEADERS
            and not folded.startswith(self._titles.get(following, ()), end)
            and (size < 4 or view.word_before(end + 1) < end - 1)
        ):
            return False
        if size == 2:
            if start and folded[start - 1] == "台" and folded[start] in _AFTER_TAIWAN:
                return False  # 台日|共同, 訪台中|時
            if not self._clean(view, start, end):
                return False
            if start and folded[start - 1] in self._surnames and self._in_person_name(view, start - 1):
                return False
            if folded[start] in self._surnames and HAN.match(following) and start and self._is_rank(folded[view.word_before(start) : start]):
                return False  # 镇长|林德|建
        if following in self._building_starts and self._building.match(folded, end):
            return False
        # 嘉华国际|合组, 港交所|及: a word of its own begins there.
        if (
            following in self._heads_end_before
            and following not in CONJUNCTIONS
            and not (boundaries[end] and not boundaries[end + 1])
            and not folded.startswith(self._titles.get(following, ()), end)  # 成功大学|校长
        ):
            for length in (4, 3, 2, 1):
                head = self._heads.get(folded[end - length : end])
                if head is not None and folded.startswith(head.not_before, end):
                    return False  # 大学|生; 交通运输部|门, which 运输部 says nothing of but 部 does
                if head is not None and boundaries[end]:
                    return True  # 商务部|分析: the longest head knows best where a word ends
        return True

    def _is_rank(self, word: str) -> bool:
        """Whether a word before a person's name is a rank: 总裁, 镇长."""
        return word in self._ranks or (len(word) == 2 and word[1] == "长")

    def _in_person_name(self, view: View, surname: int) -> bool:
        """Whether a surname begins a personal name at `surname`: after a title, a colon, or at a line's head (责任编辑: 蒋敏华)."""
        folded = view.folded
        if not view.boundaries[surname]:
            return False
        at = surname
        while at and folded[at - 1] in " \u3000":
            at -= 1
        before = folded[at - 1] if at else ""
        if not before or not HAN.match(before):
            return before in (":", "、", "")
        return self._senses.get(folded[view.word_before(surname) : surname]) == "edge" and self._words.kind(folded[surname]) != "edge"

    def _has_level(self, view: View, start: int) -> bool:
        """Whether a level stands by itself before a company's short name: 市|建行表示; not 我省|建行, 两市|联通."""
        folded, level = view.folded, start - 1
        if level < 0 or folded[level] not in _LEVELS or not (view.boundaries[level] and view.boundaries[start]):
            return False
        before = folded[view.word_before(level) : level] if level else "\n"
        return before not in self._deictic and before != ")" and (self._words.kind(before) in _OUTSIDE_NAMES or not HAN.match(before[-1]))

    def _take_in_place(self, view: View, candidate: Candidate) -> None:
        """A place before a state organ, a university or a place's branch belongs to the name (中国|国务院, 吉林|联通), so does a government before its organ."""
        if candidate.start not in view.place_ends:
            if view.folded.startswith("中共中央", candidate.start - 2):
                candidate.start, candidate.name, candidate.type = candidate.start - 2, None, "party"  # 中共|中央台办
                return
            if candidate.type in ("company", "finance") and self._has_level(view, candidate.start):
                candidate.start, candidate.name = candidate.start - 1, None  # 省|农发行, 县|联通
                return
            government = view.bodies.get(candidate.start)
            if government is not None and candidate.type == government.type == "government" and view.folded.startswith("政府", candidate.start - 2):
                candidate.start, candidate.name = government.start, None  # 澳门特区政府|经济财政司
            return
        start, entry = view.place_ends[candidate.start][0]
        if candidate.type in ("government", "academic", "party"):
            fits = entry.level in ("country", "province", "prefecture", "county")
        else:
            # 台湾|台积电, 香港|国泰航空: the company goes by its name without the place; 绍兴三花集团, 吉林联通: it is told apart by it.
            near = entry.level in ("province", "prefecture", "county") and entry.code not in ("710000", "810000", "820000")
            fits = near and (candidate.type in ("company", "finance") or view.folded.endswith(("医院", "荣总"), candidate.start, candidate.end))
            # 香港|某某基金会: of a place's own association it is the name.
            fits = fits or (candidate.type == "association" and entry.code == candidate.region and candidate.end - candidate.start > 3)
        name = candidate.name or ""
        if fits and view.boundaries[start] and not name.startswith(view.folded[start : candidate.start]):
            candidate.start = start
            candidate.name = None
            candidate.region = entry.code


def _in_byline(folded: str, start: int, end: int) -> bool:
    """Whether a name stands in the bracket that begins a text, whatever words the dictionary sees there: 【点|新闻报道】."""
    return folded[start - 1 : start] in _OPENINGS and _BYLINE.match(folded, end) is not None


def _ends_word(view: View, end: int) -> bool:
    """Whether a word ends at `end`; Latin letters end where a date begins, though the dictionary takes both for one: IBM|2022年."""
    folded = view.folded
    return bool(view.boundaries[end]) or (
        folded[end : end + 1].isdigit() and folded[end - 1].isascii() and folded[end - 1].isalpha() and _DATE.match(folded, end) is not None
    )
