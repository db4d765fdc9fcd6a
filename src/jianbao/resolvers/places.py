"""Which place a name means: 朝阳区 of 北京 or 长春, 吉林 the province or the city, 我市 in a paper of 辽源.

Candidates come from the extractor in `Mention.parsed`; here they are weighed by chain (辽源市|西安区), list, the other places of the article, its
home, and the day on which it appeared. What is refused stays as `alternatives`. What cannot be told is `unresolved`, never guessed.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.folding import fold
from jianbao.lexicon import Lexicon, RegionEntry, RegionTree, load_lexicon
from jianbao.numerals import ONES
from jianbao.records import RegionLevel, RegionValue
from jianbao.text import Mention, Text

_HOME = "home"
_HEAD = 200
_REACH = 300  # how many places back, or characters around, anything is looked for: linear on any text
# 2018年 and no longer number; 年 first: a literal is searched for at C speed.
_YEAR = re.compile(r"年(?<=(19[89]\d|20[0-4]\d)年)(?<!\d\d{4}年)")
# 新华社北京3月5日电, 本报辽源4月2日讯, 记者王大明/台北报导
_DATE_LINE = re.compile(
    r"(?:新华社|中新社|中新网|人民网|本报|电|讯|记者.{2,8}?)[/ ]?(?P<place>[\u4e00-\u9fff]{2,5}?)(?:(?:\d{1,2}月)?\d{1,2}日)?(?:电|讯|报导|报道)"
)
_LISTED = frozenset("、和与及跟同—-/·至到")
_JOINED = frozenset("与和及跟同")
_OUTSIDE = frozenset(["810000", "820000", "710000"])
_OWN_PROVINCE = frozenset(["我省", "本省", "全省", "这个省"])
_OWN_CITY = frozenset(["我市", "本市", "全市", "这个市"])
_THAT_PLACE = frozenset(["该市", "该州"])
_OTHER = frozenset(["这个省", "这个市"])
_OWN_COUNTY = frozenset(["我县", "本县", "全县"])
_OWN_DISTRICT = frozenset(["我区", "本区", "全区"])
_COUNTRY = frozenset(["我国", "全国"])
_WHOLE = frozenset(["全省", "全市", "全县", "全国"])
# 两岸三地, 两岸四地
_ACROSS = ("CN", "710000", "810000", "820000")
_HERE = {"hongkong": "810000", "macau": "820000"}
# After initials: a line or a road between the places.
_LINE = re.compile(r"高铁|铁路|高速|航线|大桥|线|段")
_FIXED = {"本港": "810000", "本澳": "820000"}
_AT = re.compile(r"(?:在|到|赴|位于|落户|入驻|走进)$")
_MARKS = frozenset(",。;:!?\n、“”")
_KINDS: dict[str, tuple[str, ...]] = {
    "省": ("province",),
    "省市": ("province",),
    "省区": ("province",),
    "省区市": ("province",),
    "市": ("prefecture", "city"),
    "县": ("county",),
    "区": ("county",),
    "国": ("country",),
    "县区": ("county",),
    "区县": ("county",),
    "县市": ("county",),
    "市县": ("county",),
    "市区": ("county",),
    "省一市": ("province",),
    "省一区": ("province",),
    "地": ("province", "prefecture", "county", "country"),
    "州": ("prefecture",),
}
_MUNICIPALITIES = frozenset(["110000", "120000", "310000", "500000", "810000", "820000"])
_AUTONOMOUS = frozenset(["150000", "450000", "540000", "640000", "650000"])
_NOT_PROVINCES = _MUNICIPALITIES | _AUTONOMOUS | _OUTSIDE
# What 我省 and 我市 may be: no autonomous region or special region, and no prefecture that is no city (黔西南州).
_OWN_PROVINCES = ("own_province",)
_OWN_CITIES = ("own_city", "city")
_PRIOR: dict[str, int] = {"country": 40, "province": 40, "macro": 34, "prefecture": 30, "zone": 22, "foreign_city": 16, "county": 14, "town": 8}


@dataclass(slots=True, eq=False)  # each is equal to itself alone
class _Place:
    """An entry of a gazetteer with what is asked of it for every mention: a field of a model takes five times as long to read.

    Attributes:
        ids: Its id alone, as mentions carry it.
        lineage: The codes of what it lies in, nearest first.
        value: What a mention of it is worth where no other place was refused.
    """

    entry: RegionEntry
    ids: tuple[str, ...]
    code: str
    level: RegionLevel
    hans: str
    parent: str | None
    lineage: tuple[str, ...]
    value: RegionValue


@dataclass(slots=True)
class _Article:
    """What the resolver knows of the article while it works.

    Attributes:
        day: The day against which names are valid.
        convention: Whose usage the article follows.
        counts: How often each code is named.
        regions: The mentions of places, in their order.
        places: The resolved places so far: position, end, place, by position.
        starts: The place that begins at a position.
        ends: The place that ends at a position.
        open: The candidates of names that are still to be chosen, by start.
        zones: The zones named in full, once anyone has asked.
        groups: What a word that counts places (三地) meant where these stood before it.
        pairs: The initials side by side and where they begin, once anyone has asked.
        most_named: The two places of some kinds that are named most, as soon as someone has asked.
    """

    text: Text
    day: str | None
    convention: str
    regions: list[Mention]
    counts: Counter[str] = field(default_factory=Counter)
    places: list[tuple[int, int, _Place]] = field(default_factory=list)
    starts: dict[int, _Place] = field(default_factory=dict)
    ends: dict[int, _Place] = field(default_factory=dict)
    open: dict[int, tuple[_Place, ...]] = field(default_factory=dict)
    zones: list[RegionValue] | None = None
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: list[tuple[int, tuple[str, ...]]] | None = None
    most_named: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)


def home_of(text: Text) -> RegionEntry | None:
    """The place that the article speaks from (辽源市 for a 辽源 paper), once `PlaceResolver` has been there; None if it cannot be told."""
    home: RegionEntry | None = text._cache.get(_HOME)
    return home


class PlaceResolver:
    """Gives every region mention its value: one code, a pair of codes, or `unresolved`."""

    def __init__(self, gazetteers: Sequence[Lexicon], zones: Lexicon | None = None) -> None:
        tree = RegionTree(gazetteers)
        self._entries, self._lineage = tree.entries, tree.lineage
        self._of_outlet = lru_cache(maxsize=4096)(self._named_in)
        self._chains: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self._places: dict[str, _Place] = {}
        self._candidates: dict[tuple[str, ...], tuple[_Place, ...]] = {}
        self._values: dict[tuple[str, tuple[str, ...]], RegionValue] = {}
        self._groups: dict[tuple[str, ...], RegionValue] = {}
        self._valid: dict[tuple[tuple[str, ...], str | None], tuple[_Place, ...]] = {}
        self._names: dict[str, list[RegionEntry]] = {}
        for lexicon in gazetteers:
            for surface, owners in lexicon.owners.items():
                divisions = [o.entry for o in owners if not o.guarded and o.entry.level in ("province", "prefecture", "county")]
                if divisions and len(surface) > 1:
                    self._names.setdefault(surface, []).extend(divisions)
        self._counted = {entry.code: entry.members for entry in self._entries.values() if entry.members}
        self._zones: dict[str, list[RegionEntry]] = {}
        for entry in zones.entries if zones else ():
            if entry.parent:
                self._zones.setdefault(entry.parent, []).append(entry)

    # ---- the work on one article ---------------------------------------------------------------------------------------

    def resolve(self, text: Text) -> None:
        """Values for all region mentions of `text`; its home is kept for the resolvers after it."""
        regions = [m for m in text.mentions if m.kind == "region"]
        article = _Article(text, _day_of(text), text.article.convention if text.article else "mainland", regions)
        places, known = article.places, self._candidates
        waiting: list[tuple[Mention, tuple[_Place, ...]]] = []
        for mention in regions:
            if mention.value is not None or mention.deictic:
                continue
            candidates = known.get(mention.lexicon) or self._learn(mention)
            if len(candidates) > 1:
                candidates = self._valid_on(candidates, mention.lexicon, article.day)
            if len(candidates) == 1:
                place = candidates[0]
                mention.value = self._value(place, mention.refused) if mention.refused else place.value
                mention.lexicon = place.ids
                places.append((mention.start, mention.end, place))
            else:
                waiting.append((mention, candidates))
        article.counts.update([place.code for _, _, place in places])
        article.starts = {start: place for start, _, place in places}
        article.ends = {end: place for _, end, place in places}
        places.sort(key=_position)
        article.open = {mention.start: candidates for mention, candidates in waiting}
        shared = self._shared_by_runs(waiting)
        for mention, candidates in waiting:
            self._choose(article, mention, candidates, shared.get(mention.start, {}))
        if waiting:
            places.sort(key=_position)
        home = self._home(article)
        text._cache[_HOME] = home.entry if home else None
        dropped = False
        for mention in regions:
            if mention.deictic and mention.value is None:
                mention.value = self._pointed_at(article, mention, home)
                dropped |= mention.value is None
        if dropped:
            text.mentions[:] = [m for m in text.mentions if m.value is not None or m.kind != "region"]

    def _learn(self, mention: Mention) -> tuple[_Place, ...]:
        """The places that a mention may mean, by the ids of their entries, which it carries."""
        candidates = self._candidates[mention.lexicon] = tuple([self._place(entry) for entry in mention.parsed])
        return candidates

    def _place(self, entry: RegionEntry) -> _Place:
        place = self._places.get(entry.id)
        if place is None:
            code, level, hans = entry.code, entry.level, entry.hans
            # A quarter of Hong Kong has no suffix of its own: 上水, which the gazetteer lists as 上水区 to guard it.
            value = _worth(code, code.removeprefix("town:") if level == "town" else hans, level)
            place = self._places[entry.id] = _Place(entry, (entry.id,), code, level, hans, entry.parent, self._lineage(code), value)
        return place

    def _coded(self, code: str) -> _Place | None:
        """The place of a code."""
        entry = self._entries.get(code)
        return self._place(entry) if entry is not None else None

    def _take(self, article: _Article, mention: Mention, place: _Place, refused: tuple[str, ...]) -> None:
        mention.value = self._value(place, refused)
        mention.lexicon = place.ids
        mention.refused = refused
        article.counts[place.code] += 1
        start, end = mention.start, mention.end
        article.places.append((start, end, place))
        article.starts[start] = article.ends[end] = place

    def _value(self, place: _Place, refused: tuple[str, ...]) -> RegionValue:
        key = (place.ids[0], refused)
        value = self._values.get(key)
        if value is None:
            value = _worth(place.code, place.value.name, place.level, refused)
            if len(self._values) < 100_000:
                self._values[key] = value
        return value

    def _valid_on(self, candidates: tuple[_Place, ...], ids: tuple[str, ...], day: str | None) -> tuple[_Place, ...]:
        """The candidates in force on the day, one for each code; all of them where none was."""
        key = (ids, day)
        valid = self._valid.get(key)
        if valid is None:
            by_code: dict[str, _Place] = {}
            for place in [p for p in candidates if p.entry.valid_on(day)] or candidates:
                by_code.setdefault(place.code, place)
            valid = tuple(by_code.values())
            if len(self._valid) < 100_000:
                self._valid[key] = valid
        return valid

    # ---- a name with several candidates ----------------------------------------------------------------------------------

    def _shared_by_runs(self, waiting: Sequence[tuple[Mention, tuple[_Place, ...]]]) -> dict[int, dict[str, int]]:
        """For each initial in a run of three or more, by position: how many of the run may lie in a province (长辽梅通白延: 吉林)."""
        shared: dict[int, dict[str, int]] = {}
        run: list[tuple[Mention, tuple[_Place, ...]]] = []
        for item in [*waiting, None]:
            if item and item[0].end - item[0].start == 1 and (not run or run[-1][0].end == item[0].start):
                run.append(item)
                continue
            if len(run) >= 3:
                votes = Counter(code for _, entries in run for code in {c for e in entries for c in e.lineage} - {"CN"})
                shared.update((m.start, dict(votes)) for m, _ in run)
            run = [item] if item and item[0].end - item[0].start == 1 else []
        return shared

    def _choose(self, article: _Article, mention: Mention, candidates: tuple[_Place, ...], shared: dict[str, int]) -> None:
        folded = article.text.folded
        start, end = mention.start, mention.end
        before = article.ends.get(start) or (article.ends.get(start - 1) if folded[start - 1 : start] in ("(", "·", " ", ")") else None)
        after = article.starts.get(end)
        within = {code for e in article.open.get(end, ()) for code in e.lineage} if after is None else set()
        listed = [
            place
            for place in (
                article.ends.get(start - 1) if folded[start - 1 : start] in _LISTED else None,
                article.starts.get(end + 1) if folded[end : end + 1] in _LISTED else None,
            )
            if place
        ]
        single = end - start == 1
        rivals = frozenset(e.code for e in candidates)
        scores: list[tuple[float, int, _Place]] = []
        for rank, entry in enumerate(candidates):
            score = self._score(article, entry, before, after, listed, rivals, single=single) - rank * 0.5
            score += 80 if entry.code in within else 0  # 新竹|湖口: the county, whichever 湖口 is meant
            if shared:
                score += max((12 * shared.get(code, 0) for code in entry.lineage), default=0)
            scores.append((score, -rank, entry))
        best = max(scores)[2]  # no two have one rank: entries are never compared
        self._take(article, mention, best, tuple(sorted({e.code for e in candidates if e is not best} | set(mention.refused))))

    def _score(
        self,
        article: _Article,
        entry: _Place,
        before: _Place | None,
        after: _Place | None,
        listed: Iterable[_Place],
        rivals: frozenset[str],
        *,
        single: bool,
    ) -> float:
        """How well a candidate fits its place and its article."""
        lineage = entry.lineage
        counts = article.counts
        score = float(_PRIOR.get(entry.level, 0))
        if before:
            score += 100 if before.code in lineage or before.code == entry.parent else 0
            score += self._alike(entry, before) if single else 0
        if after:
            score += 80 if entry.code in after.lineage else 0
            score += self._alike(entry, after) if single else 0
        for place in listed:
            if place.level == entry.level:
                score += 14
                shared = set(lineage) & set(place.lineage) - {"CN"}
                score += 12 if shared or place.level in ("province", "country") else 0
        own = counts.get(entry.code, 0)
        score += min(20, 8 + own) if own else 0
        for depth, code in enumerate(lineage):
            if code != "CN" and code not in rivals and counts.get(code):  # 吉林 is not the city because 吉林省 is named
                score += 24 - 6 * depth + min(4, counts[code])
        if entry.level == "county":
            kin = sum(1 for code in counts if lineage and self._lineage(code)[:1] == lineage[:1])
            score += min(12, 4 * kin)
        if single and entry.level in ("prefecture", "county") and not own:
            score -= 25  # 吉 alone is the province unless the article names the city
        if entry.code.startswith("tw:") or entry.code == "710000":
            score += 18 if article.convention == "taiwan" else 0
        elif entry.code[:1].isdigit() and article.convention == "taiwan" and entry.level == "county":
            score -= 6
        if entry.code[:2] in ("81", "82"):
            score += 12 if article.convention in ("hongkong", "macau") else 0
        elif "810000" in lineage:  # 屏山 of Hong Kong in its own papers, and the county in all others
            score += 24 if article.convention in ("hongkong", "macau") else -24
        return score

    def _alike(self, entry: _Place, other: _Place) -> int:
        """How well two initials side by side go together: 辽绍 are cities, 辽梅 lie in one province."""
        shared = set(entry.lineage) & set(other.lineage) - {"CN"}
        return (20 if entry.level == other.level else 0) + (24 if shared else 0)

    # ---- where the article speaks from -----------------------------------------------------------------------------------

    def _home(self, article: _Article) -> _Place | None:
        """The place of the outlet, of the date line, or the one that the article is about while it says 我市."""
        meta = article.text.article
        found = self._of_outlet(meta.outlet) if meta and meta.outlet else None
        # 我省 in a mainland spread of a Hong Kong paper is not Hong Kong.
        if meta and found and (found.code not in _OUTSIDE or meta.convention != "mainland"):
            return found
        own = [m for m in article.regions if m.deictic and isinstance(m.parsed, str) and m.parsed[:1] in "我本全"]
        words = {m.parsed for m in own}
        levels: tuple[str, ...] = ()
        if words & _OWN_COUNTY:
            levels = _counties(article)
        elif words & _OWN_CITY:
            levels = _OWN_CITIES
        elif words & _OWN_PROVINCE:
            levels = _OWN_PROVINCES
        elif words & _OWN_DISTRICT:
            levels = ("province",)
        if levels and (found := self._dominant(article, levels, own)):
            return found
        line = _DATE_LINE.search(article.text.folded, 0, 400)
        if line and (entries := self._names.get(line["place"])):
            return self._place(entries[0])
        return self._dominant(article, ("prefecture", "city"), own) or self._dominant(article, ("province",), own)

    def _named_in(self, outlet: str) -> _Place | None:
        """The place at the head of an outlet's name: 宁夏日报, 辽源日报."""
        outlet = fold(outlet)
        for size in (5, 4, 3, 2):
            entries = self._names.get(outlet[:size])
            if entries:
                current = [e for e in entries if e.valid_to is None] or entries
                return self._place(max(current, key=lambda e: _PRIOR.get(e.level, 0)))
        return None

    def _dominant(self, article: _Article, levels: tuple[str, ...], own: Sequence[Mention]) -> _Place | None:
        """The place of a level that the article is about: the most named one, with the places in it; one that is told apart from 我市 is not it."""
        scores: dict[str, float] = {}
        weights: dict[str, float] = {code: float(number) for code, number in article.counts.items()}
        for position, _, entry in article.places:
            if position > _HEAD:
                break
            weights[entry.code] += 0.5  # what the head of an article names counts more
        for named, weight in weights.items():
            for code in self._chain(named, levels):
                scores[code] = scores.get(code, 0.0) + (weight if code == named else weight / 2)
        if not scores:
            return None
        for mention in own:
            after = article.starts.get(mention.end)
            if after:
                for code in after.lineage:
                    if code in scores:
                        scores[code] += 12
            if mention.parsed in _WHOLE:
                continue
            low, high = _clause(article.text.folded, mention.start, mention.end)
            first = bisect_left(article.places, low, key=_position)
            others = set()
            while first < len(article.places) and article.places[first][0] < high:
                others.add(article.places[first][2].code)
                first += 1
            for code in others:
                if code in scores:
                    scores[code] -= 3
        best = max(scores, key=lambda code: (scores[code], code))
        return self._coded(best) if scores[best] > 0 else None

    def _chain(self, code: str, levels: tuple[str, ...]) -> tuple[str, ...]:
        """A place and what it lies in, so far as of one of the levels."""
        chain = self._chains.get((code, levels))
        if chain is None:
            chain = self._chains[code, levels] = tuple([c for c in (code, *self._lineage(code)) if self._is_of_level(c, levels)])
        return chain

    # ---- pointing --------------------------------------------------------------------------------------------------------

    def _pointed_at(self, article: _Article, mention: Mention, home: _Place | None) -> RegionValue | None:
        """The value of 我省, 两市, 经济开发区; unresolved where the article does not say; None for a mere kind of zone."""
        word: str = mention.parsed
        if word in _FIXED:
            return self._known(_FIXED[word])
        if word in _COUNTRY:
            return self._known("710000" if article.convention == "taiwan" else "CN")
        if mention.rule == "region.zone":
            return self._zone(article, mention, home)
        if word[0] in ONES:
            return self._several(article, mention, word)
        if word in _OTHER and home:  # 浙江要与这个省合作, in a paper of 浙江: the other one
            levels = _KINDS[word[-1]]
            for position in (mention.start, len(article.text.folded)):
                if other := self._nearest(article, position, levels, word[-1], other=home):
                    return self._known(other.code)
        if word in _OWN_PROVINCE:
            return self._own(article, mention, home, _OWN_PROVINCES, word)
        if word in _OWN_CITY:
            return self._own(article, mention, home, _OWN_CITIES, word)
        if word in _OWN_COUNTY:
            return self._own(article, mention, home, _counties(article), word)
        if word in _OWN_DISTRICT:
            return self._district(article, mention, home, word)
        levels = _KINDS.get(word[-1], ()) if word != "这个国家" else ("country",)
        if word in _THAT_PLACE:
            levels = (*levels, "foreign_city")  # 波尔图市 … 该市
        nearest = self._nearest(article, mention.start, levels, word[-1])
        if nearest is None and word[0] == "这":
            nearest = self._nearest(article, len(article.text.folded), levels, word[-1], other=home)
        return self._known(nearest.code) if nearest else _unresolved(word)

    def _known(self, code: str) -> RegionValue:
        place = self._coded(code)
        return place.value if place else RegionValue(code=code, name=code, level=None)

    def _is_of_level(self, code: str, levels: tuple[str, ...]) -> bool:
        place = self._coded(code)
        return place is not None and _of_level(place, levels)

    def _own(self, article: _Article, mention: Mention, home: _Place | None, levels: tuple[str, ...], word: str) -> RegionValue:
        """我省, 全市: the one just named (吉林省全省), the home or what it lies in, else the place that the article is about."""
        before = article.ends.get(mention.start)
        if before and _of_level(before, levels):
            return self._known(before.code)
        if home and (chain := self._chain(home.code, levels)):
            return self._known(chain[0])
        after = article.starts.get(mention.end)
        if after:
            for code in after.lineage:
                if self._is_of_level(code, levels):
                    return self._known(code)
        found = self._dominant(article, levels, ())
        if found and home and home.code != "CN" and not self._related(found, home):
            found = self._nearest(article, mention.start, levels, word[-1])
        return self._known(found.code) if found else _unresolved(word)

    def _related(self, one: _Place, other: _Place) -> bool:
        return one.code == other.code or one.code in other.lineage or other.code in one.lineage

    def _district(self, article: _Article, mention: Mention, home: _Place | None, word: str) -> RegionValue:
        """我区: an autonomous region in its own papers, else a district."""
        if home:
            for code in (home.code, *home.lineage):
                if code in _AUTONOMOUS:
                    return self._known(code)
            if home.level == "county" and home.hans.endswith("区"):
                return self._known(home.code)
        regions = [code for code in _AUTONOMOUS if article.counts.get(code)]
        if len(regions) == 1:
            return self._known(regions[0])
        nearest = self._nearest(article, mention.start, ("county",), "区")
        return self._known(nearest.code) if nearest else _unresolved(word)

    def _nearest(self, article: _Article, position: int, levels: tuple[str, ...], suffix: str, other: _Place | None = None) -> _Place | None:
        """The last place of a level named before a position (该市)."""
        index = bisect_left(article.places, position, key=_position)
        for _, _, entry in reversed(article.places[max(0, index - _REACH) : index]):
            if not _of_level(entry, levels) or (other and entry.code == other.code):
                continue
            if suffix in "县区州" and not entry.hans.endswith(suffix) and entry.level == "county":
                continue
            return entry
        return None

    def _heading(self, article: _Article, position: int) -> _Place | None:
        """The last county before a position that begins a line: the one that a section is about."""
        index = bisect_left(article.places, position, key=_position)
        for start, _, entry in reversed(article.places[max(0, index - _REACH) : index]):
            if entry.level == "county" and entry.hans.endswith("县") and (not start or article.text.folded[start - 1].isspace()):
                return entry
        return None

    def _several(self, article: _Article, mention: Mention, word: str) -> RegionValue:
        """两省, 三地: the places named just before (浙沪两省市), in the same sentence, or those that the article is about."""
        count = ONES[word[0]] + ("一" in word)  # 三省一市
        kinds = _KINDS.get(word[1:], ())
        if not kinds:
            return _unresolved(word)
        if kinds == ("country",) and article.convention == "taiwan":
            kinds = ("country", "taiwan")  # 台贝|两国
        if word[1:] == "地" and article.text.folded.endswith("两岸", 0, mention.start):
            return self._group(_ACROSS[:count]) if count > 2 else _unresolved(word)
        codes = self._just_before(article, mention.start, count, kinds)
        if codes:
            article.groups[word] = codes
        elif count == 2:
            here = _HERE.get(article.convention) if word == "两地" else None
            codes = self._in_sentence(article, mention.start, kinds) or article.groups.get(word, ())
            if here and here not in codes:
                otherwise = ("CN", here) if article.counts["CN"] else codes  # 内地与香港
                otherwise = self._with_most_named(article, here, kinds) or otherwise
                codes = self._side_by_side(article, mention.start, count, kinds, here) or otherwise
            if kinds[0] == "country":  # two states are named so where the article is about them
                codes = codes or self._side_by_side(article, mention.start, count, kinds)
            codes = codes or self._most_named(article, kinds)
        codes = codes or article.groups.get(word, ()) or self._side_by_side(article, mention.start, count, kinds)
        if len(codes) != count and kinds[0] == "province":
            codes = self._members(article, mention.start, count)
        if len(codes) != count:
            return _unresolved(word)
        return self._group(codes)

    def _group(self, codes: tuple[str, ...]) -> RegionValue:
        value = self._groups.get(codes)
        if value is None:
            names = "、".join(self._entries[code].hans for code in codes)
            value = self._groups[codes] = RegionValue(code=None, codes=codes, name=names, level=self._entries[codes[0]].level)
        return value

    def _with_most_named(self, article: _Article, here: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The place of the paper and the one that the article names far oftener than any other or 内地, if there is one: 新加坡 … 两地."""
        ranked = sorted(((-number, code) for code, number in article.counts.items() if code not in (here, "CN") and self._is_of_level(code, kinds)))
        if not ranked or not article.counts[here]:
            return ()
        most, second = -ranked[0][0], -ranked[1][0] if len(ranked) > 1 else 0
        return (ranked[0][1], here) if most > max(1, 2 * second, 2 * article.counts["CN"]) else ()

    def _side_by_side(self, article: _Article, position: int, count: int, kinds: tuple[str, ...], here: str | None = None) -> tuple[str, ...]:
        """The initials that last stood side by side before a position, or else first after it, if they are as many: 珠澳葡 … 三地.

        Args:
            here: The place of the paper: initials without it must have stood so twice.
        """
        if article.pairs is None:
            article.pairs = self._pairs(article)
        often = Counter(frozenset(codes) for _, codes in article.pairs) if here else Counter()
        fitting = [
            (start, codes)
            for start, codes in article.pairs
            if len(codes) == count
            and all(self._is_of_level(code, kinds) or code in _OUTSIDE for code in codes)
            and (here is None or here in codes or often[frozenset(codes)] > 1)
        ]
        before = [codes for start, codes in fitting if start < position]
        return before[-1] if before else fitting[0][1] if fitting else ()

    def _pairs(self, article: _Article) -> list[tuple[int, tuple[str, ...]]]:
        """The initials that stand side by side, with where they begin; not those of a line between them (京沪|高铁)."""
        pairs: list[tuple[int, tuple[str, ...]]] = []
        run: list[tuple[int, int, _Place]] = []
        for place in (*article.places, None):
            single = place is not None and place[1] - place[0] == 1
            if place is not None and single and (not run or run[-1][1] == place[0]):
                run.append(place)
                continue
            codes = tuple(dict.fromkeys(entry.code for _, _, entry in run))
            if len(codes) > 1 and not _LINE.match(article.text.folded, run[-1][1]):
                pairs.append((run[0][0], codes))
            run = [place] if place is not None and single else []
        return pairs

    def _members(self, article: _Article, position: int, count: int) -> tuple[str, ...]:
        """The provinces of the macro-region just before a position, or of the only one with as many that the article names."""
        before = article.ends.get(position)
        if before and before.entry.members:
            return before.entry.members
        named = [members for code, members in self._counted.items() if article.counts[code] and len(members) == count]
        return named[0] if len(named) == 1 else ()

    def _just_before(self, article: _Article, position: int, count: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The places listed right before a position, if they are as many."""
        folded = article.text.folded
        codes: list[str] = []
        index = bisect_left(article.places, position, key=_position) - 1
        edge = position
        glued = True
        while index >= 0 and len(codes) < count + 1:
            _, end, entry = article.places[index]
            gap = folded[end:edge]
            if gap and glued and len(codes) == count:  # 吉林与浙沪两省市: the glued initials are the two
                break
            glued = glued and not gap
            if len(gap) > 1 or (gap and not (gap in _LISTED or gap in " (“")):
                break
            start = article.places[index][0]
            if not (codes and gap not in _JOINED and entry.code in self._lineage(codes[0])):  # a chain's parent is no member, but 内地与香港
                if not _of_level(entry, kinds):
                    break
                codes.insert(0, entry.code)
            edge = start
            index -= 1
        return tuple(codes) if len(codes) == count and len(set(codes)) == count else ()

    def _in_sentence(self, article: _Article, position: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The two places of a kind that the sentence names before a position, if there are just two, of one level."""
        low, _ = article.text.sentence_span(position)
        index = max(bisect_left(article.places, low, key=_position), bisect_left(article.places, position, key=_position) - _REACH)
        codes: dict[str, _Place] = {}
        while index < len(article.places) and article.places[index][0] < position:
            entry = article.places[index][2]
            if _of_level(entry, kinds) and entry.code != "CN":
                codes[entry.code] = entry
            elif entry.code == "CN" and "country" in kinds:
                codes["CN"] = entry
            if len(codes) > 4:
                return ()
            index += 1
        within = {above for code in codes for above in self._lineage(code)} - {"CN"}  # 四川省|广安市 is one place
        codes = {code: entry for code, entry in codes.items() if code not in within}
        if len(codes) == 2 and (len({e.level for e in codes.values()}) == 1 or all(_is_city(e) for e in codes.values())):
            return tuple(codes)
        return ()

    def _most_named(self, article: _Article, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The two places of one level that the article names most, if they stand out."""
        codes = article.most_named.get(kinds)
        if codes is None:
            codes = article.most_named[kinds] = self._outstanding(article.counts, kinds)
        return codes

    def _outstanding(self, counts: Counter[str], kinds: tuple[str, ...]) -> tuple[str, ...]:
        ranked = [(-number, code) for code, number in counts.items() if self._is_of_level(code, kinds) and (code != "CN" or kinds[0] == "country")]
        if not ranked:
            return ()
        ranked.sort()
        level = self._entries[ranked[0][1]].level
        alike = [(-number, code) for number, code in ranked if self._entries[code].level == level]
        if len(alike) < 2 or (len(alike) > 2 and (alike[1][0] < 2 or alike[2][0] * 3 > alike[1][0] * 2)):
            return ()
        return alike[0][1], alike[1][1]

    def _zone(self, article: _Article, mention: Mention, home: _Place | None) -> RegionValue | None:
        """The one zone that 经济开发区 or 县高新区 means: named in full before, or the home's; None for zones in general."""
        word: str = mention.parsed
        folded = article.text.folded
        kind = word[1:] if word[0] == "县" else word
        if article.zones is None:
            values = [m.value for m in article.regions if not m.deictic]
            zones = {code: v for v in values if isinstance(v, RegionValue) and (code := v.code) and code.startswith("zone:")}
            article.zones = list(zones.values())
        whole = [value for value in article.zones if value.name.endswith(kind)]
        acts = folded.startswith(("管委会", "党工委", "管理委员会", "主任", "党委"), mention.end)
        left, right = mention.start - 1, mention.end
        beside = bool(
            (left >= 0 and folded[left] in _LISTED and article.ends.get(left))
            or (folded[right : right + 1] in _LISTED and article.starts.get(right + 1))
        )
        if len(whole) == 1 and (acts or beside or _AT.search(folded, max(0, mention.start - 2), mention.start)):
            return whole[0]
        base = home
        if word[0] == "县":
            base = self._heading(article, mention.start) or self._nearest(article, mention.start, ("county",), "县") or home
        if base is None or not (acts or beside or word[0] == "县"):
            return None
        for zone in self._zones.get(base.code, ()):
            if zone.hans.endswith(kind) or any(v.endswith(kind) for v in zone.variants):
                return self._place(zone).value
        stem = base.hans[:-1] if len(base.hans) > 2 else base.hans
        if acts or word[0] == "县" or beside:
            return RegionValue(code=f"zone:{stem}{kind}", name=f"{stem}{kind}", level="zone")
        return None


def _worth(code: str, name: str, level: RegionLevel, refused: tuple[str, ...] = ()) -> RegionValue:
    return RegionValue.of_fields({"code": code, "codes": None, "name": name, "level": level, "alternatives": refused, "unresolved": False})


@lru_cache(maxsize=1024)
def _unresolved(word: str) -> RegionValue:
    return RegionValue(code=None, name=word, level=None, unresolved=True)


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a span: from the last mark before it to the first after it."""
    low, first, last = start, max(0, start - _REACH), min(len(folded), end + _REACH)
    while low > first and folded[low - 1] not in _MARKS:
        low -= 1
    while end < last and folded[end] not in _MARKS:
        end += 1
    return low, end


_position = itemgetter(0)  # of a place: position, end, entry


def _counties(article: _Article) -> tuple[str, ...]:
    """The level of what 全县 means: in Taiwan a county lies right under it."""
    return ("tw_county",) if article.convention == "taiwan" else ("county",)


# What a rule may ask for beside the levels of the records.
_KINDS_OF_PLACE: dict[str, Callable[[_Place], bool]] = {
    # municipalities, county-level and Taiwan's cities
    "city": lambda entry: entry.code in _MUNICIPALITIES or (entry.level == "county" and entry.hans.endswith("市")),
    # what 我省 and 我市 may be
    "own_province": lambda entry: entry.level == "province" and entry.code not in _NOT_PROVINCES,
    "own_city": lambda entry: entry.level == "prefecture" and entry.hans.endswith("市"),
    # Taiwan among countries, and its counties
    "taiwan": lambda entry: entry.code == "710000",
    "tw_county": lambda entry: entry.code.startswith("tw:") and entry.level == "prefecture" and entry.hans.endswith("县"),
}


@lru_cache(maxsize=1 << 14)
def _of_level(entry: _Place, levels: tuple[str, ...]) -> bool:
    """Whether an entry counts at one of the levels, those of the records or of `_KINDS_OF_PLACE`."""
    if entry.level in levels:
        return levels != ("province",) or entry.code != "710000"
    return any(is_kind(entry) for name in levels if (is_kind := _KINDS_OF_PLACE.get(name)))


def _is_city(entry: _Place) -> bool:
    """Whether an entry is a city that others may be named beside: 港 and 深."""
    return entry.level == "prefecture" or entry.code in _MUNICIPALITIES


def _day_of(text: Text) -> str | None:
    """The day that decides which names are in force: of publication, else the middle of the latest year that the text names."""
    if text.article and text.article.published:
        return text.article.published
    years = _YEAR.findall(text.folded)
    return f"{max(years)}-07-01" if years else None


@Language.factory(
    "jianbao_places",
    default_config={"gazetteers": ["regions_china", "regions_taiwan", "regions_world", "regions_macro"], "zones": "regions_zones"},
)
def make_places(nlp: Language, name: str, gazetteers: list[str], zones: str) -> ResolverComponent:
    """The component that resolves places."""
    return ResolverComponent(PlaceResolver([load_lexicon(gazetteer) for gazetteer in gazetteers], load_lexicon(zones)))
