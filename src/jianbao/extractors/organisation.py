"""Organisations: a body that can act, under its maximal name, as in 绍兴市人民政府, 浙达能源清洁利用技术有限公司 or 市委组织部.

A name is known (gazetteer), built (a head such as 公司 or 财政局, and the words that may stand before it), or told by its context (a list closed by
等企业, 甲董事长, a stock code, a source line). Where candidates overlap the longest stays: 吉林大学第一医院 holds 吉林大学.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import daachorse
from spacy.language import Language

from jianbao.component import MentionComponent
from jianbao.lexicon import Lexicon, OrganisationEntry, OrganisationHeadEntry, Owner, RegionEntry, load_lexicon
from jianbao.records import OrganisationType, OrganisationValue
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Hit, Mention, Text

LONGEST = 34  # characters of a name before its head
LONGEST_BRAND = 12  # characters between a legal name's place and what the walk makes of its rest
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# What only a body does or has, right after its name: it makes a doubtful brand one (融江化工|与…签订, 港汇巴士|董事总经理).
_ACTS = re.compile(
    r"(?:与|和|同|跟)(?=[^,。;]{2,24}(?:签|达成|合作))|(?:昨日|今日|昨天|今天|日前|近日|已|将|拟)?(?:签署|签订|宣布|公布|公告|表示|透露|指出|发布|斥资|中标|收购|获批|控股|持股|承建)"
    r"|(?:董事|总裁|总经理|副总|执行|行政总裁|首席|股东|股价|股份|旗下|发言人|负责人)|\((?:股票|证券)?(?:代码|简称)?[::]?[0-9]{4,6}"
)
_HOMES = {"hongkong": "810000", "macau": "820000", "taiwan": "710000"}
_OFFICES = ("局", "厅", "委员会", "署", "处")
_BRAND_CHARACTER = re.compile(r"[\u3400-\u9fff\uf900-\ufaffA-Za-z0-9]")
# What no brand holds: between a place and a legal form it shows that the name begins later (上海的…, 在北京设立…).
_ENDS_BRAND = re.compile(
    r"的|[这那一两几各]家|省|市[委长]|政府|公司|集团|银行|设立|成立|收购|投资设|控股的|参股|增资|签[署订约]|委托|购买|出售|起诉|要求|表示|宣布|公告|全资|旗下|"
    r"召开|举行|举办|参加|加入|走访|考察|来自|出席|邀请|所属|知名|首家|唯一|最大|多家|"
    r"记者|企业|上市|方面|地区|等地|两地|认购|持有|支付|获得|中标|书记|主席|总裁|经理|董事|代表|通过|作为|成为|以及|隶属|位于|总部|注册"
)
_ENDS_BRAND_WORDS = frozenset("与和及或在由向对将于了是为把给被从该此其")
# (600188.SH), (1704), (00700.HK), (NYSE:BABA), (股票代码:600001). Not a year in brackets.
_STOCK = re.compile(
    r"\((?:股票代码|证券代码|股份代号|代码|NYSE|NASDAQ|Nasdaq|SH|SZ|HK|HKEX|SEHK|TWSE|纳斯达克|纽交所|上市编号)?[::.]? ?"
    r"(?:\d{6}|\d{5}|(?!19[4-9]\d|20[0-4]\d)\d{4}|(?<=[EQKXHZ所][::. ])[A-Z]{1,5}(?=\)))(?:[.,][A-Z]{1,3})?(?:[,/、;][^()]{1,24})?\)"
)
# A list closed by its class: 等企业, 等7家轻纺企业, 等一批“隐形冠军”企业. The class is looked up in what follows 等.
_LIST_END = re.compile(r"等(?![等级于候待])(?=[^,。;:!?\n]{2})")
_CLOSED_PERSON = re.compile(r"(?:家|者|主|化|的?人|员|名单|股价|管理)")
# 来源: 浙江发布 | 稿源:某网 (a blank, a bracket or a line end closes it)
_SOURCE_NAME = re.compile(r"[::] {0,12}《?([^\s\u3000()《》,。;:|<>/\[\]]{2,14})")
# 《某报》记者, 《The Edge》专访, 《某报》报道: a title that speaks is a medium.
_TITLE = re.compile(r"《([^《》\n]{2,24})》")
_SPEAKS = re.compile(
    r"(?:\d+[日月]|\d{4}年)?(?:[^\s,。《》]{0,2})?(?:记者|报道|报导|专访|专栏|社论|评论|引述|引用|刊文|刊登|撰文|采访|披露|的报道|网站|官网|消息|刊发|头版|编辑|主编|副刊|发表|指出|称)"
)
# 据某网报道, 某社3月1日电
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|Copyright) ?(?:\d{4}(?:[-—~]\d{2,4})? ?)?"
    r"([A-Za-z][A-Za-z0-9]{2,20}(?:\.[a-z]{2,4})?|[\u4e00-\u9fff]{2,10}?)(?=[. ]*(?:All|版权|[.,\s]|$))"
)
# What no name's last word before its head ends in: 的公司, 、公司.
_NEVER_LAST = frozenset("的了与在是对被把及或从由,。、;:!?“《(\n \u3000…—%")
_FINANCE = ("评级", "担保", "小额贷款", "租赁", "保理", "典当", "股权投资", "创业投资")
_ENDS_WALK = frozenset(("government", "academic", "party"))
_NAME_PARTS = frozenset(("nr", "ns", "ng", "nz", "zg", "vg", "ag", "dg"))
# 收购甲100%股权, 甲51%的股份: a stake is held in what stands before it.
_STAKE = re.compile(r"%的?(?:股权|股份|股票|控股权)")
# 收购|龙门教育|50.17%股权, 72%股权、|深圳山艺|80%股权: who is bought or held stands between the verb, or another stake, and the number.
_HELD = re.compile(
    r"[\s\S]*(?:收购|购买|受让|出售|转让|出让|持有|所持|认购|取得|拥有|竞得|股[权份][、和及,])(?:了|其|其?旗下|(?:其|所)?持有的|(?:全资|控股|参股)?子公司)?(?P<name>[\u4e00-\u9fffA-Za-z]{3,8})\Z"
)
_NOBODY_HELD = re.compile(
    r"公司|企业|股[权份东]|目标|标的|上市|项目|对方|剩余|其余|其他|部分|全部|合计|累计|共计|少数|相关|[前上]述|相应|另[外一]|同一|不足|超过|至少|最多|总股本|合并|分别|直接|间接|"
    r"资产|基金|份额|剥离|总计|置[入出]|交易|双方|各方|甲方|乙方|多数|绝大|不少|不超|[的了其该此约近逾共为以被由在与和及]"
)
_NUMBER_TAIL = re.compile(r"(?:合计|共计|的)?(?<![\d.])\d[\d.]{0,7}\Z")
_RANKS = {"country": 0, "province": 1, "prefecture": 2, "county": 3}
# What may stand in a bracket inside a name: 甲科技(惠州)有限公司.
_BRACKETED = re.compile(r"[\u4e00-\u9fff]{2,8}")
_CONJUNCTIONS = frozenset("和与及")
_PARTS_MEMBERS = frozenset("、,。;:!?\n“《 \u3000")
_OPEN, _CLOSE = "“", "”"
_LEADERS = frozenset("长")
_LEADING = ("长", "书记", "常委", "副书记")
_BREAKS = frozenset(("edge", "stop", "mark"))  # kinds of words that no name holds
_OF_SHORT_NAMES = frozenset(("char", "brand", "noun", "trade"))
_ORDINAL = re.compile(r"第?[一二三四五六七八九十]{1,3}")
# Which of several bodies of a place it is: 北京市|第一|中级人民法院.
_NUMBERED = re.compile(r"第[一二三四五六七八九十]{1,3}\Z")
_NUMBER_OF_BODY = re.compile(r"第?[一二三四五六]\Z")  # 中正|一|分局
_ATTENDS = frozenset("上念读考入")
# 中美|贸易: what goes on between two countries is no firm's brand and trade.
_COUNTRIES = frozenset("中美日韩英法德俄印越泰澳加欧非台港朝蒙缅老柬菲巴意葡苏")
_BETWEEN = frozenset(("贸易", "投资", "文化", "教育", "旅游", "能源", "科技", "技术", "农业", "金融", "交通", "渔业", "铁路", "航空", "电影"))
_NEVER_BETWEEN = frozenset(("edge", "stop", "mark", "soft", "level", "starter"))
# Whose committee of a place it is: 中共|吉林省委, 共青团|吉林省委.
_BEFORE_COMMITTEE = ("中共", "共青团", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟")
_LISTED: frozenset[OrganisationType] = frozenset(("company", "academic", "media"))
_MEASURES = frozenset("万亿股元吨日月年号家个名")  # after a digit they measure
_SMALL_NUMBER = re.compile(r"[0-9一二三四五六七八九十百千两几数多]")
_EMBASSY = ("使馆", "领事馆", "领馆", "代表处", "办事处", "代表团", "记者站")


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_value = lru_cache(maxsize=1 << 16)(OrganisationValue)  # the same few names again and again: validated once


class Token(NamedTuple):
    """A word on the way from a head to the left edge of its name."""

    start: int
    end: int
    kind: str  # place body brand char trade noun starter level latin digits
    owner: Any = None


class _Pattern(NamedTuple):
    """A head of names, a trigger, or both, as one pass over a text finds it.

    Attributes:
        is_field: Whether it is a combined head (财政 + 局).
        sense: What it triggers.
        alone: Whether its names need no word before it: it takes a place, a level, or nothing.
        from_place: Whether its names run from their place on whatever stands between.
    """

    surface: str
    head: OrganisationHeadEntry | None
    is_field: bool
    sense: str | None
    alone: bool
    from_place: bool


@dataclass(slots=True)
class Candidate:
    """A span that may be an organisation."""

    start: int
    end: int
    type: OrganisationType
    rule: str
    lexicon: tuple[str, ...] = ()
    name: str | None = None
    region: str | None = None
    weight: int = 0
    refused: tuple[str, ...] = ()


_start = attrgetter("start")
_end = attrgetter("end")


def _longest_first(candidate: Candidate) -> tuple[int, int, int, str]:
    return candidate.start - candidate.end, -candidate.weight, candidate.start, candidate.rule


@dataclass(slots=True)
class View:
    """One text as the rules look at it, with what they have found so far."""

    folded: str
    boundaries: bytearray
    place_ends: dict[int, list[tuple[int, RegionEntry]]]
    bodies: dict[int, Candidate] = field(default_factory=dict)  # by end
    guarded: dict[int, Candidate] = field(default_factory=dict)  # by end
    ends: set[int] = field(default_factory=set)  # of places, bodies and guarded names: one look-up for all three
    doubtful_places: dict[int, int] = field(default_factory=dict)  # the starts of guarded places (和平, 三重) by end
    found: list[Candidate] = field(default_factory=list)
    triggers: list[tuple[int, int, str]] = field(default_factory=list)  # start, end, sense

    def add(self, candidate: Candidate) -> None:
        """Keeps a candidate; a later name may be built upon the longest that ends where it does."""
        self.found.append(candidate)
        end = candidate.end
        known = self.bodies.get(end)
        if known is None or candidate.start < known.start:
            self.bodies[end] = candidate
            self.ends.add(end)

    def holds_no_body(self, end: int) -> bool:
        """Whether no body stands in the words that a name ending at `end` may hold: a quick refusal before the walk."""
        near = range(end - LONGEST, end + 1)
        return self.bodies.keys().isdisjoint(near) and self.guarded.keys().isdisjoint(near)

    def word_before(self, position: int) -> int:
        """Where the word begins that holds the character before `position`."""
        return self.boundaries.rfind(1, 0, position)


class OrganisationExtractor:
    """Finds names of bodies; a kind-word alone (两家企业, 有关部门), a project, a product or a job title is none."""

    def __init__(self, heads: Lexicon, context: Lexicon, fields: Lexicon, characters: Lexicon, stops: Lexicon, segmenter: WordSegmenter) -> None:
        self._pos = segmenter.pos
        self._cut = segmenter.cut
        self._kinds: dict[str, str] = {}
        self._is_finance = lru_cache(maxsize=1 << 14)(self._ends_in_finance)
        self._stray_before = lru_cache(maxsize=1 << 14)(self._is_stray_before)
        self._stray_after = lru_cache(maxsize=1 << 14)(self._is_stray_after)
        self._guarded: dict[tuple[str, OrganisationType], str] = {}
        self._owned: dict[str, dict[str, tuple[OrganisationEntry, bool, bool]]] = {}  # by home and surface
        senses: dict[str, str] = {surface: entry.sense for surface, entry in context.by_surface.items()}
        self._senses = senses
        self._brand = frozenset(characters.by_surface) | {c for c, sense in senses.items() if sense == "soft_edge" and len(c) == 1}
        by_sense: dict[str, list[str]] = {}
        for surface, entry in fields.by_surface.items():
            by_sense.setdefault(entry.sense, []).append(surface)
        # A title after a name may be one word with the name's end: 商|会会长 is 商会 and 会长.
        self._titles = tuple(sorted(context.by_id["edge_role"].surfaces if "edge_role" in context.by_id else ()))
        self._title_words = frozenset(self._titles)
        self._title_starts = frozenset(title[0] for title in self._titles)
        # After a head that ends inside a word: only these can begin what leads the body (财政部|长, 县法院|院长).
        self._leader_starts = self._title_starts | {word[0] for word in _LEADING}
        self._fields = frozenset(by_sense["field"])
        self._surnames = frozenset(by_sense["surname"])
        self._deictic = frozenset(by_sense["deictic"])
        self._generic = frozenset(by_sense["generic"])
        self._no_source = frozenset(by_sense["no_source"])
        self._building = re.compile(_any_of(by_sense["building"]))
        self._building_starts = frozenset(surface[0] for surface in by_sense["building"])
        self._park = re.compile(rf"[^\s,。、;:!?的和与“”《》()]{{0,6}}(?:{_any_of(by_sense['park'])})")
        self._levels = sorted((s for s, sense in senses.items() if sense == "level"), key=len, reverse=True)
        self._level_ends = frozenset(level[-1] for level in self._levels)
        self._heads: dict[str, OrganisationHeadEntry] = dict(heads.by_surface)
        self._heads_end_before = frozenset(word[0] for head in self._heads.values() for word in head.not_before)
        self._field_heads = self._combine(sorted(self._fields))
        # One pass finds heads and triggers.
        triggers = {s: sense for s, sense in senses.items() if sense in ("after", "before", "around", "source")}
        patterns = list({**self._heads, **self._field_heads, **triggers})
        self._patterns = [self._pattern_of(surface, triggers.get(surface)) for surface in patterns]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(patterns)
        self._after = self._pattern("after", "around")
        self._classes: dict[str, OrganisationType] = {
            s: sense.removeprefix("class_")  # type: ignore[misc]
            for s, sense in senses.items()
            if sense.startswith("class_")
        }
        self._class = re.compile(_any_of(self._classes))
        self._stops = {surface: entry for surface, entry in stops.by_surface.items() if "organisation" in entry.refuses}
        self._stop_words = daachorse.CharwiseDoubleArrayAhoCorasick(list(self._stops)) if self._stops else None

    def _pattern(self, *senses: str) -> re.Pattern[str]:
        return re.compile(_any_of(s for s, found in self._senses.items() if found in senses))

    def _pattern_of(self, surface: str, sense: str | None) -> "_Pattern":
        head = self._heads.get(surface) or self._field_heads.get(surface)
        return _Pattern(
            surface,
            head,
            is_field=surface in self._field_heads and surface not in self._heads,
            sense=sense,
            alone=head is not None and (head.local or head.bare),
            from_place=head is not None and _begins_with_place(surface, head),
        )

    def _combine(self, fields: Iterable[str]) -> dict[str, OrganisationHeadEntry]:
        """What a local body is for and what it is: 财政 + 局, under the entry of 局."""
        ends = ("局", "厅", "委", "委员会", "办公室", "部", "署", "处", "司", "总局", "管理局", "支队", "总队", "大队")
        combined = {f + end: self._heads[end] for f in fields for end in ends}
        return combined | {f + "办": self._heads["办公室"] for f in fields}

    # ---- one text -----------------------------------------------------------------------------------------------------

    def find(self, text: Text) -> Iterator[Mention]:
        """The organisations of a text, apart from one another."""
        folded = text.folded
        if not folded:
            return
        places, doubtful = self._places(text)
        view = View(folded, text.boundaries, places, ends=set(places), doubtful_places=doubtful)
        self._find_known(view, text.hits.get("organisation", ()), _HOMES.get(text.article.convention if text.article else "mainland", "CN"))
        self._find_built(view)
        self._find_lists(view)
        self._find_by_context(view)
        self._find_between(view)
        self._find_media(view)
        for candidate in self._choose(view):
            start, end = candidate.start, candidate.end
            value = _value(name=candidate.name or folded[start:end], type=candidate.type, region=candidate.region)
            yield Mention("organisation", start, end, candidate.rule, value, None, candidate.lexicon, refused=candidate.refused)

    def _places(self, text: Text) -> tuple[dict[int, list[tuple[int, RegionEntry]]], dict[int, int]]:
        """Known places by their end, longest first, and the starts of guarded ones (和平, 合作), which are ordinary words here."""
        boundaries = text.boundaries
        ends: dict[int, list[tuple[int, RegionEntry]]] = {}
        doubtful: dict[int, int] = {}
        for start, end, owners in text.hits.get("region", ()):
            if boundaries[start] and (boundaries[end] or end - start > 1):
                for entry, guarded in owners:
                    if not guarded:
                        if end in ends:
                            ends[end].append((start, entry))
                        else:
                            ends[end] = [(start, entry)]
                        break
                else:
                    doubtful.setdefault(end, start)
        return ends, doubtful

    def _choose(self, view: View) -> list[Candidate]:
        """Of overlapping candidates the longest; none where an ordinary phrase stands."""
        stops = bytearray(len(view.folded) + 1)  # inside a stop phrase: 1 at its start, 2 further in
        stopped = self._stop_words.find_overlapping(view.folded) if self._stop_words is not None else []
        for start, end, _ in stopped:
            stops[start] = stops[start] or 1
            stops[start + 1 : end] = b"\x02" * (end - start - 1)
        holders: dict[int, Candidate] = {}  # by each position that a chosen one takes
        chosen: list[Candidate] = []
        for candidate in sorted(view.found, key=_longest_first):
            start, end = candidate.start, candidate.end
            if stopped and (
                stops[start] == 2 or stops[end] == 2 or (stops[start] == 1 and 1 not in stops[start + 1 : end] and 0 not in stops[start:end])
            ):
                continue
            # Longest first: an earlier one that overlaps holds this one's first or last character.
            holder = holders.get(start) or holders.get(end - 1)
            if holder is None:
                for position in range(start, end):
                    holders[position] = candidate
                chosen.append(candidate)
            elif candidate.lexicon[:1] != holder.lexicon[:1]:
                holder.refused = (*holder.refused, *candidate.lexicon[:1])
        for candidate in chosen:
            if candidate.refused:
                candidate.refused = tuple(dict.fromkeys(candidate.refused))
        chosen.sort(key=_start)
        return chosen

    # ---- known names --------------------------------------------------------------------------------------------------

    def _find_known(self, view: View, hits: Iterable[Hit], home: str) -> None:
        """Gazetteer names. A guarded one needs its full name in the text, a company's context or a stock code.

        Of the owners of one surface (金管局, 教育部) the one at home where the article is written is meant, and there its bare name is enough.
        """
        folded, boundaries = view.folded, view.boundaries
        sure: set[str] = set()
        doubtful: list[Candidate] = []
        owned = self._owned.setdefault(home, {})
        for start, end, owners in hits:
            if not self._stands_apart(view, start, end):
                continue
            surface = folded[start:end]
            known = owned.get(surface)
            if known is None:
                known = owned[surface] = _owner_of(owners, home)
            entry, guarded, plain_at_home = known
            candidate = Candidate(start, end, entry.type, "organisation.gazetteer", (entry.id,), entry.hans, entry.region, weight=2)
            if guarded and not (plain_at_home and boundaries[start] and boundaries[end]):
                doubtful.append(candidate)
                if end not in view.guarded or start < view.guarded[end].start:
                    view.guarded[end] = candidate
                    view.ends.add(end)
                continue
            sure.add(entry.id)
            self._take_in_place(view, candidate)
            view.add(candidate)
        for candidate in doubtful:
            end = candidate.end
            evident = candidate.lexicon[0] in sure or self._is_no_ordinary_word(view, candidate) or self._beside_its_like(view, candidate)
            if evident or ((self._after.match(folded, end) or _STOCK.match(folded, end)) and boundaries[end]):
                self._take_in_place(view, candidate)
                view.add(candidate)

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

    def _is_no_ordinary_word(self, view: View, candidate: Candidate) -> bool:
        """Whether a guarded surface stands alone and is no common noun, verb or place: 融创, 阿里云, 自由党; not 苹果 or 泰山."""
        start, end = candidate.start, candidate.end
        if not view.boundaries[start] or not view.boundaries[end]:
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
        pos = self._pos(word)
        local = type_ in ("government", "party")
        if pos.startswith("ns"):
            return "never" if local or type_ == "association" else "unless a place"
        common = pos.startswith(("v", "a", "d", "f", "m", "t", "q", "b", "s", "c", "z")) or pos in ("n", "l", "nrfg")
        short = len(word) < 3 and (pos == "nr" or local)
        made_of_words = not pos and all(len(piece) > 1 for piece in self._cut(word))
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
        return after != "·" and not (boundaries[end + 1] and self._stray_after(after))

    def _is_stray_before(self, character: str) -> bool:
        return (
            _HAN.match(character) is not None
            and self._kind(character) == "char"
            and not self._pos(character).startswith(("v", "p", "d", "q", "f", "m", "c", "j"))
        )

    def _is_stray_after(self, character: str) -> bool:
        return _HAN.match(character) is not None and self._kind(character) == "char" and self._pos(character)[:2] in _NAME_PARTS

    def _stands_apart(self, view: View, start: int, end: int) -> bool:
        """Whether a surface is not a piece of longer words: 三星 in 三星级酒店. 财政部|长 and 市委|书记 are apart."""
        folded, boundaries = view.folded, view.boundaries
        size = end - start
        if size < 4 and not boundaries[start]:
            return False
        if folded[start].isascii() and start and folded[start - 1].isascii() and folded[start - 1].isalnum():
            return False
        following = folded[end : end + 1]
        if folded[end - 1].isascii() and following.isascii() and following.isalnum():
            return False
        if (
            not boundaries[end]
            and following not in _LEADERS
            and not (following in self._title_starts and folded.startswith(self._titles, end))
            and (size < 4 or view.word_before(end + 1) < end - 1)
        ):
            return False
        if size == 2:
            if not self._clean(view, start, end):
                return False
            if start and folded[start - 1] in self._surnames and self._in_person_name(view, start - 1):
                return False
        if following in self._building_starts and self._building.match(folded, end):
            return False
        if following in self._heads_end_before:
            for length in (4, 3, 2, 1):
                head = self._heads.get(folded[end - length : end])
                if head is not None:
                    return not head.not_before or not folded.startswith(head.not_before, end)
        return True

    def _in_person_name(self, view: View, surname: int) -> bool:
        """Whether a surname begins a personal name at `surname`: after a title, a colon, or at a line's head (责任编辑: 蒋敏华)."""
        folded = view.folded
        if not view.boundaries[surname]:
            return False
        at = surname
        while at and folded[at - 1] in " \u3000":
            at -= 1
        before = folded[at - 1] if at else ""
        if not before or not _HAN.match(before):
            return before in (":", "、", "")
        return self._senses.get(folded[view.word_before(surname) : surname]) == "edge" and self._kind(folded[surname]) != "edge"

    def _take_in_place(self, view: View, candidate: Candidate) -> None:
        """A place before a state organ, a university or a place's branch belongs to the name (中国|国务院, 吉林|联通), so does a government before its organ."""
        if candidate.start not in view.place_ends:
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
        name = candidate.name or ""
        if fits and view.boundaries[start] and not name.startswith(view.folded[start : candidate.start]):
            candidate.start = start
            candidate.name = None
            candidate.region = entry.code

    # ---- names with a head --------------------------------------------------------------------------------------------

    def _find_built(self, view: View) -> None:
        folded, boundaries, patterns, leader_starts = view.folded, view.boundaries, self._patterns, self._leader_starts
        last = -1
        for start, end, index in self._automaton.find_overlapping(folded):  # by end, the longest first
            surface, head, is_field, sense, alone, from_place = patterns[index]
            if sense is not None:
                view.triggers.append((start, end, sense))
            if head is None or end == last:
                continue
            last = end
            if not boundaries[end] and (folded[end] not in leader_starts or not self._leader_follows(folded, end, head)):
                continue
            if not alone and not self._may_follow(view, start):
                if from_place and (candidate := self._from_place(view, start, end, head)) is not None:
                    view.add(candidate)
                continue
            if head.not_before and folded.startswith(head.not_before, end):
                continue
            known = view.bodies.get(end)
            if known is not None and known.start < start and known.rule == "organisation.gazetteer" and not head.local:
                # The gazetteer knows where 华夏银行 begins; only its parent may stand before it (中石油|宁夏石化公司).
                parent = view.bodies.get(known.start)
                if parent is not None and parent.type == known.type == "company" and not self._strangers(folded, parent, known):
                    view.add(replace(parent, end=end, name=None, rule="organisation.head", lexicon=(*parent.lexicon, *known.lexicon), weight=1))
                continue
            candidate = self._build(view, start, end, surface, head, is_field)
            if candidate is None and head.short and (boundaries[start] or start in view.place_ends):
                candidate = self._build_short(view, start, end, head)
            if from_place:
                candidate = self._from_place(view, candidate.start if candidate else start, end, head) or candidate
            elif candidate is not None and candidate.start == start and surface.endswith(_OFFICES):
                # 潮州市|文化广电旅游|体育局: an office whose fields nobody has combined before.
                whole = self._from_place(view, start, end, head)
                candidate = replace(whole, rule="organisation.local") if whole else candidate
            if candidate is not None:
                view.add(candidate)

    @staticmethod
    def _strangers(folded: str, first: Candidate, second: Candidate) -> bool:
        """Whether two company names side by side are two: 甲工程有限公司|天山铝业; not 东风汽车有限公司|东风日产乘用车公司, 中石油|宁夏石化公司."""
        full = folded.startswith("有限公司", second.start - 4)
        return full and folded[first.start : first.start + 2] != folded[second.start : second.start + 2]

    def _build_short(self, view: View, start: int, end: int, head: OrganisationHeadEntry) -> Candidate | None:
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
            return Candidate(self._chain(view, begin), end, head.type, "organisation.short", (head.id,), None, entry.code)
        village = next((level for level in ("社区", "村") if head.local and folded.endswith(level, 0, start)), None)
        if village is not None:
            begin = self._town_start(view, start - len(village))
            named = begin < start - len(village) and folded[begin] not in self._deictic
            return Candidate(begin, end, head.type, "organisation.short", (head.id,)) if named else None
        begin = view.word_before(start)
        if start - begin == 1 and begin and not head.local:
            begin = view.word_before(begin)  # 明|德|小学
        word = folded[begin:start]
        if not 2 <= len(word) <= 3 or not view.boundaries[begin] or word in self._generic:
            return None
        known = view.doubtful_places.get(start) == begin or self._kind(word) == "brand"
        if not known and (
            self._kind(word) in ("edge", "trade", "starter", "level")
            or self._pos(word).startswith(("v", "d", "p", "m", "q", "r", "f", "t"))
            or not all(c in self._brand for c in word)
        ):
            return None
        if begin and not known and view.boundaries[begin - 1] and self._kind(folded[begin - 1]) == "char" and begin not in view.ends:
            return None  # a stray character makes a longer word of it
        base = view.bodies.get(begin)
        if base is not None and head.joins and base.type == head.type:
            return replace(base, end=end, rule="organisation.short", lexicon=(*base.lexicon, head.id), name=None, weight=1)
        return Candidate(self._chain(view, begin), end, head.type, "organisation.short", (head.id,))

    def _from_place(self, view: View, start: int, end: int, head: OrganisationHeadEntry) -> Candidate | None:
        """A legal name from its place on, whatever words make its brand: 北京|东方银联投资管理有限公司, 广西|祥和顺远洋捕捞有限公司.

        None where no place stands close before `start`, or a word between them ends names (上海|收购…).
        """
        folded, boundaries = view.folded, view.boundaries
        floor = max(0, start - (LONGEST_BRAND if head.legal else LONGEST_BRAND // 2))
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
            position = place_end
            while position < start:
                following = boundaries.find(1, position + 1, start)
                word = folded[position : following if following >= 0 else start]
                fields_joined = head.type == "government" and word in _CONJUNCTIONS and position > place_end  # 住房保障|和|房屋管理局
                if (word in _ENDS_BRAND_WORDS and not fields_joined) or (len(word) > 1 and self._kind(word) == "edge"):
                    return None
                position += len(word)
            entry = view.place_ends[place_end][0][1]
            return Candidate(self._chain(view, place_end), end, head.type, "organisation.head", (head.id,), None, entry.code, weight=1)
        return None

    def _leader_follows(self, folded: str, end: int, head: OrganisationHeadEntry) -> bool:
        """Whether the next characters name the body's head: 财政部|长, 市委|书记, 县法院|院长."""
        if head.type in ("government", "party") and folded.startswith(_LEADING, end):
            return not folded.startswith(("长期", "长远", "长江", "长春"), end)
        return folded[end : end + 1] in self._title_starts and folded.startswith(self._titles, end)

    def _build(self, view: View, start: int, end: int, surface: str, head: OrganisationHeadEntry, is_field: bool) -> Candidate | None:
        folded = view.folded
        if folded.startswith(_CLOSE, end):
            quoted = self._quoted(view, start, head, end)
            if quoted is not None:
                return quoted
        if head.local or head.bare:
            local = self._build_local(view, start, end, surface, head, is_field)
            if (
                local is not None
                or is_field
                or (head.local and start in view.place_ends)
                or surface in ("政府", "人民政府", "委")
                or head.type == "party"
            ):
                return local
        if head.local and not self._may_follow(view, start):
            return None
        if not view.boundaries[start]:
            word = view.word_before(start)
            if not self._opens_word(view, word, start) or self._kind(folded[word:end]) == "edge":
                return None
        if head.weak and head.local and len(surface) == 1 and view.holds_no_body(start):
            return None  # 系, 署, 处: an office only of a body
        if head.weak and not head.local and head.type in ("company", "finance") and self._follows_noun(view, start, end, surface):
            return None
        walked = self._walk(view, start, head)
        if not walked:
            return None
        tokens = self._trim(walked, head) or self._rare_brand(folded, walked, head)
        tokens = self._drop_stray(view, tokens)
        if not tokens:
            if head.type == "association" and len(surface) >= 2 and not head.weak:
                return self._build_association(view, walked, end, head)
            return None
        first = tokens[0]
        if not self._is_name(view, tokens, end, surface, head):
            return None
        type_ = head.type
        region = next((t.owner.code for t in tokens if t.kind == "place"), None)
        lexicon = [head.id]
        base = next((t.owner for t in tokens if t.kind == "body"), None)
        if base is not None:
            lexicon[:0] = base.lexicon
            region = region or base.region
            if head.weak and head.type != base.type and head.type in ("other", "government", "company"):
                type_ = base.type
        if type_ == "company" and self._is_finance(folded[first.start : start]):
            type_ = "finance"
        begin = first.start
        if first.kind == "level" and begin and folded[begin - 1] in self._deictic:
            begin = first.end
        return Candidate(begin, end, type_, "organisation.head", tuple(lexicon), None, region, weight=1)

    def _follows_noun(self, view: View, start: int, end: int, surface: str) -> bool:
        """Whether a common noun stands right before a weak word of trade (养老|服务): no brand, no body, no member of a list. Refused before the walk."""
        if start in view.ends or view.folded[end : end + 1] in "、等" or surface.endswith("基金"):
            return False
        return self._kinds.get(view.folded[view.boundaries.rfind(1, 0, start) : start]) == "noun"

    def _may_follow(self, view: View, position: int) -> bool:
        """Whether what stands before a head may be of its name: a quick refusal before the walk."""
        folded = view.folded
        if not position or (character := folded[position - 1]) in _NEVER_LAST:
            return False
        if position in view.ends:
            return True
        if character.isascii():
            return character == ")" or character.isalnum()
        word = folded[view.boundaries.rfind(1, 0, position) : position]
        kind = self._kinds.get(word) or self._kind(word)
        return kind not in _BREAKS or (kind == "edge" and word in self._title_words) or _ORDINAL.fullmatch(word) is not None

    def _ends_in_finance(self, core: str) -> bool:
        """Whether a company's name ends, before its legal form, in a word of finance: 中诚信国际信用评级|有限公司."""
        for length in range(min(8, len(core)), 1, -1):
            head = self._heads.get(core[-length:])
            if head is not None:
                return head.type == "finance"
        return core.endswith(_FINANCE)

    def _opens_word(self, view: View, word: int, head_start: int) -> bool:
        """Whether a head that ends a longer dictionary word (中信|银行) has a name in that word."""
        rest = view.folded[word:head_start]
        return len(rest) >= 2 or rest in self._brand or rest in self._levels

    def _quoted(self, view: View, start: int, head: OrganisationHeadEntry, end: int) -> Candidate | None:
        """A whole name in quotation marks: “吉林市、宁波市高职院校协同发展合作联盟”."""
        folded = view.folded
        if head.weak:
            return None
        opening = folded.rfind(_OPEN, max(0, end - 40), start)
        if opening < 0 or start - opening < 3 or re.search(r"[。;,!?:”《》\n]", folded[opening + 1 : end]):
            return None
        tokens = self._walk(view, start, head)
        place = any(a == opening + 1 for ends, places in view.place_ends.items() if opening < ends <= end for a, _ in places)
        if not place and not (tokens and self._trim(tokens, head) and tokens[0].start == opening + 1):
            return None
        return Candidate(opening + 1, end, head.type, "organisation.quoted", (head.id,), weight=2)

    # ---- bodies of state and party ------------------------------------------------------------------------------------

    def _build_local(self, view: View, start: int, end: int, surface: str, head: OrganisationHeadEntry, is_field: bool) -> Candidate | None:
        """市工信局, 通化市东昌区政府, 省委组织部: after a place, a level of place, or a body."""
        folded = view.folded
        one = len(surface) == 1
        numbered = _NUMBERED.search(folded, max(0, start - 4), start) if folded[start - 1 : start] in "一二三四五六七八九十" else None
        if numbered is not None and (numbered.start() in view.place_ends or folded.endswith(tuple(self._levels), 0, numbered.start())):
            start = numbered.start()
        places = view.place_ends.get(start)
        if places is None and len(surface) > 1 and surface[0] in "省市县区乡镇":
            # 中山市|政府 under the head 市政府, where 中山 alone is no place.
            places = [(a, e) for a, e in view.place_ends.get(start + 1, ()) if a < start - 1] or None
        if places is not None:
            begin, entry = places[0]
            begin, region = self._chain(view, begin), entry
            central = view.bodies.get(begin)
            if central is not None and head.type == "government" and self._is_office_of(central, folded[central.start : begin], surface):
                return Candidate(central.start, end, head.type, "organisation.local", (*central.lexicon, head.id), None, region.code, weight=1)
            if one and (surface != "委" or entry.level not in ("province", "prefecture", "county")):
                return None
            if self._is_generic_after_place(surface, region):
                return None
            base = view.bodies.get(begin) if head.joins else None
            if base is not None and base.type == head.type:
                return Candidate(base.start, end, head.type, "organisation.local", (*base.lexicon, head.id), None, base.region, weight=1)
            party = next((name for name in _BEFORE_COMMITTEE if folded.endswith(name, 0, begin)), None) if head.type == "party" else None
            if party is not None:
                type_: OrganisationType = "association" if party == "共青团" else "party"
                return Candidate(begin - len(party), end, type_, "organisation.local", (head.id,), None, region.code, weight=1)
            if folded.startswith("驻", begin - 1) and surface.endswith(_EMBASSY) and begin - 1 in view.place_ends:
                begin = view.place_ends[begin - 1][0][0]
            return Candidate(begin, end, head.type, "organisation.local", (head.id,), None, region.code, weight=1)
        base = view.bodies.get(start)
        if base is not None and base.type in ("government", "party", "association", "academic") and not head_level(surface):
            if one or head.whole or base.end - base.start > LONGEST:
                return None
            return Candidate(base.start, end, head.type, "organisation.local", (*base.lexicon, head.id), None, base.region, weight=1)
        if one or (head.weak and not is_field):
            return None
        begin = start
        before = folded[start - 1 : start]
        if not head_level(surface):
            level = next((x for x in self._levels if folded.endswith(x, 0, start)), None) if before in self._level_ends else None
            if level is not None and len(level) < start + 1:
                begin = start - len(level)
                if level in ("镇", "乡", "街道"):
                    begin = self._town_start(view, begin)
                if level in ("特区", "新区", "开发区", "高新区", "经开区") and begin in view.place_ends:
                    place, entry = view.place_ends[begin][0]
                    return Candidate(self._chain(view, place), end, head.type, "organisation.local", (head.id,), None, entry.code, weight=1)
        before = folded[begin - 1] if begin else "\n"
        levelled = begin < start or head_level(surface)
        if levelled:
            if before in "各两几多数等每跨某" or _SMALL_NUMBER.match(before) or folded.startswith(("各地", "各级"), begin - 2):
                return None
            if before in self._deictic:
                if head_level(surface):
                    return None
                return Candidate(start, end, head.type, "organisation.local", (head.id,), weight=1) if self._bare(surface, head, is_field) else None
            word = view.word_before(begin)
            if folded[begin:start] == "自治区" and surface in ("政府", "人民政府"):
                return None
            # 城市: the level is the end of a longer word.
            longer = _HAN.match(before) and not view.boundaries[begin]
            if longer and self._kind(folded[word : begin + 1]) in ("noun", "trade", "stop", "edge"):
                return None
            return Candidate(begin, end, head.type, "organisation.local", (head.id,), weight=1)
        if not self._bare(surface, head, is_field) or (before in self._deictic and before not in "我该本全"):
            return None
        if _HAN.match(before):
            word = view.word_before(begin)
            kind = self._kind(folded[word:begin])
            pos = self._pos(folded[word:begin])
            if (
                not view.boundaries[begin]
                or (kind not in ("edge", "soft", "stop") and not pos.startswith(("a", "v", "d")))
                or folded[word:begin] in self._generic
            ):
                return None
        elif before.isalnum():
            return None
        return Candidate(begin, end, head.type, "organisation.local", (head.id,), weight=1)

    @staticmethod
    def _is_office_of(central: Candidate, name: str, surface: str) -> bool:
        """Whether a head ends the local office of a central organ: 国家税务总局|辽源市税务局, 证监会|甘肃证监局, 国家矿山安全监察局|吉林局."""
        if central.type != "government" or central.region != "CN" or surface[-1] != "局" or name[-1] not in "局会":
            return False
        return all(character in name for character in surface[:-1])

    def _town_start(self, view: View, begin: int) -> int:
        """Where the name of a town begins whose level stands at `begin`, with the divisions before it: 东辽县安恕|镇."""
        named = begin
        for token in reversed(self._walk(view, begin, None)):
            if token.end != named or token.kind not in ("char", "brand", "noun") or begin - token.start > 3:
                break
            named = token.start
        return self._chain(view, named) if begin - named > 1 else begin

    def _chain(self, view: View, begin: int) -> int:
        """The start of a chain of places: 吉林省|辽源市|龙山区. Not 吉林、浙江, and not a smaller place before a larger."""
        rank = 9
        while begin in view.place_ends:
            start, entry = view.place_ends[begin][0]
            if _RANKS.get(entry.level, 9) >= rank:
                break
            begin, rank = start, _RANKS.get(entry.level, 9)
        return begin

    def _is_generic_after_place(self, surface: str, entry: RegionEntry) -> bool:
        """日本法院, 中国检察院: of a whole country some bodies are a kind."""
        return entry.level in ("country", "macro", "foreign_city") and surface in (
            "法院",
            "检察院",
            "公安局",
            "办公室",
            "海关",
            "管委会",
            "中院",
            "派出所",
        )

    def _bare(self, surface: str, head: OrganisationHeadEntry, is_field: bool) -> bool:
        """Whether a local body may stand without place and level: 科技局: 抓好“一转五创”."""
        if is_field:
            return surface.endswith(("局", "厅", "委", "司", "署")) and len(surface) >= 3
        return head.bare

    # ---- the walk to the left -----------------------------------------------------------------------------------------

    def _kind(self, word: str) -> str:
        kind = self._kinds.get(word)
        if kind is None:
            kind = self._kinds[word] = self._classify(word)
            if len(self._kinds) > 200_000:
                self._kinds.clear()
        return kind

    def _classify(self, word: str) -> str:
        sense = self._senses.get(word)
        if sense == "edge" or (sense is not None and sense.startswith("class_")):
            return "edge"
        if word in self._deictic and sense is None:
            return "char" if _SMALL_NUMBER.match(word) else "soft"
        if sense == "soft_edge":
            return "soft" if len(word) == 1 else "edge"
        if sense == "trade":
            return "char" if len(word) == 1 else "trade"
        if sense in ("trusted", "doubted"):
            return "brand"
        if sense in ("starter", "level"):
            return sense
        if sense in ("after", "before", "around", "source", "alias"):
            return "edge"
        if len(word) == 1:
            return "char" if _HAN.match(word) else "mark"
        if word.isascii():
            return "latin" if word.isalnum() else "mark"
        if word in self._fields:
            return "trade"
        pos = self._pos(word)
        if word in self._heads:
            return "trade"
        if pos.startswith(("nr", "nz", "nt", "ns")) or (pos.startswith("i") and len(word) == 3 and all(c in self._brand for c in word)):
            return "brand"
        if pos.startswith(("n", "l", "j", "b", "g")):
            return "noun"
        if all(c in self._brand for c in word) and len(word) == 2 and pos.startswith(("a", "z", "b")):
            return "hidden"  # 旺旺, 永兴: a brand where nothing else is one
        return "stop"

    def _walk(self, view: View, position: int, head: OrganisationHeadEntry | None) -> list[Token]:
        """The words that may belong to a name whose head begins at `position`, left to right."""
        folded, word_starts, kinds = view.folded, view.boundaries, self._kinds
        bodies, guarded, place_ends, ends = view.bodies, view.guarded, view.place_ends, view.ends
        token = tuple.__new__  # what Token(...) does at a third of its cost
        tokens: list[Token] = []
        floor = max(0, position - LONGEST)
        joined = head is None or not head.whole or head.joins
        run = 0  # characters of the made-up word that the walk stands in
        within = False  # inside a longer legal name, left of a body that it holds
        while position > floor:
            if position in ends:
                if position in bodies or position in guarded:
                    body = bodies.get(position)
                    if body is not None and not joined and (body.rule != "organisation.gazetteer" or (head is not None and body.type == head.type)):
                        break
                    if joined:
                        body = body or guarded[position]
                        if body.start >= floor:
                            tokens.append(token(Token, (body.start, position, "body", body)))
                            position = body.start
                            longer = head is not None and head.legal and body.type in ("company", "finance", "media", "other")
                            if body.type in _ENDS_WALK or not (longer or position in place_ends):
                                break
                            run, within = 0, True
                            continue
                if position in place_ends:
                    start, entry = place_ends[position][0]
                    tokens.append(token(Token, (start, position, "place", entry)))
                    position, run = start, 0
                    continue
            character = folded[position - 1]
            if character.isascii():
                if character == ")":
                    opening = folded.rfind("(", max(floor, position - 12), position)
                    if opening < 0 or not _BRACKETED.fullmatch(folded, opening + 1, position - 1):
                        break
                    owner = place_ends[position - 1][0][1] if position - 1 in place_ends else None
                    tokens.append(token(Token, (opening, position, "bracket", owner)))
                    position, run = opening, 0
                    continue
                if not character.isalnum():
                    break
                start = _latin_start(folded, floor, position)
                latin = folded[start:position]
                letters = not latin.isdigit()
                if not letters and (len(latin) > 4 or (tokens and tokens[-1].kind != "char")):
                    break
                if latin == "ST" and start and folded[start - 1] == "*":
                    tokens.append(token(Token, (start - 1, position, "latin", None)))
                    break
                tokens.append(token(Token, (start, position, "latin" if letters else "digits", None)))
                position, run = start, 0
                if letters:
                    if start and folded[start - 1] in "·-":
                        position -= 1
                    else:
                        # A Latin name begins the name, but for a place: 美国IBM公司 keeps 美国 outside.
                        break
                continue
            if character == "·":
                if position - 1 > floor and (_HAN.match(folded[position - 2]) or folded[position - 2].isalnum()) and tokens:
                    position -= 1
                    continue
                break
            start = word_starts.rfind(1, 0, position)
            if start < floor:
                break
            word = folded[start:position]
            kind = kinds.get(word) or self._kind(word)
            if kind in _BREAKS and head is not None and head.type in ("academic", "other") and _ORDINAL.fullmatch(word):
                kind = "digits"  # 长春市|第十一|高中
            if kind in _BREAKS:
                # 新闻工作者|记者|协会
                if tokens or kind != "edge" or head is None or head.type != "association" or word not in self._title_words or len(word) == 1:
                    break
                kind = "trade"
            if within and not (kind == "char" and (run or self._pair_before(view, position))):
                break
            if word in _MEASURES and start and folded[start - 1].isdigit():
                break
            if kind == "hidden":
                if head is None or (not head.weak and not any(t.kind in ("brand", "char", "place", "body", "latin", "bracket") for t in tokens)):
                    tokens.append(token(Token, (start, position, "brand", None)))
                break
            if kind == "soft":
                if not (0 < run < 2 and self._may_be_brand(word)) and not (run == 0 and start > floor and self._makes_brand(view, start)):
                    break
                kind = "char"
            elif kind == "level" and run and len(word) == 1:
                kind = "char"
            run = run + 1 if kind == "char" else 0
            tokens.append(token(Token, (start, position, kind, None)))
            position = start
            if run > 8 or (kind == "level" and len(word) == 1):
                break
        tokens.reverse()
        return tokens

    def _pair_before(self, view: View, position: int) -> bool:
        """Whether two brand characters that are no words stand before `position`."""
        first = view.word_before(position)
        if first == 0 or position - first != 1:
            return False
        second = view.word_before(first)
        pair = view.folded[second:position]
        return len(pair) == 2 and all(c in self._brand and self._kind(c) == "char" for c in pair)

    def _may_be_brand(self, character: str) -> bool:
        """Whether a doubtful character is no verb or adverb: 和 and 月 may be of a brand, 做 and 未 hardly."""
        return character in "来建超有想" or not self._pos(character).startswith(("v", "d", "p", "q"))

    def _makes_brand(self, view: View, position: int) -> bool:
        """Whether the character before a doubtful one is a brand's beginning that stands after an edge: 天和 in “与天和药业”."""
        start = view.word_before(position)
        if position - start != 1 or view.folded[start] not in self._brand or self._kind(view.folded[start]) != "char":
            return False
        if not self._may_be_brand(view.folded[position]) or _SMALL_NUMBER.match(view.folded, position - 1):
            return False
        if start == 0 or start in view.place_ends:
            return True
        before = view.folded[view.word_before(start) : start]
        return self._kind(before) in ("edge", "stop", "mark", "soft")

    def _trim(self, tokens: list[Token], head: OrganisationHeadEntry | None) -> list[Token]:
        """The tokens from where the name begins: a place, a brand, a body, 国家; trade words before those are not its own."""
        first = 0
        count = len(tokens)
        while first < count:
            kind = tokens[first].kind
            if kind in ("place", "body", "brand", "latin", "starter", "level", "char", "digits"):
                break
            if kind == "noun" and first + 1 < count and tokens[first + 1].kind in ("char", "brand"):
                break
            first += 1
        if first == count:
            if head is not None and head.legal and tokens and tokens[0].kind != "bracket":
                return tokens
            return []
        return tokens[first:]

    def _rare_brand(self, folded: str, walked: list[Token], head: OrganisationHeadEntry) -> list[Token]:
        """A bank's, insurer's or hospital's brand that the dictionary has as a rare noun: 汇东|银行, 仁济|医院; not 商业银行, 外资银行."""
        if (head.type != "finance" and head.id != "医院") or head.weak or len(walked) != 1 or walked[0].kind != "noun":
            return []
        word = folded[walked[0].start : walked[0].end]
        if len(word) != 2 or word in self._generic or not all(c in self._brand for c in word):
            return []
        return [Token(walked[0].start, walked[0].end, "brand")]

    def _drop_stray(self, view: View, tokens: list[Token]) -> list[Token]:
        """Without a stray verb or adjective of one character before a word that can be the brand: 做强|金钢水泥."""
        if len(tokens) > 1 and tokens[0].kind == "char" and tokens[1].kind in ("noun", "brand", "place", "body", "latin", "starter"):
            character = view.folded[tokens[0].start]
            if tokens[1].kind in ("place", "body", "starter") and character not in "新老":
                return tokens[1:]
            if character not in "新大中华联金" and self._pos(character).startswith(("v", "a", "d", "u", "m", "q")):
                return tokens[1:]
        return tokens

    def _build_association(self, view: View, walked: list[Token], end: int, head: OrganisationHeadEntry) -> Candidate | None:
        """医药健康产业商会, 青年企业家协会: an association may be named after its trade alone."""
        tokens = list(walked)
        while tokens and self._pos(view.folded[tokens[0].start : tokens[0].end]).startswith("v"):
            tokens.pop(0)
        if len(tokens) < 2 or any(t.kind not in ("trade", "noun") for t in tokens):
            return None
        return Candidate(tokens[0].start, end, head.type, "organisation.association", (head.id,))

    def _brand_run(self, tokens: list[Token]) -> bool:
        """Whether the tokens hold a made-up word of two characters or more, a name from the dictionary, or Latin letters."""
        run = 0
        for token in tokens:
            if token.kind in ("brand", "latin", "body"):
                return True
            if token.kind == "char":
                run += 1
                if run >= 2:
                    return True
            else:
                run = 0
        return False

    def _is_name(self, view: View, tokens: list[Token], end: int, surface: str, head: OrganisationHeadEntry) -> bool:
        folded = view.folded
        kinds = [t.kind for t in tokens]
        first, last = tokens[0], tokens[-1]
        if first.kind != "latin" and first.start and (folded[first.start - 1].isdigit() or folded[first.start - 1] in "%."):
            return False  # 500万股股份, 2004年台湾剧团: a number's unit, not a name
        if first.kind == "digits" and head.type not in ("academic", "other"):
            return False
        if head.type == "academic" and last.kind == "char" and folded[last.start] in _ATTENDS:
            return False  # 升上|高中
        if len(tokens) == 1 and first.kind == "latin" and (surface.endswith("厂") or first.end - first.start == 1):
            return False  # SEBS工厂: what it makes; A公司: nobody's name
        if head.weak:
            return self._is_weak_name(view, tokens, end, surface, head)
        if head.local and first.kind not in ("place", "body", "starter", "level"):
            return False
        if (
            surface == "厂"
            and not ("place" in kinds and len(tokens) > 1)
            and any(folded[t.start : t.end] not in self._brand for t in tokens if t.kind == "char")
        ):
            return False
        if head.joins:
            return "body" in kinds or first.kind == "place"
        if "body" in kinds and last.kind == "char" and len(tokens) > 1 and tokens[-2].kind == "body":
            return False  # 甲锆业|接公司
        if first.kind == "level":
            before = folded[first.start - 1] if first.start else "\n"
            if before in "各两几多数等每跨某" or _SMALL_NUMBER.match(before):
                return False
            if head.type == "company":
                return len(tokens) > 1 and head.id in ("集团", "公司", "有限公司")
            return len(tokens) > 1 or not head.named
        if first.kind == "place" and all(k == "place" for k in kinds):
            entry = last.owner
            if head.named:
                return False
            if entry.level in ("country", "macro"):
                return head.local or head.national or len(tokens) > 1
            return True
        if first.kind == "starter" and not self._brand_run(tokens) and "place" not in kinds:
            return head.legal or (head.type not in ("company", "finance") and (not head.named or (head.type == "association" and len(tokens) > 1)))
        if self._brand_run(tokens) or "place" in kinds or first.kind == "starter":
            if first.kind == "place" and first.owner.level in ("country", "macro") and head.type in ("company", "finance") and not head.legal:
                # 美国投资公司, 中国互联网企业: a kind of a country's, unless a brand is there.
                rest = tokens[1:]
                return self._brand_run(rest) or first.owner.code == "CN"
            return True
        if head.legal:
            return end - first.start > len(surface) + 2
        if first.kind == "char" and len(tokens) > 1:
            return False
        return first.kind == "digits" and len(tokens) == 1 and head.id in ("医院", "中学", "小学", "高中", "厂")

    def _is_weak_name(self, view: View, tokens: list[Token], end: int, surface: str, head: OrganisationHeadEntry) -> bool:
        """A brand of likely characters directly before a trade word: 鑫辉药业, 诺德高科; not 网联汽车."""
        folded = view.folded
        last = tokens[-1]
        base = next((t for t in tokens if t.kind == "body"), None)
        if base is not None:
            if base is last and len(surface) == 1 and head.type != "academic":
                return False  # 政务司|司长
            if head.local and base.owner.type in ("company", "finance", "media"):
                return False  # 甲公司高管处: no office of the state
            if head.id in ("系", "所", "教研室"):
                return base.owner.type == "academic" and len(tokens) - tokens.index(base) <= 4
            if surface.endswith("基金"):
                return len(tokens) - tokens.index(base) <= 3
            if head.type in ("company", "finance"):
                return head.adds and base is last and base.owner.type in ("company", "finance")
            return len(tokens) - tokens.index(base) <= 4
        if self._park.match(folded, end):
            return False
        if head.type == "media" and not (
            tokens[0].kind in ("place", "starter", "body") or _SPEAKS.match(folded, end) or folded.startswith("讯", end)
        ):
            return False
        if head.joins or head.local:
            return head.local and not head.joins and tokens[0].kind in ("place", "starter") and len(tokens) > 1 and len(surface) > 1
        if tokens[0].kind == "starter" and head.type == "other":
            return len(tokens) > 2
        if head.type == "other":
            return tokens[0].kind in ("place", "brand") and len(tokens) > 2 and surface != "中心"
        core = tokens[1:] if tokens[0].kind == "place" and len(tokens) > 1 else tokens
        while core and core[-1].kind == "trade" and len(core) > 1:
            core = core[:-1]
        if core[-1].kind in ("brand", "latin"):
            word = folded[core[-1].start : core[-1].end]
            if core[-1].kind == "latin":
                return head.adds and len(word) > 1
            pos = self._pos(word)
            if word[-1] in "族人教语国派":
                return False  # 汉族文化: a people's, not a firm's
            if (pos not in ("ns", "nr") and len(word) <= 3) or (pos == "nr" and len(word) == 2 and all(c in self._brand for c in word)):
                return True
            return len(word) == 2 and _ACTS.match(folded, end) is not None
        if core[-1].kind == "noun":
            # 金钢水泥 in a list: a rare word of brand characters.
            word = folded[core[-1].start : core[-1].end]
            return len(core) == 1 and len(word) == 2 and all(c in self._brand for c in word) and folded[end : end + 1] in "、等"
        length = 0
        while length < len(core) and core[-1 - length].kind == "char":
            length += 1
        made_up = folded[core[-length].start : core[-1].end] if length else ""
        if length == 2 and surface in _BETWEEN and _COUNTRIES.issuperset(made_up):
            return False
        if not 2 <= length <= 4 or not (all(c in self._brand for c in made_up) or _ACTS.match(folded, end)):
            return False
        return length == len(core) or core[-1 - length].kind in ("place", "brand", "noun", "latin")

    # ---- names told by their context ----------------------------------------------------------------------------------

    def _find_lists(self, view: View) -> None:
        """甲、乙、丙等企业: each member is a name where enough of them look like one."""
        folded = view.folded
        for match in _LIST_END.finditer(folded):
            closing = self._list_class(folded, match.end())
            members = self._members(view, match.start())
            if closing is None and len(members) > 2:
                closing = self._common_type(view, members)
            if closing is not None:
                self._judge_list(view, members, closing)

    def _find_between(self, view: View) -> None:
        """公牛集团、金源照明、浩洋股份: a name of no dictionary between two companies of a list."""
        folded = view.folded
        starts = {body.start: body for body in sorted(view.found, key=_end)}  # the longest of each start
        for body in [body for body in starts.values() if body.type == "company"]:
            if not folded.startswith("、", body.end):
                continue
            start = body.end + 1
            end = folded.find("、", start + 2, start + 7)
            following = starts.get(end + 1) if end > 0 else None
            if following is None or following.type != "company" or start in starts or end in view.ends:
                continue
            if not (view.boundaries[start] and view.boundaries[end]):
                continue
            name = folded[start:end]
            kinds = self._kinds_between(view, start, end)
            branded = bool(kinds & {"char", "brand", "hidden"}) or all(character in self._brand for character in name[:2])
            made_up = branded and len(kinds) > 1 and kinds.isdisjoint(_NEVER_BETWEEN) and all(map(_HAN.match, name))
            if made_up:
                view.add(Candidate(start, end, "finance" if self._is_finance(name) else "company", "organisation.list", ("class_company",)))

    def _kinds_between(self, view: View, start: int, end: int) -> set[str]:
        """The kinds of the words between two word starts."""
        kinds = set()
        while start < end:
            following = view.boundaries.find(1, start + 1, end)
            following = following if following >= 0 else end
            kinds.add(self._kind(view.folded[start:following]))
            start = following
        return kinds

    def _common_type(self, view: View, members: list[tuple[int, int]]) -> OrganisationType | None:
        """The type of a list without a class word (甲、乙、丙等|合作): that of most of its members, if most are known."""
        types = [view.bodies[end].type for start, end in members if end in view.bodies and view.bodies[end].start == start]
        common = max(types, key=types.count, default=None)
        return common if common is not None and common != "government" and types.count(common) * 3 >= len(members) * 2 else None

    def _list_class(self, folded: str, position: int) -> OrganisationType | None:
        """The class of a list whose 等 ends at `position`: 等7家轻纺|企业 is a list of companies."""
        window = re.match(r"[^,。;:、!?\n()]{2,16}", folded[position : position + 16])
        if window is None:
            return None
        for found in self._class.finditer(window[0]):
            following = folded[position + found.end() : position + found.end() + 2]
            if _CLOSED_PERSON.match(following):
                continue
            before = window[0][: found.start()]
            if re.search(r"[的在为是将与和对]", before):
                break
            return self._classes[found[0]]
        return None

    def _members(self, view: View, position: int) -> list[tuple[int, int]]:
        """The spans of a list that ends at `position`, right to left; the last given is the list's first member."""
        folded = view.folded
        members: list[tuple[int, int]] = []
        end = position
        while len(members) < 15:
            if end and folded[end - 1] in "”》":
                end -= 1
            start = end
            while start > 0 and end - start < 16 and (before := folded[start - 1]) not in _PARTS_MEMBERS:
                if before in _CONJUNCTIONS and self._separates(view, start - 1):
                    break
                start -= 1
            if end - start < 2:
                break
            quoted = start > 0 and folded[start - 1] in "“《"
            separator = folded[start - 1 - quoted] if start > quoted else "\n"
            if separator == "、" or (separator in _CONJUNCTIONS and not members):
                members.append((start, end))
                end = start - 1 - quoted
                continue
            if quoted or separator in _CONJUNCTIONS:
                members.append((start, end))  # 和|甲、乙: the list begins after 和
            else:
                tokens = self._walk(view, end, None)
                if tokens:
                    members.append((tokens[0].start, end))
            break
        return members

    def _separates(self, view: View, position: int) -> bool:
        """Whether the 和 at `position` stands between two names and not in one (天和药业)."""
        folded = view.folded
        if not (view.boundaries[position] and view.boundaries[position + 1]) or not position:
            return False
        return bool(_HAN.match(folded, position - 1)) and not self._makes_brand(view, position)

    def _judge_list(self, view: View, members: list[tuple[int, int]], class_type: OrganisationType) -> None:
        folded = view.folded
        judged = [(start, end, self._likeness(view, start, end)) for start, end in members]
        sure = sum(1 for _, _, likeness in judged if likeness == 2)
        if not sure or sure * 2 < len([j for j in judged if j[2] >= 0]):
            return
        for start, end, likeness in judged:
            known = view.bodies.get(end)
            if known is not None and known.start <= start:
                continue
            if likeness < 0 or (likeness == 0 and sure < 2):
                continue
            while folded[start] in "“《\"'":
                start += 1
            if end - start < 2:
                continue
            guarded = view.guarded.get(end)
            if guarded is not None and guarded.start == start:
                view.add(guarded)
                continue
            if known is not None and start < known.start and likeness < 2:
                continue
            region = None
            for place_start, entry in view.place_ends.get(end, ()):
                if place_start == start:
                    region = entry.code
            view.add(Candidate(start, end, class_type, "organisation.list", (f"class_{class_type}",), None, region))

    def _likeness(self, view: View, start: int, end: int) -> int:
        """2: has a brand or is a known body; 1: a name of words; 0: common words; -1: cannot be a name."""
        folded = view.folded
        known = view.bodies.get(end) or view.guarded.get(end)
        if known is not None and known.start == start:
            return 2
        if end - start > 14 or end - start < 2 or re.search(r"[,。;:!?()%<>\n\d]{2}|[\d.]+[%万亿年月日]", folded[start:end]):
            return -1
        places = view.place_ends.get(end)
        if places is not None and places[0][0] <= start:
            return 1 if places[0][1].level == "zone" else -1
        tokens = self._walk(view, end, None)
        inside = [t for t in tokens if t.start >= start]
        if not inside or inside[0].start > start:
            word_end = inside[0].start if inside else end
            gap = folded[start:word_end]
            if not inside or any(c in "的了在对从由把被是" for c in gap) or len(gap) > 4:
                return -1
            if self._kind(folded[view.word_before(word_end) : word_end]) == "edge":
                return -1
            return 0
        if known is not None and known.start >= start:
            return 2
        kinds = [t.kind for t in inside]
        if len(inside) == 1 and kinds[0] in ("brand", "latin"):
            word = folded[start:end]
            return 2 if kinds[0] == "latin" or self._pos(word) in ("nz", "nrt", "nt") else 0
        if self._brand_run([t for t in inside if t.kind != "brand"]):
            text = "".join(folded[t.start : t.end] for t in inside if t.kind == "char")
            if len(inside) == end - start and 2 <= end - start <= 3 and folded[start] in self._surnames and not all(c in self._brand for c in text):
                return 0
            return 2
        if kinds[0] == "place" and len(inside) > 1 and kinds[-1] in ("trade", "noun", "brand"):
            return 2 if folded[inside[-1].start : end] in self._heads else 1
        if "brand" in kinds:
            return 2 if folded[inside[-1].start : end] in self._heads else 1
        return 1 if kinds[0] == "noun" and len(inside) > 1 and folded[inside[-1].start : end] in self._heads else 0

    def _find_by_context(self, view: View) -> None:
        """A short name before a stock code (荣化(1704)) or before what only a company has (荣化董事长)."""
        folded = view.folded
        for match in _STOCK.finditer(folded):
            self._add_short(view, match.start(), "organisation.stock_code", person=True)
        for start, end, sense in view.triggers:
            if sense in ("after", "around") and view.boundaries[start]:
                self._add_short(view, start, "organisation.company_context", person=False)
                if folded[start:end] == "股份" and start in view.bodies and view.bodies[start].rule == "organisation.company_context":
                    view.add(replace(view.bodies[start], end=end))  # 圣阳股份: the short name takes it in
            if sense in ("before", "around") and end < len(folded) and view.boundaries[end]:
                self._add_following(view, end)

        for match in _STAKE.finditer(folded):
            # Back over the number (and 合计 before it) to the name.
            number = _NUMBER_TAIL.search(folded, max(0, match.start() - 12), match.start())
            if number is not None:
                self._add_short(view, number.start(), "organisation.stake", person=True)
                self._add_held(view, number.start())

    def _add_held(self, view: View, end: int) -> None:
        """The short name of a company of which a stake is bought or held, whatever words make it: 收购|桂林电容|29.59%股权."""
        held = _HELD.match(view.folded, max(0, end - 20), end)
        if held is None or end in view.bodies or not view.boundaries[held.start("name")] or _NOBODY_HELD.search(held["name"]):
            return
        start = held.start("name")
        kinds = self._kinds_between(view, start, end)
        place = any(first == start and last < end for last in range(start + 2, end) for first, _ in view.place_ends.get(last, ()))
        if "edge" not in kinds and (place or kinds & {"char", "brand", "latin"}):
            view.add(Candidate(start, end, "finance" if self._is_finance(held["name"]) else "company", "organisation.stake"))

    def _add_following(self, view: View, start: int) -> None:
        """The short name after 收购, 子公司 or 被告, up to an edge: 子公司|天音通信|持有."""
        folded = view.folded
        if folded[start] == "“":
            start += 1
        tokens: list[Token] = []
        position = start
        for end in (start + 4, start + 3, start + 2):
            if end in view.place_ends and view.place_ends[end][0][0] == start:
                tokens.append(Token(start, end, "place"))
                position = end
                break
        boundaries, kinds = view.boundaries, self._kinds
        last = min(len(folded), start + 12)
        while position < last:
            following = boundaries.find(1, position + 1) if boundaries[position] else position + 1
            word = folded[position:following]
            kind = kinds.get(word) or self._kind(word)
            if kind not in _OF_SHORT_NAMES:
                break
            tokens.append(Token(position, following, kind))
            position = following
        if not tokens or tokens[0].kind == "trade" or not 2 <= position - start <= 10 or position in view.bodies:
            return
        run = [t for t in tokens if t.kind in ("char", "brand")]
        made_up = "".join(folded[t.start : t.end] for t in run if t.kind == "char")
        if len(made_up) < 2 or not all(c in self._brand for c in made_up) or tokens[-1].kind == "place" or "noun" in [t.kind for t in tokens]:
            return
        if position - start <= 3 and folded[start] in self._surnames and tokens[-1].kind != "trade":
            return
        if any(c.end > start and c.start < position for c in (view.bodies.get(e) for e in range(start + 1, position + 1)) if c is not None):
            return
        view.add(Candidate(start, position, "company", "organisation.company_context"))

    def _add_short(self, view: View, end: int, rule: str, *, person: bool) -> None:
        folded = view.folded
        if end in view.bodies:
            return
        guarded = view.guarded.get(end)
        if guarded is not None:
            view.add(guarded)
            return
        if not self._may_follow(view, end):
            return
        tokens = self._trim(self._walk(view, end, None), None)
        if not tokens:
            return
        start = tokens[0].start
        name = folded[start:end]
        kinds = {t.kind for t in tokens}
        if rule == "organisation.stock_code" and [t.kind for t in tokens] == ["body", "trade"] and len(name) <= 8:
            view.add(Candidate(start, end, "company", rule))  # 恒大|汽车(00708)
            return
        if "body" in kinds or (tokens[-1].kind == "trade" and self._pos(folded[tokens[-1].start : end]).startswith("v")):
            return
        if len(name) < 2 or len(name) > 8 or tokens[-1].kind == "place" or not (_HAN.search(name) or len(name) > 1):
            return
        by_code = rule == "organisation.stock_code" and ("noun" in kinds or "place" in kinds)
        branded = self._brand_run([t for t in tokens if t.kind != "brand" or self._pos(folded[t.start : t.end]) in ("nz", "nrt")])
        if not branded and not (person and ("brand" in kinds or by_code)):
            return
        if not person and not all(c in self._brand or c.isascii() for t in tokens if t.kind == "char" for c in folded[t.start : t.end]):
            return
        if not person and 2 <= len(name) <= 3 and folded[start] in self._surnames and kinds <= {"char", "brand"}:
            return
        if kinds <= {"digits", "level"} or "level" in kinds:
            return
        view.add(Candidate(start, end, "finance" if self._is_finance(name) else "company", rule))

    # ---- media --------------------------------------------------------------------------------------------------------

    def _find_media(self, view: View) -> None:
        """Source lines (来源: 浙江发布), titles that speak (《The Edge》专访), owners of a site (© 1999-2017 Zjol)."""
        folded = view.folded
        for _, trigger_end, sense in view.triggers:
            named = _SOURCE_NAME.match(folded, trigger_end) if sense == "source" else None
            if named is None:
                continue
            start = named.start(1)
            end = start + len(re.split(r"[”’\"']|记者|作者|编辑|责任|日期|时间|发布时间|字体|点击|\d{4}", named[1])[0])
            known = view.bodies.get(end)
            if end - start < 2 or (known is not None and known.start <= start):
                continue
            if self._senses.get(folded[start:end]) == "edge" or folded[start:end] in self._no_source:
                continue
            view.add(Candidate(start, end, "media", "organisation.source_line"))
        for match in _TITLE.finditer(folded):
            start, end = match.span(1)
            if view.bodies.get(end) is not None and view.bodies[end].start == start:
                continue
            ends_like_medium = self._media_head(match[1])
            if ends_like_medium or _SPEAKS.match(folded, match.end()):
                latin = match[1].isascii()
                if latin and not _SPEAKS.match(folded, match.end()):
                    continue
                if not latin and not ends_like_medium:
                    continue
                view.add(Candidate(start, end, "media", "organisation.title"))
        for match in _COPYRIGHT.finditer(folded) if "©" in folded or "opyright" in folded else ():
            if view.bodies.get(match.end(1)) is None:
                view.add(Candidate(*match.span(1), "media", "organisation.copyright"))

    def _media_head(self, title: str) -> bool:
        for length in (3, 2):
            head = self._heads.get(title[-length:])
            if head is not None:
                return head.type == "media" and len(title) > length
        return title.endswith(("报", "周刊", "新闻")) and not title.endswith(("公报", "通报", "海报", "简报", "汇报", "申报", "预报", "年报", "财报"))


def _begins_with_place(surface: str, head: OrganisationHeadEntry) -> bool:
    """Whether a head ends names that run from their place on whatever stands between: companies, associations, institutes, not 歐洲|新廠."""
    if head.weak or head.local or head.bare:
        return False
    return head.legal or head.type in ("association", "finance") or surface.endswith(("公司", "集团", "合作社", "研究所", "研究院"))


def _owner_of(owners: Iterable[Owner], home: str) -> tuple[OrganisationEntry, bool, bool]:
    """The entry that a surface means to an article written at `home`, whether it is guarded, and whether it is plain there all the same."""
    several = tuple(owners)
    owner = next((o for o in several if not o.guarded), several[0])
    at_home = next((o for o in several if o.entry.region == home), None) if len(several) > 1 or owner.guarded else None
    entry: OrganisationEntry = (at_home or owner).entry
    # Hong Kong, Macau and Taiwan organs are guarded because the mainland has others of the name; at home they are plain.
    return entry, owner.guarded, at_home is not None and home != "CN" and entry.type in ("government", "party")


def _latin_start(folded: str, floor: int, position: int) -> int:
    """Where a Latin name begins that ends at `position`: letters and digits, joined by & . + - ' or one blank (Tang Media Partners|公司)."""
    start = position - 1
    while start > floor:
        before = folded[start - 1]
        if not before.isascii():
            break
        if not before.isalnum() and not (before in "&.+-' " and start - 1 > floor and folded[start - 2].isascii() and folded[start - 2].isalpha()):
            break
        start -= 1
    return start


def head_level(surface: str) -> bool:
    """Whether a head carries the level of its place: 市委, 省委组织部, 团市委."""
    return (surface[0] in "市省县区州旗盟" and surface[1:2] in "委政党纪议") or surface.startswith(("团", "自治区"))


@Language.factory(
    "jianbao_organisations",
    default_config={
        "heads": "organisation_heads",
        "context": "organisation_context",
        "fields": "organisation_fields",
        "characters": "organisation_characters",
        "stops": "organisation_stops",
        "segmenter": "rjieba",
    },
)
def make_organisations(
    nlp: Language, name: str, heads: str, context: str, fields: str, characters: str, stops: str, segmenter: str
) -> MentionComponent:
    """The component that finds organisations."""
    extractor = OrganisationExtractor(
        load_lexicon(heads), load_lexicon(context), load_lexicon(fields), load_lexicon(characters), load_lexicon(stops), load_segmenter(segmenter)
    )
    return MentionComponent(extractor)
